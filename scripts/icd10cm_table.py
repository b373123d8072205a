"""Builds the ICD-10-CM table of the package from the wheels of simple-icd-10-cm. Run by hand, at a new release.

    pip download --no-deps --dest WHEELS simple-icd-10-cm==1.2.0   # likewise each version that releases.toml names
    python scripts/icd10cm_table.py WHEELS            # writes the data files
    python scripts/icd10cm_table.py WHEELS --check    # only compares them with what would be written

It reads ``auditor/judging/icd10cm/releases.toml`` (written by hand) and writes beside it, each a gzip file of sorted
lines with tabs, without a time stamp, so that the same input gives the same bytes:

- ``codes.tsv.gz``: billable code without dot, first and last release that has it (counted from 0), ``u`` where its
  title in the newest release says "unspecified", and the place and characters of its codes by side (``5:12``).
- ``excludes1.tsv.gz``: code or range that bears the note, level, ``c`` where the note holds under a condition only,
  targets, words.
- ``titles.tsv.gz``: code without dot and title, of the chapters and categories that chiropractic notes use.
"""

import argparse
import gzip
import io
import re
import string
import sys
import tomllib
import xml.etree.ElementTree as ET
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

from icd10cm_notes import bare, note_lines, words

PACKAGE = Path(__file__).parents[1] / "auditor" / "judging" / "icd10cm"

TITLED = ("M", "G43", "G44", "G5", "R07.8", "R26", "R29", "R51", *(f"S{number}" for number in range(13, 40)))
"""Beginnings of the codes whose titles are kept."""

LISTED = re.compile(r"[A-Z][0-9A-Z]{2,6}")

SIDES = {"right", "left", "bilateral"}
FILLING = {"unspecified", "side", "of", "the"}


def main() -> None:
    """Write the data files, or compare them; ends with 1 where a comparison fails."""
    parser = argparse.ArgumentParser(description="Build the ICD-10-CM table from wheels of simple-icd-10-cm.")
    parser.add_argument("wheels", type=Path, help="folder with the wheels that releases.toml names")
    parser.add_argument("--out", type=Path, default=PACKAGE, help="folder for the data files")
    parser.add_argument("--check", action="store_true", help="write nothing, compare with the files that are there")
    given = parser.parse_args()
    faults = 0
    for name, lines in tables(given.wheels).items():
        packed = pack(lines)
        faults += given.check and (given.out / name).read_bytes() != packed
        if not given.check:
            (given.out / name).write_bytes(packed)
        say(f"{name}: {len(lines)} lines, {len(packed)} bytes")
    if faults:
        sys.exit(f"{faults} data file(s) differ from what the wheels give; run without --check to write them anew")


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{text}\n")


def pack(lines: list[str]) -> bytes:
    """Lines as gzip, without name and time."""
    target = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=target, compresslevel=9, mtime=0) as stream:
        stream.write(("\n".join(lines) + "\n").encode())
    return target.getvalue()


def tables(wheels: Path) -> dict[str, list[str]]:
    """The lines of each data file, by its name."""
    releases = tomllib.loads((PACKAGE / "releases.toml").read_text("utf-8"))["release"]
    held = [billable(wheels, release) for release in releases]
    tabular = ET.fromstring(text_in(wheels, releases[-1]["wheel"], releases[-1]["tabular"]))
    titles = {bare(diag.findtext("name")): diag.findtext("desc") or "" for diag in tabular.iter("diag")}
    return {
        "codes.tsv.gz": code_lines(held, titles),
        "excludes1.tsv.gz": note_lines(tabular, titles, held[-1]),
        "titles.tsv.gz": [f"{code}\t{titles[code]}" for code in sorted(titles) if code.startswith(bare_all(TITLED))],
    }


def text_in(wheels: Path, version: str, name: str) -> str:
    """A data file of one version of the package."""
    with zipfile.ZipFile(wheels / f"simple_icd_10_cm-{version}-py3-none-any.whl") as wheel:
        return wheel.read(f"simple_icd_10_cm/data/{name}").decode("utf-8-sig")


def bare_all(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Codes without dots."""
    return tuple(bare(code) for code in codes)


# --- codes ---


def billable(wheels: Path, release: dict[str, Any]) -> set[str]:
    """The billable codes of a release: flagged 1 in an order file; in a plain list, codes without codes below them."""
    lines = text_in(wheels, release["wheel"], release["codes"]).splitlines()
    if "-order-" in release["codes"]:
        codes = {line[6:14].strip() for line in lines if line[14] == "1"}
    else:
        listed = sorted({line.strip() for line in lines if LISTED.fullmatch(line.strip())})
        codes = {code for code, after in pairwise([*listed, ""]) if not after.startswith(code)}
    if len(codes) != release["billable"]:
        sys.exit(f"{release['name']}: {len(codes)} billable codes, where releases.toml says {release['billable']}")
    return codes


def code_lines(held: list[set[str]], titles: dict[str, str]) -> list[str]:
    """One line for each code that is billable in any release.

    A code must be in every release between its first and its last, or else the table cannot say so.
    """
    lines = []
    for code in sorted(set().union(*held)):
        first, last = span(code, held)
        flag = "u" * says_unspecified(code, titles)
        lines.append(f"{code}\t{first}\t{last}\t{flag}\t{by_side(code, titles, held)}")
    return lines


def span(code: str, held: list[set[str]]) -> tuple[int, int]:
    """First and last release that has a code as billable."""
    having = [place for place, codes in enumerate(held) if code in codes]
    if having != list(range(having[0], having[-1] + 1)):
        sys.exit(f"{code} left the list and came back; the table has no form for that")
    return having[0], having[-1]


def stem(code: str, titles: dict[str, str]) -> str:
    """The code of the tabular list that a billable code stands under: without its seventh character and X."""
    while code and code not in titles:
        code = code[:-1]
    return code


def says_unspecified(code: str, titles: dict[str, str]) -> bool:
    """Whether the title of a code says "unspecified"; False for a code that the newest tabular list lacks."""
    held = stem(code, titles)
    below = code[len(held) :]
    extended = not below or (len(code) == 7 and set(below[:-1]) <= {"X"})
    return extended and "unspecified" in words(titles.get(held, ""))


def by_side(code: str, titles: dict[str, str], held: list[set[str]]) -> str:
    """Place and characters that turn a code of an unspecified side into those of a side; empty where there are none."""
    held_stem = stem(code, titles)
    if code not in held[-1] or not says_unspecified(code, titles) or words(titles[held_stem]) & SIDES:
        return ""
    place = len(held_stem) - 1
    sides = [
        other[place]
        for other in (held_stem[:-1] + character for character in string.digits + string.ascii_uppercase)
        if other in titles and is_side_of(titles[other], titles[held_stem])
        if code[:place] + other[place] + code[place + 1 :] in held[-1]
    ]
    return f"{place}:{''.join(sides)}" if len(sides) > 1 else ""


def is_side_of(title: str, unspecified: str) -> bool:
    """Whether a title is that of an unspecified side with a side in its place."""
    named = words(title) & SIDES
    return bool(named) and words(title) - SIDES - FILLING == words(unspecified) - FILLING


if __name__ == "__main__":
    main()
