"""Professional claim files (837P, ASC X12N 005010X222): segments to billed claims, one claim at a time."""

from collections.abc import Iterator
from pathlib import Path

from auditor.sources.claims.billed import BilledClaim
from auditor.sources.claims.hierarchy import Hierarchy
from auditor.sources.claims.kinds import WANTED_837P, is_837p
from auditor.sources.claims.open_claim import OpenClaim
from auditor.sources.claims.rejecting import SegmentError, guarded, reject_at
from auditor.sources.claims.service_line import ServiceLine
from auditor.sources.claims.transactions import Transactions, unreadable
from auditor.sources.claims.x12 import Segment, segments
from auditor.sources.records import Rejected

# fmt: off
PASSED = frozenset((
    "AMT", "BHT", "CAS", "CN1", "CR1", "CR2", "CR3", "CRC", "CTP", "CUR", "DMG", "FRM", "HCP", "K3", "LIN", "LQ",
    "MEA", "MOA", "N2", "N3", "N4", "NTE", "OI", "PER", "PRV", "PS1", "PWK", "QTY", "SV5", "SVD",
))
# fmt: on
"""Segments of the guide that say nothing about what was billed."""
MOST_WAITING = 1000
"""So many claims of one patient are kept at most until the next level; the guide allows 100."""
DOUBTFUL = "segments after the level (HL) above it are missing, so its patient is not sure; this claim was left out"
KIND = "a professional claim file"
ABOVE = frozenset({"SBR", "PAT"})
"""Segments that begin a subscriber or patient; SBR also begins another payer within a claim, before its lines."""


@guarded
def read_837p(path: Path) -> Iterator[BilledClaim | Rejected]:
    """Read the claims of an 837P file, one :class:`BilledClaim` for each date of service and rendering provider.

    A claim with a segment that cannot be read, or whose lines do not add up to its total, is rejected as a whole and
    named by its place; the rest goes on.
    """
    file = _File(str(path))
    for segment in segments(path):
        file.take(segment)
        if file.ready:
            yield from file.ready
            file.ready.clear()
    file.end()
    yield from file.ready


class _File:
    """The file while it is read; ``ready`` is what can be handed out.

    Claims wait until the next level (HL) shows by its number that none before it was lost: where a subscriber is lost,
    claims pass for those of the one before.
    """

    def __init__(self, source: str) -> None:
        self.ready: list[BilledClaim | Rejected] = []
        self._source = source
        self._transactions = Transactions(self._reject, is_837p, WANTED_837P)
        self._above = Hierarchy()
        self._claim: OpenClaim | None = None
        self._claims = 0
        self._waiting: list[BilledClaim] = []
        self._lost = False

    def take(self, segment: Segment) -> None:
        """Take the next segment."""
        if segment.name in ("HL", "CLM", "SE"):
            self._close()
        if not self._transactions.goes_on(segment):
            self._break_off()
            self._transactions.outside(segment)
            return
        try:
            self._read(segment)
        except SegmentError as fault:
            self._fault(segment.position, str(fault))

    def end(self) -> None:
        """End the file."""
        self._break_off()
        self._transactions.end()

    def _read(self, segment: Segment) -> None:
        match segment.name:
            case "HL":
                self._release(sure=self._above.follows(segment.elements))
                self._above.descend(segment.elements)
                self._lost = False
            case "CLM":
                self._claims += 1
                self._claim = OpenClaim(segment.position, self._claims)
                self._claim.begin(segment, self._above)
            case "SE":
                self._above = Hierarchy()
                whole = self._transactions.close(segment)
                self._release(sure=whole)
                if not whole:
                    raise SegmentError(self._transactions.miscounted())
            case name if name in PASSED:
                pass
            case _ if self._claim:
                self._within(self._claim, segment)
            case "NM1":
                self._above.name(segment.elements)
            case "LX" | "SV1" | "HI":
                self._stray("this belongs to a claim, but no claim (CLM) stands before it; export the claims again")
            case "SBR":
                self._above.filed(segment.elements)
            case "DTP" | "REF" | "PAT":
                pass
            case _:
                self._above.lose()
                self._stray(str(unreadable(segment, KIND)))

    def _within(self, claim: OpenClaim, segment: Segment) -> None:
        match segment.name:
            case "LX":
                claim.lines.append(ServiceLine(segment.position))
            case "SV1" if claim.lines:
                claim.lines[-1].service(segment.elements, segment.component)
            case "DTP":
                claim.dated(segment.elements)
            case "HI":
                claim.diagnose(segment)
            case "REF":
                claim.reference(segment.elements)
            case "NM1":
                if not claim.name(segment.elements):
                    self._level_lost(segment)
            case "SBR" if not claim.lines:
                claim.of_another_payer = True
            case name if name in ABOVE:
                self._level_lost(segment)
            case _:
                raise unreadable(segment, KIND)

    def _level_lost(self, segment: Segment) -> None:
        """A subscriber or patient begins without its HL: the claim ends here, and those that follow have no patient."""
        self._fault(segment.position, "a subscriber or patient begins here, but its level (HL) is missing")
        self._close()
        self._above.lose()

    def _break_off(self) -> None:
        """Leave out a claim that is still open where its transaction is not ended."""
        if self._claim:
            self._fault(self._claim.position, "the file breaks off inside this claim; export it again")
            self._close()
        if self._transactions.reading:
            self._release(sure=False)
            self._above, self._lost = Hierarchy(), False

    def _release(self, *, sure: bool) -> None:
        """Hand out the claims that wait, or reject them where it is not sure that they are this patient's."""
        if sure:
            self.ready.extend(self._waiting)
        else:
            for claim in self._waiting:
                self._reject(claim.position, DOUBTFUL)
        self._waiting.clear()

    def _fault(self, position: int, what: str) -> None:
        if self._claim is None:
            self._reject(f"segment {position}", what)
        elif self._claim.fault is None:
            self._claim.fault = (position, what)

    def _stray(self, what: str) -> None:
        """Name a segment that stands where none may, once for all that follow it."""
        if not self._lost:
            self._lost = True
            raise SegmentError(what)

    def _close(self) -> None:
        """Hand out the claim that ends here, or reject it."""
        claim, self._claim = self._claim, None
        if claim is None:
            return
        if not claim.lines:
            self._above.lose()
        try:
            if claim.fault is None:
                claim.check()
                self._waiting.extend(claim.billed(self._source))
                if len(self._waiting) > MOST_WAITING:
                    self._release(sure=True)
                return
        except SegmentError as fault:
            claim.fault = (claim.position, str(fault))
        position, what = claim.fault
        self._reject(f"segment {position}, claim {claim.place}", f"{what}; this claim was left out")

    def _reject(self, position: str, what: str) -> None:
        self.ready.append(reject_at(self._source, position, what))
