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
from auditor.benchmark.spans import FIELDS, Span, SpanError, in_order, of_its_kind, parse_spans

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
    """Id, text and spans of each annotated task of an export; of several annotations the last that was not cancelled.

    Raises:
        SpanError: a task has another shape; the message names the task.
    """
    if not isinstance(tasks, list):
        raise SpanError("this is no list of tasks; export as JSON")
    seen: set[str] = set()
    for number, task in enumerate(tasks, start=1):
        name, text, regions = _annotated(number, task)
        if regions is None:
            continue
        if name in seen:
            raise SpanError(f"task {number}: the id {name[:40]!r} is there more than once; make ids unique")
        seen.add(name)
        try:
            spans = parse_spans([_plain(text, region) for region in regions], text)
        except SpanError as fault:
            raise SpanError(f"task {number}: {fault}") from None
        except (KeyError, TypeError, AttributeError, ValueError, IndexError, OverflowError):
            raise SpanError(f"task {number}: a region is not as Label Studio writes it; export as JSON") from None
        yield name, text, spans


def _annotated(number: int, task: Any) -> tuple[str, str, list[Any] | None]:  # noqa: ANN401 - any JSON value
    """Id, text and labelled regions of a task; no regions where nobody has submitted an annotation of it."""
    try:
        text, name = task["data"]["text"], task["data"].get("id", f"task-{number}")
        made = [one for one in task.get("annotations") or () if not one.get("was_cancelled")]
        regions = [region for region in made[-1]["result"] if region["type"] == "labels"] if made else None
        known = isinstance(text, str) and isinstance(name, str | int) and not isinstance(name, bool)
    except (KeyError, TypeError, AttributeError):
        known = False
    if not known:
        raise SpanError(f"task {number}: it has no text with labelled regions; export as JSON")
    return str(name), text, regions


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
        if text[start:end] != value["text"]:
            raise SpanError("the words of a region are not those that stand in the note there; the note was changed")
    if len(value["labels"]) != 1:
        raise SpanError("a region has more than one label; give it one")
    kind, _, decides = value["labels"][0].partition(":")
    if kind not in FIELDS:
        raise SpanError(f"the label {value['labels'][0][:40]!r} is none of this interface; import interface.xml")
    fields = of_its_kind((region.get("meta") or {}).get("fields") or {}, kind)
    return {**fields, FIELDS[kind][0]: decides, "start": start, "end": end, "kind": kind}


def _code_points(text: str, units: int) -> int:
    """The offset in code points of an offset in UTF-16 units."""
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore"))
