"""The words of the field as data: one TOML file a family, each entry with an example and, where it decides, a source.

An entry says what its phrases mean; the grammars in ``auditor.reading`` say how they combine. Adding a phrase touches one
line here and nothing else.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

FILES = ("places", "findings", "treatment", "subjective", "plan", "images", "visit", "signing", "care", "course")


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """What a phrase means. Fields that do not apply to its family are empty."""

    family: str
    kind: str = ""
    regions: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    criterion: str = ""
    segmental: bool = False
    clear: bool = True
    """Whether the word alone tells an examination finding (``fixated``), or may be a complaint too (``tight``)."""
    noun: bool = False
    """Whether a list after "no" may go on with it ("no spasm, edema or heat")."""
    words: tuple[str, ...] = ()
    example: str = ""
    source: str = ""


@cache
def load(name: str) -> dict[str, Any]:
    """One vocabulary file as plain data."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def entries() -> tuple[Entry, ...]:
    """All phrase entries of all families, in the order of the files.

    Raises:
        ValueError: an entry has no example, or an unknown field.
    """
    found = []
    for name in FILES:
        for row in load(name)["phrase"]:
            if not row.get("example"):
                raise ValueError(f"{name}.toml: an entry without an example: {row.get('words')}")
            tuples: dict[str, Any] = {
                key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
            }
            try:
                found.append(Entry(**tuples))
            except TypeError as fault:
                raise ValueError(f"{name}.toml: {fault}") from None
    return tuple(found)
