"""Benchmark: claims of an 837P read and bound to their notes, beside the bare reading of its segments.

``pytest -m benchmark tests/benchmarks/test_claim_files.py -s`` prints claims a second and the ratio. The file is generated
by x12sdk (10,000 claims, seeded). Both take turns in one process and the best round of each counts. Absolute figures
differ by half from one run or machine to the next: trust the ratio. The aim: more than 2,000 claims a second, read and
bound, and at most fifteen times the time of bare segments.
"""

import gc
import math
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor import Encounter
from auditor.sources.claims import BilledClaim, ClaimIndex, read_837p
from auditor.sources.claims.x12 import segments

pytestmark = pytest.mark.benchmark

CLAIMS = 10_000
ROUNDS = 5


@pytest.fixture(scope="module")
def claim_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from x12sdk.generate import generate_837p

    file = tmp_path_factory.mktemp("claims") / "claims.837"
    file.write_text(generate_837p(seed=1, claims=CLAIMS), encoding="utf-8")
    return file


def best_of_rounds(contenders: dict[str, Callable[[], object]]) -> dict[str, float]:
    best = dict.fromkeys(contenders, math.inf)
    for _ in range(ROUNDS):
        for name, work in contenders.items():
            gc.collect()
            start = time.perf_counter()
            work()
            best[name] = min(best[name], time.perf_counter() - start)
    return best


def notes_of(file: Path) -> list[Encounter]:
    return [
        Encounter(id=str(place), text="x", patient_id=claim.patients[0], date_of_service=claim.date_of_service)
        for place, claim in enumerate(read_837p(file))
        if isinstance(claim, BilledClaim)
    ]


def bound(file: Path, notes: list[Encounter]) -> int:
    index = ClaimIndex(read_837p(file))
    return sum(index.claimed(note).unmatched is None for note in notes)


def test_claims_a_second(claim_file: Path) -> None:
    notes = notes_of(claim_file)
    assert bound(claim_file, notes) == CLAIMS
    best = best_of_rounds(
        {
            "bare segments": lambda: sum(1 for _ in segments(claim_file)),
            "read_837p": lambda: sum(1 for _ in read_837p(claim_file)),
            "read and bound": lambda: bound(claim_file, notes),
        }
    )
    print(f"\n{CLAIMS} claims, best of {ROUNDS} rounds")
    for name, seconds in best.items():
        print(f"  {name:15} {CLAIMS / seconds:8.0f} claims/s {1e6 * seconds / CLAIMS:8.0f} µs a claim")
    print(f"  reading and binding take {best['read and bound'] / best['bare segments']:.1f} times the bare segments")
    assert CLAIMS / best["read and bound"] > 2_000


def test_memory_of_reading(claim_file: Path) -> None:
    tracemalloc.start()
    assert sum(1 for _ in read_837p(claim_file)) == CLAIMS
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"\n  {peak / 1e6:.1f} MB at most while {CLAIMS} claims of {claim_file.stat().st_size / 1e6:.1f} MB are read")
    assert peak < 8_000_000
