"""How the note was read, for the terminal: each fact with its grammar, vocabulary, modifiers and reason."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from auditor.records import Explanation
from auditor.reports.terminal import grid, labelled
from auditor.reports.wording import one_line, quoted, words

_WIDEST_KIND = 17


def explained(items: tuple[Explanation, ...]) -> Iterator[RenderableType]:
    """One block for each fact, in order of the note."""
    if not items:
        yield Text("  nothing was read in this note")
    for item in items:
        table = grid(_WIDEST_KIND)
        table.add_row(Text(f"  {words(item.fact)}", style="dim"), Group(*_lines(item)))
        yield table


def _lines(item: Explanation) -> Iterator[RenderableType]:
    yield Text.assemble((one_line(item.says), "bold"), f"  {quoted(item.evidence.text, 60)}")
    if item.why:
        yield Text(one_line(item.why))
    rule = f"{item.rule}: {item.rule_says}" if item.rule else "no single grammar"
    yield labelled("rule", one_line(rule))
    if item.vocabulary:
        entries = (f"{quoted(v.words, 40)} ({v.family}{', ' + v.kind if v.kind else ''})" for v in item.vocabulary)
        yield labelled("words", "; ".join(entries))
    if item.modifiers:
        entries = (f"{quoted(m.words, 40)} ({words(m.category.lower())})" for m in item.modifiers)
        yield labelled("under", "; ".join(entries))
    if item.model is not None and item.probability is not None:
        yield labelled("model", f"{one_line(item.model)}: probability {item.probability:.2f}")
