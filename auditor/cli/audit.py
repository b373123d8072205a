"""``auditor audit``: audit folders and files of many notes, and write the reports of the run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.cli.column_map import columns_of, remember
from auditor.cli.console import INTERRUPTED, command, complain, exit_code, fail, wants_colour, width
from auditor.cli.rules_in_use import RulesInUse
from auditor.reports.roles import ReaderRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.cli.batch import Outcome


@command
def audit(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT", help="Folders, or files of notes.")],
    *,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the reports; made where it is missing.")],
    claims: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Claims of these notes: 837P, or CSV; repeat.")
    ] = None,
    remits: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="What payers answered (835), to show beside; repeat.")
    ] = None,
    map: Annotated[
        list[str] | None, typer.Option(metavar="FIELD=HEADING", help="Column of a CSV file, or a remembered map.")
    ] = None,
    ocr: Annotated[bool, typer.Option("--ocr", help="Read scanned PDF pages; poor ones are left out.")] = False,
    payer: Annotated[str | None, typer.Option(metavar="NAME", help="Payer of encounters that name none.")] = None,
    policies: Annotated[Path | None, typer.Option(metavar="DIR", help="Rule packs of your own.")] = None,
    fees: Annotated[Path | None, typer.Option(metavar="FILE", help="Your fee schedule as CSV.")] = None,
    contract: Annotated[str | None, typer.Option(metavar="NAME", help="As the fee schedule calls it.")] = None,
    locality: Annotated[str | None, typer.Option(metavar="NAME", help="As the fee schedule calls it.")] = None,
    role: Annotated[ReaderRole, typer.Option(help="Who reads: dollars are not for clinicians.")] = "clinician",
    models: Annotated[bool, typer.Option("--models/--no-models", help="Without: rules alone.")] = True,
    seen: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Notes of runs before (hashes), to find repeats; added to.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a finished run in that folder.")] = False,
) -> None:
    """Audit many notes: writes audits.jsonl, summary.csv, report.html and, where records are rejected, rejected.jsonl.

    With --claims also unmatched.jsonl, where notes have no claim or claims no note; with --map columns.toml.

    A run that was broken off goes on where it stopped. Ends with 0 where no finding is an error, with 1 where one is,
    and with 2 where nothing could be read.
    """
    from auditor.cli.batch import AUDITS, Run
    from auditor.cli.claim_files import claim_files
    from auditor.reports.roles import sees_money
    from auditor.sources import readers_with

    rules = RulesInUse(policies=policies, fees=fees, models=models)
    rules.check()
    columns = columns_of(map or [])
    _make_ready(out, [*inputs, *_there(claims, "--claims"), *_there(remits, "--remits")], AUDITS, force=force)
    given = {"payer": payer, "contract": contract, "locality": locality}
    try:
        work = Run(
            inputs=tuple(dict.fromkeys(inputs)),
            folder=out,
            given={name: value for name, value in given.items() if value},
            rules=rules,
            files=claim_files(claims or [], remits or [], columns),
            readers=readers_with(columns, ocr=ocr),
            money=sees_money(role),
            seen=seen,
        )
        with _progress() as step:
            outcome = work.audit(step)
        remember(columns, out)
    except OSError as fault:
        cause = (fault.strerror or type(fault).__name__).lower()
        fail(f"{fault.filename or out}: it cannot be written ({cause}); the same command tries it again.")
    except KeyboardInterrupt:
        complain("interrupted; the same command goes on where it stopped.")
        raise typer.Exit(INTERRUPTED) from None
    _tell(outcome, out)
    raise typer.Exit(exit_code(outcome.audits))


def _there(files: Sequence[Path] | None, option: str) -> Sequence[Path]:
    """These files; ends with a sentence where one is not there."""
    if missing := next((file for file in files or () if not file.is_file()), None):
        fail(f"{missing}: there is no such file; correct {option}.")
    return files or ()


def _make_ready(out: Path, inputs: Sequence[Path], finished: str, *, force: bool) -> None:
    from auditor.cli.batch import REPORT, SUMMARY

    if inside := next((given for given in inputs if out.resolve().is_relative_to(given.resolve())), None):
        fail(f"{out}: it lies within the input {inside}; choose a folder outside of it for --out.")
    if missing := next((given for given in inputs if not given.exists()), None):
        fail(f"{missing}: there is no such file or folder; correct the name.")
    if (out / finished).exists() and not force:
        fail(f"{out}: a finished run is there already; choose another folder for --out, or replace it with --force.")
    foreign = [name for name in (SUMMARY, REPORT) if (out / name).exists() and not (out / finished).exists()]
    if foreign and not force and not (out / f"{finished}.part").exists():
        fail(f"{out / foreign[0]}: it is there already; choose another folder for --out, or replace it with --force.")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError:
        fail(f"{out}: this folder cannot be made; choose another one for --out.")


def _tell(outcome: Outcome, out: Path) -> None:
    from auditor.cli.batch import AUDITS, MOST_CHARTS, REJECTED, REPORT, SUMMARY
    from auditor.cli.claim_files import UNMATCHED
    from auditor.reports.summary import summarise
    from auditor.reports.text import folder_text

    if not outcome.audits:
        fail(f"no encounter could be audited; {out / REJECTED} says why, record by record.")
    typer.echo(folder_text(summarise(outcome.audits), width=width(), colour=wants_colour()))
    if outcome.recalled:
        typer.echo(f"Kept from a run that was broken off: {outcome.recalled}")
    if outcome.rejected:
        typer.echo(f"Rejected: {outcome.rejected}, see {out / REJECTED}")
    if outcome.matched or outcome.unmatched:
        left = " and ".join(_counted(outcome.unmatched[side], side) for side in ("note", "claim"))
        told = f"; left over: {left}, see {out / UNMATCHED}" if outcome.unmatched else ""
        typer.echo(f"Notes with a claim: {outcome.matched}{told}")
    if len(outcome.audits) > MOST_CHARTS:
        typer.echo(f"{REPORT} shows the {MOST_CHARTS:,} charts that need a person first")
    typer.echo(f"Written to {out}: {AUDITS}, {SUMMARY}, {REPORT}")


def _counted(count: int, name: str) -> str:
    return f"{count} {name}{'s' * (count != 1)}"


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A line on standard error that counts, where that is a terminal."""
    import sys

    if not sys.stderr.isatty():
        yield lambda _audited, _rejected: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=None)
        yield lambda audited, rejected: progress.update(
            task, description=f"{audited:,} audited, {rejected:,} rejected", advance=1
        )
