"""Names of people as they are written under a note."""

from collections.abc import Iterable

LONGEST_NAME = 120
"""Characters; what is longer is no name."""


def one_line(text: str) -> str:
    """The text as one line without control characters."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def full_name(given: Iterable[str], family: str, credentials: Iterable[str]) -> str | None:
    """The name as "Jane Q. Roe, DC"; None where there is no family name, or where it is too long to be a name."""
    if not one_line(family):
        return None
    name = one_line(" ".join([*given, family]))
    return known_name(", ".join([name, *filter(None, map(one_line, credentials))]))


def known_name(text: str | None) -> str | None:
    """A name that is written out already; None where it is empty or too long to be a name."""
    name = one_line(text or "").strip(" ,")
    return name if any(map(str.isalpha, name)) and len(name) <= LONGEST_NAME else None
