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
    """The encounters of one patient; ``places`` say which of the run each one is."""

    name: str
    """The identifier, as the first encounter writes it."""
    encounters: list[Encounter] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

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


@dataclass(frozen=True, slots=True)
class _Held:
    """An encounter with its place in the run and its file."""

    encounter: Encounter
    place: int
    file: Path | None


@dataclass(slots=True)
class Patients:
    """Gathers encounters by patient. Those without an identifier stand for themselves: ``add`` says so."""

    held: dict[str, list[_Held]] = field(default_factory=dict)

    def add(self, encounter: Encounter, *, place: int, file: Path | None = None) -> bool:
        """Take an encounter in; False where nothing says whose it is."""
        if not encounter.patient_id or not encounter.patient_id.strip():
            return False
        self.held.setdefault(patient_key(encounter.patient_id), []).append(_Held(encounter, place, file))
        return True

    def __iter__(self) -> Iterator[Patient]:
        """The patients, in the order in which they first came."""
        found = (patient for key in self.held for patient in self.named(key))
        return iter(sorted(found, key=lambda one: min(one.places)))

    def named(self, identifier: str) -> list[Patient]:
        """The patients of that identifier, in the order in which they first came."""
        return [_patient(group) for group in _groups(self.held.get(patient_key(identifier), []))]


def _patient(held: list[_Held]) -> Patient:
    name = (held[0].encounter.patient_id or "").strip()
    return Patient(name, [one.encounter for one in held], [one.place for one in held])


def _groups(held: list[_Held]) -> list[list[_Held]]:
    """Who is one patient: the records of one file, and files whose providers are the same; order does not matter.

    A file that names no provider, or one that cannot be compared, joins the others where those are one patient.
    """
    files: dict[Path | None, list[_Held]] = {}
    for one in held:
        files.setdefault(one.file, []).append(one)
    groups: list[list[_Held]] = []
    for records in files.values():
        same = [group for group in groups if _agree(group, records) is True]
        groups = [group for group in groups if group not in same]
        groups.append([*(one for group in same for one in group), *records])
    vague = [group for group in groups if all(_agree(group, other) is None for other in groups if other is not group)]
    clear = [group for group in groups if group not in vague]
    if len(groups) > 1 and len(clear) <= 1:
        groups = [[one for group in groups for one in group]]
    return [
        sorted(group, key=lambda one: one.place)
        for group in sorted(groups, key=lambda group: min(x.place for x in group))
    ]


def _agree(ours: list[_Held], theirs: list[_Held]) -> bool | None:
    """Whether two files name the same provider; None where that cannot be told."""
    names, others = ({one.encounter.provider for one in side if one.encounter.provider} for side in (ours, theirs))
    told = [same_provider(name, [other]) for name in names for other in others]
    if any(told):
        return True
    return False if False in told else None
