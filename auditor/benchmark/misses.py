"""What went wrong, and where: the span that was labelled, what the auditor read there, and the rule that read it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditor.anatomy import REGIONS, region_of
from auditor.benchmark.corpus import Labelled
from auditor.benchmark.scoring import Comparison, miss
from auditor.benchmark.spans import Span

Audit = Mapping[str, Any]
_SET_TASKS = frozenset(("treated regions", "treated levels", "supported regions", "PART by region", "measures"))
_KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # task prefix: kinds of spans that were labelled, kinds of facts that were read
    "plan": (("plan",), ("plan",)),
    "element plan": (("plan",), ("plan",)),
    "signature": (("signature",), ("signature",)),
    "element signature": (("signature",), ("signature", "date_of_service")),
    "element progress": (("measure",), ("measure", "change", "cause", "maintenance")),
    "visit": ((), ("visit",)),
}
_REPEATED = ("all elements", "supported code")
"""Tasks whose misses other tasks show already; so do those of PART by presence."""


def told(notes: Sequence[Labelled], audits: Mapping[str, Audit], comparisons: Sequence[Comparison]) -> Iterator[str]:
    """Lines that tell each miss: the answer, then the spans and rules that bear on it."""
    by_id = {note.encounter.id: note for note in notes}
    for item in comparisons:
        if item.right or item.task in _REPEATED or item.task.endswith("present"):
            continue
        yield miss(item)
        yield from (f"      {line}" for line in _about(item, by_id[item.note], audits[item.note]))


def _about(item: Comparison, note: Labelled, audit: Audit) -> Iterator[str]:
    text, facts = note.encounter.text, audit.get("explanation") or ()
    if item.task in _SET_TASKS:
        assert isinstance(item.gold, frozenset)
        assert isinstance(item.said, frozenset)
        for member in sorted(item.gold - item.said, key=str):
            for span in note.spans:
                if _labels(item.task, member, span):
                    yield f"missed {_quoted(text, span.start, span.end)} labelled {span.label}"
                    yield from (f"  {line}" for line in _read_there(facts, span))
        for member in sorted(item.said - item.gold, key=str):
            for fact in facts:
                if _reads(item.task, member, fact):
                    yield f"extra  {_fact(fact)}"
        return
    kinds = next((kinds for prefix, kinds in _KINDS.items() if item.task.startswith(prefix)), ((), ()))
    for span in note.spans:
        if span.kind in kinds[0]:
            yield f"labelled {_quoted(text, span.start, span.end)} {span.label}"
    for fact in facts:
        if fact["fact"] in kinds[1]:
            yield f"read     {_fact(fact)}"


def _labels(task: str, member: Any, span: Span) -> bool:  # noqa: ANN401 - a member of a task's set
    """Whether a labelled span says a member of a task's set."""
    if task == "PART by region":
        return span.kind == "part" and span.criterion == member[0] and member[1] in (span.regions or ("unlocated",))
    if task == "measures":
        return span.kind == "measure" and (span.instrument, span.value) == member
    return span.kind == "place" and span.role == "treated" and member in _named(span.names or ())


def _reads(task: str, member: Any, fact: Mapping[str, Any]) -> bool:  # noqa: ANN401 - a member of a task's set
    """Whether a fact that was read says a member of a task's set."""
    if task == "PART by region":
        placed = member[1] in fact["names"] or (member[1] == "unlocated" and not fact["names"])
        return bool(fact["fact"] == "part" and fact["says"].startswith(f"{member[0]} ") and placed)
    if task == "measures":
        return bool(fact["fact"] == "measure" and fact["says"].split(",")[0] == f"{member[0]} {member[1]:g}")
    return fact["fact"] == "treatment" and member in _named(fact["names"])


def _named(names: Sequence[str]) -> set[str]:
    """Levels with the regions that they stand for."""
    return {*names, *(region_of(name) for name in names if name not in REGIONS)}


def _read_there(facts: Sequence[Mapping[str, Any]], span: Span) -> Iterator[str]:
    """What was read over the characters of a span."""
    kinds = {"place": ("place", "treatment"), "part": ("part", "normal")}.get(span.kind, (span.kind,))
    nothing = True
    for fact in facts:
        where = fact["evidence"]
        if fact["fact"] in kinds and span.overlaps(where["start"], where["end"]):
            nothing = False
            yield f"read   {_fact(fact)}"
    if nothing:
        yield "read   nothing there"


def _fact(fact: Mapping[str, Any]) -> str:
    evidence = fact["evidence"]
    why = f" - {fact['why']}" if fact["why"] else ""
    return f"“{_flat(evidence['text'])}” {evidence['start']}-{evidence['end']} as {fact['says']} by {fact['rule']}{why}"


def _quoted(text: str, start: int, end: int) -> str:
    return f"“{_flat(text[start:end])}” {start}-{end}"


def _flat(text: str, most: int = 60) -> str:
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= most else f"{line[:most].rstrip()} …"
