"""The treatment plan that a visit falls under: who stated it, how far it has come, which of its goals are reached."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from auditor.facts import Facts, Goal, Measure, PlanDuration, Target, VisitFrequency
from auditor.judging.case import Case, EarlierFacts, once
from auditor.judging.course import episode, examined
from auditor.judging.instruments import reached

_DAYS = {"day": 1, "week": 7, "fortnight": 14}


@dataclass(frozen=True, slots=True)
class InForce:
    """A plan. ``note`` is the first one that states it, None where today's does; ``since`` are the notes after that."""

    frequency: VisitFrequency | None
    duration: PlanDuration | None
    goals: tuple[Goal, ...]
    note: EarlierFacts | None
    since: tuple[EarlierFacts, ...]

    @property
    def ends_on(self) -> date | None:
        """Its last day, where its length is one of time and the day it was stated is known."""
        start = self.note.date_of_service if self.note else None
        if start is None or self.duration is None or not self.duration.value:
            return None
        days = _DAYS.get(self.duration.unit)
        try:
            if self.duration.unit == "month":
                return _months_later(start, int(self.duration.value))
            return start + timedelta(days=days * self.duration.value) if days else None
        except (OverflowError, ValueError):  # past the last year of the calendar: without end
            return None

    @property
    def visits(self) -> int | None:
        """Number of visits planned, where it is one of visits."""
        counted = self.duration is not None and self.duration.unit == "visit" and self.duration.value
        return int(counted) if counted else None


def states_plan(facts: Facts) -> bool:
    """Whether a note states a plan of its own: how often and how long, and not only "visit 4 of 12"."""
    plan = facts.plan
    if any(examination.kind == "re_examination" for examination in facts.examinations):
        return plan.frequency is not None and plan.duration is not None
    return (
        plan.frequency is not None and plan.duration is not None and not (plan.count and plan.duration.unit == "visit")
    )


@once
def in_force(case: Case) -> InForce | None:
    """The plan in force before today: the newest that a note of the episode states, as of the first that did."""
    visits = episode(case).visits
    place = next((place for place in reversed(range(len(visits))) if _states(visits[place])), None)
    if place is None:
        return None
    while not examined(visits[place].facts, initial=visits[place].facts.visit == "initial"):
        earlier = next((one for one in reversed(range(place)) if _states(visits[one])), None)
        if earlier is None or _schedule(visits[earlier].facts) != _schedule(visits[place].facts):
            break
        place = earlier
    plan = visits[place].facts.plan
    goals = plan.goals or next((note.facts.plan.goals for note in visits[place:] if note.facts.plan.goals), ())
    return InForce(plan.frequency, plan.duration, goals, visits[place], visits[place + 1 :])


def _states(note: EarlierFacts) -> bool:
    return states_plan(note.facts)


def _schedule(facts: Facts) -> tuple[VisitFrequency | None, PlanDuration | None]:
    return facts.plan.frequency, facts.plan.duration


def renewed(case: Case) -> bool:
    """Whether today's note states a new plan: a schedule of its own that differs, or any at an examination."""
    before = in_force(case)
    if not states_plan(case.facts):
        return False
    same = before is not None and _schedule(case.facts) == (before.frequency, before.duration)
    return not same or examined(case.facts, initial=case.initial)


def position(case: Case) -> tuple[int, int] | None:
    """Number of this visit in the plan, and number of visits planned: as the note counts, else by the notes at hand."""
    if case.facts.plan.count:
        return case.facts.plan.count.at, case.facts.plan.count.of
    plan = in_force(case)
    notes = plan.since if plan else episode(case).visits
    for back, note in enumerate(reversed(notes), start=1):
        if count := note.facts.plan.count:
            return count.at + back, count.of
    if plan is None or plan.visits is None:
        return None
    return 1 + len(plan.since), plan.visits


def goals_reached(case: Case, goals: Sequence[Goal]) -> tuple[int, int, int]:
    """How many of the goals' targets are reached, how many can be compared, and how many there are.

    A target is compared with today's value, else with the newest of the episode.
    """
    targets = [target for goal in goals if goal.objective for target in goal.targets]
    values = [_value(case, target) for target in targets]
    done = sum(value is not None and reached(value, target) for value, target in zip(values, targets, strict=True))
    return done, sum(value is not None for value in values), len(targets)


def _value(case: Case, target: Target) -> Measure | None:
    """The newest value that tells of a target; of several of one note the one that is farthest from it."""
    for facts in (case.facts, *(note.facts for note in reversed(episode(case).visits))):
        if same := [
            item for item in facts.measures if (item.instrument, item.about) == (target.instrument, target.about)
        ]:
            return next((item for item in same if not reached(item, target)), same[0])
    return None


def per_month(frequency: VisitFrequency) -> float:
    """Visits a month that a frequency stands for."""
    months = {"day": 1 / 30, "week": 7 / 30, "month": 1.0}.get(frequency.per, 7 / 30)
    return frequency.times / (frequency.every * months)


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
