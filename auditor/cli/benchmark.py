"""``auditor benchmark``: how well a system reads labelled notes, with intervals, by style, on twins."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from auditor.cli.console import command, fail, put_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from auditor.benchmark.corpus import Labelled
    from auditor.benchmark.scoreboard import Results
    from auditor.benchmark.twins import Pair
    from auditor.records import Encounter

OURS = "auditor"
Part = Literal["train", "dev", "test", "all"]


@command
def benchmark(
    corpus: Annotated[
        Path, typer.Argument(metavar="[CORPUS]", help="A folder with writers.toml, or one file of labelled notes.")
    ] = Path("corpora"),
    *,
    split: Annotated[Part, typer.Option(help="Which writers of a folder.")] = "test",
    audits: Annotated[Path | None, typer.Option(metavar="FILE", help="Score these audit records instead.")] = None,
    export: Annotated[Path | None, typer.Option(metavar="FILE", help="Only write the encounters to audit.")] = None,
    twins: Annotated[bool, typer.Option("--twins/--no-twins", help="Whether to score twins too.")] = True,
    misses: Annotated[bool, typer.Option("--misses", help="Print each miss with its span and rule.")] = False,
    models: Annotated[bool, typer.Option("--models/--no-models", help="Without: rules alone.")] = True,
    untreated: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Notes as JSON Lines in which nothing is treated.")
    ] = None,
    samples: Annotated[int, typer.Option(min=100, max=100_000, help="Draws of the bootstrap.")] = 1000,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scoreboard as JSON.")] = False,
) -> None:
    """Score a system on labelled notes: each task and style with intervals, twins, and how much it left open.

    Another system reads the encounters that --export writes, and hands its audit records back with --audits.
    """
    from auditor.benchmark import board
    from auditor.benchmark.corpus import CorpusError
    from auditor.benchmark.scoring import ScoringError

    if as_json and misses:
        fail("--json and --misses do not go together; give one of them.")
    if untreated is not None and audits is not None:
        fail("--untreated reads notes with this program, not with the one of --audits; give one of them.")
    try:
        notes, pairs = _read(corpus, None if split == "all" else split, twins=twins)
        if export is not None:
            _export(export, corpus, _encounters(notes, pairs))
            return
        systems = _systems(notes, pairs, audits, samples, explain=misses, models=models)
    except CorpusError as fault:
        fail(f"{fault}.")
    except ScoringError as fault:
        fail(f"{audits or corpus}: {fault}; correct that record.")
    if misses:
        _print_misses(notes, pairs, systems)
    found = {name: result for name, (result, _) in systems.items()}
    taken = _untreated(untreated, models=models) if untreated is not None else None
    if as_json:
        typer.echo(json.dumps(board.plain(found) | ({"untreated": taken} if taken else {}), indent=1))
        return
    typer.echo("\n".join(board.lines(found)))
    if taken:
        told = f"{taken['notes']}, read as treated {len(taken['treated'])} {' '.join(taken['treated'])}"
        typer.echo(f"notes without treatment  {told}".rstrip())


def _read(corpus: Path, split: Any, *, twins: bool) -> tuple[list[Labelled], list[Pair]]:  # noqa: ANN401 - a split or none
    from auditor.benchmark.corpus import read_corpus
    from auditor.benchmark.twins import read_twins

    notes = read_corpus(corpus, split)
    return notes, read_twins(corpus / "twins") if twins and corpus.is_dir() else []


def _export(file: Path, corpus: Path, encounters: Iterable[Encounter]) -> None:
    """Write what a system has to audit, and never over the corpus."""
    if corpus.resolve() in (file.resolve(), *file.resolve().parents):
        fail(f"{file}: this is part of the corpus; choose another file for --export.")
    put_out("".join(f"{one.model_dump_json()}\n" for one in encounters), file)


def _encounters(notes: Iterable[Labelled], pairs: Iterable[Pair]) -> Iterator[Encounter]:
    """All that a system has to audit: the notes, then both sides of each pair."""
    yield from (note.encounter for note in notes)
    for pair in pairs:
        yield pair.first
        yield pair.second


def _systems(
    notes: Sequence[Labelled], pairs: Sequence[Pair], audits: Path | None, samples: int, *, explain: bool, models: bool
) -> dict[str, tuple[Results, dict[str, Any]]]:
    """Results and audits by the name of the system."""
    from auditor.benchmark.scoreboard import results

    if audits is not None:
        made = {audits.name: _records(audits)}
    else:
        made = _ours(list(_encounters(notes, pairs)), explain=explain, models=models)
    return {name: (results(notes, found.values(), pairs, samples=samples), found) for name, found in made.items()}


def _ours(encounters: Sequence[Encounter], *, explain: bool, models: bool) -> dict[str, dict[str, Any]]:
    """Our audits: with models and by rules alone, where there are models and they are wanted."""
    from auditor.models import versions

    if not models or not versions():
        return {OURS: _audited(encounters, explain=explain, models=False)}
    return {
        f"{OURS} with models": _audited(encounters, explain=explain, models=True),
        f"{OURS}, rules alone": _audited(encounters, explain=explain, models=False),
    }


def _audited(encounters: Sequence[Encounter], *, explain: bool, models: bool) -> dict[str, Any]:
    from auditor.auditor import Auditor

    auditor = Auditor(explain=explain, models=models)
    found = {}
    with typer.progressbar(encounters, label="auditing", file=sys.stderr, hidden=not sys.stderr.isatty()) as each:
        for encounter in each:
            found[encounter.id] = auditor.audit(encounter).model_dump(mode="json")
    return found


def _records(path: Path) -> dict[str, Any]:
    """Audit records of a file by id."""
    from auditor.benchmark.corpus import CorpusError
    from auditor.benchmark.scoreboard import is_audit
    from auditor.sources.guard import why
    from auditor.sources.jsonl import objects
    from auditor.sources.records import Rejected, UnreadableError

    found = {}
    try:
        for line, data in objects(path):
            if isinstance(data, Rejected):
                raise CorpusError(data.reason.removesuffix("."))
            if not is_audit(data):
                shape = "auditor schema audit prints its shape"
                raise CorpusError(f"{path}, line {line}: this is no audit record; {shape}")
            if str(data["id"]) in found:
                raise CorpusError(f"{path}, line {line}: the audit of {str(data['id'])!r} is there a second time")
            found[str(data["id"])] = data
    except OSError as fault:
        raise CorpusError(f"{path}: {why(fault)}") from None
    except UnreadableError as fault:
        raise CorpusError(f"{path}: {fault}") from None
    return found


def _print_misses(
    notes: Sequence[Labelled], pairs: Sequence[Pair], systems: dict[str, tuple[Results, dict[str, Any]]]
) -> None:
    from auditor.benchmark.misses import told

    for name, (result, found) in systems.items():
        typer.echo(f"misses of {name}")
        for line in told(notes, found, result.comparisons):
            typer.echo(line)
        for pair in pairs:
            for encounter, right, said in pair.wrong(found):
                typer.echo(f"twin  {pair.task:20} {encounter.id:16} gold={right} said={said} ({pair.kind})")
        typer.echo("")


def _untreated(path: Path, *, models: bool) -> dict[str, Any]:
    """How many notes without treatment there are, and the ids of those read as treated."""
    from auditor.auditor import Auditor
    from auditor.records import Encounter
    from auditor.sources.jsonl import read_lines

    auditor = Auditor(models=models)
    count, treated = 0, []
    for item in read_lines(path, path.stem):
        if not isinstance(item, Encounter):
            fail(item.reason)
        count += 1
        if auditor.audit(item).region_check.treated:
            treated.append(item.id)
    if not count:
        fail(f"{path}: there is no note in this file.")
    return {"notes": count, "treated": treated}
