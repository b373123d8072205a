"""The terminal report: one audit, or the summary of many, in plain lines of a given width, in colour where wanted.

Nothing of the note reaches the terminal with its control characters.
"""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from auditor.anatomy import SPINAL
from auditor.records import ELEMENTS, Audit, ElementVerdict, Finding
from auditor.reports.claim_words import dollars, money_words, outcome_words, rule_words
from auditor.reports.explained import explained
from auditor.reports.marks import Rests, cut, owned
from auditor.reports.summary import Summary
from auditor.reports.terminal import STYLES, columns, grid, heading, labelled, render
from auditor.reports.wording import (
    DISPOSITION_MEANINGS,
    ELEMENT_TITLES,
    ORIGIN,
    STATUS_WORDS,
    VERDICT_MEANINGS,
    by_severity,
    code_words,
    listed,
    one_line,
    quoted,
    searched_words,
    severity_counts,
    visible,
    where,
    words,
)

MOST_QUOTES = 3
"""Quotes shown for one element; the note itself has them all."""

_MARKS: dict[Rests, tuple[str, str]] = {
    "error": ("bold white on red", "an error rests on it"),
    "warning": ("black on yellow", "a warning rests on it"),
    "info": ("underline cyan", "a remark rests on it"),
    "met": ("underline green", "an element is met by it"),
    "open": ("underline magenta", "read for an element that is not met, or met in part"),
}


def text_report(audit: Audit, text: str, *, width: int = 80, colour: bool = False, money: bool = False) -> str:
    """One audit for the terminal.

    Args:
        audit: what to show.
        text: the note that was audited.
        width: columns; no line is longer. At least 40.
        colour: with colour escapes, and with the note itself at the end, its evidence marked.
        money: with dollars at risk, for readers who may see them (:mod:`auditor.reports.roles`).
    """
    return render(_one_audit(audit, text, colour, money), width=width, colour=colour)


def folder_text(summary: Summary, *, width: int = 80, colour: bool = False) -> str:
    """The summary of many audits for the terminal, of at least 40 columns."""
    return render(_many(summary), width=width, colour=colour)


def _one_audit(audit: Audit, text: str, colour: bool, money: bool) -> Iterator[RenderableType]:
    yield Text.assemble((one_line(audit.id), "bold"), f"  {audit.visit} visit")
    yield Text.assemble(
        (audit.disposition.upper(), STYLES[audit.disposition]),
        f"  score {audit.score} of 100  {severity_counts(audit)}\n",
        (f"{audit.disposition}: {DISPOSITION_MEANINGS[audit.disposition]}", "dim"),
    )
    yield heading(f"Six {ORIGIN}")
    yield from (_element(verdict) for verdict in audit.elements)
    yield heading("Regions and code")
    yield _regions(audit)
    yield from _code_lines(audit)
    yield heading("Findings")
    yield from (_finding(finding) for finding in by_severity(audit))
    if not audit.findings:
        yield Text("  none")
    yield from _claim(audit, money)
    if audit.explanation is not None:
        yield heading("How the note was read")
        yield from explained(audit.explanation)
    if colour:
        yield heading("The note, its evidence marked")
        yield _note(audit, text)


def _element(verdict: ElementVerdict) -> Table:
    title = f"{ELEMENTS.index(verdict.element) + 1} {ELEMENT_TITLES[verdict.element]}"
    parts: list[RenderableType] = [Text(title, style="bold"), *(Text(one_line(reason)) for reason in verdict.reasons)]
    quotes = [quoted(evidence.text, 80) for evidence in verdict.evidence]
    if quotes:
        more = f" and {len(quotes) - MOST_QUOTES} more" if len(quotes) > MOST_QUOTES else ""
        parts.append(labelled("note", f"{', '.join(quotes[:MOST_QUOTES])}{more}"))
    table = grid(9)
    table.add_row(Text(f"  {STATUS_WORDS[verdict.status]}", style=STYLES[verdict.status]), Group(*parts))
    return table


def _regions(audit: Audit) -> Table:
    check = audit.region_check
    levels = {fact.region: one_line(" ".join(fact.treated_levels)) for fact in audit.facts.regions}
    table = columns(":", *(f"{region}:" for region in SPINAL))
    table.add_row("  treated", *((levels.get(r) or "yes") if r in check.treated else "-" for r in SPINAL))
    supported = ("yes" if r in check.supported else "no" if r in check.treated else "-" for r in SPINAL)
    table.add_row("  supported", *(Text(word, style="bold red" if word == "no" else "") for word in supported))
    table.add_row("  possible", *("yes" if r in check.possible else "-" for r in SPINAL))
    return table


def _code_lines(audit: Audit) -> Iterator[Text]:
    check = audit.region_check
    beyond = tuple(region for region in check.treated if region not in SPINAL)
    if beyond:
        yield Text(f"  also treated: {listed(beyond)}")
    billed = code_words(check.billed, nothing="no spinal CMT code")
    yield Text(f"  billed {billed}; supported {code_words(check.supported_code)}")
    verdict = words(check.verdict).upper()
    yield Text.assemble("  ", (verdict, STYLES[check.verdict]), f": {VERDICT_MEANINGS[check.verdict]}")


def _finding(finding: Finding) -> Table:
    about = words(finding.element) if finding.element else "claim"
    about += f" line {finding.line}" if finding.line else ""
    invites = f", invites {one_line(finding.carc)}" if finding.carc else ""
    head = Text.assemble(one_line(finding.code), (f"  {about}{invites}", "dim"))
    remedy = labelled("remedy", one_line(finding.remedy))
    table = grid(9)
    table.add_row(
        Text(f"  {finding.severity.upper()}", style=STYLES[finding.severity]),
        Group(head, Text(one_line(finding.message)), *_ground(finding), remedy),
    )
    return table


def _ground(finding: Finding) -> Iterator[Table]:
    for evidence in finding.evidence:
        yield labelled("note", f"{quoted(evidence.text)} {where(evidence)}")
    if finding.searched:
        yield labelled("absent", searched_words(finding.searched))
    if finding.rule:
        yield labelled("rule", rule_words(finding.rule))


def _claim(audit: Audit, money: bool) -> Iterator[RenderableType]:
    """Arguments about AT, dollars for those who may see them, the payer's answer."""
    if audit.active_care:
        yield heading("For and against active treatment (AT); no verdict on necessity")
        for label, arguments in (("for", audit.active_care.speaks_for), ("against", audit.active_care.speaks_against)):
            for argument in arguments:
                quotes = "".join(f" {quoted(item.text, 60)}" for item in argument.evidence[:MOST_QUOTES])
                yield _row(label, f"{one_line(argument.says)}{quotes}")
            if not arguments:
                yield _row(label, "nothing found")
    if money and audit.money:
        yield heading(f"Dollars at risk, by {one_line(audit.money.schedule)}")
        for line in audit.money.lines:
            yield _row(f"line {line.line}", f"{line.cpt}  {money_words(line) or 'nothing at risk'}")
        unknown = f"; {audit.money.unknown} without a known amount" if audit.money.unknown else ""
        sums = dollars(audit.money.overpayment), dollars(audit.money.underpayment)
        yield _row("in all", f"overpayment {sums[0]}, underpayment {sums[1]}, never netted{unknown}")
    if audit.outcomes:
        yield heading("Prediction beside the payer's answer")
        for outcome in audit.outcomes:
            yield _row(f"line {outcome.line}", f"{outcome.cpt}  {outcome_words(outcome)}")


def _row(label: str, sentence: str) -> Table:
    table = grid(9)
    table.add_row(Text(f"  {label}", style="dim"), Text(sentence))
    return table


def _note(audit: Audit, text: str) -> RenderableType:
    pieces = cut(text, owned(audit))
    shown = Text()
    for piece in pieces:
        style = _MARKS[piece.rests[0]][0] if piece.rests else ""
        shown.append(visible(piece.text.replace("\r\n", "\n")), style=style)
    used = {piece.rests[0] for piece in pieces if piece.rests}
    legend = [
        Text.assemble("  ", ("abc", style), (f"  {meaning}", "dim"))
        for kind, (style, meaning) in _MARKS.items()
        if kind in used
    ]
    return Group(*legend, Text(), Padding(shown, (0, 0, 0, 2)))


def _many(summary: Summary) -> Iterator[RenderableType]:
    mean = "" if summary.mean_score is None else f", mean score {summary.mean_score} of 100"
    yield Text(f"{summary.audits} {'audit' if summary.audits == 1 else 'audits'}{mean}", style="bold")
    yield _counts(summary)
    yield heading(f"Six {ORIGIN}")
    yield _rates(summary)
    yield heading("Findings, by how many audits have them")
    yield _codes(summary) if summary.codes else Text("  none")
    if summary.outcomes:
        yield heading("Prediction beside the payers' answers, by claim line")
        yield _outcomes(summary)


def _counts(summary: Summary) -> Table:
    table = grid(11)
    for name, counts in (("  charts", summary.dispositions), ("  CMT code", summary.verdicts)):
        body = Text()
        for word, count in counts:
            body.append(f"{count} {words(word)}   ", style=STYLES[word] if count else "dim")
        table.add_row(name, body)
    return table


def _rates(summary: Summary) -> Table:
    table = columns("  element:", "met", "partial", "not met", "n/a", "met of applicable")
    for rate in summary.elements:
        share = "-" if rate.percent_met is None else f"{rate.percent_met} %"
        counts = (rate.met, rate.partial, rate.not_met, rate.not_applicable)
        table.add_row(f"  {ELEMENT_TITLES[rate.element]}", *(str(count) for count in counts), share)
    return table


def _outcomes(summary: Summary) -> Table:
    table = columns("  line:", "denied", "paid")
    for predicted, name in ((True, "  predicted"), (False, "  not predicted")):
        table.add_row(name, *(str(summary.outcomes.get((predicted, denied), 0)) for denied in (True, False)))
    return table


def _codes(summary: Summary) -> Table:
    table = columns("  code:", "severity:", "audits", "findings", "most often says:")
    for count in summary.codes:
        severity = Text(count.severity, style=STYLES[count.severity])
        numbers = (str(count.audits), str(count.findings))
        table.add_row(f"  {one_line(count.code)}", severity, *numbers, Text(one_line(count.message)))
    return table
