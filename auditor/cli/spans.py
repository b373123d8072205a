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
LONGEST_NAME = 240
"""Characters of a file's name without its ending that every common disk takes."""

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
    models: Annotated[bool, typer.Option("--models/--no-models", help="For --draft. Without: rules alone.")] = True,
) -> None:
    """Write notes with their spans for an annotation tool."""
    try:
        if out.is_dir() and any(out.iterdir()):
            fail(f"{out}: there is something in this folder; choose an empty or a new one for --out.")
        drawn = list(_drawn(notes, draft=draft, models=models))
        if not drawn:
            fail(f"{notes}: there is no note in it.")
        files = list(_files(drawn, to))
        out.mkdir(parents=True, exist_ok=True)
        for name, content in files:
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

    if out is not None and (out.resolve() == made.resolve() or made.resolve() in out.resolve().parents):
        fail(f"{out}: this is what is read; choose another file for --out.")
    try:
        drawn = list(_from_brat(made) if source == "brat" else _from_label_studio(made))
    except SpanError as fault:
        fail(f"{made}: {fault}.")
    except (OSError, UnicodeDecodeError):
        fail(f"{made}: it cannot be read; give the export of the tool named with --from.")
    records = _into(into, drawn) if into else [_record(*one) for one in drawn]
    put_out("".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records), out)


def _drawn(path: Path, *, draft: bool, models: bool) -> Iterator[Drawn]:
    """Id, text and spans of each note."""
    from auditor.records import Encounter
    from auditor.sources import read, unique

    labelled = _labelled(path)
    auditor = None
    for item in unique(read(path)):
        if not isinstance(item, Encounter):
            fail(item.reason)
        spans = labelled.get(item.text, ())
        if draft and not spans:
            from auditor.auditor import Auditor
            from auditor.benchmark.prelabel import spans_of

            auditor = auditor or Auditor(explain=True, models=models)
            spans = spans_of(auditor.audit(item).model_dump(mode="json"))
        yield item.id, item.text, spans


def _labelled(path: Path) -> dict[str, tuple[Span, ...]]:
    """Spans that labelled notes of a file, or of the files of a folder, bring along: by text, as ids may be made up."""
    from auditor.benchmark.spans import SpanError, parse_spans
    from auditor.sources.jsonl import objects

    found: dict[str, tuple[Span, ...]] = {}
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    for file in files:
        if file.suffix.lower() != ".jsonl" or not file.is_file():
            continue
        for line, data in objects(file):
            if not isinstance(data, dict) or not isinstance(data.get("encounter"), dict) or not data.get("spans"):
                continue
            text = str(data["encounter"].get("text", ""))
            try:
                found[text] = parse_spans(data["spans"], text)
            except SpanError as fault:
                fail(f"{file}, line {line}: {fault}; correct that span.")
    return found


def _files(drawn: Sequence[Drawn], to: Tool) -> Iterator[tuple[str, str]]:
    """Names and contents of the files for a tool."""
    from auditor.benchmark import brat, label_studio

    if to == "label-studio":
        yield TASKS, json.dumps(label_studio.to_label_studio(drawn), ensure_ascii=False, indent=1)
        yield INTERFACE, label_studio.interface()
        return
    yield brat.CONFIGURATION, brat.configuration()
    for stem, (_, text, spans) in zip(_file_names([name for name, _, _ in drawn]), drawn, strict=True):
        yield f"{stem}.txt", text
        yield f"{stem}.ann", brat.to_brat(text, spans)


def _file_names(ids: Sequence[str]) -> list[str]:
    """Ids of notes as names of files: what has a meaning in paths becomes ``%`` and its number, to be undone."""
    from urllib.parse import quote

    made: list[str] = []
    names: dict[str, str] = {}
    for one in ids:
        name = quote(one, safe=" ()+,=@&")
        name = f"%2E{name[1:]}" if name.startswith(".") else name
        if len(name) > LONGEST_NAME:
            fail(f"the id {one[:40]!r}… is too long for the name of a file; shorten it.")
        if (other := names.setdefault(name.casefold(), one)) != one:
            fail(f"the ids {other!r} and {one!r} differ in capitals alone, which some disks take for one; change one.")
        made.append(name)
    return made


def _from_brat(folder: Path) -> Iterator[Drawn]:
    from urllib.parse import unquote

    from auditor.benchmark.brat import from_brat
    from auditor.benchmark.spans import SpanError

    files = sorted(folder.glob("*.ann"))
    if not files:
        raise SpanError("there is no .ann file in this folder")
    for file in files:
        note = file.with_suffix(".txt")
        if not note.is_file():
            raise SpanError(f"{note.name} is missing beside {file.name}; give the whole folder")
        with note.open(encoding="utf-8", newline="") as stream:
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
        tasks = loads(file.read_text(encoding="utf-8-sig"))
    except ValueError:
        raise SpanError("this is no JSON; export from Label Studio as JSON") from None
    yield from from_label_studio(tasks)


def _into(path: Path, drawn: Iterable[Drawn]) -> list[dict[str, Any]]:
    """The labelled notes of a file with the spans drawn; notes of others keep theirs."""
    from auditor.records import Encounter
    from auditor.sources import unique
    from auditor.sources.build import build
    from auditor.sources.guard import why
    from auditor.sources.jsonl import objects, unlabelled

    spans = {name: (text, made) for name, text, made in drawn}
    records = []
    try:
        lines = list(objects(path))
    except OSError as fault:
        fail(f"{path}: {why(fault)}.")
    read_as = unique(build(unlabelled(data), str(path), line, f"{path.stem}-{line}") for line, data in lines)
    for (line, data), note in zip(lines, read_as, strict=True):
        if not isinstance(data, dict) or not isinstance(data.get("encounter"), dict) or not isinstance(note, Encounter):
            fail(f"{path}, line {line}: this is no labelled note; give the file that was exported.")
        if note.id in spans:
            text, made = spans.pop(note.id)
            if text != note.text:
                fail(f"{path}, line {line}: the note {note.id!r} has another text than the one that was labelled.")
            data["spans"] = _plain(made)
        records.append(data)
    if spans:
        fail(f"{path}: it has no note {next(iter(spans))!r}; give the file that was exported.")
    return records


def _record(name: str, text: str, spans: Iterable[Span]) -> dict[str, Any]:
    return {"encounter": {"id": name, "text": text}, "spans": _plain(spans)}


def _plain(spans: Iterable[Span]) -> list[dict[str, Any]]:
    return [span.plain() for span in spans]
