"""Remittance advice (835, ASC X12N 005010X221): segments to payers' answers, one claim at a time."""

from collections.abc import Iterator
from pathlib import Path

from auditor.sources.claims.billed import RemittedClaim
from auditor.sources.claims.kinds import WANTED_835, is_835
from auditor.sources.claims.open_remittance import OpenRemittance
from auditor.sources.claims.rejecting import SegmentError, guarded, reject_at
from auditor.sources.claims.transactions import Transactions, unreadable
from auditor.sources.claims.x12 import Segment, segments
from auditor.sources.records import Rejected

# fmt: off
PASSED = frozenset((
    "AMT", "BPR", "CUR", "K3", "N1", "N2", "N3", "N4", "NTE", "PER", "QTY", "RDM", "REF", "TRN", "TS2", "TS3",
))
# fmt: on
"""Segments of the guide that say nothing about what was answered to a claim."""
ENDS = frozenset({"CLP", "LX", "PLB", "SE"})
"""Segments that end the claim before them."""
KIND = "a remittance advice"


@guarded
def read_835(path: Path) -> Iterator[RemittedClaim | Rejected]:
    """Read the answers of an 835 file, one :class:`RemittedClaim` for each claim and date of service.

    A claim with a segment that cannot be read, or whose amounts do not add up, is rejected as a whole and named by its
    place; the rest goes on. Adjustments of the provider (PLB) belong to no claim and are left.
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
    """The file while it is read; ``ready`` is what can be handed out."""

    def __init__(self, source: str) -> None:
        self.ready: list[RemittedClaim | Rejected] = []
        self._source = source
        self._transactions = Transactions(self._reject, lambda start, _: is_835(start), WANTED_835)
        self._claim: OpenRemittance | None = None
        self._claims = 0
        self._lost = False

    def take(self, segment: Segment) -> None:
        """Take the next segment."""
        if segment.name in ENDS:
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
            case "CLP":
                self._claims += 1
                self._lost = False
                self._claim = OpenRemittance(segment.position, self._claims)
                self._claim.begin(segment.elements)
            case "SE":
                self._lost = False
                if not self._transactions.close(segment):
                    raise SegmentError(self._transactions.miscounted())
            case name if name in PASSED or name in ENDS:
                pass
            case _ if self._claim:
                self._within(self._claim, segment)
            case "DTM":
                pass
            case _ if not self._lost:
                self._lost = True
                raise unreadable(segment, KIND)

    def _within(self, claim: OpenRemittance, segment: Segment) -> None:
        match segment.name:
            case "SVC":
                claim.service(segment)
            case "CAS":
                claim.adjust(segment.elements)
            case "NM1":
                claim.name(segment.elements)
            case "DTM":
                claim.dated(segment.elements)
            case "LQ" | "MOA" | "MIA":
                claim.remark(segment.elements)
            case _:
                raise unreadable(segment, KIND)

    def _break_off(self) -> None:
        """Leave out a claim that is still open where its transaction is not ended."""
        if self._claim:
            self._fault(self._claim.position, "the file breaks off inside this claim; ask the payer for it again")
            self._close()

    def _fault(self, position: int, what: str) -> None:
        if self._claim is None:
            self._reject(f"segment {position}", what)
        elif self._claim.fault is None:
            self._claim.fault = (position, what)

    def _close(self) -> None:
        """Hand out the claim that ends here, or reject it."""
        claim, self._claim = self._claim, None
        if claim is None:
            return
        try:
            if claim.fault is None:
                claim.check()
                self.ready.extend(claim.remitted(self._source))
                return
        except SegmentError as fault:
            claim.fault = (claim.position, str(fault))
        position, what = claim.fault
        self._reject(f"segment {position}, claim {claim.place}", f"{what}; this claim was left out")

    def _reject(self, position: str, what: str) -> None:
        self.ready.append(reject_at(self._source, position, what))
