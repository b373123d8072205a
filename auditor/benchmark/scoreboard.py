"""The scoreboard: every system on every task and style, on twins and clean notes, with coverage and intervals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from auditor.benchmark.corpus import Labelled
from auditor.benchmark.intervals import Estimate, Figures, figures_of, share
from auditor.benchmark.scoring import Comparison, ScoringError, answer_of, compare
from auditor.benchmark.twins import Pair

Audit = Mapping[str, Any]
HEADLINES: tuple[tuple[str, str, str], ...] = (
    ("treated", "treated regions", "exact"),
    ("levels", "treated levels", "f1"),
    ("PART", "PART by region", "f1"),
    ("measures", "measures", "f1"),
    ("signature", "signature status", "agreement"),
    ("elements", "all elements", "agreement"),
    ("verdict", "region verdict", "agreement"),
    ("claim", "claim findings", "f1"),
)
"""The figures that stand for a style: heading, task, figure."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many notes got a region verdict, how many are left to a human, and how often the given verdicts are right."""

    answered: int
    possible: int
    cannot_tell: int
    right: Estimate

    @property
    def share(self) -> float:
        """Share of the notes that got an answer."""
        notes = self.answered + self.possible + self.cannot_tell
        return self.answered / notes if notes else 1.0


@dataclass(frozen=True, slots=True)
class Results:
    """What one system reached."""

    tasks: dict[str, Figures]
    styles: dict[str, dict[str, Figures]]
    """By style, the same tasks."""
    coverage: Coverage
    clean_notes: int
    false_findings: int
    """Findings of severity error or warning on clean notes, on which none is right."""
    comparisons: tuple[Comparison, ...]
    twins: Estimate | None = None
    twins_by_task: dict[str, tuple[int, int]] | None = None
    """By task, pairs with both sides right, and pairs."""


def results(notes: Sequence[Labelled], audits: Iterable[Audit], pairs: Sequence[Pair] = (), *, samples: int) -> Results:
    """Score one system.

    Args:
        notes: the labelled notes.
        audits: audit records as plain data; those of twins have the ids ``PAIR/a`` and ``PAIR/b``.
        pairs: twins, scored where there are any.
        samples: draws of the bootstrap.

    Raises:
        ScoringError: an audit is missing or malformed.
    """
    by_id = _by_id(audits)
    comparisons = tuple(compare((note.label for note in notes), by_id.values()))
    clean = [note.encounter.id for note in notes if is_clean(note.gold)]
    right = [not pair.wrong(by_id) for pair in pairs]
    return Results(
        tasks=figures_of(comparisons, samples=samples),
        styles=_styles(notes, comparisons, samples),
        coverage=_coverage(notes, by_id, samples),
        clean_notes=len(clean),
        false_findings=sum(_counts(finding) for name in clean for finding in by_id[name]["findings"]),
        comparisons=comparisons,
        twins=share(right, samples=samples) if pairs else None,
        twins_by_task=_by_task(pairs, right) if pairs else None,
    )


def is_audit(data: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Whether plain data has all that is scored of an audit record."""
    try:
        answer_of(data)
        _state(data)
        [_counts(finding) for finding in data["findings"]]
        return isinstance(data["id"], str) and isinstance(data["facts"], dict)
    except (KeyError, TypeError, AttributeError):
        return False


def is_clean(gold: Mapping[str, Any]) -> bool:
    """Whether a label leaves nothing to find: each element that applies met, PART where treated, a right claim."""
    statuses = set(gold["elements"].values())
    return (
        statuses <= {"met", "not_applicable"}
        and not gold["claim_findings"]
        and all(_carries(gold["part"], region) for region in gold["treated"])
    )


def _carries(part: Mapping[str, Any], region: str) -> bool:
    """Whether a region has two criteria of its own, one of them A or R: without them PRT204 is right."""
    found = {criterion for criterion, regions in part.items() if region in regions}
    return len(found) > 1 and bool(found & {"A", "R"})


def _by_id(audits: Iterable[Audit]) -> dict[str, Audit]:
    try:
        return {str(audit["id"]): audit for audit in audits}
    except (KeyError, TypeError):
        raise ScoringError("an audit without an id") from None


def _counts(finding: Mapping[str, Any]) -> bool:
    return finding["severity"] in ("error", "warning")


def _styles(
    notes: Sequence[Labelled], comparisons: Sequence[Comparison], samples: int
) -> dict[str, dict[str, Figures]]:
    style = {note.encounter.id: note.style for note in notes}
    return {
        name: figures_of([item for item in comparisons if style[item.note] == name], samples=samples)
        for name in sorted(set(style.values()))
    }


def _coverage(notes: Sequence[Labelled], by_id: Mapping[str, Audit], samples: int) -> Coverage:
    states = {note.encounter.id: _state(by_id[note.encounter.id]) for note in notes}
    right = [
        by_id[note.encounter.id]["region_check"]["verdict"] == note.gold["region_check"]["verdict"]
        for note in notes
        if states[note.encounter.id] == "answered"
    ]
    counted = list(states.values())
    return Coverage(len(right), counted.count("possible"), counted.count("cannot_tell"), share(right, samples=samples))


def _state(audit: Audit) -> str:
    """Whether the region verdict stands, or hangs on a region that the note leaves open or on a text not readable."""
    codes = {finding["code"] for finding in audit["findings"]}
    if "TXT901" in codes:
        return "cannot_tell"
    return "possible" if "CPT708" in codes else "answered"


def _by_task(pairs: Sequence[Pair], right: Sequence[bool]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for pair, good in sorted(zip(pairs, right, strict=True), key=lambda item: item[0].task):
        hits, all_of = found.get(pair.task, (0, 0))
        found[pair.task] = hits + good, all_of + 1
    return found
