"""Where a case stands in its episode of care, as the audit record shows it."""

from auditor.facts import Goal, PlanDuration, VisitFrequency
from auditor.judging.case import Case
from auditor.judging.copies import most_alike
from auditor.judging.course import episode, kind_of, last_examination
from auditor.judging.instruments import higher_is_better
from auditor.judging.measured import Before, comparisons
from auditor.judging.plan_in_force import goals_reached, in_force, position, renewed, states_plan
from auditor.records import ComparedMeasure, Duration, EpisodePlace, Frequency, NoteNovelty, PlanInForce


def episode_place(case: Case) -> EpisodePlace:
    """The place of an encounter in its episode, from the notes that are known."""
    course, examination = episode(case), last_examination(case)
    return EpisodePlace(
        started=course.started,
        began_with=course.began_with,  # type: ignore[arg-type]
        visit_number=len(course.visits) + 1,
        kind=kind_of(case),  # type: ignore[arg-type]
        last_visit=course.visits[-1].date_of_service if course.visits else None,
        last_examination=examination.date_of_service if examination else None,
        measures=_measures(case),
        plan=_plan(case),
        novelty=_novelty(case),
    )


def _measures(case: Case) -> tuple[ComparedMeasure, ...]:
    compared = {id(item.measure): item for item in comparisons(case)}
    found = []
    for measure in case.facts.measures:
        item = compared.get(id(measure))
        last, baseline = (item.last, item.baseline) if item else (None, None)
        found.append(
            ComparedMeasure(
                instrument=measure.instrument,
                region=measure.region,
                unit=measure.unit,
                about=measure.about,
                value=measure.value,
                higher_is_better=higher_is_better(measure),
                last=_value(last),
                last_on=last.day if last else None,
                baseline=_value(baseline),
                baseline_on=baseline.day if baseline else None,
                since_last=item.since_last if item else None,  # type: ignore[arg-type]
                since_baseline=item.since_baseline if item else None,  # type: ignore[arg-type]
                meaningful=item.meaningful if item else None,
            )
        )
    return tuple(found)


def _value(before: Before | None) -> float | None:
    return before.value if before else None


def _plan(case: Case) -> PlanInForce | None:
    """The plan that the visit falls under: today's own where it states or renews one, else the newest before."""
    before, count = in_force(case), position(case)
    own = states_plan(case.facts) and (before is None or renewed(case))
    if before is None and not own and count is None:
        return None
    plan = case.facts.plan if own or before is None else before
    done, compared, _ = goals_reached(case, plan.goals)
    return PlanInForce(
        stated_on=before.note.date_of_service if before and before.note and not own else None,
        frequency=_frequency(plan.frequency),
        duration=_duration(plan.duration),
        goals=_objective(plan.goals),
        visit=count[0] if count else None,
        of=count[1] if count else None,
        ends_on=before.ends_on if before and not own else None,
        goals_reached=done if compared else None,
        goals_compared=compared or None,
    )


def _objective(goals: tuple[Goal, ...]) -> tuple[str, ...]:
    return tuple(goal.text for goal in goals if goal.objective)


def _frequency(frequency: VisitFrequency | None) -> Frequency | None:
    return Frequency(times=frequency.times, per=frequency.per, every=frequency.every) if frequency else None


def _duration(duration: PlanDuration | None) -> Duration | None:
    return Duration(value=duration.value, unit=duration.unit) if duration else None


def _novelty(case: Case) -> NoteNovelty | None:
    alike = most_alike(case)
    if alike is None:
        return None
    return NoteNovelty(
        against=alike.note.date_of_service,
        new=alike.novelty.whole,
        new_of_must_change=alike.novelty.must,
        new_of_may_stay=alike.novelty.stay,
        repeats=alike.repeat.value,
    )
