"""Element 5: treatment plan (verdicts §3.5; Medicare Benefit Policy Manual ch. 15 §240.1.2)."""

from collections.abc import Iterator

from auditor.judging.case import Case, once
from auditor.judging.checks import Defect, check, note, searched
from auditor.records import ElementVerdict, Status

SOURCE = "verdicts §3.5; Medicare Benefit Policy Manual ch. 15 §240.1.2"


@once
def verdict(case: Case) -> ElementVerdict:
    """Met, partial or not met, with the reasons."""
    plan = case.facts.plan
    parts = _parts(case)
    has = [name for name, there in parts.items() if there]
    lacks = [name for name, there in parts.items() if not there]
    if not lacks:
        return _say(case, "met", "Frequency, duration and an objective goal are stated.")
    if not case.initial and plan.refers and plan.standing:
        return _say(case, "met", "It follows the plan on file and says where the patient stands against its goals.")
    if case.initial:
        if has:
            return _say(case, "partial", f"The plan states {_listed(has)}, but not {_listed(lacks)}.")
        return _say(case, "not_met", "The plan states neither frequency nor duration nor an objective goal.")
    return _follow_up(case, has)


def _follow_up(case: Case, has: list[str]) -> ElementVerdict:
    plan = case.facts.plan
    if has:
        return _say(case, "partial", f"The plan states {_listed(has)}, but does not track the plan against its goals.")
    if plan.refers:
        return _say(
            case, "partial", "It refers to the plan, but does not say where the patient stands against its goals."
        )
    if plan.standing:
        return _say(
            case, "partial", "It says where the patient stands against the goals, but does not refer to the plan."
        )
    if plan.return_visit:
        return _say(case, "partial", "A return visit is the only plan.")
    return _say(case, "not_met", "No plan is documented.")


def _parts(case: Case) -> dict[str, bool]:
    plan = case.facts.plan
    return {
        "frequency": plan.frequency is not None,
        "duration": plan.duration is not None,
        "an objective goal": any(goal.objective for goal in plan.goals),
    }


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _say(case: Case, status: Status, reason: str) -> ElementVerdict:
    plan = case.facts.plan
    evidence = plan.evidence or ((plan.return_visit,) if plan.return_visit else ())
    return ElementVerdict(
        element="plan", status=status, reasons=(reason,), evidence=evidence if status != "not_met" else ()
    )


@check(
    "PLN501",
    "error",
    "no plan",
    element="plan",
    carc="CO-50",
    source=SOURCE,
    remedy="Is there a treatment plan for this episode, and can this note refer to it?",
    fails=["O: L4 restricted and tender.\nP: Adjusted L4."],
    passes=["O: L4 restricted and tender.\nP: Adjusted L4. Continue 2x/week per plan of care."],
)
def no_plan(case: Case) -> Iterator[Defect]:
    """Nothing of a plan: for a follow-up not even a reference or a return date."""
    if verdict(case).status == "not_met":
        terms = ("visits per week", "number of weeks or visits", "goals", "continue plan, visit 4 of 12", "return date")
        yield Defect("No plan is documented.", searched=searched(case, "plan", *terms))


def _initial_lacks(case: Case, part: str) -> bool:
    return case.initial and verdict(case).status == "partial" and not _parts(case)[part]


@check(
    "PLN502",
    "warning",
    "no frequency",
    element="plan",
    carc="CO-50",
    source=SOURCE,
    remedy="How often is the patient to be seen?",
    fails=[
        note("New patient.\nO: L4 restricted.\nP: Adjusted L4. Care for 4 weeks, goal: sit 60 min.", visit="initial")
    ],
    passes=[
        note("New patient.\nO: L4 restricted.\nP: Adjusted L4. 2x/week for 4 weeks, goal: sit 60 min.", visit="initial")
    ],
)
def no_frequency(case: Case) -> Iterator[Defect]:
    """An initial plan that does not say how often."""
    if _initial_lacks(case, "frequency"):
        yield Defect(
            "The plan states no frequency of visits.",
            case.facts.plan.evidence,
            None if case.facts.plan.evidence else searched(case, "plan", "visits per week"),
        )


@check(
    "PLN503",
    "warning",
    "no duration",
    element="plan",
    carc="CO-50",
    source=SOURCE,
    remedy="For how long, or for how many visits, is care planned?",
    fails=[note("New patient.\nO: L4 restricted.\nP: Adjusted L4. 3x/week. Goal: sit 60 min.", visit="initial")],
    passes=[
        note("New patient.\nO: L4 restricted.\nP: Adjusted L4. 3x/week for 4 weeks. Goal: sit 60 min.", visit="initial")
    ],
)
def no_duration(case: Case) -> Iterator[Defect]:
    """An initial plan that does not say for how long."""
    if _initial_lacks(case, "duration"):
        yield Defect(
            "The plan states no duration.",
            case.facts.plan.evidence,
            None if case.facts.plan.evidence else searched(case, "plan", "weeks or visits"),
        )


@check(
    "PLN504",
    "warning",
    "no objective goal",
    element="plan",
    carc="CO-50",
    source=SOURCE,
    remedy="What is the goal of care, and how will it be measured?",
    fails=[
        note(
            "New patient.\nO: L4 restricted.\nP: Adjusted L4. 3x/week for 4 weeks. Goals: reduce pain.", visit="initial"
        )
    ],
    passes=[
        note("New patient.\nO: L4 restricted.\nP: Adjusted L4. 3x/week for 4 weeks. Goals: pain 2/10.", visit="initial")
    ],
)
def no_objective_goal(case: Case) -> Iterator[Defect]:
    """An initial plan without a goal that can be measured."""
    if _initial_lacks(case, "an objective goal"):
        goals = tuple(goal.evidence for goal in case.facts.plan.goals)
        yield Defect(
            "The plan states no goal that can be measured.",
            goals,
            None if goals else searched(case, "plan", "goals with a number"),
        )


@check(
    "PLN505",
    "warning",
    "the follow-up does not track the plan",
    element="plan",
    carc="CO-50",
    source=SOURCE,
    remedy="Where does the patient stand against the goals of the plan on file?",
    fails=["O: L4 restricted and tender.\nP: Adjusted L4. Continue care."],
    passes=["O: L4 restricted and tender.\nP: Adjusted L4. Visit 4 of 12. Goal: sit 60 min, 45 now."],
)
def does_not_track(case: Case) -> Iterator[Defect]:
    """A follow-up whose plan is partial."""
    result = verdict(case)
    if not case.initial and result.status == "partial":
        yield Defect(
            result.reasons[0],
            result.evidence,
            None if result.evidence else searched(case, "plan", "goals and where the patient stands"),
        )
