"""Label Studio: tasks as JSON with the note and its spans as named regions (https://labelstud.io/guide/task_format).

Each span is one region of type ``labels`` whose label is its kind and what decides (``place:treated``); its further
fields stand in the region's ``meta``. Offsets of Label Studio's text regions are code points, as ours are; older
versions wrote UTF-16 units, which the words that a region quotes tell
(https://github.com/HumanSignal/label-studio/issues/1347).
"""

from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import quoteattr

from auditor.benchmark.brat import configuration
from auditor.benchmark.spans import FIELDS, Span, SpanError, in_order, parse_spans

FROM_NAME, TO_NAME = "label", "text"


def to_label_studio(notes: Iterable[tuple[str, str, Iterable[Span]]]) -> list[dict[str, Any]]:
    """Tasks for an import, one a note.

    Args:
        notes: id, text and spans of each.
    """
    return [
        {
            "data": {"id": name, "text": text},
            "annotations": [{"result": [_region(name, n, text, span) for n, span in enumerate(in_order(spans), 1)]}],
        }
        for name, text, spans in notes
    ]


def from_label_studio(tasks: Any) -> Iterator[tuple[str, str, tuple[Span, ...]]]:  # noqa: ANN401 - any JSON value
    """Id, text and spans of each task of an export; of several annotations of a task the last.

    Raises:
        SpanError: a task has another shape; the message names the task.
    """
    if not isinstance(tasks, list):
        raise SpanError("this is no list of tasks; export as JSON")
    for number, task in enumerate(tasks, start=1):
        try:
            text, made = task["data"]["text"], task.get("annotations") or [{"result": []}]
            name = str(task["data"].get("id", f"task-{number}"))
            regions = [region for region in made[-1]["result"] if region.get("type") == "labels"]
            data = [_plain(text, region) for region in regions]
            checked = isinstance(text, str)
        except (KeyError, TypeError, AttributeError, ValueError, IndexError):
            checked = False
        if not checked:
            raise SpanError(f"task {number}: it has no text with labelled regions; export as JSON")
        try:
            spans = parse_spans(data, text)
        except SpanError as fault:
            raise SpanError(f"task {number}: {fault}") from None
        yield name, text, spans


def interface() -> str:
    """The labelling interface, to be pasted into a project's settings."""
    types = [line.replace("-", ":", 1) for line in configuration().split("\n") if "-" in line]
    labels = "\n".join(f"    <Label value={quoteattr(label)}/>" for label in types)
    return (
        f'<View>\n  <Labels name="{FROM_NAME}" toName="{TO_NAME}">\n{labels}\n  </Labels>\n'
        f'  <Text name="{TO_NAME}" value="$text" granularity="symbol"/>\n</View>\n'
    )


def _region(name: str, number: int, text: str, span: Span) -> dict[str, Any]:
    fields = {key: value for key, value in span.plain().items() if key not in ("start", "end", "kind")}
    return {
        "id": f"{name}-{number}",
        "from_name": FROM_NAME,
        "to_name": TO_NAME,
        "type": "labels",
        "value": {"start": span.start, "end": span.end, "text": text[span.start : span.end], "labels": [span.label]},
        "meta": {"fields": fields},
    }


def _plain(text: str, region: dict[str, Any]) -> dict[str, Any]:
    value = region["value"]
    start, end = value["start"], value["end"]
    if "text" in value and text[start:end] != value["text"]:
        start, end = (_code_points(text, place) for place in (start, end))
    kind, _, decides = value["labels"][0].partition(":")
    fields = dict(region.get("meta", {}).get("fields", {}))
    return {**fields, FIELDS[kind][0]: decides, "start": start, "end": end, "kind": kind}


def _code_points(text: str, units: int) -> int:
    """The offset in code points of an offset in UTF-16 units."""
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore"))
