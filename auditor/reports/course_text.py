"""The course of care in the terminal: episodes, a line a visit, findings across visits, small charts of measures."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from auditor.reports.course import Course, Episode, Visit
from auditor.reports.course_series import Series
from auditor.reports.course_words import (
    KINDS,
    change_words,
    code_words,
    course_words,
    day,
    episode_words,
    measure_words,
    name_words,
    treated_words,
)
from auditor.reports.differences import differences
from auditor.reports.differences_shown import differences_text
from auditor.reports.scales import scale
from auditor.reports.spark import ASCII_LEGEND, LEGEND, spark
from auditor.reports.terminal import STYLES, grid, heading, render
from auditor.reports.wording import one_line, words

WIDE = 110
"""Columns from which what a visit holds stands beside its head, not below."""
_HEAD = 44
_ASCII = str.maketrans("“”‘’–—…·", "\"\"''--..")
"""Letters that have a near one in ASCII, so that the width stays."""


def course_text(course: Course, *, patient: str, width: int = 80, colour: bool = False, ascii: bool = False) -> str:
    """The course of care of one patient for the terminal.

    Args:
        course: what to show.
        patient: name or number of the patient, as the reader knows it.
        width: columns; no line is longer. At least 40.
        colour: with colour escapes.
        ascii: with ASCII alone, for streams that cannot hold more; what is left of other letters is shown as ``?``.
    """
    text = render(_all(course, patient, width, ascii), width=width, colour=colour)
    return text.translate(_ASCII).encode("ascii", "replace").decode("ascii") if ascii else text


def repeats_text(course: Course, *, width: int = 80, colour: bool = False) -> str:
    """Each note that repeats an earlier one, beside that one: what is only in it, and what only the earlier one had.

    Empty where no note repeats another that is at hand. Arguments as of :func:`course_text`.
    """
    parts = []
    for visit in (visit for episode in course.episodes for visit in episode.visits):
        if visit.repeated and visit.repeated.earlier is not None and visit.novelty:
            head = heading(f"Visit of {day(visit.date)} against {day(visit.novelty.against)}")
            pieces = differences(visit.repeated.earlier, visit.repeated.today)
            parts += [render([head], width=width, colour=colour), differences_text(pieces, width, colour)]
    return "".join(parts)


def _all(course: Course, patient: str, width: int, ascii: bool) -> Iterator[RenderableType]:
    yield Text.assemble((f"Patient {one_line(patient)}", "bold"), f"  {course_words(course)}")
    for episode in course.episodes:
        yield heading(f"Episode {episode.number}")
        yield _indented(Text(episode_words(episode)))
        yield Text()
        for visit in episode.visits:
            yield _visit(visit, width)
        yield from _across(episode)
        if episode.series:
            yield from _measures(episode, ascii)
    if any(episode.series for episode in course.episodes):
        yield _indented(Text(f"\nMeasures: {ASCII_LEGEND if ascii else LEGEND}.", style="dim"))


def _indented(text: Text, columns: int = 2) -> Padding:
    return Padding(text, (0, 0, 0, columns))


def _visit(visit: Visit, width: int) -> RenderableType:
    """One line where there is room, else a line with what was decided and an indented one with what the visit holds."""
    head = Text(f"{visit.number:4}  {day(visit.date):<10}  {KINDS.get(visit.kind, words(visit.kind)):<14}  ")
    head.append(f"{visit.disposition.upper():<6} {visit.score:3}", style=STYLES[visit.disposition])
    if width < WIDE:
        code = f"  {code_words(visit)}"
        fits = len(head) + len(code) <= width
        return Group(head.append(code if fits else ""), _indented(_details(visit, code=not fits), 6))
    table = grid(_HEAD)
    table.add_row(head, _details(visit, code=True))
    return table


def _details(visit: Visit, *, code: bool) -> Text:
    """Measures, regions treated, code billed and supported, finding codes, with a bar between them."""
    measures = "; ".join(measure_words(item) for item in visit.measures)
    said = (measures, treated_words(visit.treated), code_words(visit) if code else "")
    parts = [Text(part) for part in said if part]
    return Text(" | ", style="dim").join((*parts, _codes(visit)))


def _codes(visit: Visit) -> Text:
    said = [
        Text(f"{severity} {' '.join(map(one_line, codes))}", style=STYLES[severity]) for severity, codes in visit.codes
    ]
    return Text("; ").join(said) if said else Text("no findings", style="dim")


def _across(episode: Episode) -> Iterator[RenderableType]:
    if any(visit.across for visit in episode.visits):
        yield Text("\n  Findings across visits", style="bold")
    for visit in episode.visits:
        for finding in visit.across:
            table = grid(9)
            about = f"  visit {visit.number} of {day(visit.date)}"
            table.add_row(
                Text(f"  {finding.severity.upper()}", style=STYLES[finding.severity]),
                Group(Text.assemble(one_line(finding.code), (about, "dim")), Text(one_line(finding.message))),
            )
            yield table


def _measures(episode: Episode, ascii: bool) -> Iterator[RenderableType]:
    yield Text("\n  Measures", style="bold")
    before = any(point.visit is None for item in episode.series for point in item.points)
    table = Table.grid(padding=(0, 2, 0, 0))
    for ratio in (None, None, None, 1):
        table.add_column(ratio=ratio, overflow="fold")
    for item in episode.series:
        table.add_row(*_chart(item, len(episode.visits), before, ascii))
    yield table


def _chart(item: Series, visits: int, before: bool, ascii: bool) -> tuple[Text, ...]:
    low, high = scale(item.instrument, (point.value for point in item.points))
    signs = "" if item.mixed else spark(item, visits, before=before, ascii=ascii)
    style = {"better": "green", "worse": "red"}.get(item.direction or "", "")
    name, bounds = Text(f"  {name_words(item)}"), Text(f"{low:g}-{high:g}", style="dim")
    return name, bounds, Text(signs), Text(change_words(item), style)
