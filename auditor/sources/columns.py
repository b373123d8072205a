"""Which column of a CSV file holds which field: by the field's own name, or by the heading that the user gives for it.

One map serves notes and claims, for their fields have the same names. It is remembered in a small TOML file: a field
and its headings a line.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from auditor.sources.records import UnreadableError

MOST_BYTES = 100_000
HEAD = "# Columns of CSV files by field; give this file with --map.\n"


def plain(heading: str) -> str:
    """A heading in lower case, its words apart by one underline: "Date of Service" is ``date_of_service``."""
    return "_".join(heading.strip().lstrip("\ufeff").replace("_", " ").lower().split())


@dataclass(frozen=True, slots=True)
class Columns:
    """Headings by field; of several the first that a file has counts."""

    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set, compare=False, repr=False)
    """Headings, plain, that some file had."""

    def fields_of(self, headings: Sequence[str], fields: Iterable[str]) -> dict[str, str]:
        """The file's own heading of each field that it has.

        Args:
            headings: the file's first line.
            fields: the fields that its reader knows.
        """
        there = {plain(heading): heading for heading in reversed(headings)}
        found: dict[str, str] = {}
        for name in fields:
            for wanted in (*self.headings.get(name, ()), name):
                if plain(wanted) in there and there[plain(wanted)] not in found.values():
                    found[name] = there[plain(wanted)]
                    self.used.add(plain(wanted))
                    break
        return found

    def unused(self) -> list[str]:
        """Headings of the map that no file had."""
        given = (heading for headings in self.headings.values() for heading in headings)
        return [heading for heading in given if plain(heading) not in self.used]

    def toml(self) -> str:
        """The map as the text of its file."""
        lines = (f"{name} = [{', '.join(map(_quoted, headings))}]\n" for name, headings in self.headings.items())
        return HEAD + "".join(lines)


def columns_given(entries: Iterable[str], fields: Iterable[str]) -> Columns:
    """The map that the user gives: ``FIELD=HEADING``, or the path of a map that was remembered.

    Args:
        entries: what was given, in order.
        fields: the fields there are.

    Raises:
        UnreadableError: an entry is neither, or a field is unknown; the message names it.
    """
    known = tuple(fields)
    headings: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        for name, heading in _pairs(entry):
            if name not in known:
                raise UnreadableError(f"{name!r} is no field; the fields are {', '.join(known)}")
            headings[name] = (*headings.get(name, ()), heading)
    return Columns({name: tuple(dict.fromkeys(given)) for name, given in headings.items()})


def _pairs(entry: str) -> list[tuple[str, str]]:
    if Path(entry).is_file():
        return _remembered(Path(entry))
    name, sign, heading = entry.partition("=")
    if not sign or not name.strip() or not heading.strip():
        raise UnreadableError(f'{entry!r} is neither FIELD=HEADING nor the file of a map; write text="Note Body"')
    return [(name.strip().lower(), heading.strip())]


def _remembered(file: Path) -> list[tuple[str, str]]:
    fault = f'{file}: this is no map of columns; each line is a field and its headings, such as text = ["Note Body"]'
    if file.stat().st_size > MOST_BYTES:
        raise UnreadableError(fault)
    try:
        given = tomllib.loads(file.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError):
        raise UnreadableError(fault) from None
    pairs = [(name, one) for name, value in given.items() for one in (value if isinstance(value, list) else [value])]
    if not all(isinstance(heading, str) for _, heading in pairs):
        raise UnreadableError(fault)
    return pairs


def _quoted(heading: str) -> str:
    return '"' + heading.replace("\\", "\\\\").replace('"', '\\"') + '"'
