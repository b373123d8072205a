"""brat standoff: a ``.txt`` with the note and a ``.ann`` with its spans (https://brat.nlplab.org/standoff.html).

A span is a text-bound annotation, labelled with its kind and what decides (``place-treated``); what else it says stands
in an annotator's note, so that nothing is lost on the way there and back. brat cannot hold a line break inside a span:
such a span is written in fragments, which are joined again when it is read, without the line breaks at its ends.
"""

import json
import re
from collections.abc import Iterable

from auditor.benchmark.spans import FIELDS, Span, SpanError, in_order, of_its_kind, parse_spans

NOTES = "AnnotatorNotes"
_BOUND = re.compile(r"(?P<id>T\d+)\t(?P<type>[^\s]+) (?P<offsets>\d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9})*)\t(?P<words>.*)")
_OTHER = re.compile(r"(?:[AERMN]\d+|\*|#\d+)\t.*|\s*")
"""Attributes, relations, events and notes that somebody added in brat; they say nothing of a span."""
_REMARK = re.compile(rf"#\d+\t{NOTES} (?P<id>T\d+)\t(?P<fields>.*)")
CONFIGURATION = "annotation.conf"
INSTRUMENTS = ("NPRS", "ODI", "NDI", "RMDQ", "BQ", "PSFS", "PROMIS", "SLR", "ROM", "FUNCTION")
"""Instruments that a measure may name."""


def to_brat(text: str, spans: Iterable[Span]) -> str:
    """The ``.ann`` file of a note."""
    lines = []
    for number, span in enumerate(in_order(spans), start=1):
        fragments = _fragments(text, span)
        offsets = ";".join(f"{start} {end}" for start, end in fragments)
        words = " ".join(text[start:end] for start, end in fragments)
        lines.append(f"T{number}\t{_type(span)} {offsets}\t{words}")
        lines.append(f"#{number}\t{NOTES} T{number}\t{json.dumps(_fields(span), ensure_ascii=False, sort_keys=True)}")
    return "".join(f"{line}\n" for line in lines)


def from_brat(text: str, annotations: str) -> tuple[Span, ...]:
    """The spans of a ``.ann`` file over its note.

    Raises:
        SpanError: a line is no annotation that this benchmark knows; the message names the line.
    """
    bound: dict[str, tuple[int, re.Match[str]]] = {}
    fields: dict[str, str] = {}
    lines = annotations.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
        if match := _BOUND.fullmatch(line):
            if match["id"] in bound:
                raise SpanError(f"line {number}: {match['id']} is there more than once; export it again")
            bound[match["id"]] = number, match
        elif match := _REMARK.fullmatch(line):
            fields[match["id"]] = match["fields"]
        elif not _OTHER.fullmatch(line):
            raise SpanError(f"line {number}: this is no annotation of brat; export it again")
    return in_order(_span(text, number, match, fields.get(name)) for name, (number, match) in bound.items())


def configuration() -> str:
    """The ``annotation.conf`` of a brat collection with every type that a span may have."""
    types = sorted({_joined(kind, decides) for kind, decides in _deciding()})
    return "\n".join(["[entities]", *types, "", "[relations]", "", "[events]", "", "[attributes]", ""])


def _deciding() -> Iterable[tuple[str, str]]:
    """Every kind with each value of the field that decides, as far as it is a closed set."""
    schema = Span.model_json_schema()["properties"]
    for kind, fields in FIELDS.items():
        choices = [choice for option in schema[fields[0]]["anyOf"] for choice in option.get("enum", ())]
        yield from ((kind, choice) for choice in choices or INSTRUMENTS)


def _joined(kind: str, decides: str) -> str:
    return f"{kind}-{decides}"


def _type(span: Span) -> str:
    return _joined(*span.label.split(":", 1))


def _fields(span: Span) -> dict[str, object]:
    return {name: value for name, value in span.plain().items() if name not in ("start", "end", "kind")}


def _fragments(text: str, span: Span) -> list[tuple[int, int]]:
    """The span without its line breaks."""
    pieces = [
        (span.start + match.start(), span.start + match.end())
        for match in re.finditer(r"[^\n\r]+", text[span.start : span.end])
    ]
    return pieces or [(span.start, span.end)]


def _span(text: str, number: int, match: re.Match[str], fields: str | None) -> Span:
    pieces = [tuple(map(int, fragment.split(" "))) for fragment in match["offsets"].split(";")]
    if " ".join(text[start:end] for start, end in pieces) != match["words"]:
        raise SpanError(f"line {number}: the words are not those that stand in the note there; the note was changed")
    family, _, decides = match["type"].partition("-")
    try:
        known = json.loads(fields) if fields is not None else {}
    except (ValueError, RecursionError):
        raise SpanError(f"line {number}: the annotator's note holds no JSON; keep it as it was exported") from None
    first = FIELDS[family][0] if family in FIELDS else ""
    if not first or not isinstance(known, dict):
        raise SpanError(f"line {number}: the type {match['type'][:40]} is none of {', '.join(FIELDS)}")
    start, end = min(start for start, _ in pieces), max(end for _, end in pieces)
    data = {**of_its_kind(known, family), first: decides, "start": start, "end": end, "kind": family}
    try:
        return parse_spans([data], text)[0]
    except SpanError as fault:
        raise SpanError(f"line {number}: {str(fault).removeprefix('span 1').lstrip(', :')}") from None
