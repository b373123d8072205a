"""Auditor: read the note and the patient's earlier notes, judge, score. One encounter or a stream of them."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from auditor import __version__
from auditor.facts import Facts
from auditor.judging.case import Case, EarlierFacts
from auditor.judging.claims.active_care import active_care
from auditor.judging.course import visit_of
from auditor.judging.elements.signature import judged
from auditor.judging.fees import FeeSchedule
from auditor.judging.money import money, place_of
from auditor.judging.outcomes import outcomes
from auditor.judging.policy import Policies, built_in
from auditor.judging.score import RULES_VERSION, disposition, findings, region_check, score, verdicts
from auditor.national_fees import national_fees
from auditor.record_episode import episode_place
from auditor.record_facts import record_facts
from auditor.records import Audit, Encounter, Explanation, parse_encounter
from auditor.sources.patients import Patients

if TYPE_CHECKING:
    from auditor.reading.pipeline import Reader

_MOST_KEPT = 512
"""Notes whose facts are kept: more than any patient has visits in a year."""


class Auditor:
    """Audits encounters. Build one and keep it: loading spaCy and the vocabulary takes about a second.

    Args:
        explain: whether audits say why each fact was read so; it changes nothing else in them.
        models: whether models answer what the rules leave open; ``meta.models`` of an audit names those in use.
        policies: rule packs; without them those of the package (``auditor.judging.policy.with_folder`` adds a user's).
        fees: fee schedule for the dollars at risk; without one the national Medicare amounts of the package.

    Raises:
        ModelError: a model is there, and is not the one on record.
    """

    def __init__(
        self,
        *,
        explain: bool = False,
        models: bool = True,
        policies: Policies | None = None,
        fees: FeeSchedule | None = None,
    ) -> None:
        from auditor.reading.pipeline import reader

        self._reader: Reader = reader(models=models)
        self._kept: dict[str, Facts] = {}
        self._explain = explain
        self._policies = policies or built_in()
        self._fees = fees or national_fees()

    def audit(self, encounter: Encounter) -> Audit:
        """Audit one encounter.

        Args:
            encounter: the note with what is known about it.

        Returns:
            The whole audit: facts, six element verdicts, score, disposition, region check, findings. The same encounter
            always gives the same audit.
        """
        case, explanation = self._explained(encounter) if self._explain else (self.case(encounter), None)
        elements = verdicts(case)
        found = findings(case)
        points = score(elements)
        return Audit(
            id=encounter.id,
            visit=case.visit,  # type: ignore[arg-type]
            facts=record_facts(case, judged(case)),
            elements=elements,
            score=points,
            disposition=disposition(points, found),
            region_check=region_check(case),
            findings=found,
            active_care=active_care(case),
            episode=episode_place(case) if _compared(encounter) else None,
            money=money(case, found, self._fees, place_of(case, encounter.contract, encounter.locality)),
            outcomes=tuple(outcomes(case, found, encounter.remittance)),
            explanation=explanation,
            meta={
                "auditor": __version__,
                "rules": RULES_VERSION,
                "packs": list(case.policy.packs),
                "models": dict(self._reader.models),
            },
        )

    def audit_many(self, encounters: Iterable[Encounter]) -> Iterator[Audit]:
        """Audit a stream of encounters, one at a time and in order."""
        return (self.audit(encounter) for encounter in encounters)

    def audit_episodes(self, encounters: Iterable[Encounter]) -> list[Audit]:
        """Audit encounters of any patients in any order, each with its patient's earlier notes among them.

        Args:
            encounters: all at hand; ``patient_id`` says which are of one patient.

        Returns:
            The audits in the order given. Each is the audit that the encounter gets by itself with its earlier notes.
        """
        patients, single = Patients(), {}
        for place, encounter in enumerate(encounters):
            if not patients.add(encounter, place=place):
                single[place] = self.audit(encounter)
        bound = {place: self.audit(encounter) for patient in patients for place, encounter in patient.bound()}
        return [audit for _, audit in sorted((single | bound).items())]

    def read(self, text: str) -> Facts:
        """The facts of a note without any judgement."""
        return self._reader.read(text)

    def case(self, encounter: Encounter) -> Case:
        """The encounter as the checks see it."""
        return self._case(encounter, self._read(encounter.text, compared=_compared(encounter)))

    def _explained(self, encounter: Encounter) -> tuple[Case, tuple[Explanation, ...]]:
        facts, explanation = self._reader.explain(encounter.text, compared=_compared(encounter))
        return self._case(encounter, facts), explanation

    def _case(self, encounter: Encounter, facts: Facts) -> Case:
        earlier = [
            EarlierFacts(item.date_of_service, self._read(item.text, compared=True))
            for item in sorted(encounter.earlier, key=lambda item: (item.date_of_service or date.min, item.text))
            if not _later(item.date_of_service, encounter.date_of_service)
        ]
        return Case(
            facts=facts,
            visit=encounter.visit or visit_of(facts, earlier, encounter.date_of_service),
            payer=encounter.payer,
            provider=encounter.provider,
            date_of_service=encounter.date_of_service,
            care_started=encounter.care_started,
            claim=encounter.claim,
            abn=encounter.abn,
            similar=encounter.similar,
            policies=self._policies,
            earlier=tuple(earlier),
        )

    def _read(self, text: str, *, compared: bool) -> Facts:
        """The facts of a note. Those to be compared are kept a while: each visit of an episode reads all before it."""
        if not compared:
            return self._reader.read(text)
        facts = self._kept.pop(text, None) or self._reader.read(text, compared=True)
        self._kept[text] = facts
        if len(self._kept) > _MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        return facts


def _compared(encounter: Encounter) -> bool:
    """Whether a note is compared with others, or may be one that others are compared with."""
    return bool(encounter.earlier) or encounter.patient_id is not None


def _later(noted: date | None, service: date | None) -> bool:
    """Whether a note given as an earlier one is dated after the service."""
    return noted is not None and service is not None and noted > service


@cache
def _auditor() -> Auditor:
    return Auditor()


def audit(text: str, **known: Any) -> Audit:  # noqa: ANN401 - fields of an encounter
    """Audit one note.

    Args:
        text: the note.
        **known: further fields of the encounter: ``claim``, ``payer``, ``date_of_service``, ``visit``, ``earlier`` …

    Returns:
        The audit.

    Raises:
        EncounterError: a field has a wrong type or an impossible value.
    """
    return _auditor().audit(parse_encounter({"text": text, **known}))
