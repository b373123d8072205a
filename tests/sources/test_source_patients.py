"""Encounters brought together by patient."""

from pathlib import Path

import pytest

from auditor.records import Encounter, parse_encounter
from auditor.sources.patients import Patients


def note(name: str, day: str | None, patient: str | None = "P1", **known: object) -> Encounter:
    return parse_encounter({"id": name, "text": f"note {name}", "date_of_service": day, "patient_id": patient, **known})


def gathered(*encounters: Encounter, files: tuple[str, ...] = ()) -> list[list[tuple[str, list[str]]]]:
    """For each patient its encounters with the texts of their earlier notes."""
    patients = Patients()
    for place, one in enumerate(encounters):
        patients.add(one, place=place, file=Path(files[place]) if files else None)
    return [[(one.id, [n.text for n in one.earlier]) for _, one in patient.bound()] for patient in patients]


def test_each_encounter_gets_the_notes_before_it() -> None:
    found = gathered(note("c", "2026-03-09"), note("a", "2026-03-02"), note("b", "2026-03-05"))
    assert found == [[("a", []), ("b", ["note a"]), ("c", ["note a", "note b"])]]


def test_one_day_is_not_before_itself_and_no_day_is_before_none() -> None:
    found = gathered(note("a", "2026-03-02"), note("b", "2026-03-02"), note("u", None))
    assert found == [[("u", []), ("a", []), ("b", [])]]


def test_notes_that_an_encounter_brings_along_serve_the_others_too() -> None:
    brought = [
        {"date_of_service": "2026-02-01", "text": "intake"},
        {"date_of_service": "2026-03-02", "text": "note a "},
    ]
    found = gathered(note("b", "2026-03-05", earlier=brought), note("a", "2026-03-02"), note("c", "2026-03-09"))
    assert found == [[("a", ["intake"]), ("b", ["intake", "note a"]), ("c", ["intake", "note a", "note b"])]]


def test_patients_are_told_apart() -> None:
    found = gathered(note("a", "2026-03-02", "P1"), note("b", "2026-03-05", "P2"), note("c", "2026-03-09", " p1 "))
    assert found == [[("a", []), ("c", ["note a"])], [("b", [])]]


@pytest.mark.parametrize("patient", [None, "", "  "])
def test_without_an_identifier_nobody_is_known(patient: str | None) -> None:
    assert not Patients().add(note("a", "2026-03-02", patient), place=0)


@pytest.mark.parametrize(
    ("first", "second", "files", "together"),
    [
        ("Jane Roe, DC", "Tom Poe, DC", ("x.jsonl", "x.jsonl"), True),
        ("Jane Roe, DC", "Tom Poe, DC", ("x.jsonl", "y.jsonl"), False),
        ("Jane Roe, DC", "Roe, Jane", ("x.jsonl", "y.jsonl"), True),
        ("Jane Roe, DC", None, ("x.jsonl", "y.jsonl"), True),
    ],
)
def test_across_files_an_identifier_binds_where_the_providers_do_not_differ(
    first: str, second: str | None, files: tuple[str, str], together: bool
) -> None:
    found = gathered(note("a", "2026-03-02", provider=first), note("b", "2026-03-05", provider=second), files=files)
    assert len(found) == (1 if together else 2)


def test_a_record_without_provider_joins_nobody_where_two_patients_share_an_identifier() -> None:
    ann = note("ann", "2026-01-05", provider="Ann Xavier, DC")
    bob = note("bob", "2026-01-12", provider="Bob Young, DC")
    vague = note("vague", "2026-01-15", provider=None)
    for records, files in (([ann, bob, vague], ("x", "y", "y")), ([vague, bob, ann], ("y", "y", "x"))):
        found = gathered(*records, files=files)
        assert sorted(sorted(name for name, _ in patient) for patient in found) == [["ann"], ["bob", "vague"]]
    for records, files in (([ann, bob, vague], ("x", "y", "z")), ([vague, bob, ann], ("z", "y", "x"))):
        assert len(gathered(*records, files=files)) == 3
