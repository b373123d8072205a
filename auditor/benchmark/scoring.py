"""Score audits against labels: precision, recall and F1 for sets, agreement and Cohen's kappa for verdicts.

Labels and audits are plain data as the contract has them: a label is ``{"encounter": …, "gold": …}``, an audit the JSON
object of an :class:`~auditor.records.Audit`. Each task compares one answer of the label with that of the audit.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from auditor.anatomy import SPINAL
from auditor.records import ELEMENTS

Record = Mapping[str, Any]
Row = dict[str, float]
CRITERIA = "PART"
CLAIM_FAMILIES = ("CPT", "MOD", "DXC", "NCC")
UNLABELLED = frozenset({"DXC814"})
"""Claim findings that no label holds."""
INSTRUMENTS = frozenset({"NPRS", "ODI", "NDI", "RMDQ", "BQ", "PSFS", "PROMIS", "SLR"})
"""Measures that are labelled; ROM and FUNCTION are facts too, but not scored."""


class ScoringError(ValueError):
    """Labels and audits that cannot be compared; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One answer to one task: sets are compared member by member, anything else as a whole."""

    task: str
    case: str
    gold: Hashable
    said: Hashable
    note: str = ""
    """Id of the note; ``case`` may be a part of it."""

    @property
    def right(self) -> bool:
        """Whether the audit says what the label says."""
        return self.gold == self.said


@dataclass(slots=True)
class Sets:
    """Micro-averaged precision, recall and F1 over sets, and the share of cases whose whole set is right."""

    hits: int = 0
    extra: int = 0
    missed: int = 0
    exact: int = 0
    cases: int = 0

    def add(self, gold: Hashable, said: Hashable) -> None:
        """Count one case, both sides a frozenset."""
        if not (isinstance(gold, frozenset) and isinstance(said, frozenset)):
            raise ScoringError("sets can only be compared with sets")
        self.hits += len(gold & said)
        self.extra += len(said - gold)
        self.missed += len(gold - said)
        self.exact += gold == said
        self.cases += 1

    def row(self) -> Row:
        """The figures; a share of nothing is 1."""
        precision = _share(self.hits, self.hits + self.extra)
        recall = _share(self.hits, self.hits + self.missed)
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        exact = _share(self.exact, self.cases)
        return {"n": self.cases, "precision": precision, "recall": recall, "f1": f1, "exact": exact}


@dataclass(slots=True)
class Verdicts:
    """Agreement and Cohen's kappa over single answers."""

    pairs: Counter[tuple[Hashable, Hashable]] = field(default_factory=Counter)

    def add(self, gold: Hashable, said: Hashable) -> None:
        """Count one case."""
        self.pairs[gold, said] += 1

    def row(self) -> Row:
        """The figures; kappa is 1 where chance alone would agree."""
        cases = self.pairs.total()
        agreement = _share(sum(count for (gold, said), count in self.pairs.items() if gold == said), cases)
        golds: Counter[Hashable] = Counter()
        saids: Counter[Hashable] = Counter()
        for (gold, said), count in self.pairs.items():
            golds[gold] += count
            saids[said] += count
        chance = _share(sum(golds[answer] * saids[answer] for answer in golds), cases**2)
        kappa = (agreement - chance) / (1 - chance) if chance < 1 else 1.0
        return {"n": cases, "agreement": agreement, "kappa": kappa}


def compare(labels: Iterable[Record], audits: Iterable[Record]) -> Iterator[Comparison]:
    """Every answer of every label beside the audit's, in the order of the labels.

    Raises:
        ScoringError: an audit is missing, or a record lacks a scored field.
    """
    by_id = {audit["id"]: audit for audit in audits}
    for label in labels:
        case = str(label.get("encounter", {}).get("id", "a label without an id"))
        if case not in by_id:
            raise ScoringError(f"there is no audit of {case}")
        try:
            answers = [replace(item, note=case) for item in _answers(case, label["gold"], answer_of(by_id[case]))]
            hash(tuple(answers))
        except (KeyError, TypeError, AttributeError) as fault:
            raise ScoringError(f"label or audit of {case} is malformed ({type(fault).__name__} {fault})") from None
        yield from answers


def tally(comparisons: Iterable[Comparison]) -> dict[str, Row]:
    """The figures of each task, in the order in which the tasks first appear."""
    tallies: dict[str, Sets | Verdicts] = {}
    for item in comparisons:
        kind = Sets if isinstance(item.gold, frozenset) else Verdicts
        tallies.setdefault(item.task, kind()).add(item.gold, item.said)
    return {task: kept.row() for task, kept in tallies.items()}


def figures(task: str, row: Row) -> str:
    """One task's figures as a line of text."""
    shares = "  ".join(f"{name} {value:.3f}" for name, value in row.items() if name != "n")
    return f"{task:24} n={row['n']:<5} {shares}"


def miss(item: Comparison) -> str:
    """One wrong answer as a line of text."""
    gold, said = (sorted(side, key=str) if isinstance(side, frozenset) else side for side in (item.gold, item.said))
    return f"miss  {item.task:20} {item.case:16} gold={gold} said={said}"


def answer_of(audit: Record) -> dict[str, Any]:
    """What an audit answers, in the shape of a label's gold."""
    facts, check = audit["facts"], audit["region_check"]
    plan = facts["plan"] or {}
    part: dict[str, set[str]] = {criterion: set() for criterion in CRITERIA}
    for finding in facts["part"]:
        part[finding["criterion"]].add(finding["region"] or "unlocated")
    return {
        "visit": audit["visit"],
        "treated": {
            fact["region"]: fact["treated_levels"]
            for fact in facts["regions"]
            if "treated" in fact["roles"] and fact["region"] in SPINAL
        },
        "supported": check["supported"],
        "part": part,
        "measures": [measure for measure in facts["measures"] if measure["instrument"] in INSTRUMENTS],
        "plan": {
            "frequency": plan.get("frequency") is not None,
            "duration": plan.get("duration") is not None,
            "objective_goal": any(goal["objective"] for goal in plan.get("goals") or ()),
            "refers_to_plan": bool(plan.get("refers_to_plan")),
        },
        "signature": (facts["signature"] or {}).get("status", "absent"),
        "elements": {verdict["element"]: verdict["status"] for verdict in audit["elements"]},
        "region_check": check,
        "claim_findings": {
            finding["code"] for finding in audit["findings"] if finding["code"].startswith(CLAIM_FAMILIES)
        }
        - UNLABELLED,
    }


def _answers(case: str, gold: Record, said: Record) -> Iterator[Comparison]:
    yield from _sets_of_regions(case, gold, said)
    for criterion in CRITERIA:
        both = bool(gold["part"][criterion]), bool(said["part"][criterion])
        yield Comparison(f"PART {criterion} present", case, *both)
    yield Comparison("PART by region", case, _placed(gold["part"]), _placed(said["part"]))
    yield Comparison("measures", case, _measured(gold["measures"]), _measured(said["measures"]))
    for facet, value in gold["plan"].items():
        yield Comparison(f"plan {facet}", case, bool(value), said["plan"][facet])
    yield Comparison("signature status", case, gold["signature"], said["signature"])
    yield Comparison("visit", case, gold["visit"], said["visit"])
    for element in ELEMENTS:
        statuses = gold["elements"][element], said["elements"][element]
        yield Comparison(f"element {element}", case, *statuses)
        yield Comparison("all elements", f"{case} {element}", *statuses)
    for task, name in (("supported code", "supported_code"), ("region verdict", "verdict")):
        yield Comparison(task, case, gold["region_check"][name], said["region_check"][name])
    yield Comparison("claim findings", case, frozenset(gold["claim_findings"]), frozenset(said["claim_findings"]))


def _sets_of_regions(case: str, gold: Record, said: Record) -> Iterator[Comparison]:
    yield Comparison("treated regions", case, frozenset(gold["treated"]), frozenset(said["treated"]))
    levels = [frozenset(level for kept in side["treated"].values() for level in kept) for side in (gold, said)]
    yield Comparison("treated levels", case, levels[0], levels[1])
    yield Comparison("supported regions", case, frozenset(gold["supported"]), frozenset(said["supported"]))


def _placed(part: Mapping[str, Iterable[str]]) -> frozenset[tuple[str, str]]:
    return frozenset((criterion, region) for criterion in CRITERIA for region in part[criterion])


def _measured(measures: Iterable[Record]) -> frozenset[tuple[str, float]]:
    return frozenset((measure["instrument"], measure["value"]) for measure in measures)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0
