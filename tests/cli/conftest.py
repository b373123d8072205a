"""A stand-in for the auditor, so that the commands are tested without the pipeline."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import ModuleType

import pytest
from typer.testing import CliRunner, Result

from auditor.cli import app
from auditor.records import ELEMENTS, Audit, AuditFacts, ElementVerdict, Encounter, Finding, RegionCheck

ERROR, CRASH, STOP = "unsigned", "crash", "stop"


@dataclass
class Stand:
    """Encounters audited so far; what stands in ``interrupt`` ends the run."""

    seen: list[Encounter] = field(default_factory=list)
    interrupt: str | None = None

    def audit(self, encounter: Encounter) -> Audit:
        """An audit with an error where the note says ``unsigned``; fails where it says ``crash``."""
        if self.interrupt and self.interrupt in encounter.text:
            raise KeyboardInterrupt
        self.seen.append(encounter)
        if CRASH in encounter.text:
            raise KeyError(encounter.text)
        return audit_of(encounter)


def audit_of(encounter: Encounter) -> Audit:
    failing = ERROR in encounter.text
    finding = Finding(code="SIG601", element="signature", severity="error", message="Unsigned.", remedy="?", carc=None)
    check = RegionCheck(
        billed=encounter.claim.lines[0].cpt if encounter.claim and encounter.claim.lines else None,
        treated=(),
        supported=(),
        possible=(),
        treated_code=None,
        supported_code=None,
        verdict="not_billed",
    )
    return Audit(
        id=encounter.id,
        visit=encounter.visit or "subsequent",
        facts=AuditFacts(),
        elements=tuple(ElementVerdict(element=element, status="met", reasons=("Found.",)) for element in ELEMENTS),
        score=50 if failing else 100,
        disposition="hold" if failing else "ready",
        region_check=check,
        findings=(finding,) if failing else (),
        meta={"version": "0"},
    )


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    stand = Stand()
    module = ModuleType("auditor.auditor")
    module.Auditor = lambda **_: stand  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "auditor.auditor", module)
    return stand


class Auditor:
    """Runs the command line in this process."""

    def __call__(self, *words: object, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words], input=stdin)


@pytest.fixture
def auditor() -> Auditor:
    return Auditor()
