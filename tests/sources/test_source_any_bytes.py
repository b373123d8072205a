"""Whatever bytes come in, only encounters and rejections come out, and nothing of the note stands in a reason."""

import json
import tempfile
import warnings
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from auditor.records import Encounter
from auditor.sources import READERS, Rejected, read

NAMES = [f"visits{suffix}" for suffix in (*READERS, ".dat", "")]
SECRET = "qqzebulonqq"
BROKEN = st.one_of(
    st.binary(max_size=400),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=200).map(lambda text: text.encode("utf-16")),
    st.lists(st.sampled_from([b"text", b"id", b",", b'"', b"\n", b"\r", b"\0", b";", b"98941", b"{", b"}"])).map(
        b"".join
    ),
    st.dictionaries(
        st.sampled_from(["id", "text", "visit", "claim", "earlier", "abn", "date_of_service", "encounter"]),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.integers() | st.text(st.characters(), max_size=8),
            lambda inner: (
                st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "lines", "cpt"]), inner)
            ),
            max_leaves=6,
        ),
    ).map(lambda record: json.dumps(record).encode()),
)


def items_of(name: str, data: bytes) -> list[object]:
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        Path(folder, name).write_bytes(data)
        return list(read(Path(folder, name)))


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=BROKEN)
@example(data=b'text\n"')
@example(data=b'{"text": "\\ud800"}')
@example(data=b"\xff\xfe\x00")
def test_any_bytes_give_encounters_or_rejections(name: str, data: bytes) -> None:
    items = items_of(name, data)
    assert items
    for item in items:
        assert isinstance(item, Encounter | Rejected)
        if isinstance(item, Encounter):
            item.model_dump_json().encode("utf-8")
        else:
            assert item.reason.startswith(item.source)
            assert item.reason.endswith(".")
            assert "\n" not in item.reason


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=100, deadline=None)
@given(before=st.binary(max_size=40), after=st.binary(max_size=40))
@example(before=b"id,text,date_of_service\n1,", after=b",2026-02-30")
@example(before=b'{"text": "', after=b'", "visit": "third"}')
@example(before=b"id,text,cpt\n1,x,", after=b"")
def test_a_reason_never_quotes_the_note(name: str, before: bytes, after: bytes) -> None:
    note = f"{SECRET} {SECRET} {SECRET} hurts {SECRET}".encode()
    for item in items_of(name, before + note + after):
        if isinstance(item, Rejected):
            assert SECRET not in item.reason.lower()


@settings(max_examples=200, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), min_size=1))
def test_a_note_comes_out_as_it_went_in(text: str) -> None:
    note = f"C5 {text}"
    for name, data in (
        ("visits.txt", note.encode()),
        ("visits.txt", note.encode("utf-16")),
        ("visits.jsonl", json.dumps({"text": note}).encode()),
        ("visits.csv", b'text\n"' + note.replace('"', '""').encode() + b'"\n'),
    ):
        [item] = items_of(name, data)
        assert isinstance(item, Encounter)
        assert item.text == note
