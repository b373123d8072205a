"""``auditor spans``: spans of notes out to Label Studio or brat, and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from auditor.cli.console import command, fail, put_out, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from auditor.benchmark.spans import Span

Tool = Literal["label-studio", "brat"]
Drawn = tuple[str, str, "tuple[Span, ...]"]
TASKS, INTERFACE = "tasks.json", "interface.xml"

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Take spans of notes out to Label Studio or brat, and back.",
)


@app.command("export")
@command
def export_spans(
    notes: Annotated[Path, typer.Argument(metavar="NOTES", help="Folder, JSON Lines or CSV of notes.")],
    *,
    to: Annotated[Tool, typer.Option(help="The tool to label with.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="A folder for the files; made where it is not there.")],
    draft: Annotated[
        bool, typer.Option("--draft", help="Where a note has no spans, those that the auditor reads.")
    ] = False,
) -> None:
    """Write notes with their spans for an annotation tool."""
    drawn = list(_drawn(notes, draft=draft))
    if not drawn:
        fail(f"{notes}: there is no note in it.")
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in _files(drawn, to):
            write_whole(out / name, content)
    except OSError as fault:
        fail(f"{out}: it cannot be written ({(fault.strerror or 'fault').lower()}); choose another folder for --out.")
    typer.echo(f"{len(drawn)} notes with {sum(len(spans) for _, _, spans in drawn)} spans in {out}")


@app.command("import")
@command
def import_spans(
    made: Annotated[Path, typer.Argument(metavar="MADE", help="Label Studio's JSON export, or brat's folder.")],
    *,
    source: Annotated[Tool, typer.Option("--from", help="The tool it comes from.")],
    into: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Labelled notes that get these spans in place of their own.")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write JSON Lines to this file.")] = None,
) -> None:
    """Read spans back: as notes with spans, or into the labelled notes they belong to."""
    from auditor.benchmark.spans import SpanError

    try:
        drawn = list(_from_brat(made) if source == "brat" else _from_label_studio(made))
    except SpanError as fault:
        fail(f"{made}: {fault}.")
    except (OSError, UnicodeDecodeError):
        fail(f"{made}: it cannot be read; give the export of the tool named with --from.")
    records = _into(into, drawn) if into else [_record(*one) for one in drawn]
    put_out("".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records), out)


def _drawn(path: Path, *, draft: bool) -> Iterator[Drawn]:
    """Id, text and spans of each note."""
    from auditor.records import Encounter
    from auditor.sources import read, unique

    labelled = _spans_of_lines(path)
    auditor = None
    for item in unique(read(path)):
        if not isinstance(item, Encounter):
            fail(item.reason)
        spans = labelled.get(item.id, ())
        if draft and not spans:
            from auditor.auditor import Auditor
            from auditor.benchmark.prelabel import spans_of

            auditor = auditor or Auditor(explain=True)
            spans = spans_of(auditor.audit(item).model_dump(mode="json"))
        yield item.id, item.text, spans


def _spans_of_lines(path: Path) -> dict[str, tuple[Span, ...]]:
    """Spans that labelled notes of a file bring along, by id."""
    from auditor.benchmark.corpus import CorpusError
    from auditor.benchmark.spans import SpanError, parse_spans
    from auditor.sources.jsonl import objects

    found: dict[str, tuple[Span, ...]] = {}
    if path.suffix != ".jsonl" or not path.is_file():
        return found
    for line, data in objects(path):
        if isinstance(data, dict) and isinstance(data.get("encounter"), dict) and data.get("spans"):
            note = data["encounter"]
            try:
                found[str(note.get("id"))] = parse_spans(data["spans"], str(note.get("text", "")))
            except (SpanError, CorpusError) as fault:
                fail(f"{path}, line {line}: {fault}; correct that span.")
    return found


def _files(drawn: Sequence[Drawn], to: Tool) -> Iterator[tuple[str, str]]:
    """Names and contents of the files for a tool."""
    from auditor.benchmark import brat, label_studio

    if to == "label-studio":
        yield TASKS, json.dumps(label_studio.to_label_studio(drawn), ensure_ascii=False, indent=1)
        yield INTERFACE, label_studio.interface()
        return
    yield brat.CONFIGURATION, brat.configuration()
    for name, text, spans in drawn:
        stem = _file_name(name)
        yield f"{stem}.txt", text
        yield f"{stem}.ann", brat.to_brat(text, spans)


def _file_name(note: str) -> str:
    """A note's id as the name of a file: what has a meaning in paths becomes ``%`` and its number."""
    from urllib.parse import quote

    return quote(note, safe=" ()+,=@&").lstrip(".") or "note"


def _from_brat(folder: Path) -> Iterator[Drawn]:
    from urllib.parse import unquote

    from auditor.benchmark.brat import from_brat
    from auditor.benchmark.spans import SpanError

    files = sorted(folder.glob("*.ann"))
    if not files:
        raise SpanError("there is no .ann file in this folder")
    for file in files:
        with file.with_suffix(".txt").open(encoding="utf-8", newline="") as stream:
            text = stream.read()
        try:
            yield unquote(file.stem), text, from_brat(text, file.read_text(encoding="utf-8"))
        except SpanError as fault:
            raise SpanError(f"{file.name}, {fault}") from None


def _from_label_studio(file: Path) -> Iterator[Drawn]:
    from auditor.benchmark.label_studio import from_label_studio
    from auditor.benchmark.spans import SpanError
    from auditor.sources.jsonl import loads

    try:
        tasks = loads(file.read_text(encoding="utf-8"))
    except ValueError:
        raise SpanError("this is no JSON; export from Label Studio as JSON") from None
    yield from from_label_studio(tasks)


def _into(path: Path, drawn: Iterable[Drawn]) -> list[dict[str, Any]]:
    """The labelled notes of a file with the spans drawn; notes of others keep theirs."""
    from auditor.sources.guard import why
    from auditor.sources.jsonl import objects

    spans = {name: (text, made) for name, text, made in drawn}
    records = []
    try:
        for line, data in objects(path):
            if not isinstance(data, dict) or not isinstance(data.get("encounter"), dict):
                fail(f"{path}, line {line}: this is no labelled note; give the file that was exported.")
            name = str(data["encounter"].get("id"))
            if name in spans:
                text, made = spans.pop(name)
                if text != data["encounter"].get("text"):
                    fail(f"{path}, line {line}: the note {name!r} has another text than the one that was labelled.")
                data["spans"] = _plain(made)
            records.append(data)
    except OSError as fault:
        fail(f"{path}: {why(fault)}.")
    if spans:
        fail(f"{path}: it has no note {next(iter(spans))!r}; give the file that was exported.")
    return records


def _record(name: str, text: str, spans: Iterable[Span]) -> dict[str, Any]:
    return {"encounter": {"id": name, "text": text}, "spans": _plain(spans)}


def _plain(spans: Iterable[Span]) -> list[dict[str, Any]]:
    return [span.plain() for span in spans]
