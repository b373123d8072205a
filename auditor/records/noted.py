"""What the note says, as the audit record shows it: evidence, facts, and why each was read so."""

from datetime import date

from pydantic import Field

from auditor.records.base import Output
from auditor.records.words import Criterion, FactKind, SignatureStatus


class Evidence(Output):
    """A piece of the note: ``text`` equals the note's characters from ``start`` to ``end`` (end exclusive)."""

    start: int = Field(description="First character, in Unicode code points")
    end: int = Field(description="One past the last character")
    text: str = Field(description="The characters themselves")
    section: str | None = Field(default=None, description="Section of the note it stands in")


class Section(Output):
    """A part of the note under one heading, or read as such."""

    name: str = Field(description="subjective, objective, assessment, plan, treatment, history, imaging, …")
    start: int
    end: int


class RegionFact(Output):
    """A spinal or extraspinal region that the note mentions."""

    region: str
    roles: tuple[str, ...] = Field(description="complaint, history, finding, imaging, diagnosis, treated, …")
    levels: tuple[str, ...] = Field(description="Levels mentioned in it, normalised")
    treated_levels: tuple[str, ...] = Field(description="Levels adjusted in it today")
    evidence: tuple[Evidence, ...] = ()


class PartFact(Output):
    """A PART criterion found today in one region; null where the note gives no place."""

    criterion: Criterion
    region: str | None
    levels: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class ImageFact(Output):
    """An image that the note cites."""

    modality: str
    date: str | None = Field(description="ISO date, or year-month, or year, as far as the note gives it")
    shows_subluxation: bool
    regions: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class MeasureFact(Output):
    """A progress measure of today, with its previous value where the note gives one."""

    instrument: str = Field(description="NPRS (0-10), ODI, NDI, RMDQ, BQ, PSFS, PROMIS, ROM, SLR, FUNCTION, …")
    value: float
    previous: float | None = None
    unit: str | None = None
    region: str | None = None
    about: str | None = Field(default=None, description="Activity, or motion with its side, that it tells of")
    evidence: tuple[Evidence, ...] = ()


class Frequency(Output):
    """How often the patient is to come: ``times`` per ``every`` ``per`` (2 per 1 week)."""

    times: float
    per: str
    every: float = 1


class Duration(Output):
    """For how long, or for how many visits."""

    value: float | None
    unit: str


class Goal(Output):
    """A treatment goal; objective where it can be measured."""

    text: str
    objective: bool


class PlanFact(Output):
    """The treatment plan as the note states it."""

    frequency: Frequency | None = None
    duration: Duration | None = None
    goals: tuple[Goal, ...] = ()
    refers_to_plan: bool = False
    evidence: tuple[Evidence, ...] = ()


class SignatureFact(Output):
    """Who signed, how, and when."""

    status: SignatureStatus
    kind: str | None = None
    signer: str | None = None
    credential: str | None = None
    signed_on: date | None = None
    evidence: tuple[Evidence, ...] = ()


class VocabularyUse(Output):
    """Words of the note that the vocabulary knows."""

    words: str
    family: str
    kind: str | None = None
    example: str = Field(description="The entry's own example")
    source: str | None = None


class ModifierUse(Output):
    """A modifier in the manner of ConText that stands over a fact or over its act."""

    words: str
    category: str = Field(description="NEGATED, HISTORICAL, HYPOTHETICAL, PLANNED or OTHER_PERSON")


class Explanation(Output):
    """Why one fact, or one mention of a place, was read as it was."""

    fact: FactKind
    says: str = Field(description="What was read: 'C5: treated', 'R thoracic', 'NPRS 4'")
    names: tuple[str, ...] = Field(default=(), description="Levels and regions that it concerns, normalised")
    role: str | None = Field(default=None, description="Of a place: what it is mentioned as")
    evidence: Evidence
    rule: str = Field(description="The grammar that found it, by module and function")
    rule_says: str = Field(description="What that grammar looks for")
    vocabulary: tuple[VocabularyUse, ...] = Field(default=(), description="Entries of the vocabulary it rests on")
    modifiers: tuple[ModifierUse, ...] = Field(default=(), description="What denies, dates, plans or supposes it")
    why: str | None = Field(default=None, description="Of a place: why it counts as treated or not")
    model: str | None = Field(default=None, description="The model that refined it")
    probability: float | None = Field(default=None, description="What the model gives its answer")


class AuditFacts(Output):
    """What the note says, as far as it was read."""

    sections: tuple[Section, ...] = ()
    regions: tuple[RegionFact, ...] = ()
    part: tuple[PartFact, ...] = ()
    images: tuple[ImageFact, ...] = ()
    measures: tuple[MeasureFact, ...] = ()
    plan: PlanFact = PlanFact()
    signature: SignatureFact = SignatureFact(status="absent")
