"""Notes and claims: the claim of each note by patient, date of service and provider; what is left on either side."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NoReturn

from auditor.records import Claim, Encounter
from auditor.sources.claims.billed import BilledClaim
from auditor.sources.claims.identity import is_person, one_patient, patient_key, same_provider
from auditor.sources.claims.joining import in_force, join
from auditor.sources.claims.rejecting import SegmentError
from auditor.sources.records import Rejected, printable

NO_PATIENT = "the note has no patient_id, by which claims are found; put it in"
NO_DATE = "the note has no date_of_service, by which claims are found; put it in"
NO_CLAIM = "there is no claim of this patient in the claim files"
OTHER_DATE = "this patient's claims are of other dates of service"
OTHER_PROVIDER = "the claim of that patient and date is of another provider"
SEVERAL_PATIENTS = "the claims under this patient_id and date are of more than one patient; use an id of one patient"
SEVERAL_PROVIDERS = "several providers billed that patient on that date; put the provider's name into the note's record"
TAKEN = "the claim of that patient and date went to an earlier note; join the notes of one visit"
TAKEN_BACK = "the claim of that patient and date was taken back (frequency 8)"
NO_NOTE = "there is no note of this patient and date of service"
CLAIM_WITHOUT_DATE = "the claim has no date of service (DTP*472), by which notes are found"
NOT_JOINED = "there are several claims of that patient and date, and they could not be told apart or joined"
OTHER_PAYER = "the visit was billed to another payer first, and claims to several payers are not joined"
OTHER_NOTE = "the note of this patient and date is of another provider"


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A note without a claim, or a claim without a note.

    Attributes:
        side: Which of the two it is.
        place: The note's id, or the claim's file and position.
        reason: Why, in one sentence.
    """

    side: Literal["note", "claim"]
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Matched:
    """A note with what the claim files say about it.

    Attributes:
        encounter: The note, with its claim where there is one.
        unmatched: Why it has none; None where it has one.
        joined: How many claims were joined into the one it has; 0 where none was attached.
    """

    encounter: Encounter
    unmatched: Unmatched | None = None
    joined: int = 0


class ClaimIndex:
    """All claims in memory, found by patient and date; notes come one at a time.

    Attributes:
        rejected: What the readers of the claims rejected.
    """

    def __init__(self, claims: Iterable[BilledClaim | Rejected]) -> None:
        """Read all claims."""
        self.rejected: list[Rejected] = []
        self._claims: list[BilledClaim] = []
        self._by_visit: dict[tuple[str, date], list[int]] = {}
        self._patients: set[str] = set()
        self._taken: set[int] = set()
        self._refused: dict[int, str] = {}
        for claim in claims:
            if isinstance(claim, Rejected):
                self.rejected.append(claim)
            else:
                self._add(claim)

    def claimed(self, encounter: Encounter) -> Matched:
        """The note with its claim, and with payer, provider and start of care where it lacks them.

        A note that has a claim of its own keeps it.
        """
        own = encounter.claim is not None
        try:
            billed, claim = self._settled(self._found(encounter))
        except SegmentError as fault:
            return Matched(encounter, None if own else Unmatched("note", encounter.id, f"{fault}."))
        return Matched(_with(encounter, billed, claim), joined=0 if own else len(billed))

    def left_over(self) -> Iterator[Unmatched]:
        """The claims that no note took, in order; call it after the last note."""
        for place, claim in enumerate(self._claims):
            if place not in self._taken:
                none = NO_NOTE if claim.date_of_service else CLAIM_WITHOUT_DATE
                reason = self._refused.get(place, none)
                yield Unmatched("claim", f"{printable(claim.source)}, {claim.position}", f"{reason}.")

    def _add(self, claim: BilledClaim) -> None:
        place = len(self._claims)
        self._claims.append(claim)
        for key in {patient_key(name) for name in claim.patients}:
            self._patients.add(key)
            if claim.date_of_service:
                self._by_visit.setdefault((key, claim.date_of_service), []).append(place)

    def _found(self, encounter: Encounter) -> list[int]:
        """The claims that belong to the note.

        Raises:
            SegmentError: there is none, or it is not clear which; the message says why.
        """
        key = patient_key(encounter.patient_id or "")
        if not key:
            raise SegmentError(NO_PATIENT)
        if encounter.date_of_service is None:
            raise SegmentError(NO_DATE)
        places = self._by_visit.get((key, encounter.date_of_service))
        if places is None:
            raise SegmentError(OTHER_DATE if key in self._patients else NO_CLAIM)
        places = self._of_provider(encounter.provider, self._of_patient(places, key))
        if not self._taken.isdisjoint(places):
            raise SegmentError(TAKEN)
        return places

    def _of_patient(self, places: list[int], key: str) -> list[int]:
        if not one_patient([self._claims[place].patients for place in places], key):
            self._refuse(places, SEVERAL_PATIENTS)
        return places

    def _of_provider(self, provider: str | None, places: list[int]) -> list[int]:
        said = {place: same_provider(provider or "", self._claims[place].providers) for place in places}
        left = [place for place in places if said[place]] or [place for place in places if said[place] is None]
        if not left:
            self._refuse(places, OTHER_PROVIDER)
        if len({self._claims[place].providers for place in left}) > 1:
            self._refuse(left, SEVERAL_PROVIDERS)
        return left

    def _settled(self, places: list[int]) -> tuple[list[BilledClaim], Claim]:
        """Those of the claims that stand, and one claim made of them.

        Raises:
            SegmentError: none stands, or they cannot be joined.
        """
        try:
            standing = in_force([self._claims[place] for place in self._of_first_payer(places)])
            claim = join([billed.claim for billed in standing])
        except SegmentError:
            self._refuse(places, NOT_JOINED)
        self._taken.update(place for place in places if self._refused.get(place) != OTHER_PAYER)
        if not standing:
            raise SegmentError(TAKEN_BACK)
        return standing, claim

    def _of_first_payer(self, places: list[int]) -> list[int]:
        """The claims to the payer of the first one; the others are of the same visit, and are left over as such."""
        payers = {place: patient_key(self._claims[place].payer or "") for place in places}
        first = next(filter(None, payers.values()), "")
        others = [place for place, payer in payers.items() if payer not in ("", first)]
        self._refused.update(dict.fromkeys(others, OTHER_PAYER))
        return [place for place in places if place not in others]

    def _refuse(self, places: list[int], reason: str) -> NoReturn:
        self._refused.update(dict.fromkeys(places, OTHER_NOTE if reason == OTHER_PROVIDER else reason))
        raise SegmentError(reason)


def match(encounters: Iterable[Encounter], claims: Iterable[BilledClaim | Rejected]) -> Iterator[Matched | Unmatched]:
    """Each note with its claim, then the claims that no note took. Claims are kept in memory, notes are not."""
    index = ClaimIndex(claims)
    for encounter in encounters:
        yield index.claimed(encounter)
    yield from index.left_over()


def _with(encounter: Encounter, billed: Sequence[BilledClaim], claim: Claim) -> Encounter:
    """The note with what it lacks. An organization is no provider who could have signed it, so it is left out."""
    persons = (name for one in billed for name in one.providers if is_person(name))
    given = {
        "claim": claim,
        "payer": next((one.payer for one in billed if one.payer), None),
        "provider": next(persons, None),
        "care_started": min((one.care_started for one in billed if one.care_started), default=None),
    }
    lacking = {name: value for name, value in given.items() if value and getattr(encounter, name) in (None, "")}
    return encounter.model_copy(update=lacking) if lacking else encounter
