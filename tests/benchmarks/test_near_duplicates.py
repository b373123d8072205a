"""Benchmark: notes kept and looked for in the index of seen notes, beside the bare min-hashes of the same notes.

``pytest -m benchmark tests/benchmarks/test_near_duplicates.py -s`` prints notes a second, memory, size of the file, and how
many of the planted near-copies were found. ``AUDITOR_BENCHMARK_SEEN`` sets the number of notes (100,000). The prints are
made up (seeded): per provider 14 template sentences of which a note takes half its words, the rest drawn as words of a text
are; one of a thousand is a near-copy of another patient's note, with up to 6 % of its words and all its numbers changed.
Absolute figures differ by half from one run or machine to the next: trust the ratios. The aim: more than 1,000 notes a
second, kept and looked for.
"""

import os
import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate, islice
from pathlib import Path

import pytest

from auditor.facts import NotePrint
from auditor.near_duplicates import SeenNote, SeenNotes
from auditor.near_duplicates.minhash import keys_of, words_of

pytestmark = pytest.mark.benchmark

NOTES = int(os.environ.get("AUDITOR_BENCHMARK_SEEN", "100000"))
AT_ONCE = 5_000
PROVIDERS = max(20, NOTES // 5_000)
VOCABULARY = 5_000
CHANCES = list(accumulate(1 / (rank + 5) for rank in range(VOCABULARY)))


class Clinic:
    """A provider: template, and the latest notes that may be copied."""

    def __init__(self, draw: random.Random, name: str) -> None:
        self.name = name
        self.template = [[draw.randrange(2, 2**31, 2) for _ in range(5)] for _ in range(14)]
        self.notes: list[SeenNote] = []


def made_up(draw: random.Random, clinic: Clinic, vocabulary: list[int]) -> list[int]:
    """Words of a note: half of them template sentences, the rest its own, and some numbers."""
    size = draw.randrange(40, 75)
    words: list[int] = []
    for sentence in sorted(draw.sample(range(14), size // 10)):
        words += [*clinic.template[sentence], *draw.choices(vocabulary, cum_weights=CHANCES, k=5)]
        words.append(-draw.randrange(1, 2**31))
    return words


def nearly(draw: random.Random, words: tuple[int, ...]) -> list[int]:
    copy = [word if word > 0 else -draw.randrange(1, 2**31) for word in words]
    places = [place for place, word in enumerate(copy) if word > 0]
    for place in draw.sample(places, draw.randrange(0, int(0.06 * len(places)) + 1)):
        copy[place] = draw.randrange(2, 2**31, 2)
    return copy


def notes(planted: dict[str, str]) -> Iterator[SeenNote]:
    """Notes in order of their days; ``planted`` gets the near-copies and what they copy."""
    draw = random.Random(7)
    vocabulary = [draw.randrange(2, 2**31, 2) for _ in range(VOCABULARY)]
    clinics = [Clinic(draw, f"provider {number}") for number in range(PROVIDERS)]
    for number in range(NOTES):
        clinic, name = draw.choice(clinics), f"e{number}"
        if clinic.notes and draw.random() < 0.001:
            source = draw.choice(clinic.notes)
            planted[name] = source.encounter_id
            words, patient = nearly(draw, source.print.must), f"copied {number}"
        else:
            words, patient = made_up(draw, clinic, vocabulary), f"patient {draw.randrange(350)}"
        day = date(2024, 1, 1) + timedelta(days=number * 700 // NOTES)
        note = SeenNote(name, clinic.name, patient, day, NotePrint(tuple(words)))
        if name not in planted and draw.random() < 0.01:
            clinic.notes = [*clinic.notes[-30:], note]
        yield note


def resident() -> float:
    """Memory of this process in MB, 0 where the system does not tell."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def test_notes_a_second(tmp_path: Path) -> None:
    planted: dict[str, str] = {}
    found: dict[str, set[str]] = {}
    spent = {"min-hashes": 0.0, "add_many": 0.0, "like": 0.0}
    file, before, most = tmp_path / "seen.sqlite", resident(), 0.0
    source = notes(planted)
    with SeenNotes(file) as seen:
        while batch := list(islice(source, AT_ONCE)):
            times = [time.perf_counter()]
            keys_of([words_of(note.print) for note in batch])
            times.append(time.perf_counter())
            seen.add_many(batch)
            times.append(time.perf_counter())
            alike = {note.encounter_id: {match.encounter_id for match in seen.like(note)} for note in batch}
            times.append(time.perf_counter())
            for name, begin, end in zip(spent, times, times[1:], strict=False):
                spent[name] += end - begin
            found |= {name: matches for name, matches in alike.items() if matches}
            most = max(most, resident())
        assert len(seen) == NOTES
    right = sum(source in found.get(name, ()) for name, source in planted.items())
    wrong = sum(1 for name in found if name not in planted and not found[name] & planted.keys())
    both = spent["add_many"] + spent["like"]
    print(f"\n{NOTES} notes of {PROVIDERS} providers, {len(planted)} near-copies planted")
    for name, seconds in spent.items():
        print(f"  {name:10} {NOTES / seconds:8.0f} notes/s {1e6 * seconds / NOTES:8.0f} µs a note")
    print(f"  kept and looked for {NOTES / both:8.0f} notes/s, {both / spent['min-hashes']:.1f} times bare min-hashes")
    print(f"  {right} planted ones found, {wrong} other notes matched")
    print(f"  file {file.stat().st_size / 1e6:.0f} MB, memory {before:.0f} MB before, {most:.0f} MB at most")
    assert right >= 0.95 * len(planted)
    assert NOTES / both > 1_000


def test_one_by_one(tmp_path: Path) -> None:
    """Each note looked for, then kept in a transaction of its own, beside the same notes in bulk."""
    few = list(islice(notes({}), 10_000))
    with SeenNotes(tmp_path / "one.sqlite") as seen:
        begin = time.perf_counter()
        for note in few:
            seen.like(note)
            seen.add(note)
        single = time.perf_counter() - begin
    with SeenNotes(tmp_path / "bulk.sqlite") as seen:
        begin = time.perf_counter()
        seen.add_many(few)
        for note in few:
            seen.like(note)
        bulk = time.perf_counter() - begin
    print(f"\n{len(few)} notes: {len(few) / single:.0f} notes/s one by one, {single / bulk:.1f} times the time in bulk")
    assert single < 10 * bulk
