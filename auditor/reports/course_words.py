"""The words of the course of care, the same in the terminal and on the page."""

from datetime import date

from auditor.records import NoteNovelty, PlanInForce
from auditor.reports.course import Course, Episode, Treated, Visit
from auditor.reports.course_measures import Measured
from auditor.reports.course_series import Series
from auditor.reports.wording import one_line, words

KINDS = {
    "initial": "initial",
    "subsequent": "subsequent",
    "re_examination": "re-examination",
    "discharge": "discharge",
}
BEGINNINGS = {
    "first_note": "the first note known",
    "initial_visit": "an initial visit",
    "discharge": "the first visit after a discharge",
    "gap": "the first visit after a long gap",
}
REPEATS = {
    "copy": "a copy of",
    "number": "a copy, but for a value or two, of",
    "nearly": "in what must change nearly a copy of",
    "no": "no copy of",
}
DIRECTIONS = {"better": "better", "same": "unchanged", "worse": "worse"}
CHANGE = {True: "a meaningful change", False: "less than a meaningful change"}


def day(on: date | None) -> str:
    """A date, or that there is none."""
    return on.isoformat() if on else "no date"


def many(count: int, noun: str) -> str:
    """Such as "1 visit", "2 visits"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def course_words(course: Course) -> str:
    """How much there is: "2 episodes, 9 visits, 2026-03-02 to 2026-05-28"."""
    days = [visit.date for visit in course.visits if visit.date]
    if not course.episodes:
        return "no visits"
    said = f"{many(len(course.episodes), 'episode')}, {many(len(course.visits), 'visit')}"
    return said + (f", {span_words(min(days), max(days))}" if days else ", none with a date")


def span_words(first: date, last: date) -> str:
    """Such as "2026-03-02 to 2026-05-28", or the one day."""
    return f"{first}" if first == last else f"{first} to {last}"


def episode_words(episode: Episode) -> str:
    """Such as "began 2026-03-02 with an initial visit; 6 visits; closed by discharge 2026-04-20"."""
    return "; ".join((_began(episode), many(len(episode.visits), "visit"), closing_words(episode)))


def _began(episode: Episode) -> str:
    if episode.began_with is None:
        return f"a visit of {day(episode.started)}, not placed in an episode"
    on = f" {episode.started}" if episode.started else ", no date,"
    return f"began{on} with {BEGINNINGS.get(episode.began_with, words(episode.began_with))}"


def closing_words(episode: Episode) -> str:
    """How it ended, as far as the visits shown tell."""
    if episode.closed:
        return f"closed by discharge{f' {episode.closed_on}' if episode.closed_on else ''}"
    return "open" if episode.last else "no closing note"


def name_words(item: Measured | Series) -> str:
    """Instrument, place and what it tells of: "NPRS lumbar", "ROM cervical flexion"."""
    return " ".join(words(part) for part in (item.instrument, item.region, item.about) if part)


def number(value: float, unit: str | None = None) -> str:
    """A value with its unit, without zeros that say nothing."""
    return f"{value:g} {words(unit)}" if unit else f"{value:g}"


def measure_words(item: Measured) -> str:
    """Such as "NPRS lumbar 4, was 6"."""
    was = "" if item.was is None else f", was {number(item.was)}"
    return f"{name_words(item)} {number(item.value, item.unit)}{was}"


def change_words(item: Series) -> str:
    """Such as "7 -> 3 better, a meaningful change"; a single value alone; mixed values only as many."""
    first, last = item.points[0], item.points[-1]
    if item.mixed:
        return f"{many(len(item.points), 'value')}, several at one visit: not told apart"
    left_out = [f"{many(item.left_out, 'visit')} with several values left out"] if item.left_out else []
    if len(item.points) == 1:
        return ", ".join((number(last.value, item.unit), "one value", *left_out))
    said = [DIRECTIONS[item.direction]] if item.direction else []
    if item.meaningful is not None and item.direction in ("better", "worse"):
        said.append(CHANGE[item.meaningful])
    if first.visit is None:
        said.append(f"first value from an earlier note of {day(first.on)}")
    said += left_out
    return " ".join((f"{number(first.value)} -> {number(last.value, item.unit)}", ", ".join(said))).rstrip()


def treated_words(treated: tuple[Treated, ...]) -> str:
    """Such as "cervical C5, lumbar L4 L5"; "nothing treated" where there is none."""
    said = (" ".join((words(item.region), *map(one_line, item.levels))) for item in treated)
    return ", ".join(said) or "nothing treated"


def code_words(visit: Visit) -> str:
    """Code billed and code supported: "98941, supported 98940"; one where they are the same."""
    billed, supported = (one_line(code) if code else None for code in (visit.billed, visit.supported))
    if billed is None:
        return f"not billed, supported {supported or 'none'}"
    return billed if billed == supported else f"{billed}, supported {supported or 'none'}"


def plan_words(plan: PlanInForce) -> str:
    """Such as "of 2026-03-02, 3 per week, 4 weeks, to 2026-03-30"; what the plan does not say is left out."""
    frequency, length = plan.frequency, plan.duration
    said = [f"of {plan.stated_on}" if plan.stated_on else "stated that day"]
    if frequency:
        every = words(frequency.per) if frequency.every == 1 else f"{frequency.every:g} {words(frequency.per)}s"
        said.append(f"{frequency.times:g} per {every}")
    if length:
        said.append(words(length.unit) if length.value is None else _length(length.value, words(length.unit)))
    if plan.ends_on:
        said.append(f"to {plan.ends_on}")
    return ", ".join(said)


def _length(value: float, unit: str) -> str:
    """Such as "4 weeks", whether the unit is given as one or as several."""
    return f"{value:g} {unit.removesuffix('s')}{'' if value == 1 else 's'}"


def standing_words(plan: PlanInForce) -> str:
    """Where the visit stands in it: "visit 4 of 12, 1 of 2 goals reached"; empty where nothing tells."""
    said = []
    if plan.visit is not None:
        said.append(f"visit {plan.visit}{f' of {plan.of}' if plan.of is not None else ''}")
    elif plan.of is not None:
        said.append(f"{many(plan.of, 'visit')} planned")
    if plan.goals_compared:
        said.append(f"{plan.goals_reached or 0} of {many(plan.goals_compared, 'goal')} reached")
    return ", ".join(said)


def percent(share: float) -> str:
    """A share in whole percent; what is not nothing is not called 0, and what is not all is not called 100."""
    rounded = round(share * 100)
    if share > 0 and rounded == 0:
        return "under 1 %"
    return "over 99 %" if share < 1 and rounded == 100 else f"{rounded} %"


def novelty_words(novelty: NoteNovelty) -> str:
    """Such as "12 % new against 2026-03-02 (0 % of what must change)"."""
    must = percent(novelty.new_of_must_change)
    return f"{percent(novelty.new)} new against {day(novelty.against)} ({must} of what must change)"
