"""Where an encounter stands in its episode of care: what changed, the plan in force, how much of the note is new."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from auditor.records.base import Output
from auditor.records.noted import Duration, Frequency

VisitKind = Literal["initial", "subsequent", "re_examination", "discharge"]
Beginning = Literal["first_note", "initial_visit", "discharge", "gap"]
Direction = Literal["better", "same", "worse"]
RepeatKind = Literal["copy", "number", "nearly", "no"]
Part = Annotated[float, Field(ge=0, le=1)]


class ComparedMeasure(Output):
    """A measure of today against its value at the last visit that has one, and at the first visit of the episode."""

    instrument: str
    region: str | None = None
    unit: str | None = None
    about: str | None = Field(default=None, description="Activity, or motion with its side, that it tells of")
    value: float
    higher_is_better: bool = Field(description="Such as PSFS and degrees; pain and disability scores: lower")
    last: float | None = Field(default=None, description="Value before, from today's note or an earlier one")
    last_on: date | None = Field(default=None, description="Date of that note; null: today's note says it")
    baseline: float | None = Field(default=None, description="First value of the episode in an earlier note")
    baseline_on: date | None = None
    since_last: Direction | None = None
    since_baseline: Direction | None = None
    meaningful: bool | None = Field(
        default=None, description="Whether the change since the baseline reaches the instrument's meaningful change"
    )


class PlanInForce(Output):
    """The treatment plan that this visit falls under."""

    stated_on: date | None = Field(default=None, description="Date of the note that states it; null: today's")
    frequency: Frequency | None = None
    duration: Duration | None = None
    goals: tuple[str, ...] = Field(default=(), description="Objective goals, in the words of the note")
    visit: int | None = Field(default=None, description="Number of this visit in the plan, where the note counts")
    of: int | None = Field(default=None, description="Number of visits planned")
    ends_on: date | None = Field(default=None, description="Last day, where frequency and length tell")
    goals_reached: int | None = Field(default=None, description="Of the goals that today's values tell of")
    goals_compared: int | None = None


class NoteNovelty(Output):
    """How much of the note is new against the earlier note that it is most like."""

    against: date | None = Field(default=None, description="Date of that note")
    new: Part = Field(description="Share of the whole note, without date, signature and boiler-plate")
    new_of_must_change: Part = Field(description="Share of subjective, findings and response that is new")
    new_of_may_stay: Part = Field(description="Share of diagnosis, treatment, plan and history that is new")
    repeats: RepeatKind = Field(description="copy; number: a copy but for a value or two; nearly; no")


class EpisodePlace(Output):
    """Where the encounter stands in its episode of care."""

    started: date | None = Field(default=None, description="Date of the episode's first note")
    began_with: Beginning = Field(description="What makes the first note the beginning of an episode")
    visit_number: int = Field(description="Counted from 1, by the notes that are known")
    kind: VisitKind
    last_visit: date | None = None
    last_examination: date | None = Field(default=None, description="Latest initial visit or re-examination before")
    measures: tuple[ComparedMeasure, ...] = ()
    plan: PlanInForce | None = None
    novelty: NoteNovelty | None = Field(default=None, description="Null where there is no earlier note")
