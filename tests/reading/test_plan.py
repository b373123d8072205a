"""The plan: how often, how long, towards what, and where the patient stands."""

import pytest

from auditor.facts import PlanDuration, VisitFrequency
from auditor.reading.pipeline import reader


def plan(text):
    return reader().read(text).plan


FREQUENCY = [
    ("x per week", "P: 3x/week for 4 weeks.", (3, "week", 1)),
    ("x wk", "P: Treat 2x/wk x 6 wks.", (2, "week", 1)),
    ("times a week", "P: See her two times a week for four weeks.", (2, "week", 1)),
    ("twice weekly", "P: Care twice weekly for 3 weeks.", (2, "week", 1)),
    ("once a week", "P: Once a week for 4 weeks.", (1, "week", 1)),
    ("weekly", "P: Weekly visits for 6 weeks.", (1, "week", 1)),
    ("visits per week", "P: 3 visits per week for 4 weeks.", (3, "week", 1)),
    ("per month", "P: 2x/month for 3 months.", (2, "month", 1)),
    ("every two weeks", "P: One visit every 2 weeks for 2 months.", (1, "week", 2)),
    ("labelled", "PLAN\nFrequency: 3 times per week\nDuration: 4 weeks", (3, "week", 1)),
    ("treatment plan line", "Treatment plan: 2 x per week for 5 weeks, then re-exam.", (2, "week", 1)),
    ("one time a week", "P: One time a week for three more weeks.", (1, "week", 1)),
    ("coming twice a week", "She is coming twice a week.", (2, "week", 1)),
    ("blanks of a form", "PLAN: __3__ x week for __2__ weeks", (3, "week", 1)),
    ("walking behind a comma", "P: 1x wk, walk breaks q2h", (1, "week", 1)),
]

NO_FREQUENCY = [
    ("exercise", "P: Home exercises 3x/week."),
    ("stretches", "P: Neck stretches twice a day."),
    ("ice", "P: Ice 3x/day for 15 minutes."),
    ("drug", "P: Ibuprofen 400 mg 3x/day with food."),
    ("walking", "P: Walk 5 times a week."),
    ("headaches", "S: Headaches 3x/week."),
    ("running", "S: Runs twice a week."),
    ("prn", "P: RTC PRN."),
    ("return date", "P: Return Thursday."),
    ("return interval", "P: Review in 2 weeks."),
    ("history", "S: Saw a chiropractor twice a week in 2019."),
    ("suspended", "P: 2x/wk schedule suspended."),
]

DURATION = [
    ("weeks", "P: 3x/week for 4 weeks.", (4, "week")),
    ("x weeks", "P: 2x/wk x 6 wks.", (6, "week")),
    ("months", "P: 2x/month for 3 months.", (3, "month")),
    ("visits", "P: Once weekly for the next 12 visits.", (12, "visit")),
    ("re-evaluate in visits", "P: Re-evaluate in 4 visits.", (4, "visit")),
    ("visit of", "P: Visit 4 of 12.", (12, "visit")),
    ("labelled", "PLAN\nFrequency: 3x/week\nDuration: 4 weeks", (4, "week")),
    ("week of a plan", "P: This is week three of the six week plan, twice weekly.", (6, "week")),
    ("so many more", "P: 1x/wk, 4 more.", (4, "visit")),
]

NO_DURATION = [
    ("return date", "P: Return Thursday."),
    ("return interval", "P: See in 2 weeks."),
    ("rtc prn", "P: RTC PRN."),
    ("exercise", "P: Chin tucks daily for 2 weeks."),
    ("ice minutes", "P: Ice 15 minutes."),
    ("since", "S: Low back pain for 3 weeks."),
    ("rating of the last visit", "S: 6/10, last visit 6/10."),
]

OBJECTIVE = [
    ("pain to", "P: Goal: pain to 2/10 or less."),
    ("sit", "P: Goal: sit 60 min without pain."),
    ("rotation", "P: Goal: cervical rotation 70 degrees."),
    ("odi", "P: Goal: ODI below 20%."),
    ("ndi", "P: Goals: NDI to 10% or less in 4 weeks."),
    ("walk", "P: Goal: walk 30 minutes."),
    ("lift", "P: Goal: lift 25 lb from the floor."),
    ("bullets", "PLAN\nGoals:\n- Low back pain 2/10\n- stand 45 minutes"),
    ("a target nobody calls a goal", "POC: 3x/wk x 2 wk. ODI < 20%, sit 45 min, LBP 2/10"),
    ("or less", "P: 2x/wk. Low back 1/10 or less by 10/1."),
]

VAGUE = [
    ("reduce pain", "P: Goal: reduce pain."),
    ("improve rom", "P: Goals: improve ROM and function."),
    ("strength", "P: Goal is to increase core strength."),
    (
        "the next item of a list is no goal",
        "6. PLAN\n6.1 Goals are to decrease pain and improve posture.\n6.2 Micro-breaks every 30 minutes.",
    ),
]

NO_GOAL = [
    ("rating of last week", "LBP 3/10, last wk 5/10."),
    ("rating beside a word of time", "Neck pain 7/10 most of the day."),
    ("rating", "S: Low back pain 5/10."),
    ("treatment", "P: Adjusted C5 and L4."),
    ("frequency", "P: 3x/week for 4 weeks."),
]

REFERS = [
    ("visit of", "P: Visit 4 of 12.", True),
    ("continue care", "P: Continue care.", True),
    ("continue plan", "P: Continue treatment plan.", True),
    ("continue as planned", "P: Continue care as planned.", True),
    ("plan of care dated", "P: Per plan of care dated 2/3/2026.", True),
    ("continue with frequency", "P: Continue 2x/week.", True),
    ("return date", "P: Return Thursday.", False),
    ("continue exercises", "P: Continue home exercises.", False),
    ("continue ice", "P: Continue ice at home.", False),
    ("new plan", "P: 3x/week for 4 weeks.", False),
    ("per the dated plan", "P: 2x/wk per 5/26 re-exam plan.", True),
]

STANDING = [
    ("goal met", "P: Short-term goal met.", True),
    ("goal not met", "P: Goal of sitting 60 min not yet met.", True),
    ("progressing", "A: Progressing toward goals.", True),
    ("percent of the goal", "P: Goal 50% met.", True),
    ("goal alone", "P: Goal: sit 60 min.", False),
    ("treatment", "P: Adjusted C5.", False),
]

RETURN = [
    ("weekday", "P: Return Thursday.", True),
    ("rtc weekday", "P: RTC Friday.", True),
    ("interval", "P: See in 2 weeks.", True),
    ("review in", "P: Review in 10 days.", True),
    ("next visit date", "P: Next visit 3/12/2026.", True),
    ("adjustment only", "P: Adjusted C5.", False),
    ("see in weeks", "P: See 4 wks.", True),
]


def by_id(rows):
    return [pytest.param(*row[1:], id=row[0]) for row in rows]


@pytest.mark.parametrize(("text", "expected"), by_id(FREQUENCY))
def test_frequency(text, expected):
    times, per, every = expected
    assert plan(text).frequency == VisitFrequency(times, per, every)


@pytest.mark.parametrize("text", by_id(NO_FREQUENCY))
def test_what_is_no_visit_frequency(text):
    assert plan(text).frequency is None


@pytest.mark.parametrize(("text", "expected"), by_id(DURATION))
def test_duration(text, expected):
    assert plan(text).duration == PlanDuration(*expected)


@pytest.mark.parametrize("text", by_id(NO_DURATION))
def test_what_is_no_duration(text):
    assert plan(text).duration is None


@pytest.mark.parametrize("text", by_id(OBJECTIVE))
def test_objective_goals(text):
    goals = plan(text).goals
    assert goals
    assert all(goal.objective for goal in goals)


@pytest.mark.parametrize("text", by_id(VAGUE))
def test_goals_that_cannot_be_measured(text):
    goals = plan(text).goals
    assert goals
    assert not any(goal.objective for goal in goals)


@pytest.mark.parametrize("text", by_id(NO_GOAL))
def test_what_is_no_goal(text):
    assert plan(text).goals == ()


@pytest.mark.parametrize(("text", "expected"), by_id(REFERS))
def test_referring_to_the_plan_in_force(text, expected):
    assert bool(plan(text).refers) is expected


@pytest.mark.parametrize(("text", "expected"), by_id(STANDING))
def test_standing_against_the_goals(text, expected):
    assert bool(plan(text).standing) is expected


@pytest.mark.parametrize(("text", "expected"), by_id(RETURN))
def test_return_visit(text, expected):
    assert (plan(text).return_visit is not None) is expected


def test_as_needed_is_kept_apart():
    assert plan("P: RTC PRN.").prn is not None
