"""Notes of other patients of the same provider that a note repeats: searched over a run, and runs before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from auditor.cli.console import fail
from auditor.near_duplicates import SeenNote, SeenNotes, SeenNotesError
from auditor.reading.prints import note_print
from auditor.records import Encounter, SimilarNote


@contextmanager
def seen_notes(file: Path | None) -> Iterator[SeenNotes]:
    """The index of notes seen: the user's file, else one in memory; ends with a sentence where it fails."""
    try:
        with SeenNotes(file) as seen:
            yield seen
    except SeenNotesError as fault:
        fail(f"{fault}" if f"{fault}".endswith(".") else f"{fault}.")


def remember(seen: SeenNotes, encounters: Iterable[Encounter]) -> None:
    """Take notes into the index."""
    seen.add_many(_seen(encounter) for encounter in encounters)


def with_similar(seen: SeenNotes, encounter: Encounter) -> Encounter:
    """The encounter with the notes of other patients that it repeats."""
    if not encounter.provider:
        return encounter
    found = {
        SimilarNote(encounter_id=one.encounter_id, date_of_service=one.date_of_service)
        for one in seen.like(_seen(encounter))
    }
    similar = sorted({*encounter.similar, *found}, key=lambda one: (str(one.date_of_service), one.encounter_id))
    return encounter.model_copy(update={"similar": tuple(similar)})


def _seen(encounter: Encounter) -> SeenNote:
    return SeenNote(
        encounter.id, encounter.provider, encounter.patient_id, encounter.date_of_service, note_print(encounter.text)
    )
