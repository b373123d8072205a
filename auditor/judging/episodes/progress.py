"""Progress over several visits (EPI954 to EPI956): plateau, words against numbers, size of the change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from auditor.facts import Change, Measure
from auditor.judging.case import Case, EarlierFacts
from auditor.judging.checks import Defect, check, note
from auditor.judging.copies import copied_from
from auditor.judging.course import days_since, episode
from auditor.judging.instruments import direction, meaningful
from auditor.judging.measured import Comparison, comparisons, gains, matching
from auditor.judging.plan_in_force import states_plan

FEWEST_VISITS = 4
LONG_ENOUGH = timedelta(days=30)
SOURCE = "rulebook §13; Medicare Benefit Policy Manual ch. 15 §240.1.3 (no further improvement expected)"


@dataclass(frozen=True, slots=True)
class _Value:
    day: date
    value: float


def _visit(day: str, pain: int, rest: str = "") -> dict[str, str]:
    return {"date_of_service": day, "text": f"S: Low back pain {pain}/10.{rest}\nO: L4 restricted.\nP: Adjusted L4."}


_FLAT = [_visit("2026-03-02", 5), _visit("2026-03-16", 5), _visit("2026-03-30", 6)]
_BETTER = [_visit("2026-03-02", 8), _visit("2026-03-16", 6), _visit("2026-03-30", 4)]
_TODAY = "S: Low back pain «5/10».\nO: L4 restricted.\nP: Adjusted L4."


@check(
    "EPI954",
    "warning",
    "no measure has improved over at least four visits and thirty days",
    source=SOURCE,
    remedy="Is further improvement expected, and was the plan reviewed?",
    fails=[note(_TODAY, date_of_service="2026-04-06", earlier=_FLAT)],
    passes=[
        note(_TODAY.replace("5", "3").replace("«", "").replace("»", ""), date_of_service="2026-04-06", earlier=_BETTER)
    ],
)
def plateau(case: Case) -> Iterator[Defect]:
    """Every measure that is taken again and again stands where it stood, with the plan as it was."""
    if case.initial or case.date_of_service is None or gains(case):
        return
    flat = [(item, _flat(case, item.measure)) for item in comparisons(case) if item.baseline]
    if not flat or any("better" in (item.since_last, item.since_baseline) for item, window in flat if not window):
        return
    windows = [(item.measure, window) for item, window in flat if window]
    start = min((window[0].day for _, window in windows), default=None)
    if start is None or _plan_changed(case, start):
        return
    told = "; ".join(
        f"{_name(measure)} {window[0].value:g} on {window[0].day}, {measure.value:g} today"
        for measure, window in windows
    )
    visits = max(len(window) for _, window in windows)
    yield Defect(
        f"No measure has improved over {visits} visits since {start}: {told}.",
        tuple(measure.evidence for measure, _ in windows),
    )


def _flat(case: Case, measure: Measure) -> list[_Value]:
    """The longest run of values up to today's in which none is better than the first; empty where it is too short."""
    values = [*_series(episode(case).visits, measure), _Value(case.date_of_service or date.max, measure.value)]
    start = len(values) - 1
    for place in reversed(range(len(values) - 1)):
        if all(_not_better(measure, later, values[place]) for later in values[place + 1 :]):
            start = place
    window = values[start:]
    return window if len(window) >= FEWEST_VISITS and window[-1].day - window[0].day >= LONG_ENOUGH else []


def _not_better(measure: Measure, later: _Value, first: _Value) -> bool:
    changed = Measure(measure.instrument, later.value, measure.evidence, about=measure.about)
    return direction(changed, first.value) != "better"


def _series(notes: Sequence[EarlierFacts], measure: Measure) -> Iterator[_Value]:
    for earlier in notes:
        found = matching(measure, earlier.facts)
        if found and earlier.date_of_service:
            yield _Value(earlier.date_of_service, found.value)


def _plan_changed(case: Case, since: date) -> bool:
    """Whether a note after that day states another schedule than the one before it."""
    notes = [note for note in episode(case).visits if note.date_of_service]
    stated = [(note.date_of_service, note.facts.plan) for note in notes if states_plan(note.facts)]
    if states_plan(case.facts):
        stated.append((case.date_of_service, case.facts.plan))
    schedules = [(day, plan.frequency, plan.duration) for day, plan in stated]
    return any(later[0] and later[0] > since and later[1:] != before[1:] for before, later in pairwise(schedules))


def _name(measure: Measure) -> str:
    return " ".join(filter(None, (measure.instrument, measure.region, measure.about))).replace("_", " ")


@check(
    "EPI955",
    "warning",
    "the words and the numbers disagree",
    source="rulebook §4.1 (a score in the wrong direction is a contradiction) and §14, case 33",
    remedy="Which of the two tells how the patient is: the wording or the values?",
    fails=[
        "S: «Patient is improving.» Low back pain 5/10, was 5/10.\nO: L4 restricted.\nP: Adjusted L4.",
        note(
            "S: Feeling worse. Low back pain 3/10.\nO: L4 restricted.\nP: Adjusted L4.",
            earlier=[_visit("2026-03-02", 6)],
        ),
    ],
    passes=["S: Patient is improving. Low back pain 3/10, was 5/10.\nO: L4 restricted.\nP: Adjusted L4."],
)
def words_against_numbers(case: Case) -> Iterator[Defect]:
    """Called better where no value is, or worse where all are better."""
    if case.initial or copied_from(case):
        return
    words = {change.direction for change in case.facts.changes}
    for change in case.facts.changes:
        compared = _of_its_region(case, change)
        if not compared or not change.firm:
            continue
        if change.direction == "better" and not gains(case) and not any(_is_better(item, change) for item in compared):
            told = "better, and no value is"
        elif (
            change.direction == "worse"
            and "better" not in words
            and all(item.since_last == "better" for item in compared)
        ):
            told = "worse, and every value is better"
        else:
            continue
        yield Defect(
            f"The note calls the patient {told} against the visit before.",
            (change.evidence, *(item.measure.evidence for item in compared)),
        )
        return


def _is_better(item: Comparison, change: Change) -> bool:
    """Whether a value is better than at the last visit or at the start: "improving" may speak of either."""
    return item.since_last == "better" or (item.since_baseline == "better" and not change.against_last)


def _of_its_region(case: Case, change: Change) -> list[Comparison]:
    """The comparisons that a statement of change speaks of: those of the regions in its sentence, all where it has none."""
    named = {
        region
        for mention in case.facts.mentions
        if change.evidence.start <= mention.evidence.start < change.evidence.end
        for region in mention.regions
    }
    return [
        item for item in comparisons(case) if not named or item.measure.region is None or item.measure.region in named
    ]


def _worse(measure: Measure, values: Sequence[_Value]) -> list[_Value]:
    """The values before against which today's is better."""
    return [one for one in values if direction(measure, one.value) == "better"]


@check(
    "EPI956",
    "info",
    "all improvement of thirty days is smaller than a meaningful change",
    source="rulebook §4.1: the size describes the change, it fails no visit",
    remedy="Is there another measure, or a functional change, that shows what this care achieves?",
    fails=[
        note(
            "S: Low back pain «4/10».\nO: L4 restricted.\nP: Adjusted L4.",
            date_of_service="2026-04-06",
            earlier=[_visit("2026-03-02", 5)],
        )
    ],
    passes=[
        note(
            "S: Low back pain 3/10.\nO: L4 restricted.\nP: Adjusted L4.", date_of_service="2026-04-06", earlier=_BETTER
        )
    ],
)
def small_improvement(case: Case) -> Iterator[Defect]:
    """Something improved over thirty days or more, and nothing by as much as a meaningful change."""
    if case.initial or gains(case):
        return
    past = [note for note in episode(case).visits if (days_since(case, note.date_of_service) or 0) >= LONG_ENOUGH.days]
    series = [(item, values) for item in case.facts.measures if (values := list(_series(past, item)))]
    better = [(item, values[-1]) for item, values in series if direction(item, values[-1].value) == "better"]
    large = any(meaningful(item, one.value) is not False for item, values in series for one in _worse(item, values))
    if better and not large and not any(plateau(case)):
        told = "; ".join(
            f"{_name(item)} {item.value:g}, was {before.value:g} on {before.day}" for item, before in better
        )
        yield Defect(
            f"The improvement is smaller than a meaningful change: {told}.", tuple(item.evidence for item, _ in better)
        )
