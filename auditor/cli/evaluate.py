"""``auditor evaluate``: audit labelled encounters and print how well the audits agree with the labels."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from auditor.cli.console import command, fail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.records import Encounter


@command
def evaluate(
    labels: Annotated[Path, typer.Argument(metavar="LABELS.jsonl", help='One {"encounter": …, "gold": …} a line.')],
    misses: Annotated[bool, typer.Option("--misses", help="Print each wrong answer too.")] = False,
    models: Annotated[bool, typer.Option("--models/--no-models", help="Without: rules alone.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Audit labelled encounters; print precision, recall and F1 of sets, agreement and kappa of verdicts."""
    from auditor.auditor import Auditor
    from auditor.benchmark.scoring import ScoringError, compare, figures, miss, tally

    pairs = list(_labelled(labels))
    auditor = Auditor(models=models)
    audits = [auditor.audit(encounter).model_dump(mode="json") for encounter, _ in pairs]
    try:
        comparisons = list(compare((label for _, label in pairs), audits))
    except ScoringError as fault:
        fail(f"{labels}: {fault}; correct that label.")
    rows = tally(comparisons)
    if misses:
        for item in comparisons:
            if not item.right:
                typer.echo(miss(item))
    if as_json:
        typer.echo(json.dumps(rows, indent=1))
        return
    for task, row in rows.items():
        typer.echo(figures(task, row))


def _labelled(path: Path) -> Iterator[tuple[Encounter, dict[str, Any]]]:
    """Each encounter with its label, ids filled in; ends with a sentence at the first that is none."""
    from auditor.sources.build import build
    from auditor.sources.guard import why
    from auditor.sources.jsonl import objects
    from auditor.sources.records import Rejected, UnreadableError

    seen: set[str] = set()
    try:
        for line, data in objects(path):
            if isinstance(data, Rejected):
                fail(data.reason)
            if not isinstance(data, dict) or not isinstance(data.get("gold"), dict):
                fail(f'{path}, line {line}: this is no label; write it as {{"encounter": {{…}}, "gold": {{…}}}}.')
            encounter = build(data.get("encounter"), str(path), line, f"line-{line}")
            if isinstance(encounter, Rejected):
                fail(encounter.reason)
            if encounter.id in seen:
                fail(f"{path}, line {line}: the id {encounter.id!r} is there more than once; make ids unique.")
            seen.add(encounter.id)
            yield encounter, {"encounter": {"id": encounter.id}, "gold": data["gold"]}
    except OSError as fault:
        fail(f"{path}: {why(fault)}.")
    except UnreadableError as fault:
        fail(f"{path}: {fault}.")
    if not seen:
        fail(f"{path}: there is no label in this file; give one a line.")
