"""The page: one self-contained HTML file for one chart or a folder of them, readable offline, printed, light or dark.

Everything is escaped by Jinja2, and control characters are made visible before that; there is no script, and a content
security policy in the page forbids any.
"""

from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from auditor.records import Audit, Encounter
from auditor.reports.chart import Chart, chart
from auditor.reports.claim_words import dollars, money_words, outcome_words, rule_words
from auditor.reports.marks import RESTS, Rests
from auditor.reports.summary import summarise
from auditor.reports.wording import (
    CODE_COUNTS,
    DISPOSITION_MEANINGS,
    DISPOSITIONS,
    ELEMENT_TITLES,
    ORIGIN,
    VERDICT_MEANINGS,
    searched_words,
    severity_counts,
    visible,
    words,
)

LEGEND: dict[Rests, str] = {
    "error": "an error rests on it",
    "warning": "a warning rests on it",
    "info": "a remark rests on it",
    "met": "an element is met by it",
    "open": "read for an element that is not met, or met in part",
}


def html_report(pairs: Sequence[tuple[Encounter, Audit]], *, title: str = "Chart audit", money: bool = False) -> str:
    """The page of these charts, in the order given; with more than one, a page about all of them comes first.

    Args:
        pairs: each encounter with its audit. The claim is shown where the encounter has one.
        title: of the page.
        money: with dollars at risk, for readers who may see them (:mod:`auditor.reports.roles`).

    Returns:
        A whole HTML document; the same pairs give the same characters.
    """
    charts = [chart(number, encounter, audit) for number, (encounter, audit) in enumerate(pairs, start=1)]
    page = _environment().get_template("page.html")
    audits = [audit for _, audit in pairs]
    worklist = sorted(charts, key=_urgency)
    return page.render(title=title, charts=charts, summary=summarise(audits), worklist=worklist, money=money)


def _urgency(one: Chart) -> tuple[int, int, int]:
    """What needs a person first comes first."""
    return (DISPOSITIONS.index(one.audit.disposition), one.audit.score, one.number)


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
    environment.filters.update(note=_note, words=words, searched_words=searched_words, severity_counts=severity_counts)
    environment.filters.update(
        rule_words=rule_words, money_words=money_words, dollars=dollars, outcome_words=outcome_words
    )
    environment.globals.update(
        ORIGIN=ORIGIN,
        CODE_COUNTS=CODE_COUNTS,
        LEGEND=LEGEND,
        RESTS=RESTS,
        ELEMENT_TITLES=ELEMENT_TITLES,
        DISPOSITION_MEANINGS=DISPOSITION_MEANINGS,
        VERDICT_MEANINGS=VERDICT_MEANINGS,
    )
    return environment


def _shown(value: object) -> object:
    """What a template puts out: nothing for None, and no control characters."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value)
    return "" if value is None else value


def _note(text: str) -> Markup:
    """A piece of the note; a carriage return stays one where the parser would make a line feed of it."""
    kept = (visible(line) for line in text.split("\r"))
    return Markup("&#13;").join(escape(line) for line in kept)
