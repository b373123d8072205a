"""One claim of an 837P while it is read (loop 2300), and the billed claims that come of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from auditor.records import Claim
from auditor.sources.claims.billed import BilledClaim
from auditor.sources.claims.diagnoses import diagnosis
from auditor.sources.claims.elements import amount, element, known, npi, one_day, person_name
from auditor.sources.claims.hierarchy import Hierarchy
from auditor.sources.claims.rejecting import SegmentError
from auditor.sources.claims.service_line import ServiceLine
from auditor.sources.claims.x12 import Segment

STARTED = ("454", "439", "431")
"""Dates that say when care began, the best first: initial treatment, accident, onset."""
DIAGNOSES = frozenset({"ABK", "ABF", "BK", "BF"})
"""Qualifiers of diagnoses in HI; BK and BF are those of ICD-9, under which some writers put ICD-10 codes."""
MOST_DIAGNOSES = 12
RECORD_NUMBER = "EA"


@dataclass(slots=True)
class OpenClaim:
    """A claim while it is read; ``fault`` is what is wrong with it, and at which segment."""

    position: int
    place: int
    control_number: str = ""
    total: Decimal = Decimal(0)
    frequency: str = "1"
    payer: str | None = None
    patients: tuple[str, ...] = ()
    billing: tuple[str, ...] = ()
    rendering: tuple[str, ...] = ()
    record_number: str = ""
    diagnoses: tuple[str, ...] = ()
    started: dict[str, date] = field(default_factory=dict)
    lines: list[ServiceLine] = field(default_factory=list)
    of_another_payer: bool = False
    fault: tuple[int, str] | None = None

    def begin(self, segment: Segment, above: Hierarchy) -> None:
        """Take the CLM segment and what stands above it.

        Raises:
            SegmentError: it has no control number or total, or nobody can say whom it is about.
        """
        if above.fault:
            raise SegmentError(above.fault)
        self.patients, self.billing, self.payer = above.patients, above.billing, above.payer
        self.control_number = element(segment.elements, 1)
        if not self.control_number:
            raise SegmentError("CLM01 is empty; each claim needs its patient control number")
        self.total = amount(segment.elements, 2, "CLM02")
        place = element(segment.elements, 5).split(segment.component)
        self.frequency = (place[2].strip() if len(place) > 2 else "") or "1"

    def diagnose(self, segment: Segment) -> None:
        """Take an HI segment.

        Raises:
            SegmentError: it stands among the service lines, or holds a code that is no diagnosis.
        """
        found = [[*code.split(segment.component), ""][:2] for code in segment.elements[1:]]
        codes = tuple(diagnosis(code) for kind, code in found if kind.strip().upper() in DIAGNOSES)
        if not codes:
            return
        if self.lines or self.diagnoses:
            raise SegmentError("diagnoses (HI) of another claim; the CLM segment before them is missing")
        if len(codes) > MOST_DIAGNOSES:
            raise SegmentError("HI holds more than 12 diagnoses; export the claim again")
        self.diagnoses = codes

    def dated(self, elements: Sequence[str]) -> None:
        """Take a DTP segment, of the claim or of its last line.

        Raises:
            SegmentError: it holds no such date.
        """
        if self.lines:
            self.lines[-1].dated(elements)
        elif (kind := element(elements, 1)) in STARTED and not self.of_another_payer:
            self.started[kind] = one_day(elements, "DTP03")

    def name(self, elements: Sequence[str]) -> bool:
        """Take an NM1 segment; False where it belongs above the claim, so that an HL segment was lost."""
        who = element(elements, 1)
        if self.lines:
            if who == "82":
                self.lines[-1].name(elements)
            return who not in ("85", "IL", "QC", "PR")
        if self.of_another_payer:
            return True
        if who == "82":
            self.rendering = known(npi(elements), person_name(elements))
        return who not in ("85", "IL", "QC", "PR")

    def reference(self, elements: Sequence[str]) -> None:
        """Take a REF segment: the medical record number is kept."""
        if element(elements, 1) == RECORD_NUMBER and not (self.lines or self.of_another_payer):
            self.record_number = element(elements, 2)

    def check(self) -> None:
        """Refuse a claim that lost something.

        Raises:
            SegmentError: a line, its SV1, its date or the diagnoses are missing.
        """
        if not self.lines:
            raise SegmentError("it has no service line (LX, SV1); export the claim again")
        if not self.diagnoses:
            raise SegmentError("it has no diagnosis (HI); export the claim again")
        if any(line.line is None for line in self.lines):
            raise SegmentError("a service line has no SV1; export the claim again")
        if sum((line.charge or Decimal(0) for line in self.lines), Decimal(0)) != self.total:
            raise SegmentError("its lines do not add up to its total (CLM02), so a line may be missing")
        if len({line.day is None for line in self.lines}) > 1:
            raise SegmentError("a service line has no date (DTP*472); export the claim again")

    def billed(self, source: str) -> Iterator[BilledClaim]:
        """One claim for each date of service and rendering provider."""
        parts: dict[tuple[date | None, tuple[str, ...]], list[ServiceLine]] = {}
        for line in self.lines:
            parts.setdefault((line.day, line.providers or self.rendering or self.billing), []).append(line)
        patients = known(self.control_number, *self.patients, self.record_number)
        for (day, providers), lines in parts.items():
            yield BilledClaim(
                claim=Claim(
                    diagnoses=self.diagnoses,
                    lines=tuple(line.line for line in lines if line.line),
                    control_number=self.control_number,
                ),
                date_of_service=day,
                patients=patients,
                providers=providers,
                payer=self.payer,
                care_started=self._care_started(lines),
                source=source,
                position=f"segment {self.position}, claim {self.place}",
                frequency=self.frequency,
            )

    def _care_started(self, lines: list[ServiceLine]) -> date | None:
        of_a_line = next((line.started for line in lines if line.started), None)
        return of_a_line or next((self.started[kind] for kind in STARTED if kind in self.started), None)
