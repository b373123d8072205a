"""JSON Lines and JSON: good records come out, bad ones are rejected one by one."""

import json
from pathlib import Path

import pytest

from auditor.records import Claim, ClaimLine, Encounter
from auditor.sources import Rejected, read
from auditor.sources.records import MAX_CHARACTERS

SECRET = "Zebulon Quux hurts at L4"


def lines(*records: object) -> str:
    return "".join(f"{record if isinstance(record, str) else json.dumps(record)}\n" for record in records)


@pytest.mark.parametrize(
    ("line", "encounter"),
    [
        ({"id": "a", "text": "C5"}, Encounter(id="a", text="C5")),
        ({"text": "C5"}, Encounter(id="visits-1", text="C5")),
        ({"id": " ", "text": "C5"}, Encounter(id="visits-1", text="C5")),
        ({"id": None, "text": "C5", "claim": None, "earlier": None}, Encounter(id="visits-1", text="C5")),
        ({"id": 17, "text": "C5"}, Encounter(id="17", text="C5")),
        ({"id": "a\nb", "text": "C5"}, Encounter(id="a?b", text="C5")),
        ({"text": ""}, Encounter(id="visits-1", text="")),
        ({"text": "\ud800 at C5", "payer": "\udfff"}, Encounter(id="visits-1", text="\ufffd at C5", payer="\ufffd")),
        ({"text": "C5\0L4"}, Encounter(id="visits-1", text="C5 L4")),
        ({"text": "x", "earlier": [{"text": "a\0b"}]}, Encounter(id="visits-1", text="x", earlier=[{"text": "a b"}])),
        ({"text": "x", "care_started": "2026-03-04"}, Encounter(id="visits-1", text="x", care_started="2026-03-04")),
        (
            {"text": "x", "claim": {"lines": [{"cpt": "98941", "modifiers": ["AT"]}]}},
            Encounter(id="visits-1", text="x", claim=Claim(lines=(ClaimLine(cpt="98941", modifiers=("AT",)),))),
        ),
        ({"encounter": {"id": "a", "text": "C5"}, "gold": {"visit": "initial"}}, Encounter(id="a", text="C5")),
    ],
)
def test_a_line_is_an_encounter(tmp_path: Path, line: dict[str, object], encounter: Encounter) -> None:
    (tmp_path / "visits.jsonl").write_text(lines(line), encoding="utf-8")
    assert list(read(tmp_path / "visits.jsonl")) == [encounter]


@pytest.mark.parametrize(
    ("line", "says", "record_id"),
    [
        ('{"id": "a", "text": "' + SECRET, "no complete JSON, perhaps it is cut off", None),
        (f'"{SECRET}"', "no JSON object", None),
        ("[" * 100_000, "no complete JSON", None),
        ('{"text": "x", "claim": {"lines": [{"cpt": "98941", "charge": NaN}]}}', "no complete JSON", None),
        ({"id": "a"}, "the field text is missing", "a"),
        ({"id": "a", "text": None}, "the field text is missing", "a"),
        ({"id": "a", "text": [SECRET]}, "field text: it must be text", "a"),
        ({"id": {"a": 1}, "text": SECRET}, "field id: it must be text", None),
        ({"id": True, "text": SECRET}, "field id: it must be text", None),
        ({"id": "a" * 300, "text": SECRET}, "field id: it is longer than 200", None),
        ({"id": "a", "text": SECRET, "date_of_service": "2026-02-30"}, "field date_of_service: there is no such", "a"),
        ({"id": "a", "text": SECRET, "care_started": SECRET}, "field care_started: there is no such date", "a"),
        ({"id": "a", "text": SECRET, "visit": SECRET}, "field visit: ", "a"),
        ({"id": "a", "text": SECRET, "earlier": [{"text": 5}]}, "field earlier.0.text: it must be text", "a"),
        ({"id": "a", "text": SECRET, "earlier": [{}]}, "field earlier.0.text: ", "a"),
        ({"id": "a", "text": SECRET, "claim": {"lines": [{"cpt": SECRET}]}}, "field claim.lines.0.cpt: ", "a"),
        ({"id": "a", "text": SECRET, "claim": SECRET}, "field claim: ", "a"),
        ('{"a":' * 700 + "1" + "}" * 700, "", None),
        ({"id": "a", "text": "x" * (MAX_CHARACTERS + 1)}, "longer than 200,000 characters", "a"),
    ],
)
def test_a_bad_line_is_rejected_and_the_rest_goes_on(
    tmp_path: Path, line: object, says: str, record_id: str | None
) -> None:
    file = tmp_path / "visits.jsonl"
    file.write_text(lines({"text": "first"}, "", line, {"text": "last"}), encoding="utf-8")
    first, bad, last = read(file)
    assert [first, last] == [Encounter(id="visits-1", text="first"), Encounter(id="visits-4", text="last")]
    assert isinstance(bad, Rejected)
    assert (bad.source, bad.line, bad.record_id) == (str(file), 3, record_id)
    assert bad.reason.startswith(f"{file}, line 3: {says}" if says.startswith("field") else f"{file}, line 3: ")
    assert says in bad.reason
    assert "Zebulon" not in bad.reason


def test_a_line_beyond_the_limit_is_rejected_in_bounded_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.sources.decoding.MAX_RECORD_CHARACTERS", 40)
    file = tmp_path / "visits.jsonl"
    file.write_text(lines({"text": "a"}, {"text": "b" * 200}, {"text": "c"}, '{"text": "' + "d" * 27 + '"}'))
    first, long, third, fits = read(file)
    assert isinstance(long, Rejected)
    assert long.line == 2
    assert [item.text for item in (first, third, fits) if isinstance(item, Encounter)] == ["a", "c", "d" * 27]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("name", ["visits.jsonl", "visits.json"])
def test_records_in_other_encodings(tmp_path: Path, encoding: str, name: str) -> None:
    (tmp_path / name).write_bytes('{"id": "a", "text": "70°"}\r\n'.encode(encoding))
    assert list(read(tmp_path / name)) == [Encounter(id="a", text="70°")]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ('{"text": "x"}', ["visits"]),
        ('[{"text": "x"}, {"id": "b", "text": "y"}]', ["visits-1", "b"]),
        ('{"encounter": {"text": "x"}, "gold": {}}', ["visits"]),
    ],
)
def test_json_holds_one_encounter_or_a_list(tmp_path: Path, text: str, ids: list[str]) -> None:
    (tmp_path / "visits.json").write_text(text)
    assert [item.id for item in read(tmp_path / "visits.json") if isinstance(item, Encounter)] == ids


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("visits.json", '[{"text": "x"}', "no complete JSON"),
        ("visits.json", "", "no complete JSON"),
        ("visits.json", "[]", "the list is empty"),
        ("visits.json", '[{"text": 5}]', "record 1: field text"),
        ("visits.jsonl", "\n \n", "the file is empty"),
    ],
)
def test_a_bad_file_is_one_rejection(tmp_path: Path, name: str, text: str, says: str) -> None:
    (tmp_path / name).write_text(text)
    [item] = read(tmp_path / name)
    assert isinstance(item, Rejected)
    assert says in item.reason
    assert item.source == str(tmp_path / name)


def test_a_json_file_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.sources.json_file.MAX_RECORD_CHARACTERS", 10)
    (tmp_path / "visits.json").write_text('{"text": "x"}')
    [item] = read(tmp_path / "visits.json")
    assert isinstance(item, Rejected)
    assert "write it as JSON Lines" in item.reason
