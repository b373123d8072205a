"""One service line of an 837P (loop 2400): LX, SV1, its date and its own rendering provider."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from auditor.records import ClaimLine
from auditor.sources.claims.elements import amount, element, known, npi, one_day, person_name, procedure
from auditor.sources.claims.rejecting import SegmentError

INITIAL_TREATMENT, SERVICE = "454", "472"
UNITS, MINUTES = "UN", "MJ"


@dataclass(slots=True)
class ServiceLine:
    """A service line while it is read.

    Attributes:
        position: Segment at which it begins.
        charge: SV102; None as long as no SV1 was read.
        line: What SV1 says; None as long as none was read.
        day: Date of service (DTP*472).
        started: Date of initial treatment, where the line has its own (DTP*454).
        providers: Its own rendering provider (loop 2420A).
    """

    position: int
    charge: Decimal | None = None
    line: ClaimLine | None = None
    day: date | None = None
    started: date | None = None
    providers: tuple[str, ...] = ()

    def service(self, elements: Sequence[str], component: str) -> None:
        """Take the SV1 segment.

        Raises:
            SegmentError: it cannot be read, or the line has one already.
        """
        if self.line is not None:
            raise SegmentError("a second SV1 in one service line; the LX segment between them is missing")
        code, modifiers = procedure(element(elements, 1), component, "SV101")
        self.charge = amount(elements, 2, "SV102")
        count, unit = amount(elements, 4, "SV104"), element(elements, 3)
        if unit not in (UNITS, MINUTES):
            raise SegmentError("SV103 is neither UN (units) nor MJ (minutes); export the claim again")
        self.line = ClaimLine(
            cpt=code,
            modifiers=modifiers,
            units=_units(count) if unit == UNITS else 1,
            pointers=_pointers(element(elements, 7), component),
            charge=float(self.charge),
            minutes=float(count) if unit == MINUTES else None,
        )

    def dated(self, elements: Sequence[str]) -> None:
        """Take a DTP segment.

        Raises:
            SegmentError: it holds no such date, or another one than before.
        """
        kind = element(elements, 1)
        if kind == SERVICE:
            found = one_day(elements, "DTP03")
            if self.day not in (None, found):
                raise SegmentError("a second date of service in one line; the LX segment between them is missing")
            self.day = found
        elif kind == INITIAL_TREATMENT:
            self.started = one_day(elements, "DTP03")

    def name(self, elements: Sequence[str]) -> None:
        """Take the rendering provider of the line."""
        self.providers = known(npi(elements), person_name(elements))


def _units(count: Decimal) -> int:
    if count < 0 or count != count.to_integral_value():
        raise SegmentError("SV104 is no whole number of units; export the claim again")
    return int(count)


def _pointers(text: str, component: str) -> tuple[int, ...]:
    places = [part.strip() for part in text.split(component)] if text else []
    if not all(place.isascii() and place.isdigit() and 1 <= int(place[:3]) <= 12 for place in places if place):
        raise SegmentError("SV107 holds something else than the places 1 to 12 of diagnoses; export the claim again")
    return tuple(dict.fromkeys(int(place) for place in places if place))
