"""The plan over several visits (EPI961 to EPI967): its end, its goals, its taper, its examinations."""

from collections.abc import Iterator
from datetime import timedelta

from auditor.judging.case import Case
from auditor.judging.checks import Defect, check, note, searched
from auditor.judging.course import days_since, episode, kind_of, last_examination
from auditor.judging.plan_in_force import goals_reached, in_force, per_month, position, renewed

SOURCE = "rulebook §13 and §5; Medicare Benefit Policy Manual ch. 15 §240.1.2-240.1.5"
GRACE = timedelta(days=7)
"""Days past a plan's last day in which its last visit may still fall."""
EXAMINE_WITHIN_DAYS, EXAMINE_WITHIN_VISITS = 30, 12
FEWEST_NOTES = 3
"""Notes since the last examination that must be at hand: where few are, an examination may lie among those that are not."""

_PLAN = "New patient. Low back pain 7/10.\nO: L4 restricted and tender.\nA: L4 subluxation.\nP: Adjusted L4. "
_START = {"date_of_service": "2026-03-02", "text": _PLAN + "2x/week for 4 weeks, goals: pain 2/10."}
_VISIT = "S: Low back pain 4/10, was 5/10.\nO: L4 restricted.\nP: Adjusted L4."


def later_visits(*days: str) -> list[dict[str, str]]:
    """Earlier notes for examples: the first visit with its plan, and visits on these days."""
    return [_START, *({"date_of_service": day, "text": _VISIT} for day in days)]


@check(
    "EPI961",
    "warning",
    "the visit is past the end of the plan",
    source=SOURCE,
    remedy="Was the plan extended or a new one made, and where is it recorded?",
    fails=[
        note(_VISIT, date_of_service="2026-04-20", earlier=later_visits("2026-03-09")),
        note(_VISIT + " «Visit 13 of 12»."),
    ],
    passes=[
        note(_VISIT, date_of_service="2026-03-23", earlier=later_visits("2026-03-09")),
        note(
            _VISIT + " New plan: 1x/week for 4 weeks.", date_of_service="2026-04-20", earlier=later_visits("2026-03-09")
        ),
    ],
)
def past_the_plan(case: Case) -> Iterator[Defect]:
    """More visits than planned, or more than a week after the plan's last day, and no new plan."""
    if case.initial or kind_of(case) == "discharge" or renewed(case) or _extended(case):
        return
    count, place = case.facts.plan.count, position(case)
    if place and place[0] > place[1]:
        yield Defect(f"This is visit {place[0]} of a plan of {place[1]} visits.", (count.evidence,) if count else ())
        return
    plan = in_force(case)
    if plan and plan.ends_on and case.date_of_service and case.date_of_service - plan.ends_on > GRACE:
        stated = plan.note.date_of_service if plan.note else None
        yield Defect(
            f"The plan of {stated} ended on {plan.ends_on}, and no new one is stated.",
            searched=searched(
                case, "plan", "visits per week with a number of weeks or visits", "extension of the plan"
            ),
        )


def _extended(case: Case) -> bool:
    """Whether a note since the plan, or today's, extends it or tells of a pause: then nobody can say when it ends."""
    plan = in_force(case)
    return any(facts.plan.extended for facts in (case.facts, *(note.facts for note in (plan.since if plan else ()))))


@check(
    "EPI962",
    "warning",
    "the re-examination is overdue",
    source=SOURCE,
    remedy="When was the patient last re-examined, and where is it recorded?",
    fails=[note(_VISIT, date_of_service="2026-04-06", earlier=later_visits("2026-03-09", "2026-03-16", "2026-03-23"))],
    passes=[
        note(
            "Re-examination today.\n" + _VISIT,
            date_of_service="2026-04-06",
            earlier=later_visits("2026-03-09", "2026-03-16", "2026-03-23"),
        ),
        note(_VISIT, date_of_service="2026-03-30", earlier=later_visits("2026-03-09", "2026-03-16", "2026-03-23")),
    ],
)
def re_examination_overdue(case: Case) -> Iterator[Defect]:
    """More than 30 days or 12 visits since the last examination among the notes at hand."""
    if kind_of(case) != "subsequent":
        return
    last = last_examination(case)
    if last is None:
        return
    visits = episode(case).visits
    since = len(visits) - visits.index(last) - 1
    days = days_since(case, last.date_of_service)
    overdue = since + 1 > EXAMINE_WITHIN_VISITS or (
        days is not None and days > EXAMINE_WITHIN_DAYS and since >= FEWEST_NOTES
    )
    if overdue:
        ago = f"{days} days and " if days is not None else ""
        yield Defect(
            f"The last examination among the notes at hand is {ago}{since + 1} visits ago"
            f"{f' ({last.date_of_service})' if last.date_of_service else ''}.",
            searched=searched(case, "progress", "re-examination", "re-evaluation"),
        )


@check(
    "EPI963",
    "warning",
    "the goals are reached, and care goes on",
    source=SOURCE,
    remedy="Which goal is this care directed at now, and where is it stated?",
    fails=[
        note(
            "S: Low back pain «2/10», was 3/10.\nO: L4 restricted.\nP: Adjusted L4. Continue 2x/week.",
            date_of_service="2026-03-23",
            earlier=later_visits(),
        )
    ],
    passes=[
        note(_VISIT, date_of_service="2026-03-23", earlier=later_visits()),
        note(
            "S: Low back pain 2/10, was 3/10.\nO: L4 restricted.\nP: Adjusted L4. New goal: sit 60 min (now 30).",
            date_of_service="2026-03-23",
            earlier=later_visits(),
        ),
    ],
)
def goals_are_reached(case: Case) -> Iterator[Defect]:
    """Every target of the plan is reached, the patient is treated, and nothing says what care is for now."""
    plan = in_force(case)
    if case.initial or plan is None or kind_of(case) == "discharge" or not case.facts.treatments:
        return
    done, compared, targets = goals_reached(case, plan.goals)
    own_done, _, own = goals_reached(case, case.facts.plan.goals)
    if not targets or done < targets or compared < targets or (own and own_done < own) or _tapers(case):
        return
    yield Defect(
        f"Today's values reach every goal of the plan of {plan.note.date_of_service}."
        if plan.note
        else "Every goal is reached.",
        tuple(item.evidence for item in case.facts.measures),
    )


def _tapers(case: Case) -> bool:
    """Whether today's note sets fewer visits than the plan, or leaves it to the patient to come back."""
    plan, today = in_force(case), case.facts.plan.frequency
    if case.facts.plan.prn or case.facts.plan.winding_down:
        return True
    before = plan.frequency if plan else None
    return bool(today and before and per_month(today) < per_month(before))


@check(
    "EPI966",
    "info",
    "the former episode ended without a closing note",
    source=SOURCE + "; LCD L37387",
    remedy="Is there a closing note for the former episode of care?",
    fails=[
        note(
            _PLAN.replace("New patient", "New episode"),
            date_of_service="2026-09-07",
            earlier=later_visits("2026-03-09"),
        )
    ],
    passes=[
        note(
            _PLAN.replace("New patient", "New episode"),
            date_of_service="2026-09-07",
            earlier=[
                *later_visits("2026-03-09"),
                {"date_of_service": "2026-03-30", "text": "Low back pain 1/10. Goals met, discharged from care today."},
            ],
        )
    ],
)
def no_closing_note(case: Case) -> Iterator[Defect]:
    """A new episode begins, and the last note of the one before does not close it."""
    course = episode(case)
    if course.visits or not course.former or course.began_with == "discharge":
        return
    last = course.former[-1]
    if not any(examination.kind == "discharge" for examination in last.facts.examinations):
        day = f" of {last.date_of_service}" if last.date_of_service else ""
        yield Defect(f"The last note before this episode{day} does not close the care.")


@check(
    "EPI967",
    "warning",
    "the count of visits does not go on",
    source=SOURCE,
    remedy="Which visit of the plan is this?",
    fails=[
        note(
            _VISIT + " «Visit 4 of 12».",
            date_of_service="2026-03-12",
            earlier=[{"date_of_service": "2026-03-09", "text": _VISIT + " Visit 4 of 12."}],
        )
    ],
    passes=[
        note(
            _VISIT + " Visit 5 of 12.",
            date_of_service="2026-03-12",
            earlier=[{"date_of_service": "2026-03-09", "text": _VISIT + " Visit 4 of 12."}],
        )
    ],
)
def count_stands_still(case: Case) -> Iterator[Defect]:
    """The same number, or a lower one, as on an earlier day of the same plan."""
    count, plan = case.facts.plan.count, in_force(case)
    if count is None or renewed(case):
        return
    since = plan.since if plan else episode(case).visits
    for note_before in reversed(since):
        before = note_before.facts.plan.count
        if before and before.of == count.of and note_before.date_of_service != case.date_of_service:
            if before.at >= count.at:
                day = f" on {note_before.date_of_service}" if note_before.date_of_service else " before"
                yield Defect(
                    f"Visit {count.at} of {count.of} today, and visit {before.at} of {before.of}{day}.",
                    (count.evidence,),
                )
            return
