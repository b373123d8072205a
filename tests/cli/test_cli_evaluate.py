"""``auditor evaluate``: figures, misses, and one sentence for labels that cannot be used."""

import json
from pathlib import Path
from typing import Any

import pytest

from auditor.records import ELEMENTS

SECRET = "Zebulon Quux"


def label(name: str, **gold: Any) -> dict[str, Any]:
    """A label with which the stand-in's audit agrees, but for what is given."""
    agreed: dict[str, Any] = {
        "visit": "subsequent",
        "treated": {},
        "supported": [],
        "part": dict.fromkeys("PART", ()),
        "measures": [],
        "plan": dict.fromkeys(("frequency", "duration", "objective_goal", "refers_to_plan"), False),
        "signature": "absent",
        "elements": dict.fromkeys(ELEMENTS, "met"),
        "region_check": {"supported_code": None, "verdict": "not_billed"},
        "claim_findings": [],
    }
    return {"encounter": {"id": name, "text": f"Note of {SECRET}"}, "gold": agreed | gold, "why": "x"}


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    file = tmp_path / "labels.jsonl"
    records = [label("a"), label("b", visit="initial"), label("c", supported=["lumbar", "cervical"])]
    file.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    return file


def test_figures(auditor, stand, labels: Path) -> None:
    result = auditor("evaluate", labels)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert len(lines) == 25
    assert "visit                    n=3     agreement 0.667  kappa 0.000" in lines
    assert "supported regions        n=3     precision 1.000  recall 0.000  f1 0.000  exact 0.667" in lines
    assert "all elements             n=18    agreement 1.000  kappa 1.000" in lines
    assert [encounter.id for encounter in stand.seen] == ["a", "b", "c"]


def test_misses(auditor, stand, labels: Path) -> None:
    lines = auditor("evaluate", labels, "--misses").stdout.splitlines()
    assert lines[:2] == [
        "miss  visit                b                gold=initial said=subsequent",
        "miss  supported regions    c                gold=['cervical', 'lumbar'] said=[]",
    ]
    assert len(lines) == 27


def test_figures_as_json(auditor, stand, labels: Path) -> None:
    rows = json.loads(auditor("evaluate", labels, "--json").stdout)
    assert rows["visit"] == {"n": 3, "agreement": pytest.approx(2 / 3), "kappa": pytest.approx(0)}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"encounter": {"id": "z", "text": "' + SECRET, "line 4: this line is no complete JSON"),
        (json.dumps({"text": SECRET}), "line 4: this is no label; write it as"),
        (json.dumps([SECRET]), "line 4: this is no label; write it as"),
        (json.dumps(label("z") | {"encounter": {"id": "z"}}), "line 4: the field text is missing"),
        (json.dumps(label("z") | {"encounter": None}), "line 4: this record is no JSON object"),
        (json.dumps(label("a")), "line 4: the id 'a' is there more than once; make ids unique"),
        (json.dumps(label("z") | {"gold": {"visit": SECRET}}), "label or audit of z is malformed (KeyError 'treated')"),
    ],
)
def test_a_bad_label_is_one_sentence(auditor, stand, labels: Path, line: str, says: str) -> None:
    labels.write_text(f"{labels.read_text()}{line}\n")
    result = auditor("evaluate", labels)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"auditor: {labels}")
    assert says in result.stderr
    assert SECRET not in result.stderr


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (None, "there is no such file"),
        (b"", "there is no label in this file; give one a line."),
        (b"%PDF-1.4", "seems to be a PDF document"),
    ],
)
def test_a_bad_file_is_one_sentence(auditor, stand, tmp_path: Path, data: bytes | None, says: str) -> None:
    file = tmp_path / "labels.jsonl"
    if data is not None:
        file.write_bytes(data)
    result = auditor("evaluate", file)
    assert result.exit_code == 2
    assert says in result.stderr
