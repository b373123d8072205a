"""What the tests of documents share: the samples, what an audit finds in a text, and what may never come out."""

import re
import tempfile
import warnings
from functools import cache
from pathlib import Path

import auditor
from auditor.records import Encounter
from auditor.sources import Item, Reader, Rejected

SAMPLES = Path(__file__).parent / "samples"
SECRET = "qqzebulonqq"
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xa0\xad\u2000-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ud800-\udfff]"
)


@cache
def verdict(text: str) -> tuple[object, ...]:
    """Regions treated and the status of each element."""
    audit = auditor.audit(text)
    return audit.region_check.treated, audit.region_check.supported, *((e.element, e.status) for e in audit.elements)


def original(name: str) -> str:
    return (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")


def item_of(reader: Reader, path: Path) -> Item:
    [item] = reader(path, "visit")
    return item


def text_of(reader: Reader, path: Path) -> str:
    item = item_of(reader, path)
    assert isinstance(item, Encounter), item.reason
    assert item.id == "visit"
    assert not FORBIDDEN.search(item.text)
    return item.text


def reason_of(reader: Reader, path: Path) -> str:
    item = item_of(reader, path)
    assert isinstance(item, Rejected), "it was read"
    assert item.reason.startswith(f"{path}: ")
    assert item.reason.endswith(".")
    assert "\n" not in item.reason
    assert SECRET not in item.reason.lower()
    return item.reason.removeprefix(f"{path}: ")


def check_any(reader: Reader, suffix: str, data: bytes) -> None:
    """Whatever the bytes are: an encounter with final text, or a rejection that quotes nothing."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = Path(folder, f"visit{suffix}")
        path.write_bytes(data)
        if isinstance(item_of(reader, path), Encounter):
            text_of(reader, path).encode("utf-8")
        else:
            reason_of(reader, path)
