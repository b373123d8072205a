"""Encounters of one patient brought together, each with the notes before it, in whatever order they come.

Patients are told apart by their identifier. Two exports may give one identifier to two people, so across files it binds
only where the providers do not differ; within a file it always does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from auditor.records import EarlierNote, Encounter
from auditor.sources.claims.identity import patient_key, same_provider


@dataclass(slots=True)
class Patient:
    """The encounters of one patient, and the files they come from; ``places`` say which of the run each one is."""

    name: str
    """The identifier, as the first encounter writes it."""
    encounters: list[Encounter] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    files: set[Path | None] = field(default_factory=set)

    def bound(self) -> Iterator[tuple[int, Encounter]]:
        """Each encounter with its place and with all notes of earlier days, the first day first; undated ones first."""
        pairs = sorted(zip(self.places, self.encounters, strict=True), key=_by_day)
        known = self._known()
        for place, encounter in pairs:
            yield place, encounter.model_copy(update={"earlier": _before(encounter, known)})

    def _known(self) -> list[EarlierNote]:
        """Every note of the patient that can be an earlier one: the encounters', and those that they bring along."""
        own = (EarlierNote(date_of_service=one.date_of_service, text=one.text) for one in self.encounters)
        brought = (note for one in self.encounters for note in one.earlier)
        dated = {(note.date_of_service, note.text.strip()): note for note in (*brought, *own) if note.date_of_service}
        return [dated[key] for key in sorted(dated, key=str)]

    def takes(self, encounter: Encounter, file: Path | None) -> bool:
        """Whether an encounter with the same identifier is of this very patient."""
        if file in self.files:
            return True
        mine = encounter.provider
        providers = {one.provider for one in self.encounters if one.provider}
        return not mine or not providers or any(same_provider(mine, [other]) is not False for other in providers)


def _by_day(pair: tuple[int, Encounter]) -> tuple[date, str, int]:
    place, encounter = pair
    return encounter.date_of_service or date.min, encounter.id, place


def _before(encounter: Encounter, known: Iterable[EarlierNote]) -> tuple[EarlierNote, ...]:
    """The notes of days before an encounter's, beside those without a date that it brings itself."""
    day = encounter.date_of_service
    if day is None:
        return encounter.earlier
    given = tuple(note for note in encounter.earlier if note.date_of_service is None or note.date_of_service >= day)
    return (*given, *(note for note in known if note.date_of_service and note.date_of_service < day))


@dataclass(slots=True)
class Patients:
    """Gathers encounters by patient. Those without an identifier stand for themselves: ``add`` says so."""

    known: dict[str, list[Patient]] = field(default_factory=dict)

    def add(self, encounter: Encounter, *, place: int, file: Path | None = None) -> bool:
        """Take an encounter in; False where nothing says whose it is."""
        if not encounter.patient_id or not encounter.patient_id.strip():
            return False
        same = self.known.setdefault(patient_key(encounter.patient_id), [])
        patient = next((one for one in same if one.takes(encounter, file)), None)
        if patient is None:
            patient = Patient(encounter.patient_id.strip())
            same.append(patient)
        patient.encounters.append(encounter)
        patient.places.append(place)
        patient.files.add(file)
        return True

    def __iter__(self) -> Iterator[Patient]:
        """The patients, in the order in which they first came."""
        return iter(sorted((one for same in self.known.values() for one in same), key=lambda one: min(one.places)))

    def named(self, identifier: str) -> list[Patient]:
        """The patients of that identifier."""
        return self.known.get(patient_key(identifier), [])
