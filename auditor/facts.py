"""What a note can say: all that reading hands to judging.

Frozen dataclasses, each with its evidence. Nothing here knows a claim, a payer or a verdict.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from auditor.records import Evidence


class Role(StrEnum):
    """What a region or level is mentioned as."""

    COMPLAINT = "complaint"
    HISTORY = "history"
    FINDING = "finding"
    NORMAL = "normal"
    IMAGING = "imaging"
    DIAGNOSIS = "diagnosis"
    TREATED = "treated"
    OTHER_TREATMENT = "other_treatment"
    PLANNED = "planned"
    DECLINED = "declined"
    MENTIONED = "mentioned"


class TreatmentKind(StrEnum):
    """How the note states today's manipulation."""

    NAMED = "named"
    POINTER = "pointer"
    COUNT = "count"
    FULL_SPINE = "full_spine"
    CODE = "code"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the body that the note names, and what it is named as."""

    regions: tuple[str, ...]
    levels: tuple[str, ...]
    role: Role
    evidence: Evidence
    possible: tuple[str, ...] = ()
    """Regions that the wording leaves open (the lower side of a junction, an unexplained rib)."""
    joint: bool = False
    """Whether a joint is named, which has a region but no level: the costovertebral and costotransverse ones."""


@dataclass(frozen=True, slots=True)
class Treatment:
    """One statement of manipulation delivered today."""

    kind: TreatmentKind
    evidence: Evidence
    places: tuple[Mention, ...] = ()
    """The places it names, or that the list it points to names."""
    count: int | None = None
    """Number of regions that it states, where it states one."""


@dataclass(frozen=True, slots=True)
class PartFinding:
    """A PART criterion found today. ``regions`` is empty where the note gives no place."""

    criterion: str
    regions: tuple[str, ...]
    levels: tuple[str, ...]
    evidence: Evidence
    segmental: bool = False
    """Fixation, restriction, hypomobility, listing or misalignment of a joint: it documents a subluxation."""


@dataclass(frozen=True, slots=True)
class Subluxation:
    """A subluxation, segmental, somatic or joint dysfunction, fixation or misalignment that is stated."""

    regions: tuple[str, ...]
    levels: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Image:
    """An image that the note cites; ``taken`` is its date as ISO text, as far as it is given."""

    modality: str
    taken: str | None
    shows_subluxation: bool
    has_finding: bool
    regions: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Measure:
    """A value of today; ``previous`` from the same note. NPRS is on 0-10, ROM and SLR in degrees."""

    instrument: str
    value: float
    evidence: Evidence
    previous: float | None = None
    unit: str | None = None
    region: str | None = None
    about: str | None = None
    """What of it is measured, where an instrument tells several things: the activity, the motion with its side."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change since the last visit in words, or a functional gain."""

    direction: str
    """``better``, ``same``, ``worse`` or ``gain`` (a named activity regained)."""
    evidence: Evidence
    firm: bool = False
    """Whether it is said outright, and not "maybe a touch looser"."""
    against_last: bool = False
    """Whether it names the last visit: "better than at the last visit"."""


@dataclass(frozen=True, slots=True)
class Target:
    """A value that a goal wants to reach: NPRS 2, ODI 20, FUNCTION 60 (minutes of sitting), ROM 70."""

    instrument: str
    value: float
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """A treatment goal; objective where it can be measured."""

    text: str
    objective: bool
    evidence: Evidence
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitFrequency:
    """``times`` visits in ``every`` ``per`` (week, month …)."""

    times: float
    per: str
    every: float = 1


@dataclass(frozen=True, slots=True)
class PlanDuration:
    """Length of the plan in days, weeks, months or visits; ``value`` is None for an end date."""

    value: float | None
    unit: str


@dataclass(frozen=True, slots=True)
class VisitCount:
    """Where the visit stands in the plan, as the note counts: "visit 4 of 12"."""

    at: int
    of: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Examination:
    """A re-examination made today, or a note that closes the course of care (``re_examination``, ``discharge``)."""

    kind: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class SidedPlace:
    """The side of a complaint (zone S) or of a pain, tenderness or spasm found (zone O)."""

    region: str
    side: str
    zone: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that the note says of the treatment plan."""

    frequency: VisitFrequency | None = None
    duration: PlanDuration | None = None
    goals: tuple[Goal, ...] = ()
    refers: tuple[Evidence, ...] = ()
    """Where it refers to a plan in force (visit 4 of 12, continue plan)."""
    standing: tuple[Evidence, ...] = ()
    """Where it says how the patient stands against the goals."""
    return_visit: Evidence | None = None
    """A return date or interval; earns little, and nothing on an initial visit."""
    prn: Evidence | None = None
    count: VisitCount | None = None
    extended: bool = False
    """Whether it says that care is extended, on hold or resumed."""
    winding_down: bool = False
    """Whether it announces the end of care, a transition to self-care, or a goal that comes next."""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """The best signature found; ``status`` as in the audit record."""

    status: str
    kind: str | None = None
    signer: str | None = None
    credential: str | None = None
    signed_on: date | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class ServiceDate:
    """A date that the note gives as its date of service."""

    day: date | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ManualTherapy:
    """Soft-tissue or neuromuscular work (97112, 97124, 97140) with its regions and minutes, where given."""

    kind: str
    """``97112``, ``97124`` or ``97140``, by its wording."""
    regions: tuple[str, ...]
    minutes: float | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Side:
    """The side of a limb's complaint or of a sciatica; ``side`` is left, right or bilateral."""

    place: str
    side: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class NotePrint:
    """What a note is compared with others by: hashes of its words in order, never the words.

    Words that tell nothing of today are left out (dates, signatures, page headers, boiler-plate, reporting words),
    words that mean the same are one. Numbers are negative; words are positive and even, levels positive and odd; all
    fit into 32 bits with sign.
    """

    must: tuple[int, ...] = ()
    """Of what must change from visit to visit: subjective, findings, response."""
    stay: tuple[int, ...] = ()
    """Of what may stay: diagnosis, treatment, plan, history."""


@dataclass(frozen=True, slots=True)
class SectionSpan:
    """A section of the note."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Facts:
    """All that was read in one note. Empty tuples and None mean: looked for, and not found."""

    sections: tuple[SectionSpan, ...] = ()
    mentions: tuple[Mention, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    part: tuple[PartFinding, ...] = ()
    normal: tuple[tuple[str, Evidence], ...] = ()
    """Regions whose examination is stated to be normal today."""
    subluxations: tuple[Subluxation, ...] = ()
    images: tuple[Image, ...] = ()
    measures: tuple[Measure, ...] = ()
    changes: tuple[Change, ...] = ()
    causes: tuple[Evidence, ...] = ()
    """Documented causes of a worsening: a new injury, a named exacerbation."""
    maintenance: tuple[Evidence, ...] = ()
    chronic_permanent: tuple[Evidence, ...] = ()
    """Where the note says that the condition is chronic and permanent (for older images)."""
    stage: tuple[Evidence, ...] = ()
    """Where it calls the condition acute, chronic or an exacerbation."""
    acute: tuple[Evidence, ...] = ()
    """Those of them that say acute or an exacerbation."""
    evaluation: tuple[Evidence, ...] = ()
    """What gives an evaluation of today a reason of its own: a new condition, an exacerbation, a re-examination."""
    sides: tuple[Side, ...] = ()
    examinations: tuple[Examination, ...] = ()
    denied: tuple[tuple[str, Evidence], ...] = ()
    """Spinal regions whose pain the patient denies today."""
    pain_found: tuple[tuple[str, Evidence], ...] = ()
    """Spinal regions that the examination calls painful or rates."""
    sided: tuple[SidedPlace, ...] = ()
    moved: bool = False
    """Whether it says that a complaint has moved to another side."""
    plan: Plan = Plan()
    signature: Signature = Signature("absent")
    service_dates: tuple[ServiceDate, ...] = ()
    manual_therapy: tuple[ManualTherapy, ...] = ()
    visit: str = "subsequent"
    """``initial`` or ``subsequent``, as far as the note alone tells."""
    visit_evidence: Evidence | None = None
    print: NotePrint = NotePrint()
    """Tells a copy, and keeps no text; empty unless the note is to be compared with others."""
    readable: str | None = None
    """Why the text can hardly be read as a note: ``empty``, ``not_english``, ``cut_off``; None where it can."""
    misses: tuple[tuple[str, str], ...] = ()
    """Nearest misses by what was looked for: (``treated``, "L4: planned, next visit")."""
