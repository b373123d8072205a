"""A run over many encounters: read, audit, keep what is done, and write the reports at the end."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.cli.claim_files import ClaimFiles
from auditor.cli.console import write_whole
from auditor.cli.other_patients import remember as remember_notes
from auditor.cli.other_patients import seen_notes, with_similar
from auditor.cli.part_file import PartFile
from auditor.cli.rules_in_use import RulesInUse
from auditor.records import Audit, AuditFacts, Encounter
from auditor.reports.csv_summary import csv_summary
from auditor.reports.html import html_report
from auditor.sources import READERS, Rejected, read_with_files
from auditor.sources.patients import Patients
from auditor.sources.records import Reader, reject

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    matched: int = 0
    """Notes that have a claim, where claim files were given."""
    unmatched: Counter[str] = field(default_factory=Counter)
    """Notes without a claim and claims without a note, by side."""

    _places: list[int] = field(default_factory=list)

    def add(self, place: int, encounter: Encounter, audit: Audit) -> None:
        """Count one audit, of the encounter at that place in the input."""
        self.charts.append((place, encounter, audit))
        self.audits.append(_slim(audit))
        self._places.append(place)
        if len(self.charts) >= 2 * MOST_CHARTS:
            self.keep_urgent()

    def put_in_order(self) -> None:
        """Put the audits in the order of the encounters, and keep the charts that need a person."""
        pairs = sorted(zip(self._places, self.audits, strict=True), key=lambda pair: pair[0])
        self.audits = [audit for _, audit in pairs]
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
    given: "Mapping[str, str]"
    """Fields for encounters that lack them: payer, contract, locality."""
    outcome: Outcome
    rules: RulesInUse
    files: ClaimFiles
    auditor: "Auditor | None" = None

    def completed(self, encounter: Encounter) -> Encounter:
        """The encounter with its claim, and with what the command gives for those that lack it."""
        encounter = self.files.bound(encounter)
        lacking = {name: value for name, value in self.given.items() if not getattr(encounter, name)}
        return encounter.model_copy(update=lacking) if lacking else encounter

    def take(self, encounter: Encounter, place: int) -> Rejected | None:
        """Audit one encounter; a rejection where that fails for whatever reason."""
        if audit := self.part.recall(encounter, place):
            self.outcome.recalled += 1
        else:
            auditor = self._auditor()
            try:
                audit = auditor.audit(encounter)
            except Exception as fault:  # noqa: BLE001 - whatever it is, its message may hold text of the note
                what = f"the audit failed with {type(fault).__name__}; please report this, without the note"
                return reject(f"encounter {encounter.id}", None, what, encounter.id)
            self.part.append(encounter, audit, place)
        self.outcome.add(place, encounter, audit)
        return None

    def _auditor(self) -> "Auditor":
        """Made when first needed: a run that only recalls audits loads no pipeline."""
        if self.auditor is None:
            self.auditor = self.rules.auditor()
        return self.auditor


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What is audited, by which rules, and for whom the reports are."""

    inputs: tuple[Path, ...]
    folder: Path
    given: "Mapping[str, str]" = field(default_factory=dict)
    """Fields for encounters that lack them: payer, contract, locality."""
    rules: RulesInUse = field(default_factory=RulesInUse)
    files: ClaimFiles = field(default_factory=ClaimFiles)
    readers: "Mapping[str, Reader]" = field(default_factory=lambda: READERS)
    money: bool = False
    """Whether the reports show dollars."""
    seen: Path | None = None
    """File of the notes seen in runs before, which this one adds to; None: only this run's notes are compared."""

    def audit(self, step: Step) -> Outcome:
        """Audit everything and write the files of the run; only rejected records where nothing could be audited.

        Raises:
            OSError: a file cannot be written.
        """
        outcome = Outcome()
        with PartFile(self.folder / AUDITS, self._reader()) as part:
            worker = Worker(part, self.given, outcome, self.rules, self.files)
            with (self.folder / f"{REJECTED}.part").open("w", encoding="utf-8") as rejects:
                for rejected in self._rejections(worker, outcome, step):
                    rejects.write(f"{json.dumps(asdict(rejected))}\n")
            _put_in_place(self.folder / f"{REJECTED}.part", self.folder / REJECTED, anything=outcome.rejected > 0)
            outcome.matched, outcome.unmatched = self.files.matched, self.files.finish(self.folder)
            if outcome.audits:
                self._report(outcome)
                part.finish()
            else:
                part.discard()
        return outcome

    def _rejections(self, worker: Worker, outcome: Outcome, step: Step) -> Iterator[Rejected]:
        """Audit each record, and yield those that could not be read or audited.

        Encounters that name their patient wait until all are read: any of the others may hold an earlier visit.
        """
        patients = Patients()
        for rejected in chain(self.files.rejected, self._read(worker, patients), self._audit(worker, patients)):
            if rejected:
                outcome.rejected += 1
                yield rejected
            step(len(outcome.audits), outcome.rejected)

    def _read(self, worker: Worker, patients: Patients) -> Iterator[Rejected | None]:
        """Read all records, audit those of nobody known, and keep the others for their patient's episode."""
        for place, (file, item) in enumerate(read_with_files(self.inputs, self.readers)):
            if isinstance(item, Rejected):
                yield item
            elif not patients.add(encounter := worker.completed(item), place=place, file=file):
                yield worker.take(encounter, place)

    def _audit(self, worker: Worker, patients: Patients) -> Iterator[Rejected | None]:
        """Audit the encounters patient by patient, after all are known to the search for repeated notes."""
        with seen_notes(self.seen) as seen:
            remember_notes(seen, (encounter for patient in patients for encounter in patient.encounters))
            for patient in patients:
                for place, encounter in patient.bound():
                    yield worker.take(with_similar(seen, encounter), place)

    def _reader(self) -> str:
        """What tells readers apart: the versions of the models in use, and the user's packs and fees."""
        from auditor.models import versions

        models = json.dumps(versions(), sort_keys=True) if self.rules.models else ""
        return models + self.rules.fingerprint()

    def _report(self, outcome: Outcome) -> None:
        outcome.put_in_order()
        write_whole(self.folder / SUMMARY, csv_summary(outcome.audits, money=self.money))
        pairs = [(encounter, audit) for _, encounter, audit in outcome.charts]
        write_whole(self.folder / REPORT, html_report(pairs, title=outcome.title, money=self.money))


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
