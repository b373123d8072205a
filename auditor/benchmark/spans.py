"""Spans of a labelled note: which characters say a fact. ``corpora/GUIDE.md`` says how they are marked."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

Kind = Literal["place", "part", "measure", "plan", "signature"]
MentionRole = Literal[
    "complaint", "history", "finding", "normal", "imaging", "diagnosis", "treated", "other_treatment", "planned",
    "declined", "neuro", "mentioned",
]  # fmt: skip
Assertion = Literal["affirmed", "negated", "historical", "hypothetical", "other_person"]
When = Literal["today", "previous", "goal", "other"]
Facet = Literal["frequency", "duration", "objective_goal", "goal", "refers_to_plan"]

FIELDS: dict[str, tuple[str, ...]] = {
    "place": ("role", "assertion", "names"),
    "part": ("criterion", "regions"),
    "measure": ("instrument", "value", "when"),
    "plan": ("facet",),
    "signature": ("status",),
}
"""The fields of each kind, beside where it stands. The first decides; an annotator may leave the others out."""


class SpanError(ValueError):
    """A span that cannot be; the message names the span and the field, and quotes nothing of the note."""


class Span(BaseModel):
    """Characters of a note from ``start`` to ``end`` (code points, end exclusive) and what they say."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    start: Annotated[int, Field(ge=0)]
    end: int
    kind: Kind
    role: MentionRole | None = None
    assertion: Assertion | None = None
    names: tuple[str, ...] | None = None
    criterion: Literal["P", "A", "R", "T"] | None = None
    regions: tuple[str, ...] | None = None
    instrument: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,24}$")] | None = None
    value: Annotated[float, Field(allow_inf_nan=False)] | None = None
    when: When | None = None
    facet: Facet | None = None
    status: Literal["accepted", "weak", "rejected"] | None = None

    @model_validator(mode="after")
    def _has_its_fields(self) -> Self:
        if self.end <= self.start:
            raise ValueError("its end is not behind its start")
        given = {name for name in type(self).model_fields if getattr(self, name) is not None} - {"start", "end", "kind"}
        known = FIELDS[self.kind]
        if known[0] not in given or not given <= set(known):
            others = f", and may have {', '.join(known[1:])}" if known[1:] else ""
            raise ValueError(f"a span of kind {self.kind} has the field {known[0]}{others}")
        return self

    @property
    def label(self) -> str:
        """Its kind with what decides: ``place:treated``, ``part:R``, ``measure:NPRS``, ``plan:frequency``."""
        return f"{self.kind}:{self.role or self.criterion or self.instrument or self.facet or self.status}"

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it shares a character with another span."""
        return self.start < end and start < self.end

    def plain(self) -> dict[str, Any]:
        """As plain data, without the fields that are not its kind's."""
        return self.model_dump(mode="json", exclude_none=True)


def of_its_kind(fields: dict[str, Any], kind: str) -> dict[str, Any]:
    """The fields that a span of a kind may have; a tool keeps those of the kind that it was before."""
    return {name: value for name, value in fields.items() if name in FIELDS.get(kind, ())}


def parse_spans(data: Any, text: str) -> tuple[Span, ...]:  # noqa: ANN401 - anything may come in
    """The spans of a labelled note.

    Args:
        data: a list of plain spans.
        text: the note, in which every span has to lie.

    Raises:
        SpanError: one of them cannot be.
    """
    if not isinstance(data, list | tuple):
        raise SpanError("the spans are no list")
    found = []
    for number, item in enumerate(data, start=1):
        try:
            span = Span.model_validate(item)
        except ValidationError as fault:
            first = fault.errors(include_url=False, include_context=False, include_input=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            said = first["msg"].removeprefix("Value error, ")
            raise SpanError(f"span {number}{f', field {where}' if where else ''}: {said}") from None
        if span.end > len(text):
            raise SpanError(f"span {number} ends behind the note")
        found.append(span)
    return in_order(found)


def in_order(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order of the text; the longer first where two begin together."""
    return tuple(sorted(spans, key=lambda span: (span.start, -span.end, span.label)))
