"""The course of care: episodes, visits and series, whatever the order in which the visits come."""

from datetime import date
from itertools import permutations
from random import Random

import pytest
from course_samples import compared, finding, measure, sample, visit

from auditor import Auditor
from auditor.judging.instruments import instruments
from auditor.records import EarlierNote, MeasureFact, parse_encounter
from auditor.reports.course import Course, course
from auditor.reports.course_series import Series
from auditor.reports.course_words import change_words, episode_words, name_words, percent, plan_words, standing_words
from auditor.reports.scales import RANGES, scale, share
from auditor.reports.spark import spark

D = [date(2026, 3, day) for day in (2, 5, 9, 12, 16)]


def series(*visits: tuple[list[MeasureFact], list]) -> tuple[Series, ...]:
    """The series of an episode with these measures and comparisons at its visits."""
    pairs = [
        visit(day, started=D[0], number=n, measures=facts, comparisons=known)
        for n, (day, (facts, known)) in enumerate(zip(D, visits, strict=False), start=1)
    ]
    return course(pairs).episodes[0].series


def values(item: Series) -> list[tuple[int | None, float]]:
    return [(point.visit, point.value) for point in item.points]


def test_the_order_of_the_visits_never_matters() -> None:
    pairs = sample()
    told = course(pairs)
    for seed in range(20):
        Random(seed).shuffle(pairs)
        assert course(pairs) == told


def test_equal_days_and_ids_are_put_in_order_too() -> None:
    pairs = [visit(D[0], started=D[0], ident="note", text=text) for text in ("b", "a", "c")]
    assert len({course(order) for order in permutations(pairs)}) == 1


def test_episodes_with_their_visits() -> None:
    first, second = course(sample()).episodes
    assert [item.date.day for item in first.visits if item.date] == [2, 5, 9, 16, 30]
    assert episode_words(first) == "began 2026-03-02 with an initial visit; 5 visits; closed by discharge 2026-03-30"
    assert episode_words(second) == "began 2026-07-06 with the first visit after a discharge; 2 visits; open"
    third = first.visits[2]
    assert (third.number, third.kind, third.score, third.disposition) == (3, "subsequent", 84, "review")
    assert [(item.region, item.levels) for item in third.treated] == [("cervical", ("C5",)), ("lumbar", ("L4", "L5"))]
    assert [item.code for item in third.across] == ["EPI952"]
    assert first.visits[3].codes == (("error", ("SUB102",)), ("info", ("DXC814",)))


def test_a_former_episode_without_discharge_has_no_closing_note() -> None:
    pairs = [visit(D[0], started=D[0], kind="initial"), visit(D[4], started=D[4], kind="initial")]
    assert [episode_words(item).rpartition("; ")[2] for item in course(pairs).episodes] == ["no closing note", "open"]


def test_undated_visits_come_last_and_unplaced_ones_alone() -> None:
    pairs = [
        visit(None, started=D[0], ident="a", number=3),
        visit(D[1], started=D[0], number=2),
        visit(D[0], started=D[0]),
        visit(D[2], placed=False, ident="x"),
        visit(D[2], placed=False, ident="y"),
    ]
    told = course(pairs)
    assert [[item.id for item in episode.visits] for episode in told.episodes] == [
        ["v-2026-03-02", "v-2026-03-05", "a"],
        ["x"],
        ["y"],
    ]
    assert told.episodes[1].began_with is None
    assert "not placed in an episode" in episode_words(told.episodes[1])


def test_nothing_at_all() -> None:
    assert course([]) == Course(())


def test_a_series_with_its_change() -> None:
    pain = course(sample()).episodes[0].series[0]
    assert values(pain) == [(1, 7), (2, 6), (3, 6), (5, 2)]
    assert (pain.direction, pain.meaningful) == ("better", True)
    assert change_words(pain) == "7 -> 2 better, a meaningful change"
    assert spark(pain, 5) == "▆▅▅·▂"
    assert spark(pain, 5, ascii=True) == "766.2"


def test_values_of_two_places_are_two_series() -> None:
    facts = [measure("NPRS", 6, "cervical"), measure("NPRS", 4, "lumbar")]
    assert [values(item) for item in series((facts, []), (facts, []))] == [[(1, 6), (2, 6)], [(1, 4), (2, 4)]]


def test_what_a_value_tells_of_keeps_it_apart() -> None:
    facts = [measure("ROM", 60, "cervical", about="flexion"), measure("ROM", 45, "cervical", about="left rotation")]
    told = series((facts, []), (facts[:1], []))
    assert [values(item) for item in told] == [[(1, 60), (2, 60)], [(1, 45)]]
    assert name_words(told[1]) == "ROM cervical left rotation"


def test_a_value_without_a_place_joins_the_only_place() -> None:
    (one,) = series(([measure("NPRS", 6)], []), ([measure("NPRS", 5, "lumbar")], []))
    assert (one.region, values(one)) == ("lumbar", [(1, 6), (2, 5)])
    both = series(([measure("NPRS", 6), measure("NPRS", 3, "lumbar")], []), ([measure("NPRS", 5, "lumbar")], []))
    assert [values(item) for item in both] == [[(1, 6)], [(1, 3), (2, 5)]]


def test_a_value_without_a_place_joins_the_place_it_was_compared_with() -> None:
    bare = measure("NPRS", 5)
    told = series(
        ([measure("NPRS", 6, "lumbar"), measure("NPRS", 3, "cervical")], []),
        ([bare], [compared(bare, (6, D[0]), (6, D[0]))]),
    )
    assert [(item.region, values(item)) for item in told] == [("lumbar", [(1, 6), (2, 5)]), ("cervical", [(1, 3)])]
    unlinked = series(([measure("NPRS", 6, "lumbar"), measure("NPRS", 6, "cervical")], []), ([bare], []))
    assert [item.region for item in unlinked] == ["lumbar", "cervical", None]


def test_of_several_values_at_a_visit_the_one_compared_later_counts() -> None:
    next_one = measure("FUNCTION", 10, None, "min")
    (told,) = series(
        ([measure("FUNCTION", 5, None, "min"), measure("FUNCTION", 40, None, "min")], []),
        ([next_one], [compared(next_one, (5, D[0]), (5, D[0]), higher=True)]),
    )
    assert values(told) == [(1, 5), (2, 10)]
    assert change_words(told) == "5 -> 10 min better"


def test_several_values_that_nothing_tells_apart_are_left_out() -> None:
    two = [measure("ROM", 60, "cervical", "deg"), measure("ROM", 45, "cervical", "deg")]
    one = [measure("ROM", 50, "cervical", "deg")]
    (told,) = series((one, []), (two, []), (one, []))
    assert values(told) == [(1, 50), (3, 50)]
    assert change_words(told) == "50 -> 50 deg unchanged, 1 visit with several values left out"
    (only,) = series((two, []))
    assert only.mixed
    assert only.direction is None
    assert change_words(only) == "2 values, several at one visit: not told apart"


def test_a_scale_given_as_unit_is_none() -> None:
    (told,) = series(([measure("NPRS", 6, None, "0-10")], []), ([measure("NPRS", 4, None, "/10")], []))
    assert change_words(told) == "6 -> 4"


def test_a_baseline_from_an_earlier_note_that_is_not_shown() -> None:
    before = date(2026, 2, 20)
    today = measure("NPRS", 4, "lumbar")
    (told,) = series(([today], [compared(today, (5, before), (8, before), meaningful=True)]))
    assert values(told) == [(None, 8), (1, 4)]
    assert change_words(told) == "8 -> 4 better, a meaningful change, first value from an earlier note of 2026-02-20"
    assert spark(told, 1, before=True) == "▇▄"


def test_meaningful_only_of_the_change_that_is_shown() -> None:
    today = measure("NPRS", 4, "lumbar")
    (told,) = series(
        ([measure("NPRS", 5, "lumbar")], []),
        ([today], [compared(today, (5, D[0]), (9, D[0]), meaningful=True)]),
    )
    assert (told.direction, told.meaningful) == ("better", None)


@pytest.mark.parametrize(("repeats", "found"), [("no", False), ("copy", True), ("number", True), ("nearly", True)])
def test_the_earlier_note_of_a_repeat(repeats: str, found: bool) -> None:
    pairs = [
        visit(D[0], started=D[0], text="the first"),
        visit(D[1], started=D[0], number=2, text="the other", repeats=repeats, against=D[0]),
    ]
    repeated = course(pairs).visits[1].repeated
    assert (repeated is not None) == found
    if repeated:
        assert (repeated.earlier, repeated.today) == ("the first", "the other")


def test_of_several_notes_of_that_day_the_likest() -> None:
    pairs = [
        visit(D[0], started=D[0], ident="a", text="an intake form"),
        visit(D[0], started=D[0], ident="b", text="pain 5 today"),
        visit(D[1], started=D[0], number=2, text="pain 6 today", repeats="number", against=D[0]),
    ]
    repeated = course(pairs).visits[2].repeated
    assert repeated
    assert repeated.earlier == "pain 5 today"


def test_an_earlier_note_of_the_encounter_and_one_not_at_hand() -> None:
    known = {"started": D[0], "repeats": "copy", "against": D[0]}
    note = EarlierNote(date_of_service=D[0], text="kept")
    for earlier, text in (((note,), "kept"), ((), None)):
        repeated = course([visit(D[1], earlier=earlier, **known)]).visits[0].repeated
        assert repeated
        assert repeated.earlier == text


def test_the_plan_in_words() -> None:
    plan = course(sample()).visits[4].plan
    assert plan
    assert plan_words(plan) == "of 2026-03-02, 2 per week, 4 weeks, to 2026-03-30"
    assert standing_words(plan) == "visit 5 of 8, 1 of 1 goal reached"


@pytest.mark.parametrize(
    ("share_new", "said"),
    [(0, "0 %"), (0.001, "under 1 %"), (0.31, "31 %"), (0.999, "over 99 %"), (1, "100 %")],
)
def test_a_share_in_words(share_new: float, said: str) -> None:
    assert percent(share_new) == said


def test_the_scales_are_those_of_the_judging() -> None:
    assert {name: item.range for name, item in instruments().items() if item.range} == RANGES


@pytest.mark.parametrize(
    ("instrument", "known", "bounds"),
    [
        ("NPRS", [3], (0, 10)),
        ("HIT-6", [60], (36, 78)),
        ("ROM", [110], (0, 120)),
        ("FUNCTION", [45], (0, 50)),
        ("FUNCTION", [0], (0, 1)),
        ("NPRS", [-2, 5], (-2, 10)),
    ],
)
def test_a_scale_holds_its_values(instrument: str, known: list[float], bounds: tuple[float, float]) -> None:
    assert scale(instrument, known) == bounds
    assert all(0 <= share(value, bounds) <= 1 for value in known)


def test_codes_come_once_each() -> None:
    told = course([visit(D[0], started=D[0], findings=[finding("SUB102", "error")] * 3)])
    assert told.visits[0].codes == (("error", ("SUB102",)),)


@pytest.fixture(scope="module")
def auditor() -> Auditor:
    return Auditor()


def test_real_audits(auditor: Auditor) -> None:
    first = "New patient. Low back pain {}/10.\nO: L4 restricted and tender.\nP: Adjusted L4. 2x/week for 4 weeks, goal: pain 2/10."
    later = "S: Low back pain {}/10, {}.\nO: L4 restricted and tender.\nP: Adjusted L4."
    notes = [first.format(7), later.format(6, "dull"), later.format(3, "gone after a walk")]
    encounters = [
        parse_encounter({"id": f"n{n}", "date_of_service": str(day), "patient_id": "P1", "text": text})
        for n, (day, text) in enumerate(zip(D, notes, strict=False))
    ]
    (episode,) = course(list(zip(encounters, auditor.audit_episodes(encounters), strict=True))).episodes
    assert [item.kind for item in episode.visits] == ["initial", "subsequent", "subsequent"]
    (pain,) = [item for item in episode.series if item.instrument == "NPRS"]
    assert change_words(pain) == "7 -> 3 better, a meaningful change"
