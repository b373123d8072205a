"""Who matches whom: copies always, honest notes never, whatever the order; same provider, another patient, not later."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.facts import NotePrint
from auditor.near_duplicates import Match, SeenNote, SeenNotes
from auditor.near_duplicates.index import NEWEST

DAY = date(2026, 3, 4)
WORDS = tuple(range(2, 82, 2))
WORD = st.integers(1, 2**29 - 1).map(lambda half: 2 * half)
"""A word: even; levels are odd."""
LONG_NOTES = st.lists(WORD, min_size=18, max_size=60)
NUMBERS = st.lists(st.tuples(st.integers(0, 60), st.integers(-(2**31) + 1, -1)), max_size=3)


def note(
    name: str,
    words: tuple[int, ...] | list[int] = WORDS,
    *,
    patient: str | None = None,
    day: date | None = DAY,
    provider: str | None = "Ilse Vantongeren, DC",
) -> SeenNote:
    return SeenNote(name, provider, patient or f"patient of {name}", day, NotePrint(tuple(words)))


def with_numbers(words: list[int], numbers: list[tuple[int, int]]) -> list[int]:
    words = list(words)
    for place, number in numbers:
        words.insert(place, number)
    return words


def matched(notes: list[SeenNote]) -> set[tuple[str, str]]:
    with SeenNotes() as seen:
        seen.add_many(notes)
        return {(one.encounter_id, match.encounter_id) for one in notes for match in seen.like(one)}


@settings(deadline=None, max_examples=60)
@given(LONG_NOTES, NUMBERS, st.lists(LONG_NOTES, max_size=6))
def test_a_copy_is_always_found_whatever_three_of_its_numbers(
    words: list[int], numbers: list[tuple[int, int]], others: list[list[int]]
) -> None:
    with SeenNotes() as seen:
        seen.add_many(note(f"other {place}", other) for place, other in enumerate(others))
        seen.add(note("first", words))
        assert Match("first", DAY, 0.0) in seen.like(note("copy", with_numbers(words, numbers)))


@settings(deadline=None, max_examples=60)
@given(LONG_NOTES, st.randoms(use_true_random=False))
def test_a_copy_with_its_sentences_moved_is_found(words: list[int], draw: random.Random) -> None:
    moved = list(words)
    draw.shuffle(moved)
    with SeenNotes() as seen:
        seen.add(note("first", words))
        assert [match.share for match in seen.like(note("copy", moved))] == [0.0]


@st.composite
def alike_notes(draw: st.DrawFn) -> list[SeenNote]:
    """Notes of few patients and two providers that repeat each other's words, changed a little; undated or of one day."""
    bases = draw(st.lists(LONG_NOTES, min_size=1, max_size=3))
    notes = []
    for place in range(draw(st.integers(2, 10))):
        words = list(draw(st.sampled_from(bases)))
        for at in draw(st.lists(st.integers(0, 17), max_size=3)):
            words[at] = draw(WORD)
        notes.append(
            note(
                f"e{place}",
                words,
                patient=draw(st.sampled_from("ABCD")),
                provider=draw(st.sampled_from(["Ilse Vantongeren, DC", "Odo Quillfeather DC"])),
                day=draw(st.sampled_from([None, DAY])),
            )
        )
    return notes


@settings(deadline=None, max_examples=80)
@given(alike_notes(), st.randoms(use_true_random=False))
def test_order_never_matters_and_matching_is_mutual(notes: list[SeenNote], draw: random.Random) -> None:
    found = matched(notes)
    assert {(other, one) for one, other in found} == found
    draw.shuffle(notes)
    assert matched(notes) == found


@settings(deadline=None, max_examples=80)
@given(alike_notes())
def test_every_match_is_right_and_best_first(notes: list[SeenNote]) -> None:
    by_id = {one.encounter_id: one for one in notes}
    with SeenNotes() as seen:
        seen.add_many(notes)
        for one in notes:
            found = seen.like(one)
            assert [match.share for match in found] == sorted(match.share for match in found)
            for match in found:
                other = by_id[match.encounter_id]
                assert (other.provider, other.date_of_service) == (one.provider, match.date_of_service)
                assert other.patient != one.patient
                assert match.share == share(one, other) <= 0.06


def share(one: SeenNote, other: SeenNote) -> float:
    first, second = (Counter(item for item in told.print.must if item > 0) for told in (one, other))
    return ((first - second) + (second - first)).total() / (2 * max(first.total(), second.total()))


@settings(deadline=None, max_examples=60)
@given(LONG_NOTES, st.data())
def test_an_honest_note_is_not_found(words: list[int], data: st.DataObject) -> None:
    """Every eighth word at least is another one: 1/8 of both texts, twice the limit."""
    honest = [word if place % 8 else word + 2**30 for place, word in enumerate(words)]
    tail = data.draw(st.lists(WORD, max_size=1))
    with SeenNotes() as seen:
        seen.add(note("first", words))
        assert seen.like(note("honest", honest + tail)) == ()


@pytest.mark.parametrize(("changed", "share"), [(0, 0.0), (1, 0.025), (2, 0.05), (3, None), (20, None)])
def test_the_limit_of_other_words(changed: int, share: float | None) -> None:
    words = [word + 1_000_000 if place < changed else word for place, word in enumerate(WORDS)]
    with SeenNotes() as seen:
        seen.add(note("first"))
        assert seen.like(note("later", words)) == (() if share is None else (Match("first", DAY, share),))


def test_planted_near_copies_are_found_among_many() -> None:
    """Three of 60 words are others: 0.815 of the pairs are common, which is found with the chance 0.92."""
    draw = random.Random(11)
    firsts = [[draw.randrange(2, 2**30, 2) for _ in range(60)] for _ in range(400)]
    with SeenNotes() as seen:
        seen.add_many(note(f"e{place}", words) for place, words in enumerate(firsts))
        found = 0
        for place, words in enumerate(firsts):
            near = list(words)
            for at in draw.sample(range(60), 3):
                near[at] = draw.randrange(2, 2**30, 2)
            matches = seen.like(note("near", near))
            assert {match.encounter_id for match in matches} <= {f"e{place}"}
            found += bool(matches)
    assert found >= 0.88 * len(firsts)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda words: [*words[:-1], words[-1] + 1], False),  # a level in place of a word
        (lambda words: [*words, -5, -6, -7], True),
        (lambda words: [*words, -5, -6, -7, -8], False),  # a template filled with other values
    ],
)
def test_other_levels_and_many_other_numbers_are_no_repeat(change, found: bool) -> None:
    with SeenNotes() as seen:
        seen.add(note("first"))
        assert bool(seen.like(note("later", change(list(WORDS))))) is found


@pytest.mark.parametrize(
    ("first", "later", "found"),
    [
        (DAY, DAY, True),
        (DAY, DAY + timedelta(1), True),
        (DAY, DAY - timedelta(1), False),
        (None, DAY, True),
        (DAY, None, True),
        (None, None, True),
    ],
)
def test_only_notes_of_the_day_or_before(first: date | None, later: date | None, found: bool) -> None:
    with SeenNotes() as seen:
        seen.add(note("first", day=first))
        assert seen.like(note("later", day=later)) == ((Match("first", first, 0.0),) if found else ())


@pytest.mark.parametrize(
    ("provider", "patient", "found"),
    [
        ("Ilse Vantongeren, DC", "B-2", True),
        ("ILSE VANTONGEREN D.C.", "B-2", True),
        ("Odo Quillfeather DC", "B-2", False),
        ("Ilse Vantongeren, DC", "A-1", False),
        ("Ilse Vantongeren, DC", " a1 ", False),
        (None, "B-2", False),
        (" - ", "B-2", False),
        ("Ilse Vantongeren, DC", None, False),
    ],
)
def test_same_provider_and_another_patient(provider: str | None, patient: str | None, found: bool) -> None:
    later = SeenNote("later", provider, patient, DAY, NotePrint(WORDS))
    for one, other in (("first", later), ("later", note("first", patient="A-1"))):
        with SeenNotes() as seen:
            seen.add(note("first", patient="A-1") if one == "first" else later)
            assert bool(seen.like(other)) is found


def test_terse_notes_and_what_may_stay_are_no_repeat() -> None:
    with SeenNotes() as seen:
        for name in ("one", "two"):
            seen.add(SeenNote(name, "Dr. Q", name, DAY, NotePrint(WORDS[:17], WORDS)))
        assert len(seen) == 0
        assert seen.like(SeenNote("three", "Dr. Q", "three", DAY, NotePrint(WORDS[:17], WORDS))) == ()


def test_of_a_bucket_the_newest_are_looked_at() -> None:
    """A template of 300 notes: as many matches as a bucket gives, the newest; the patient's own notes take no place."""
    with SeenNotes() as seen:
        seen.add_many(note(f"e{place}", day=DAY + timedelta(place)) for place in range(300))
        seen.add_many(note(f"own {place}", day=DAY + timedelta(301), patient="own") for place in range(300))
        found = seen.like(note("late", day=DAY + timedelta(400), patient="own"))
        assert [match.encounter_id for match in found] == [f"e{place}" for place in range(299, 299 - NEWEST, -1)]
        early = seen.like(note("early", day=DAY + timedelta(4), patient="own"))
        assert [match.encounter_id for match in early] == ["e4", "e3", "e2", "e1", "e0"]
