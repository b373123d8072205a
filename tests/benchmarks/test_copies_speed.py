"""How fast notes are compared with their patient's earlier ones: from the text, and from prints that are there."""

import json
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter

import pytest

from auditor.judging.comparison import in_common, novelty, repeat
from auditor.reading.prints import note_print

NOTES, VISITS = 100_000, 10


@pytest.mark.benchmark
def test_notes_compared_with_their_earlier_ones() -> None:
    files = sorted((Path(__file__).parents[2] / "corpora").glob("*.jsonl"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    texts = [json.loads(line)["encounter"]["text"] for line in lines]
    started = perf_counter()
    compared = 0
    visits: list = []
    for number, text in enumerate(islice(cycle(texts), NOTES)):
        if number % VISITS == 0:
            visits = []
        printed = note_print(text)
        for earlier in visits:
            repeat(printed, earlier, other_facts=lambda: 0)
            compared += 1
        if visits:
            novelty(printed, max(visits, key=lambda earlier: in_common(printed, earlier)))
        visits.append(printed)
    taken = perf_counter() - started
    print(
        f"\n{NOTES:,} notes, {compared:,} comparisons with up to {VISITS - 1} earlier ones: {NOTES / taken:,.0f} notes a second"
    )
    assert compared == NOTES * (VISITS - 1) // 2
