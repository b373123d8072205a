"""The episode of care that an encounter belongs to, from the patient's earlier notes (rulebook §3, §13).

An episode begins with an initial visit (a first visit, a stated new injury or new episode), after a closing note, or
after a gap in which nothing ties the next note to the care before. House rule: 90 days, for the pause that separates
episodes of back pain in research is about three months; the payer's own rule, where there is one, may differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from auditor.facts import Facts
from auditor.judging.case import Case, EarlierFacts, once
from auditor.records import Evidence

GAP = timedelta(days=90)
SAME_BEGINNING = timedelta(days=7)
"""An initial visit so soon after another one goes on with it: a first treatment after the examination."""


@dataclass(frozen=True, slots=True)
class Episode:
    """The notes of one course of care before today, oldest first, and those of the care before it."""

    visits: tuple[EarlierFacts, ...]
    former: tuple[EarlierFacts, ...]
    began_with: str
    """``initial_visit``, ``discharge`` (the note before closed the care), ``gap``, or ``first_note``."""
    started: date | None

    @property
    def comparable(self) -> tuple[EarlierFacts, ...]:
        """The notes that values are compared with: over a mere gap those before it too, for notes may lack."""
        return (*self.former, *self.visits) if self.began_with == "gap" else self.visits


@once
def episode(case: Case) -> Episode:
    """The episode that the encounter belongs to."""
    notes = [*case.earlier, EarlierFacts(case.date_of_service, case.facts, initial=case.initial)]
    began, why = 0, "initial_visit" if _begins(notes[0], first=True) else "first_note"
    for place in range(1, len(notes)):
        if reason := _new(notes[began:place], notes[place], case.care_started):
            began, why = place, reason
    return Episode(tuple(notes[began:-1]), tuple(notes[:began]), why, notes[began].date_of_service)


def _new(known: Sequence[EarlierFacts], note: EarlierFacts, care_started: date | None) -> str | None:
    """Why a note begins a new episode after those known of the one before; None where it goes on with it."""
    days = _between(known[0], note)
    if _begins(note) and (days is None or days > SAME_BEGINNING or _closes(known[-1].facts)):
        return "initial_visit"
    if _closes(known[-1].facts):
        return "discharge"
    if care_started and all(_before(item, care_started) for item in known) and not _before(note, care_started):
        return "initial_visit"
    pause = _between(known[-1], note)
    tied = care_started is not None and not all(_before(item, care_started) for item in known)
    return "gap" if pause and pause > GAP and not tied and not _goes_on(note.facts) else None


def _begins(note: EarlierFacts, *, first: bool = False) -> bool:
    """Whether a note is an initial visit; one that only counts "visit 1 of 6" where it is the first note."""
    if note.initial is not None:
        return note.initial
    evidence, count = note.facts.visit_evidence, note.facts.plan.count
    counted = evidence is not None and count is not None and _overlap(evidence, count.evidence)
    return note.facts.visit == "initial" and not (counted and not first)


def _closes(facts: Facts) -> bool:
    return any(examination.kind == "discharge" for examination in facts.examinations)


def visit_of(facts: Facts, earlier: Sequence[EarlierFacts], day: date | None) -> str:
    """``initial`` or ``subsequent`` as the note tells; "visit 1 of 6" soon after others begins a plan only."""
    count = facts.plan.count
    counted = facts.visit_evidence is not None and count is not None and _overlap(facts.visit_evidence, count.evidence)
    if facts.visit != "initial" or not counted or not earlier or _closes(earlier[-1].facts):
        return facts.visit
    last = earlier[-1].date_of_service
    return "subsequent" if last and day and day - last <= GAP else facts.visit


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.start < other.end and other.start < one.end


def _goes_on(facts: Facts) -> bool:
    """Whether a note says that it goes on with former care: counts visits, refers to its plan, resumes, re-examines."""
    return bool(facts.plan.refers or facts.plan.count or facts.plan.extended or facts.examinations)


def _before(note: EarlierFacts, day: date) -> bool:
    return note.date_of_service is not None and note.date_of_service < day


def _between(one: EarlierFacts, other: EarlierFacts) -> timedelta | None:
    if one.date_of_service is None or other.date_of_service is None:
        return None
    return other.date_of_service - one.date_of_service


def examined(facts: Facts, *, initial: bool) -> bool:
    """Whether a note is an examination that renews the plan: an initial visit or a re-examination."""
    return initial or any(examination.kind == "re_examination" for examination in facts.examinations)


def kind_of(case: Case) -> str:
    """``initial``, ``re_examination``, ``discharge`` or ``subsequent``; closing comes before re-examining."""
    if case.initial:
        return "initial"
    kinds = {examination.kind for examination in case.facts.examinations}
    return next((kind for kind in ("discharge", "re_examination") if kind in kinds), "subsequent")


def last_examination(case: Case) -> EarlierFacts | None:
    """The latest initial visit or re-examination of the episode before today."""
    return next((note for note in reversed(episode(case).visits) if examined(note.facts, initial=_begins(note))), None)


def days_since(case: Case, day: date | None) -> int | None:
    """Days from a date to the date of service; None where one is not known."""
    return (case.date_of_service - day).days if case.date_of_service and day else None
