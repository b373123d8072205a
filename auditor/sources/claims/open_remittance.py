"""One claim of an 835 while it is read (loops 2100 and 2110), and the answers that come of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from auditor.records import Adjustment, PaidLine, Remittance
from auditor.sources.claims.billed import RemittedClaim
from auditor.sources.claims.elements import (
    Procedure,
    amount,
    amount_or_zero,
    day,
    element,
    known,
    person_name,
    procedure,
)
from auditor.sources.claims.rejecting import SegmentError
from auditor.sources.claims.x12 import Segment

GROUPS = frozenset({"CO", "PR", "OA", "PI", "CR"})
TRIPLETS = range(2, 20, 3)
"""Places of the reason codes in a CAS segment; amount and quantity follow each."""
REMARK_PLACES = {"MOA": range(3, 8), "MIA": (5, *range(20, 24))}
CLAIM_BEGINS, SERVICE, SERVICE_BEGINS = "232", "472", "150"
_REASON = re.compile(r"[A-Z0-9]{1,5}")
_REMARK = re.compile(r"[A-Z0-9]{1,8}")
_STATUS = re.compile(r"[0-9]{1,2}")


@dataclass(slots=True)
class AnsweredLine:
    """A service line of an answer while it is read."""

    judged: Procedure
    billed: str
    charge: Decimal
    paid: Decimal
    day: date | None = None
    adjustments: list[tuple[str, str, Decimal]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(slots=True)
class OpenRemittance:
    """A claim of an 835 while it is read; ``fault`` is what is wrong with it, and at which segment."""

    position: int
    place: int
    control_number: str = ""
    status: str = ""
    charge: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)
    patients: tuple[str, ...] = ()
    day: date | None = None
    adjustments: list[tuple[str, str, Decimal]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    lines: list[AnsweredLine] = field(default_factory=list)
    fault: tuple[int, str] | None = None

    def begin(self, elements: Sequence[str]) -> None:
        """Take the CLP segment.

        Raises:
            SegmentError: it has no control number, status or amounts.
        """
        self.control_number, self.status = element(elements, 1), element(elements, 2)
        if not self.control_number:
            raise SegmentError("CLP01 is empty, so the claim is not known; ask the payer for the file again")
        if not _STATUS.fullmatch(self.status):
            raise SegmentError("CLP02 is no claim status; ask the payer for the file again")
        self.charge, self.paid = amount(elements, 3, "CLP03"), amount(elements, 4, "CLP04")

    def name(self, elements: Sequence[str]) -> None:
        """Take an NM1 segment: the patient is kept.

        Raises:
            SegmentError: it stands among the service lines.
        """
        if self.lines:
            raise SegmentError("a name (NM1) of another claim; the CLP segment before it is missing")
        if element(elements, 1) == "QC":
            self.patients = known(element(elements, 9), person_name(elements))

    def dated(self, elements: Sequence[str]) -> None:
        """Take a DTM segment.

        Raises:
            SegmentError: it holds no such date.
        """
        kind = element(elements, 1)
        if self.lines and kind in (SERVICE, SERVICE_BEGINS):
            self.lines[-1].day = day(element(elements, 2), "DTM02")
        elif kind == CLAIM_BEGINS and not self.lines:
            self.day = day(element(elements, 2), "DTM02")

    def service(self, segment: Segment) -> None:
        """Take an SVC segment.

        Raises:
            SegmentError: it cannot be read.
        """
        elements = segment.elements
        judged = procedure(element(elements, 1), segment.component, "SVC01")
        changed = element(elements, 6)
        billed = procedure(changed, segment.component, "SVC06").code if changed else judged.code
        charge, paid = amount(elements, 2, "SVC02"), amount_or_zero(elements, 3, "SVC03")
        self.lines.append(AnsweredLine(judged, billed, charge, paid))

    def adjust(self, elements: Sequence[str]) -> None:
        """Take a CAS segment, of the last line or of the whole claim.

        Raises:
            SegmentError: it cannot be read.
        """
        group = element(elements, 1)
        if group not in GROUPS:
            raise SegmentError("CAS01 is no group of adjustments; ask the payer for the file again")
        into = self.lines[-1].adjustments if self.lines else self.adjustments
        for place in TRIPLETS:
            reason = element(elements, place)
            if not reason and not element(elements, place + 1):
                continue
            if not _REASON.fullmatch(reason):
                raise SegmentError(f"CAS{place:02} is no reason of an adjustment; ask the payer for the file again")
            into.append((group, reason, amount(elements, place + 1, f"CAS{place + 1:02}")))

    def remark(self, elements: Sequence[str]) -> None:
        """Take an LQ, MOA or MIA segment: remark codes (LQ*HE) of the last line or of the whole claim."""
        name = element(elements, 0)
        places: Sequence[int] = REMARK_PLACES.get(name, (2,) if element(elements, 1) == "HE" else ())
        into = self.lines[-1].remarks if self.lines and name == "LQ" else self.remarks
        into.extend(code for place in places if _REMARK.fullmatch(code := element(elements, place)))

    def check(self) -> None:
        """Refuse an answer that lost something: charges less adjustments are what is paid, line by line and in all.

        Raises:
            SegmentError: the amounts do not add up.
        """
        for place, line in enumerate(self.lines, 1):
            if line.charge - _sum(line.adjustments) != line.paid:
                raise SegmentError(
                    f"line {place}: charge less adjustments is not what was paid, so some may be missing"
                )
        if self.lines and sum((line.charge for line in self.lines), Decimal(0)) != self.charge:
            raise SegmentError("its lines do not add up to its charge (CLP03), so a line may be missing")
        adjusted = _sum(self.adjustments) + sum((_sum(line.adjustments) for line in self.lines), Decimal(0))
        if self.charge - adjusted != self.paid:
            raise SegmentError("charge less adjustments is not what was paid (CLP04), so some may be missing")

    def remitted(self, source: str) -> Iterator[RemittedClaim]:
        """One answer for each date of service; adjustments of the whole claim stand in the first alone."""
        parts: dict[date | None, list[AnsweredLine]] = {} if self.lines else {self.day: []}
        for line in self.lines:
            parts.setdefault(line.day or self.day, []).append(line)
        for place, (on, lines) in enumerate(parts.items()):
            yield RemittedClaim(
                control_number=self.control_number,
                patients=known(self.control_number, *self.patients),
                date_of_service=on,
                remittance=Remittance(
                    status=self.status,
                    lines=tuple(self._paid_line(line) for line in lines),
                    adjustments=_adjustments(self.adjustments if place == 0 else ()),
                ),
                source=source,
                position=f"segment {self.position}, claim {self.place}",
                billed_codes=tuple(line.billed for line in lines),
            )

    def _paid_line(self, line: AnsweredLine) -> PaidLine:
        """A line with its remarks and those of the whole claim, for which a remittance has no other place."""
        return PaidLine(
            cpt=line.judged.code,
            modifiers=line.judged.modifiers,
            charge=float(line.charge),
            paid=float(line.paid),
            adjustments=_adjustments(line.adjustments),
            remarks=known(*line.remarks, *self.remarks),
        )


def _sum(adjustments: Sequence[tuple[str, str, Decimal]]) -> Decimal:
    return sum((dollars for _, _, dollars in adjustments), Decimal(0))


def _adjustments(adjustments: Sequence[tuple[str, str, Decimal]]) -> tuple[Adjustment, ...]:
    return tuple(Adjustment(group=group, carc=reason, amount=float(dollars)) for group, reason, dollars in adjustments)
