"""Adversarial twins: two notes that differ in a word or a mark, and so in their right answer.

A pair counts where both are right.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.benchmark.corpus import CorpusError
from auditor.benchmark.scoring import ScoringError, answer_of
from auditor.records import Encounter
from auditor.sources.build import build
from auditor.sources.guard import why
from auditor.sources.jsonl import objects
from auditor.sources.records import Rejected, UnreadableError

ELEMENT_TASKS = {
    "progress": "progress",
    "subluxation": "subluxation",
    "regions": "regions",
    "plan_element": "plan",
    "signature_element": "signature",
    "part_element": "part",
}
"""Tasks that ask for the verdict of an element, and which."""
OTHER_TASKS = ("treated", "levels", "part", "measures", "plan", "signature", "verdict", "claim_findings")
TASKS = frozenset((*ELEMENT_TASKS, *OTHER_TASKS))
_FIELDS = ("id", "kind", "task", "text_b", "gold_a", "gold_b")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two encounters that differ in little, and the right answer to one task for each."""

    id: str
    kind: str
    task: str
    first: Encounter
    second: Encounter
    gold: tuple[Any, Any]

    def wrong(self, audits: Mapping[str, Mapping[str, Any]]) -> list[tuple[Encounter, object, object]]:
        """The sides that are wrong: the encounter, its right answer and the one given.

        Raises:
            ScoringError: there is no audit of a side.
        """
        found = []
        for encounter, label in ((self.first, self.gold[0]), (self.second, self.gold[1])):
            if encounter.id not in audits:
                raise ScoringError(f"there is no audit of {encounter.id}")
            right, said = ordered(self.task, label), answer(self.task, audits[encounter.id])
            if right != said:
                found.append((encounter, right, said))
        return found


def read_twins(folder: Path) -> list[Pair]:
    """The pairs of every ``.jsonl`` file in a folder; none where there is no such folder.

    Raises:
        CorpusError: a file cannot be read, or a line is no pair.
    """
    pairs = [pair for file in sorted(folder.glob("*.jsonl")) for pair in _pairs(file)]
    names = {pair.id for pair in pairs}
    if len(names) != len(pairs):
        raise CorpusError(f"{folder}: an id of a pair is there more than once; make ids unique")
    return pairs


def answer(task: str, audit: Mapping[str, Any]) -> object:
    """What an audit (as plain data) says of a task, in the shape of the twins' labels."""
    said = answer_of(audit)
    if task in ELEMENT_TASKS:
        return said["elements"][ELEMENT_TASKS[task]]
    if task == "levels":
        return sorted(level for levels in said["treated"].values() for level in levels)
    if task == "verdict":
        return said["region_check"]["verdict"]
    return ordered(task, list(said[task]) if task in ("treated", "claim_findings") else said[task])


def ordered(task: str, value: Any) -> object:  # noqa: ANN401 - its shape depends on the task
    """An answer in an order that can be compared; a finding without a place is left out of PART."""
    if task == "measures":
        return sorted((item["instrument"], float(item["value"])) for item in value)
    if task == "part":
        return {letter: sorted(set(value.get(letter, ())) - {"unlocated"}) for letter in "PART"}
    return sorted(value) if isinstance(value, list) else value


def _pairs(path: Path) -> Iterator[Pair]:
    try:
        for line, data in objects(path):
            if isinstance(data, Rejected):
                raise CorpusError(data.reason.removesuffix("."))
            yield _pair(path, line, data)
    except OSError as fault:
        raise CorpusError(f"{path}: {why(fault)}") from None
    except UnreadableError as fault:
        raise CorpusError(f"{path}: {fault}") from None


def _pair(path: Path, line: int, data: Any) -> Pair:  # noqa: ANN401 - any JSON value
    if not isinstance(data, dict) or any(name not in data for name in _FIELDS) or data["task"] not in TASKS:
        raise CorpusError(f"{path}, line {line}: this is no pair; it needs an encounter and {', '.join(_FIELDS)}")
    first = build({**data.get("encounter", {}), "id": f"{data['id']}/a"}, str(path), line, "")
    second = build({**data.get("encounter", {}), "id": f"{data['id']}/b", "text": data["text_b"]}, str(path), line, "")
    for one in (first, second):
        if isinstance(one, Rejected):
            raise CorpusError(one.reason.removesuffix("."))
    assert isinstance(first, Encounter)
    assert isinstance(second, Encounter)
    return Pair(data["id"], data["kind"], data["task"], first, second, (data["gold_a"], data["gold_b"]))
