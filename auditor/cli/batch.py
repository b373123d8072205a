"""A run over many encounters: read, audit, keep what is done, and write the reports at the end."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.cli.console import write_whole
from auditor.cli.part_file import PartFile
from auditor.records import Audit, AuditFacts, Encounter
from auditor.reports.csv_summary import csv_summary
from auditor.reports.html import html_report
from auditor.sources import Rejected, read_all
from auditor.sources.records import reject

if TYPE_CHECKING:
    from auditor.auditor import Auditor

AUDITS, SUMMARY, REPORT, REJECTED = "audits.jsonl", "summary.csv", "report.html", "rejected.jsonl"
MOST_CHARTS = 1_000
"""Charts that the page shows, those first that need a person; a browser is slow with more."""
URGENCY = ("hold", "review", "ready")
Step = Callable[[int, int], None]
"""Told after each record how many were audited and how many rejected."""


@dataclass(slots=True)
class Outcome:
    """What came of a run. ``audits`` hold what summaries need: no facts and no evidence."""

    audits: list[Audit] = field(default_factory=list)
    charts: list[tuple[int, Encounter, Audit]] = field(default_factory=list)
    rejected: int = 0
    recalled: int = 0

    def add(self, encounter: Encounter, audit: Audit) -> None:
        """Count one audit."""
        self.charts.append((len(self.audits), encounter, audit))
        self.audits.append(_slim(audit))
        if len(self.charts) >= 2 * MOST_CHARTS:
            self.keep_urgent()

    def keep_urgent(self) -> None:
        """Keep the charts that need a person first, in the order of the encounters."""
        self.charts = sorted(sorted(self.charts, key=_urgency)[:MOST_CHARTS], key=lambda chart: chart[0])

    @property
    def title(self) -> str:
        """Title of the page; says so where it does not show all charts."""
        shown = len(self.charts)
        of_all = f": the {shown:,} of {len(self.audits):,} charts that need a person first"
        return "Chart audit" + (of_all if shown < len(self.audits) else "")


@dataclass(slots=True)
class Worker:
    """Audits one encounter after the other, or recalls its audit from a broken run."""

    part: PartFile
    payer: str | None
    outcome: Outcome
    models: bool = True
    auditor: "Auditor | None" = None

    def take(self, encounter: Encounter) -> Rejected | None:
        """Audit one encounter; a rejection where that fails for whatever reason."""
        if self.payer and not encounter.payer:
            encounter = encounter.model_copy(update={"payer": self.payer})
        if audit := self.part.recall(encounter):
            self.outcome.recalled += 1
        else:
            auditor = self._auditor()
            try:
                audit = auditor.audit(encounter)
            except Exception as fault:  # noqa: BLE001 - whatever it is, its message may hold text of the note
                what = f"the audit failed with {type(fault).__name__}; please report this, without the note"
                return reject(f"encounter {encounter.id}", None, what, encounter.id)
            self.part.append(encounter, audit)
        self.outcome.add(encounter, audit)
        return None

    def _auditor(self) -> "Auditor":
        """Made when first needed: a run that only recalls audits loads no pipeline."""
        if self.auditor is None:
            from auditor.auditor import Auditor

            self.auditor = Auditor(models=self.models)
        return self.auditor


def run(inputs: Iterable[Path], folder: Path, payer: str | None, step: Step, *, models: bool = True) -> Outcome:
    """Audit everything in ``inputs`` and write the files of the run into ``folder``.

    Nothing but the rejected records is written where nothing could be audited.

    Raises:
        OSError: a file cannot be written.
    """
    outcome = Outcome()
    with PartFile(folder / AUDITS, _reader(models)) as part:
        worker = Worker(part, payer, outcome, models)
        with (folder / f"{REJECTED}.part").open("w", encoding="utf-8") as rejects:
            for item in read_all(inputs):
                rejected = item if isinstance(item, Rejected) else worker.take(item)
                if rejected:
                    rejects.write(f"{json.dumps(asdict(rejected))}\n")
                    outcome.rejected += 1
                step(len(outcome.audits), outcome.rejected)
        _put_in_place(folder / f"{REJECTED}.part", folder / REJECTED, anything=outcome.rejected > 0)
        if outcome.audits:
            _report(outcome, folder)
            part.finish()
        else:
            part.discard()
    return outcome


def _reader(models: bool) -> str:
    """What tells readers apart: the versions of the models in use."""
    from auditor.models import versions

    return json.dumps(versions(), sort_keys=True) if models else ""


def _report(outcome: Outcome, folder: Path) -> None:
    outcome.keep_urgent()
    write_whole(folder / SUMMARY, csv_summary(outcome.audits))
    pairs = [(encounter, audit) for _, encounter, audit in outcome.charts]
    write_whole(folder / REPORT, html_report(pairs, title=outcome.title))


def _put_in_place(part: Path, target: Path, *, anything: bool) -> None:
    if anything:
        part.replace(target)
    else:
        part.unlink()
        target.unlink(missing_ok=True)


def _urgency(chart: tuple[int, Encounter, Audit]) -> tuple[int, int, int]:
    place, _, audit = chart
    return URGENCY.index(audit.disposition), audit.score, place


def _slim(audit: Audit) -> Audit:
    """The audit without facts, reasons and evidence: what a summary needs of it."""
    elements = tuple(verdict.model_copy(update={"reasons": (), "evidence": ()}) for verdict in audit.elements)
    findings = tuple(
        finding.model_copy(update={"remedy": "", "evidence": (), "searched": None}) for finding in audit.findings
    )
    return audit.model_copy(update={"facts": AuditFacts(), "elements": elements, "findings": findings})
