"""The envelopes of an X12 file (ISA, GS, ST to SE): which transactions are read, and whether they are whole."""

from collections.abc import Callable

from auditor.sources.claims.elements import element
from auditor.sources.claims.kinds import kind_of
from auditor.sources.claims.rejecting import SegmentError
from auditor.sources.claims.whole_segments import BROKEN_OFF, LONGEST_SEGMENT, TOO_LONG
from auditor.sources.claims.x12 import Segment

ENVELOPES = frozenset({"ISA", "GS", "ST", "GE", "IEA", "TA1", BROKEN_OFF})


class Transactions:
    """Follows the envelopes of one file.

    Attributes:
        reading: Whether a transaction of the wanted kind is open.
    """

    def __init__(self, reject: Callable[[str, str], None], wanted: Callable[[Segment, str], bool], advice: str) -> None:
        """Read the ``wanted`` transactions; ``reject`` is told what is wrong, and the ``advice`` for other kinds."""
        self.reading = False
        self._reject, self._wanted, self._advice = reject, wanted, advice
        self._group_guide = ""
        self._begun = 0
        self._passing = self._stray = False
        self._kinds: set[str] = set()

    def goes_on(self, segment: Segment) -> bool:
        """Whether a wanted transaction is open and this segment is one of its own."""
        return self.reading and segment.name not in ENVELOPES

    def outside(self, segment: Segment) -> None:
        """Take a segment that belongs to no wanted transaction."""
        self._break_off()
        if segment.name == "ST":
            self._start(segment)
        elif segment.name == BROKEN_OFF:
            what = "the ISA header that begins here cannot be read, nor what follows; export that part again"
            self._reject(f"segment {segment.position}", what)
        elif segment.name in ENVELOPES:
            self._passing = self._stray = False
            self._group_guide = element(segment.elements, 8) if segment.name == "GS" else self._group_guide
        elif not (self._passing or self._stray):
            self._stray = True
            what = "what stands here belongs to no transaction (ST to SE) and was left out; export the file again"
            self._reject(f"segment {segment.position}", what)

    def close(self, segment: Segment) -> bool:
        """End the transaction at its SE segment; whether that has the number of segments that there are."""
        self.reading = False
        return element(segment.elements, 1).lstrip("0") == str(segment.position - self._begun + 1)

    def miscounted(self) -> str:
        """What is said where the last transaction has another number of segments than SE01 says."""
        begun = f"SE01 is not the number of segments since segment {self._begun}"
        return f"{begun}, so some are missing or doubled; export the file again"

    def end(self) -> None:
        """End the file."""
        self._break_off()
        if not self._begun and not self._stray:
            self._reject("segment 1", "no transaction (ST to SE) follows; export the file again")

    def _start(self, segment: Segment) -> None:
        self._begun, self._stray = segment.position, False
        self.reading = self._wanted(segment, self._group_guide)
        self._passing = not self.reading
        kind = kind_of(segment, self._group_guide)
        if self._passing and kind not in self._kinds:
            self._kinds.add(kind)
            self._reject(f"segment {segment.position}", f"here begins {kind}; {self._advice}")

    def _break_off(self) -> None:
        if self.reading:
            self.reading = False
            what = "this transaction breaks off without its end (SE), so segments may be missing; export the file again"
            self._reject(f"segment {self._begun}", what)


def unreadable(segment: Segment, kind: str) -> SegmentError:
    """What is wrong with a segment that stands where none of its name may, in a file of a ``kind``."""
    if segment.name == TOO_LONG:
        return SegmentError(f"this segment is longer than {LONGEST_SEGMENT:,} characters; export the file again")
    return SegmentError(f"this is no segment of {kind}, or it stands where none may; export the file again")
