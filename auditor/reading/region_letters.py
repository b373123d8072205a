"""Regions named by their letters in a row: "C, T, L adjusted", "C/T/L", "CTL spine", "C & L spines", "Cx/Tx/Lx"."""

import re
from collections.abc import Iterator

from auditor.reading.document import Concept
from auditor.reading.vocabulary import Entry

_ENTRIES = {
    letter: Entry(family="place", kind="region", regions=(region,), example=f"{letter}-spine", source="rulebook §1.2")
    for letter, region in (
        ("C", "cervical"),
        ("T", "thoracic"),
        ("D", "thoracic"),
        ("L", "lumbar"),
        ("S", "sacral"),
        ("P", "pelvic"),
    )
}
_AND = r"(?:\s?[,/&+-]\s?(?:and\s+|&\s?)?|\s+(?:and\s+)?)"
_THREE = re.compile(rf"(?<![A-Za-z0-9/&.-])C{_AND}[TD]{_AND}L(?:{_AND}S)?(?:{_AND}P)?(?![A-Za-z0-9/'.-]\w|[a-z0-9])")
_OF_THE_SPINE = re.compile(
    r"(?<![A-Za-z0-9/&.-])(?:C(?:\s?[,&+]\s?|\s+and\s+)[TDL]|[TD](?:\s?[,&+]\s?|\s+and\s+)L|C[TD]L)(?=[\s-]?(?:spines?|sp\b|regions?))"
)
"""Two letters with a slash are a junction ("T/L spine"), and none is made of them here."""
_X = re.compile(
    r"(?<![A-Za-z])(?:Cx\s?[/,&+-]\s?(?P<first>T)x|(?P<second>T)x\s?[/,&+-]\s?(?:and\s+|&\s?)?Lx)(?![A-Za-z])"
)
"""Beside Cx or Lx, Tx is the thoracic spine and no treatment."""


def find_region_letters(text: str, named: list[Concept]) -> Iterator[Concept]:
    """The regions that single letters name, but where a place is read already.

    Args:
        text: the plain text.
        named: the places found by word.
    """
    taken = {place.start for place in named} | {place.end - 1 for place in named}
    for pattern in (_THREE, _OF_THE_SPINE):
        for match in pattern.finditer(text):
            for letter in re.finditer(r"[CTDLSP]", match.group()):
                start = match.start() + letter.start()
                if start not in taken:
                    taken.add(start)
                    yield _region(letter.group(), start, start + 1)
    for match in _X.finditer(text):
        start = match.start("first" if match["first"] else "second")
        yield _region("T", start, start + 2)


def _region(letter: str, start: int, end: int) -> Concept:
    entry = _ENTRIES[letter]
    return Concept(start, end, entry, entry.regions, kind="region")
