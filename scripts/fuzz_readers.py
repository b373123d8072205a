"""Fuzz one reader with atheris: no exception, no hang, nothing of the file in a rejection's sentence.

Run by hand, with ``pip install atheris`` beside the extras ``claims`` and ``documents``:

    python scripts/fuzz_readers.py .pdf -max_total_time=60 -max_len=20000 corpus-of-pdfs/

The first argument is a suffix that ``auditor.sources`` reads, or 837, 835, claims, fees or pack. Seeds
hold the word in MARKER where a note or a name would stand. What follows goes to libFuzzer.
"""

import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["auditor"]):
    from auditor.judging.pack_file import PackError, parse_pack
    from auditor.sources import READERS
    from auditor.sources.claims import read_835, read_837p, read_claim_table
    from auditor.sources.fee_table import read_fees
    from auditor.sources.records import Rejected, UnreadableError

MARKER = "Zzyzxmarker"
LONGEST_SENTENCE = 600
MOST_SECONDS = 20.0
CLAIM_COLUMNS = {name: name for name in ("patient_id", "date_of_service", "cpt", "dx", "units")}


def fees(path: Path) -> list[Any]:
    """The fees of a schedule, or what is wrong with it."""
    try:
        return list(read_fees(path))
    except UnreadableError as fault:
        return [Rejected("fees", None, str(fault))]


def pack(path: Path) -> list[Any]:
    """Nothing, where a pack can be read or is refused."""
    try:
        parse_pack(path.read_text("utf-8", "replace"), "pack.toml")
    except PackError:
        return []
    return []


def reader_of(kind: str) -> Callable[[Path], Iterable[Any]]:
    """What reads files of this kind."""
    others: dict[str, Callable[[Path], Iterable[Any]]] = {
        "837": read_837p,
        "835": read_835,
        "claims": lambda path: read_claim_table(path, CLAIM_COLUMNS),
        "fees": fees,
        "pack": pack,
    }
    return others[kind] if kind in others else lambda path: READERS[kind](path, "x")


def main() -> None:
    """Fuzz until libFuzzer ends."""
    kind = sys.argv.pop(1)
    read = reader_of(kind)
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"x{kind if kind.startswith('.') else '.edi'}")

        def one(data: bytes) -> None:
            file.write_bytes(data)
            start = time.perf_counter()
            for item in read(file):
                if isinstance(item, Rejected) and (MARKER in item.reason or len(item.reason) > LONGEST_SENTENCE):
                    raise AssertionError("a rejection quotes the file")
            if time.perf_counter() - start > MOST_SECONDS:
                raise AssertionError("a file takes too long")

        atheris.Setup(sys.argv, one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
