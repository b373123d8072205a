"""Segments of X12 files: any delimiters, many interchanges, bounded memory, and the faults of x12sdk's reader."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.sources.claims.whole_segments import BROKEN_OFF, LONGEST_SEGMENT, TOO_LONG
from auditor.sources.claims.x12 import segments
from auditor.sources.records import UnreadableError

HEADER = "ISA*00*          *00*          *30*SENDER         *30*RECEIVER       *260101*1200*^*00501*000000001*0*T*:~"
END = "IEA*1*000000001~"
WHOLE = HEADER + "GS*HC*A~ST*837~CLM*1*M:N~SE*2~" + END
NAMES = ["ISA", "GS", "ST", "CLM", "SE", "IEA"]


def parted(text: str, element: str = "*", component: str = ":", end: str = "~", repetition: str = "^") -> str:
    return text.translate({ord("*"): element, ord(":"): component, ord("~"): end, ord("^"): repetition})


def read(folder: Path, data: str | bytes) -> list[tuple[int, str, list[str], str]]:
    file = folder / "claims.837"
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return [(found.position, found.name, found.elements[1:], found.component) for found in segments(file)]


def names(folder: Path, data: str | bytes) -> list[str]:
    return [name for _, name, _, _ in read(folder, data)]


@pytest.mark.parametrize(
    ("element", "component", "end"),
    [("*", ":", "~"), ("|", ">", "'"), ("*", ":", "\n"), ("\x1d", "\x1f", "\x1c"), ("^", "\\", "~"), ("§", "¦", "é")],
)
def test_any_delimiters(tmp_path: Path, element: str, component: str, end: str) -> None:
    if end.isalpha():
        with pytest.raises(UnreadableError, match="does not name its delimiters"):
            read(tmp_path, parted(WHOLE, element, component, end, "&"))
        return
    found = read(tmp_path, parted(WHOLE, element, component, end, "&"))
    assert [name for _, name, _, _ in found] == NAMES
    assert found[3] == (4, "CLM", ["1", f"M{component}N"], component)


@pytest.mark.parametrize("data", [
    WHOLE.replace("~", "~\n"),
    WHOLE.replace("~", "~\r\n"),
    WHOLE.replace("~", "\r\n"),
    WHOLE.replace("~", "\r"),
    "\ufeff" + WHOLE,
    "\ufeff\n\n  \r\n" + WHOLE,
    WHOLE.removesuffix("~"),
    WHOLE + "\n\x1a",
    WHOLE.replace("~", "~~"),
    WHOLE.replace("~ST", "~  ST"),
    WHOLE.replace("          ", "").replace("         ", ""),
    "\n".join(WHOLE[at : at + 80] for at in range(0, len(WHOLE), 80)),
    WHOLE.encode("utf-16"),
    WHOLE.encode("utf-8-sig"),
    WHOLE.replace("GS", "gs").replace("CLM", "clm"),
])  # fmt: skip
def test_line_ends_marks_and_padding(tmp_path: Path, data: str | bytes) -> None:
    assert names(tmp_path, data) == NAMES


def test_bytes_are_no_matter_of_the_locale(tmp_path: Path) -> None:
    file = tmp_path / "claims.837"
    file.write_bytes(WHOLE.replace("CLM*1", "NM1*MÜLLER").encode("utf-8"))
    body = f"from auditor.sources.claims.x12 import segments; from pathlib import Path; print(ascii([s.elements[1] for s in segments(Path({str(file)!r})) if s.name == 'NM1']))"
    ran = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-c", body],
        env={"LC_ALL": "C", "PATH": os.environ["PATH"], "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == r"['M\xdcLLER']"
    assert "MÜLLER" in read(tmp_path, WHOLE.replace("CLM*1", "NM1*MÜLLER").encode("cp1252"))[3][2]


def test_many_interchanges_each_with_its_own_delimiters(tmp_path: Path) -> None:
    other = parted(WHOLE, "|", ">", "'")
    third = parted(WHOLE, "*", ">", "\n")
    found = read(tmp_path, f"{WHOLE}\n{other}\r\n{third}{WHOLE}")
    assert [name for _, name, _, _ in found] == NAMES * 4
    assert [position for position, *_ in found] == list(range(1, 25))
    assert [(elements, component) for _, name, elements, component in found if name == "CLM"] == [
        (["1", "M:N"], ":"),
        (["1", "M>N"], ">"),
        (["1", "M>N"], ">"),
        (["1", "M:N"], ":"),
    ]


def test_an_interchange_without_delimiters_ends_the_reading(tmp_path: Path) -> None:
    assert names(tmp_path, WHOLE + "ISA*00*too short~GS*HC~") == [*NAMES, BROKEN_OFF]


@pytest.mark.parametrize("size", [LONGEST_SEGMENT + 1, 5 * LONGEST_SEGMENT])
def test_a_segment_that_is_too_long_is_named_and_skipped(tmp_path: Path, size: int) -> None:
    text = WHOLE.replace("CLM*1", "CLM*" + "x" * size)
    assert names(tmp_path, text) == ["ISA", "GS", "ST", TOO_LONG, "SE", "IEA"]
    assert names(tmp_path, text[: -len("~SE*2~" + END)]) == ["ISA", "GS", "ST", TOO_LONG]


def test_segments_across_the_edges_of_what_is_read_at_once(tmp_path: Path) -> None:
    many = "".join(f"REF*{number}*{'x' * (number % 97)}~" for number in range(20_000))
    found = read(tmp_path, WHOLE.replace("SE*2~", many + "SE*2~") + WHOLE)
    references = [(position, elements) for position, name, elements, _ in found if name == "REF"]
    assert references == [(number + 5, [str(number), "x" * (number % 97)]) for number in range(20_000)]
    assert [name for _, name, _, _ in found[-6:]] == NAMES


def test_memory_stays_bounded_without_a_terminator(tmp_path: Path) -> None:
    import tracemalloc

    file = tmp_path / "claims.837"
    file.write_text(HEADER + "x" * 20_000_000)
    tracemalloc.start()
    assert [found.name for found in segments(file)] == ["ISA", TOO_LONG]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "does not begin with ISA"),
        (b"patient_id,cpt\np1,98941\n", "does not begin with ISA"),
        (b"S: Neck pain. ISA*00", "does not begin with ISA"),
        (b"ISABEL hurts", "does not begin with ISA"),
        (b"ISA*00*short~", "does not name its delimiters"),
        (HEADER.replace("*:~", "*::").encode(), "does not name its delimiters"),
        (HEADER.replace("*:~", "*:5").encode(), "does not name its delimiters"),
        (b"%PDF-1.7", "a PDF document"),
        (b"\0\1" * 50, "a binary file"),
    ],
)
def test_other_files_are_one_sentence(tmp_path: Path, data: bytes, says: str) -> None:
    with pytest.raises(UnreadableError, match=says):
        read(tmp_path, data)


BODY = """
import os, sys
sys.path.insert(0, {library!r})
from pathlib import Path
from auditor.sources.claims.x12 import segments
import dotenv
loaded = dotenv.load_dotenv
print([found.name for found in segments(Path({file!r}))], os.environ.get("FROM_DOTENV"), dotenv.load_dotenv is loaded)
"""


def test_neither_a_dotenv_file_nor_the_environment_counts(tmp_path: Path) -> None:
    """A copy of x12sdk with a .env beside it, which it would load on import, and settings that it cannot read."""
    import x12sdk

    (tmp_path / "x12sdk").symlink_to(Path(x12sdk.__file__).parent)
    (tmp_path / ".env").write_text("FROM_DOTENV=yes\nX12_READER_BUFFER_SIZE=many\n")
    (tmp_path / "claims.837").write_text(WHOLE)
    ran = subprocess.run(
        [sys.executable, "-c", BODY.format(library=str(tmp_path), file=str(tmp_path / "claims.837"))],
        env={**os.environ, "X12_READER_BUFFER_SIZE": "many", "X12_CHARACTER_SET": "NONE"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == f"{NAMES} None True"


def test_x12sdk_that_is_missing_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "x12sdk.io", None)
    with pytest.raises(UnreadableError, match=r'pip install "\.\[claims\]"'):
        read(tmp_path, WHOLE)


def test_nothing_of_x12sdk_is_loaded_before_a_file_is_read() -> None:
    body = "import sys, auditor.sources.claims; print('x12sdk' in sys.modules, 'dotenv' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", body], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "False"]
