"""Notes and remittances: what the payer answered to the claim of each note."""

from collections.abc import Iterable, Iterator
from datetime import date

from auditor.records import Claim, Encounter, Remittance
from auditor.sources.claims.billed import RemittedClaim
from auditor.sources.claims.identity import one_patient, patient_key
from auditor.sources.claims.matching import Unmatched
from auditor.sources.records import Rejected, printable

LATER_PAYERS = frozenset({"2", "3", "20", "21"})
"""CLP02 of answers by a second or third payer, which say little about the first one's denial."""
NO_NOTE = "there is no note of that claim, or of this patient and date of service"


class RemittanceIndex:
    """All answers in memory, found by control number, else by patient and date; notes come one at a time.

    Attributes:
        rejected: What the readers of the answers rejected.
    """

    def __init__(self, remits: Iterable[RemittedClaim | Rejected]) -> None:
        """Read all answers."""
        self.rejected: list[Rejected] = []
        self._remits: list[RemittedClaim] = []
        self._by_number: dict[str, list[int]] = {}
        self._by_visit: dict[tuple[str, date], list[int]] = {}
        self._taken: set[int] = set()
        for remit in remits:
            if isinstance(remit, Rejected):
                self.rejected.append(remit)
            else:
                self._add(remit)

    def answered(self, encounter: Encounter) -> Encounter:
        """The note with the answer to its claim; as it is where it has one already, or none is found.

        Of several answers to one claim the last one of the first payer counts: corrections follow what they correct.
        """
        places = self._of_claim(encounter) or self._of_visit(encounter)
        if not places:
            return encounter
        self._taken.update(places)
        remittance = _joined(self._last_of_each_claim(places))
        return encounter if encounter.remittance else encounter.model_copy(update={"remittance": remittance})

    def left_over(self) -> Iterator[Unmatched]:
        """The answers that no note took, in order; call it after the last note."""
        for place, remit in enumerate(self._remits):
            if place not in self._taken:
                yield Unmatched("claim", f"{printable(remit.source)}, {remit.position}", f"{NO_NOTE}.")

    def _add(self, remit: RemittedClaim) -> None:
        place = len(self._remits)
        self._remits.append(remit)
        self._by_number.setdefault(patient_key(remit.control_number), []).append(place)
        for key in {patient_key(name) for name in remit.patients}:
            if remit.date_of_service:
                self._by_visit.setdefault((key, remit.date_of_service), []).append(place)

    def _of_claim(self, encounter: Encounter) -> list[int]:
        """Answers under the claim's control number, of its date; an undated one must hold no code but the claim's."""
        claim, on = encounter.claim, encounter.date_of_service
        if claim is None or not claim.control_number:
            return []
        places = self._by_number.get(patient_key(claim.control_number), [])
        dated = [place for place in places if on and self._remits[place].date_of_service == on]
        return dated or [place for place in places if self._fits(place, claim, on)]

    def _fits(self, place: int, claim: Claim, on: date | None) -> bool:
        remit = self._remits[place]
        return (on is None or remit.date_of_service is None) and _codes_of(claim) >= set(remit.billed_codes)

    def _of_visit(self, encounter: Encounter) -> list[int]:
        """Answers to this patient on this date, whose codes are all on the note's claim where it has one."""
        if not encounter.patient_id or encounter.date_of_service is None:
            return []
        key = patient_key(encounter.patient_id)
        places = self._by_visit.get((key, encounter.date_of_service), [])
        if not places or not one_patient([self._remits[place].patients for place in places], key):
            return []
        if encounter.claim is None:
            return places
        codes = _codes_of(encounter.claim)
        return [place for place in places if codes >= set(self._remits[place].billed_codes)]

    def _last_of_each_claim(self, places: list[int]) -> list[RemittedClaim]:
        last: dict[str, RemittedClaim] = {}
        for place in places:
            remit = self._remits[place]
            earlier = last.get(remit.control_number)
            if earlier is None or not _of_later_payer(remit) or _of_later_payer(earlier):
                last[remit.control_number] = remit
        return list(last.values())


def attach_remittances(
    encounters: Iterable[Encounter], remits: Iterable[RemittedClaim | Rejected]
) -> Iterator[Encounter | Unmatched]:
    """Each note with what the payer answered, then the answers that no note took."""
    index = RemittanceIndex(remits)
    for encounter in encounters:
        yield index.answered(encounter)
    yield from index.left_over()


def _codes_of(claim: Claim) -> set[str]:
    return {line.cpt for line in claim.lines}


def _of_later_payer(remit: RemittedClaim) -> bool:
    return remit.remittance.status in LATER_PAYERS


def _joined(remits: list[RemittedClaim]) -> Remittance:
    """One answer of those to several claims that were joined into one."""
    if len(remits) == 1:
        return remits[0].remittance
    answers = [remit.remittance for remit in remits]
    statuses = {answer.status for answer in answers}
    return Remittance(
        status=statuses.pop() if len(statuses) == 1 else None,
        lines=tuple(line for answer in answers for line in answer.lines),
        adjustments=tuple(adjustment for answer in answers for adjustment in answer.adjustments),
    )
