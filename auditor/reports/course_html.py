"""The course of care as one self-contained page: readable offline, printed, light or dark; there is no script in it.

Everything is escaped by Jinja2, and control characters are made visible before that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from auditor.records import PlanInForce
from auditor.reports import course_words
from auditor.reports.course import Course, Episode, Visit
from auditor.reports.differences import differences
from auditor.reports.differences_shown import differences_markup
from auditor.reports.plot import line_chart
from auditor.reports.wording import DISPOSITION_MEANINGS, one_line, visible, words


@dataclass(frozen=True, slots=True)
class PlanUsed:
    """A plan with the first and the last visit that fall under it."""

    plan: PlanInForce
    first: Visit
    last: Visit


def course_html(course: Course, *, patient: str, title: str = "Course of care") -> str:
    """The page of one patient's course of care.

    Args:
        course: what to show.
        patient: name or number of the patient, as the reader knows it.
        title: of the page.

    Returns:
        A whole HTML document; the same course gives the same characters.
    """
    return _environment().get_template("course.html").render(course=course, patient=one_line(patient), title=title)


def plans(episode: Episode) -> Iterator[PlanUsed]:
    """The plans in force over an episode, in order: each with the last visit that falls under it."""
    used: dict[object, PlanUsed] = {}
    for visit in episode.visits:
        if visit.plan:
            on = visit.plan.stated_on or visit.date
            key = (on, visit.plan.frequency, visit.plan.duration, visit.plan.goals)
            first = used[key].first if key in used else visit
            used[key] = PlanUsed(visit.plan, first, visit)
    yield from used.values()


def diff(visit: Visit) -> Markup | None:
    """The visit's note against the earlier one that it repeats; None where that one is not at hand."""
    repeated = visit.repeated
    if repeated is None or repeated.earlier is None:
        return None
    return differences_markup(differences(repeated.earlier, repeated.today))


def _chart(episode: Episode, place: int) -> Markup:
    days = [visit.date for visit in episode.visits]
    return line_chart(episode.series[place], days, anchor=f"e{episode.number}-m{place}")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("auditor.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    said = {name: value for name, value in vars(course_words).items() if name.endswith("_words")}
    environment.filters.update(said, words=words, percent=course_words.percent, day=course_words.day)
    environment.filters.update(plans=plans, diff=diff, one_line=one_line)
    environment.globals.update(
        KINDS=course_words.KINDS, REPEATS=course_words.REPEATS, DISPOSITION_MEANINGS=DISPOSITION_MEANINGS, chart=_chart
    )
    return environment


def _shown(value: object) -> object:
    """What a template puts out: nothing for None, and no control characters."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value)
    return "" if value is None else value
