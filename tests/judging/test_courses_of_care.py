"""Whole courses of care by writers who knew the codes and not the checks: findings across visits, progress, plan."""

import json
from pathlib import Path
from typing import Any

import pytest

from auditor import Auditor
from auditor.records import Audit, parse_encounter

VISITS = [
    json.loads(line)
    for file in sorted((Path(__file__).parents[2] / "corpora" / "episodes").glob("*.jsonl"))
    for line in file.read_text(encoding="utf-8").splitlines()
]
Visit = tuple[dict[str, Any], Audit]


@pytest.fixture(scope="module")
def audited() -> list[Visit]:
    encounters = [parse_encounter(visit["encounter"]) for visit in VISITS]
    return list(zip(VISITS, Auditor().audit_episodes(encounters), strict=True))


def across(audit: Audit) -> set[str]:
    return {finding.code for finding in audit.findings if finding.code.startswith("EPI")}


def test_honest_courses_are_without_findings(audited: list[Visit]) -> None:
    honest = [
        (visit, audit) for visit, audit in audited if visit["encounter"]["patient_id"][3:] in ("01", "02", "03", "04")
    ]
    assert len(honest) >= 50
    assert {audit.id: across(audit) for visit, audit in honest if across(audit) - set(visit["gold"]["epi"])} == {}


def test_findings_across_visits(audited: list[Visit]) -> None:
    right = sum(len(across(audit) & set(visit["gold"]["epi"])) for visit, audit in audited)
    said = sum(len(across(audit)) for _, audit in audited)
    wanted = sum(len(visit["gold"]["epi"]) for visit, _ in audited)
    assert right / said >= 0.95
    assert right / wanted >= 0.9


def test_every_code_that_the_courses_plant_is_found(audited: list[Visit]) -> None:
    planted = {code for visit, _ in audited for code in visit["gold"]["epi"]}
    assert {code for _, audit in audited for code in across(audit)} == planted


@pytest.mark.parametrize(("place", "element", "least"), [(3, "progress", 0.97), (4, "plan", 0.92)])
def test_elements_of_visits_in_their_course(audited: list[Visit], place: int, element: str, least: float) -> None:
    right = sum(audit.elements[place].status == visit["gold"][element] for visit, audit in audited)
    assert right / len(audited) >= least
