"""``auditor episode``: the course of care of one patient, visit by visit."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from auditor.cli.console import command, complain, exit_code, fail, put_out, wants_colour, width
from auditor.cli.rules_in_use import RulesInUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.cli.claim_files import ClaimFiles
    from auditor.records import Audit, Encounter
    from auditor.sources.patients import Patient, Patients

Format = Literal["text", "json", "html"]


@command
def episode(
    inputs: Annotated[list[Path], typer.Argument(metavar="FILE", help="Files or folders that hold the notes.")],
    *,
    patient: Annotated[str | None, typer.Option(metavar="ID", help="Which patient, as the records name them.")] = None,
    claims: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Claims of these notes: 837P, or CSV; repeat.")
    ] = None,
    payer: Annotated[str | None, typer.Option(metavar="NAME", help="Payer of encounters that name none.")] = None,
    policies: Annotated[Path | None, typer.Option(metavar="DIR", help="Rule packs of your own.")] = None,
    models: Annotated[bool, typer.Option("--models/--no-models", help="Without: rules alone.")] = True,
    diff: Annotated[bool, typer.Option("--diff", help="As text: repeated notes beside the earlier ones.")] = False,
    format: Annotated[Format, typer.Option(help="What to print.")] = "text",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write to this file.")] = None,
) -> None:
    """Show the course of care of one patient: visits, measures, regions, codes, findings.

    Ends with 0 where no finding is an error, with 1 where one is, and with 2 where nothing could be read.
    """
    from auditor.cli.claim_files import ClaimFiles, claim_files
    from auditor.cli.other_patients import remember, seen_notes, with_similar
    from auditor.sources.columns import Columns

    if missing := next((file for file in (*inputs, *(claims or ())) if not file.exists()), None):
        fail(f"{missing}: there is no such file or folder; correct the name.")
    if out is not None and out.exists() and any(out.resolve() == one.resolve() for one in inputs):
        fail(f"{out}: it is an input; choose another file for --out.")
    files = claim_files(claims, [], Columns()) if claims else ClaimFiles()
    patients = _patients(inputs, files, payer)
    chosen = _chosen(patients, patient, ", ".join(map(str, inputs)))
    auditor = RulesInUse(policies=policies, models=models).auditor()
    with seen_notes(None) as seen:
        remember(seen, (encounter for one in patients for encounter in one.encounters))
        bound = [with_similar(seen, encounter) for _, encounter in chosen.bound()]
    pairs = [(encounter, auditor.audit(encounter)) for encounter in bound]
    put_out(_written(pairs, chosen.name, format, diff=diff, colour=out is None and wants_colour()), out)
    raise typer.Exit(exit_code(audit for _, audit in pairs))


def _patients(inputs: Sequence[Path], files: ClaimFiles, payer: str | None) -> Patients:
    """All patients of the input; ends with a sentence where it names none."""
    from auditor.sources import Rejected, read_with_files
    from auditor.sources.patients import Patients

    patients, rejected, nameless = Patients(), 0, 0
    for place, (file, item) in enumerate(read_with_files(inputs)):
        if isinstance(item, Rejected):
            rejected += 1
            complain(item.reason)
            continue
        encounter = files.bound(item)
        if payer and not encounter.payer:
            encounter = encounter.model_copy(update={"payer": payer})
        nameless += not patients.add(encounter, place=place, file=file)
    if not patients.held:
        fail(f"{', '.join(map(str, inputs))}: {_nobody(nameless, rejected)}.")
    return patients


def _chosen(patients: Patients, wanted: str | None, where: str) -> Patient:
    """The patient asked for; ends with a sentence where the input holds no such one, or several."""
    found = patients.named(wanted) if wanted else list(patients)
    if not found:
        fail(f"{where}: no encounter names that patient; correct --patient (it is the field patient_id).")
    if len(found) > 1 and wanted:
        fail(f"{where}: {len(found)} patients of different providers have that identifier; give one of the files.")
    if len(found) > 1:
        fail(f"{where}: the notes are of {len(found)} patients; choose one with --patient.")
    return found[0]


def _nobody(nameless: int, rejected: int) -> str:
    if nameless:
        return "no encounter says whose it is; give each the field patient_id, in JSON Lines or CSV"
    return f"nothing could be read ({rejected} records rejected)" if rejected else "there is no note in it"


def _written(pairs: Sequence[tuple[Encounter, Audit]], patient: str, form: Format, *, diff: bool, colour: bool) -> str:
    """The course in one format; as JSON the audits line by line, in order of their dates."""
    from auditor.reports.course import course

    if form == "json":
        return "".join(f"{audit.model_dump_json()}\n" for _, audit in pairs)
    if form == "html":
        from auditor.reports.course_html import course_html

        return course_html(course(pairs), patient=patient)
    from auditor.reports.course_text import course_text, repeats_text

    plain = sys.stdout.isatty() and (sys.stdout.encoding or "").lower().replace("-", "") not in ("utf8", "utf8sig")
    whole = course(pairs)
    shown = course_text(whole, patient=patient, width=_columns(), colour=colour, ascii=plain)
    return shown + (repeats_text(whole, width=_columns(), colour=colour) if diff else "")


def _columns() -> int:
    """Columns of the terminal up to 120: a line a visit wants more than other reports."""
    import shutil

    return min(120, shutil.get_terminal_size().columns) if sys.stdout.isatty() else max(width(), 100)
