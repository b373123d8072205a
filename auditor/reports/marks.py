"""The note with its evidence marked: the text cut at every boundary of evidence, no character lost or doubled.

Evidence of elements and findings may overlap, nest, touch or repeat. Each piece between two boundaries knows all that
rests on it, and at the end of each piece stand those whose evidence ends there.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from auditor.records import ELEMENTS, Audit, Evidence
from auditor.reports.wording import by_severity

Rests = Literal["met", "open", "error", "warning", "info"]
"""What rests on a piece: an element that is met, one that is not (yet) met, or a finding of that severity."""

RESTS: tuple[Rests, ...] = ("error", "warning", "info", "met", "open")


@dataclass(frozen=True, slots=True)
class Owner:
    """An element or finding that rests on evidence.

    Attributes:
        label: what stands beside the mark: the element's number (``2``), the finding's (``F1``).
        anchor: where the page shows it: ``e2``, ``f1``.
        rests: how the mark looks.
        title: in words, for a tool tip.
    """

    label: str
    anchor: str
    rests: Rests
    title: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the note between two boundaries: what rests on it, and whose evidence ends with it."""

    start: int
    text: str
    owners: tuple[Owner, ...] = ()
    ending: tuple[Owner, ...] = ()

    @property
    def rests(self) -> tuple[Rests, ...]:
        """The kinds that rest on it, the gravest first."""
        return tuple(kind for kind in RESTS if any(owner.rests == kind for owner in self.owners))


def stands_in(evidence: Evidence, text: str) -> bool:
    """Whether the evidence is a piece of this note: its characters stand at its offsets."""
    return 0 <= evidence.start < evidence.end <= len(text) and text[evidence.start : evidence.end] == evidence.text


def owned(audit: Audit) -> Iterator[tuple[Evidence, Owner]]:
    """All evidence of elements and findings with what rests on it; findings are numbered by severity."""
    for verdict in audit.elements:
        number = ELEMENTS.index(verdict.element) + 1
        rests: Rests = "met" if verdict.status == "met" else "open"
        owner = Owner(str(number), f"e{number}", rests, f"element {number}, {verdict.element}")
        for evidence in verdict.evidence:
            yield evidence, owner
    for number, finding in enumerate(by_severity(audit), start=1):
        owner = Owner(f"F{number}", f"f{number}", finding.severity, f"finding {number}, {finding.code}")
        for evidence in finding.evidence:
            yield evidence, owner


def cut(text: str, evidence: Iterable[tuple[Evidence, Owner]], anchors: Iterable[Evidence] = ()) -> tuple[Piece, ...]:
    """The whole note in pieces, in order; evidence that does not stand in it is left out.

    Nothing rests on ``anchors``: pieces begin and end with them too, so that a page can point there.
    """
    starts: dict[int, list[tuple[int, Owner]]] = defaultdict(list)
    for item, owner in evidence:
        if stands_in(item, text):
            starts[item.start].append((item.end, owner))
    ends = {end for spans in starts.values() for end, _ in spans}
    points = {point for item in anchors if stands_in(item, text) for point in (item.start, item.end)}
    bounds = sorted({0, len(text), *starts, *ends, *points})
    pieces: list[Piece] = []
    running: list[tuple[int, Owner]] = []
    for start, end in pairwise(bounds):
        running = [span for span in running if span[0] > start] + starts.get(start, [])
        ending = _distinct(owner for last, owner in running if last == end)
        pieces.append(Piece(start, text[start:end], _distinct(owner for _, owner in running), ending))
    return tuple(pieces)


def _distinct(owners: Iterable[Owner]) -> tuple[Owner, ...]:
    """Elements by number, then findings by number, each once."""
    return tuple(sorted(set(owners), key=lambda owner: (owner.anchor[0], int(owner.anchor[1:]))))
