"""Who a claim of an 837P is about: billing provider, subscriber, patient and payer of the loops above it (HL).

ASC X12N 005010X222, loops 2000A, 2000B, 2000C and the names below them.
"""

from collections.abc import Sequence

from auditor.sources.claims.elements import element, known, npi, person_name
from auditor.sources.claims.rejecting import SegmentError

BILLING, SUBSCRIBER, PATIENT = "20", "22", "23"
LONGEST_NUMBER = 13
"""HL01 has at most 12 digits."""
MEDICARE = "Medicare Part B"
"""What SBR09 calls MB."""
LOST = "the levels (HL) above it do not fit together, so its patient is not known; export the claims again"


class Hierarchy:
    """The levels that the claims which follow belong to.

    Attributes:
        fault: Why nobody can say whom the next claim is about; None where that is known.
    """

    def __init__(self) -> None:
        """Begin a transaction, above which nothing stands."""
        self.fault: str | None = LOST
        self.billing: tuple[str, ...] = ()
        self._payer: str | None = None
        self._medicare = False
        self._level = self._billing_id = self._subscriber_id = ""
        self._subscriber: tuple[str, ...] = ()
        self._patient: tuple[str, ...] = ()
        self._named: set[str] = set()
        self._levels = 0

    @property
    def patients(self) -> tuple[str, ...]:
        """What the patient is known by: member id and name; of a dependent only the name.

        The subscriber's member id is no name of a dependent: it would bind the claim to the subscriber's note.
        """
        return self._patient if self._level == PATIENT else self._subscriber

    @property
    def payer(self) -> str | None:
        """The payer's name; a contractor's name alone says too little, so traditional Medicare is put before it."""
        if self._medicare and not (self._payer or "").lower().startswith("medicare"):
            return f"{MEDICARE} {self._payer or ''}".strip()
        return self._payer

    def filed(self, elements: Sequence[str]) -> None:
        """Take the kind of payer that an SBR segment names (SBR09)."""
        self._medicare = element(elements, 9) == "MB"

    def lose(self) -> None:
        """Say that a level may have been lost: up to the next one no claim's patient is known."""
        self.fault = LOST

    def follows(self, elements: Sequence[str]) -> bool:
        """Whether an HL segment has the next number after the last one (HL01), so that none between them is missing."""
        return element(elements, 1) == str(self._levels + 1)

    def descend(self, elements: Sequence[str]) -> None:
        """Enter the level that an HL segment names.

        Raises:
            SegmentError: it is no level of an 837P, or has another parent than the level above.
        """
        own, parent, level = (element(elements, place) for place in (1, 2, 3))
        self._levels = int(own) if own.isascii() and own.isdigit() and len(own) < LONGEST_NUMBER else 0
        self._named = set()
        self._patient = ()
        if level == BILLING:
            self.billing, self._billing_id = (), own
        if level in (BILLING, SUBSCRIBER):
            self._payer, self._medicare, self._subscriber = None, False, ()
            self._subscriber_id = own if level == SUBSCRIBER else ""
        self._level, before = level, self.fault
        self.fault = LOST
        if level not in (BILLING, SUBSCRIBER, PATIENT):
            raise SegmentError("HL03 is no level of a professional claim file; export the claims again")
        if not own or parent != {BILLING: "", SUBSCRIBER: self._billing_id, PATIENT: self._subscriber_id}[level]:
            raise SegmentError("HL02 is not the level above, so a level is missing; export the claims again")
        self.fault = before if level == PATIENT else None

    def name(self, elements: Sequence[str]) -> None:
        """Take the name of an NM1 segment above a claim; names that claims do not need are left.

        Raises:
            SegmentError: it belongs to another level, so the HL segment before it was lost.
        """
        who = element(elements, 1)
        level = {"85": BILLING, "IL": SUBSCRIBER, "PR": SUBSCRIBER, "QC": PATIENT}.get(who)
        if level is None or self.fault:
            return
        if level != self._level or who in self._named:
            self.lose()
            raise SegmentError("this name belongs to another level (HL), which is missing; export the claims again")
        self._named.add(who)
        self._keep(who, elements)

    def _keep(self, who: str, elements: Sequence[str]) -> None:
        name = person_name(elements)
        match who:
            case "85":
                self.billing = known(npi(elements), name)
            case "IL":
                member = element(elements, 9) if element(elements, 8) in ("MI", "II") else ""
                self._subscriber = known(member, name)
            case "PR":
                self._payer = name or None
            case _:
                self._patient = known(name)
