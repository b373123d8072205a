"""The scorer: worked figures by hand, and the same figures as the common scorer where that is present."""

import copy
import importlib.util
import json
import random
from pathlib import Path
from typing import Any

import pytest

from auditor.benchmark.scoring import Comparison, ScoringError, Sets, Verdicts, compare, figures, miss, tally
from auditor.records import ELEMENTS

COMMON = Path(__file__).resolve().parents[3] / "shared/scoring/score.py"
REGIONS = ["cervical", "thoracic", "lumbar", "sacral", "pelvic", "head"]


def label(name: str, dice: random.Random) -> dict[str, Any]:
    some = lambda options, most=3: dice.sample(options, dice.randint(0, most))  # noqa: E731
    return {
        "encounter": {"id": name, "text": "x"},
        "gold": {
            "visit": dice.choice(["initial", "subsequent"]),
            "treated": {region: some(["C5", "T4", "L3", "SI-R"]) for region in some(REGIONS[:5])},
            "supported": some(REGIONS[:5]),
            "part": {criterion: some([*REGIONS[:5], "unlocated"]) for criterion in "PART"},
            "measures": [{"instrument": name, "value": dice.randint(0, 3)} for name in some(["NPRS", "ODI", "NDI"])],
            "plan": {f: dice.random() < 0.5 for f in ("frequency", "duration", "objective_goal", "refers_to_plan")},
            "signature": dice.choice(["accepted", "weak", "rejected", "absent"]),
            "elements": {element: dice.choice(["met", "partial", "not_met"]) for element in ELEMENTS},
            "region_check": {
                "supported_code": dice.choice([None, "98940", "98941"]),
                "verdict": dice.choice(["match", "overcoded", "not_billed"]),
            },
            "claim_findings": some(["CPT701", "MOD801", "DXC811", "NCC821"]),
        },
    }


def audit_saying(gold: dict[str, Any], name: str) -> dict[str, Any]:
    """The audit record that agrees with a gold label, with what is not scored beside it."""
    plan = gold["plan"]
    regions = [
        {"region": region, "roles": ["finding", "treated"], "treated_levels": levels}
        for region, levels in gold["treated"].items()
    ]
    extra = [
        {"region": "head", "roles": ["treated"], "treated_levels": ["X"]},
        {"region": "lumbar", "roles": ["complaint"], "treated_levels": []},
    ]
    return {
        "id": name,
        "visit": gold["visit"],
        "facts": {
            "regions": regions + extra,
            "part": [
                {"criterion": criterion, "region": None if region == "unlocated" else region}
                for criterion, places in gold["part"].items()
                for region in places
            ],
            "measures": [{**measure, "value": float(measure["value"])} for measure in gold["measures"]]
            + [{"instrument": "ROM", "value": 50.0}],
            "plan": {
                "frequency": {"times": 2} if plan["frequency"] else None,
                "duration": {"value": 4} if plan["duration"] else None,
                "goals": [{"text": "g", "objective": plan["objective_goal"]}],
                "refers_to_plan": plan["refers_to_plan"],
            },
            "signature": {"status": gold["signature"]},
        },
        "elements": [{"element": element, "status": status} for element, status in gold["elements"].items()],
        "region_check": {"supported": gold["supported"], **gold["region_check"]},
        "findings": [{"code": code} for code in [*gold["claim_findings"], "DXC814", "SUB101"]],
    }


def sample(seed: int, cases: int = 12) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Labels, and audits of which some agree and some were made for another label."""
    dice = random.Random(seed)
    labels = [label(f"case-{n}", dice) for n in range(cases)]
    golds = [item["gold"] if dice.random() < 0.6 else label("other", dice)["gold"] for item in labels]
    return labels, [audit_saying(gold, item["encounter"]["id"]) for item, gold in zip(labels, golds, strict=True)]


@pytest.mark.parametrize(
    ("pairs", "row"),
    [
        ([], {"n": 0, "precision": 1, "recall": 1, "f1": 1, "exact": 1}),
        ([("", "")], {"n": 1, "precision": 1, "recall": 1, "f1": 1, "exact": 1}),
        ([("ab", "bc"), ("a", "a")], {"n": 2, "precision": 2 / 3, "recall": 2 / 3, "f1": 2 / 3, "exact": 0.5}),
        ([("abcd", "a")], {"n": 1, "precision": 1, "recall": 0.25, "f1": 0.4, "exact": 0}),
        ([("a", "b")], {"n": 1, "precision": 0, "recall": 0, "f1": 0, "exact": 0}),
    ],
)
def test_figures_of_sets(pairs: list[tuple[str, str]], row: dict[str, float]) -> None:
    sets = Sets()
    for gold, said in pairs:
        sets.add(frozenset(gold), frozenset(said))
    assert sets.row() == pytest.approx(row)


@pytest.mark.parametrize(
    ("golds", "saids", "agreement", "kappa"),
    [
        ("", "", 1, 1),
        ("aaaa", "aaaa", 1, 1),
        ("aabb", "aabb", 1, 1),
        ("aabb", "abab", 0.5, 0),
        ("aabb", "bbaa", 0, -1),
        ("aaab", "aabb", 0.75, 0.5),
    ],
)
def test_figures_of_verdicts(golds: str, saids: str, agreement: float, kappa: float) -> None:
    verdicts = Verdicts()
    for gold, said in zip(golds, saids, strict=True):
        verdicts.add(gold, said)
    assert verdicts.row() == pytest.approx({"n": len(golds), "agreement": agreement, "kappa": kappa})


def test_an_audit_that_says_the_same_is_right_in_every_task() -> None:
    labels, _ = sample(1)
    audits = [audit_saying(item["gold"], item["encounter"]["id"]) for item in labels]
    comparisons = list(compare(labels, audits))
    assert [item for item in comparisons if not item.right] == []
    assert len({item.task for item in comparisons}) == 25


@pytest.mark.parametrize(
    ("path", "value", "wrong"),
    [
        (("visit",), "other", {"visit"}),
        (("region_check", "supported"), ["sacral", "head"], {"supported regions"}),
        (("region_check", "supported_code"), "98942", {"supported code"}),
        (("region_check", "verdict"), "unsupported", {"region verdict"}),
        (("facts", "signature", "status"), "other", {"signature status"}),
        (("facts", "plan", "frequency"), {"times": 1}, {"plan frequency"}),
        (("facts", "plan", "goals"), [{"text": "g", "objective": True}], {"plan objective_goal"}),
        (("facts", "measures"), [{"instrument": "NPRS", "value": 9.5}], {"measures"}),
        (("facts", "part"), [{"criterion": "P", "region": "pelvic"}], {"PART P present", "PART by region"}),
        (("findings",), [{"code": "CPT999"}], {"claim findings"}),
        (("elements", 0, "status"), "other", {"element subluxation", "all elements"}),
    ],
)
def test_each_field_counts_in_its_own_task(path: tuple[Any, ...], value: object, wrong: set[str]) -> None:
    item = label("a", random.Random(3))
    item["gold"]["part"] = {criterion: [] for criterion in "PART"}
    item["gold"]["plan"] = dict.fromkeys(item["gold"]["plan"], False)
    record = copy.deepcopy(audit_saying(item["gold"], "a"))
    *parents, last = path
    holder: Any = record
    for step in parents:
        holder = holder[step]
    holder[last] = value
    assert {item.task for item in compare([item], [record]) if not item.right} == wrong


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda item, record: record.update(id="b"), "there is no audit of a"),
        (lambda item, record: item["gold"].pop("visit"), r"of a is malformed \(KeyError 'visit'\)"),
        (lambda item, record: record.pop("facts"), r"of a is malformed \(KeyError 'facts'\)"),
        (lambda item, record: item.update(gold=[]), "of a is malformed"),
        (lambda item, record: item["gold"].update(visit=["initial"]), "of a is malformed"),
        (lambda item, record: item["gold"].update(treated=None), "of a is malformed"),
    ],
)
def test_what_cannot_be_compared_is_named(spoil: Any, says: str) -> None:
    item = label("a", random.Random(5))
    record = audit_saying(item["gold"], "a")
    spoil(item, record)
    with pytest.raises(ScoringError, match=says):
        list(compare([item], [record]))


def test_lines_for_people() -> None:
    assert figures("visit", {"n": 3, "agreement": 2 / 3, "kappa": 0.4}) == (
        "visit                    n=3     agreement 0.667  kappa 0.400"
    )
    assert miss(Comparison("measures", "a", frozenset({"b", "a"}), frozenset())) == (
        "miss  measures             a                gold=['a', 'b'] said=[]"
    )
    assert miss(Comparison("visit", "a", "initial", "subsequent")).endswith("gold=initial said=subsequent")


@pytest.mark.skipif(not COMMON.exists(), reason="the common scorer is not present")
@pytest.mark.parametrize("seed", range(5))
def test_same_figures_and_misses_as_the_common_scorer(seed: int) -> None:
    spec = importlib.util.spec_from_file_location("common_score", COMMON)
    assert spec is not None
    assert spec.loader is not None
    common = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(common)
    labels, audits = sample(seed)
    missed: list[tuple[str, str]] = []
    rows = common.score(labels, audits, lambda task, case, gold, said: missed.append((task, case)))
    comparisons = list(compare(labels, audits))
    assert json.dumps(tally(comparisons)) == json.dumps(rows)
    assert [(item.task, item.case) for item in comparisons if not item.right] == missed
    assert missed
