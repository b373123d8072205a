"""``auditor check``: audit one note, or a few, and print what was found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from auditor.cli.console import UNREADABLE, command, exit_code, fail, put_out, wants_colour, width
from auditor.cli.given import Given, claim_given, earlier_notes, read_notes, real_day
from auditor.cli.rules_in_use import RulesInUse
from auditor.reports.roles import ReaderRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.records import Audit, Encounter

Format = Literal["text", "json", "html"]


@command
def check(
    notes: Annotated[list[str], typer.Argument(metavar="NOTE", help="Files with a note each; - is standard input.")],
    *,
    claim: Annotated[Path | None, typer.Option(metavar="FILE", help="The claim as JSON.")] = None,
    cpt: Annotated[list[str] | None, typer.Option(metavar="CODES", help="Such as 98941, or 98941-AT,97140-59.")] = None,
    modifier: Annotated[list[str] | None, typer.Option(metavar="CODES", help="Of the CMT lines, such as AT.")] = None,
    dx: Annotated[list[str] | None, typer.Option(metavar="CODES", help="ICD-10-CM, in the claim's order.")] = None,
    payer: Annotated[str | None, typer.Option(metavar="NAME", help="medicare, uhc, aetna, cigna, bcbs, other.")] = None,
    provider: Annotated[str | None, typer.Option(metavar="NAME", help="The billing provider.")] = None,
    visit: Annotated[Literal["initial", "subsequent"] | None, typer.Option(help="Else the note decides.")] = None,
    date: Annotated[str | None, typer.Option(metavar="DATE", help="Date of service, such as 2026-03-04.")] = None,
    care_started: Annotated[str | None, typer.Option(metavar="DATE", help="Date of initial treatment.")] = None,
    earlier: Annotated[list[str] | None, typer.Option(metavar="NOTE", help="An earlier note; repeat.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show why each fact was read so.")] = False,
    models: Annotated[bool, typer.Option("--models/--no-models", help="Without: rules alone.")] = True,
    policies: Annotated[Path | None, typer.Option(metavar="DIR", help="Rule packs of your own.")] = None,
    fees: Annotated[Path | None, typer.Option(metavar="FILE", help="Your fee schedule as CSV.")] = None,
    contract: Annotated[str | None, typer.Option(metavar="NAME", help="As the fee schedule calls it.")] = None,
    locality: Annotated[str | None, typer.Option(metavar="NAME", help="As the fee schedule calls it.")] = None,
    role: Annotated[ReaderRole, typer.Option(help="Who reads: dollars are not for clinicians.")] = "clinician",
    format: Annotated[Format, typer.Option(help="What to print.")] = "text",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write to this file.")] = None,
) -> None:
    """Audit a note, or several.

    Ends with 0 where no finding is an error, with 1 where one is, and with 2 where something could not be read.
    """
    _refuse_to_overwrite(out, [*notes, *(earlier or []), *(str(file) for file in (claim, fees) if file)])
    given = Given(
        claim=claim_given(claim, cpt or [], modifier or [], dx or []),
        payer=payer,
        provider=provider,
        visit=visit,
        date_of_service=real_day("--date", date),
        care_started=real_day("--care-started", care_started),
        earlier=earlier_notes(earlier or []),
        contract=contract,
        locality=locality,
    )
    encounters, unread = read_notes(notes)
    if not encounters:
        raise typer.Exit(UNREADABLE)
    auditor = RulesInUse(policies=policies, fees=fees, models=models, explain=explain).auditor()
    pairs = [(encounter, auditor.audit(encounter)) for encounter in map(given.said_of, encounters)]
    put_out(_written(pairs, format, role, colour=out is None and wants_colour()), out)
    raise typer.Exit(UNREADABLE if unread else exit_code(audit for _, audit in pairs))


def _refuse_to_overwrite(out: Path | None, inputs: Sequence[str | Path]) -> None:
    if out is not None and out.exists() and any(out.resolve() == Path(given).resolve() for given in inputs):
        fail(f"{out}: it is an input of this audit; choose another file for --out.")


def _written(pairs: Sequence[tuple[Encounter, Audit]], form: Format, role: ReaderRole, *, colour: bool) -> str:
    """The audits in one format; several as JSON are JSON Lines, and hold the dollars whoever reads them."""
    from auditor.reports.roles import sees_money

    if form == "html":
        from auditor.reports.html import html_report

        return html_report(pairs, money=sees_money(role))
    if form == "json":
        from auditor.reports.json_report import json_report

        return (
            json_report(pairs[0][1])
            if len(pairs) == 1
            else "".join(f"{audit.model_dump_json()}\n" for _, audit in pairs)
        )
    from auditor.reports.text import text_report

    money = sees_money(role)
    return "\n".join(text_report(audit, note.text, width=width(), colour=colour, money=money) for note, audit in pairs)
