"""Spans out to annotation tools and back: nothing is lost, and what cannot be is one sentence."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.benchmark.brat import configuration, from_brat, to_brat
from auditor.benchmark.label_studio import from_label_studio, interface, to_label_studio
from auditor.benchmark.spans import Span, SpanError, in_order, parse_spans

TEXT = "S: neck 4/10 💢 sore.\nO: C5\nrestricted.\nP: Adjusted C5. 2x/week.\nSigned Zoë Quux, DC"
LEVELS = st.lists(st.sampled_from(["C5", "L4", "SI-R", "cervical"]), max_size=2).map(tuple)


@st.composite
def some_spans(draw):
    start = draw(st.integers(0, len(TEXT) - 2))
    end = draw(st.integers(start + 1, len(TEXT)))
    if not TEXT[start:end].strip("\n\r"):
        end = start + 1
        start = max(0, start - 3)
    fields = draw(
        st.sampled_from(
            [
                {"kind": "place", "role": "treated", "assertion": "affirmed", "names": draw(LEVELS)},
                {"kind": "place", "role": "complaint"},
                {"kind": "part", "criterion": "R", "regions": draw(LEVELS)},
                {"kind": "measure", "instrument": "NPRS", "value": 4.5, "when": "previous"},
                {"kind": "plan", "facet": "objective_goal"},
                {"kind": "signature", "status": "weak"},
            ]
        )
    )
    return Span(start=start, end=end, **fields)


SPANS = st.lists(some_spans(), max_size=6).map(in_order)


@given(SPANS)
def test_brat_and_back(spans):
    keeps_ends = all(TEXT[s.start] not in "\r\n" and TEXT[s.end - 1] not in "\r\n" for s in spans)
    back = from_brat(TEXT, to_brat(TEXT, spans))
    if keeps_ends:
        assert back == spans
    assert sorted(s.label for s in back) == sorted(s.label for s in spans)


@given(SPANS)
def test_label_studio_and_back(spans):
    tasks = json.loads(json.dumps(to_label_studio([("n-1", TEXT, spans)])))
    assert list(from_label_studio(tasks)) == [("n-1", TEXT, spans)]


def test_a_brat_annotation_quotes_its_words_and_breaks_at_line_ends():
    start = TEXT.index("C5\nrestricted")
    span = Span(start=start, end=start + 13, kind="part", criterion="R", regions=("cervical",))
    first, remark = to_brat(TEXT, [span]).splitlines()
    assert first == f"T1\tpart-R {start} {start + 2};{start + 3} {start + 13}\tC5 restricted"
    assert json.loads(remark.split("\t")[2]) == {"criterion": "R", "regions": ["cervical"]}


def test_a_new_annotation_without_remarks_is_read():
    """What somebody marks anew in brat or Label Studio has no further fields."""
    at = TEXT.index("neck")
    assert from_brat(TEXT, f"T7\tplace-complaint {at} {at + 4}\tneck\n") == (
        Span(start=at, end=at + 4, kind="place", role="complaint"),
    )


def test_offsets_in_utf16_units_are_known_by_the_words():
    at = TEXT.index("sore")
    region = {"type": "labels", "value": {"start": at + 1, "end": at + 5, "text": "sore", "labels": ["part:P"]}}
    [(_, _, spans)] = from_label_studio([{"data": {"id": 1, "text": TEXT}, "annotations": [{"result": [region]}]}])
    assert TEXT[spans[0].start : spans[0].end] == "sore"


def test_every_label_of_a_span_stands_in_both_configurations():
    types = [line for line in configuration().splitlines() if "-" in line]
    assert {"place-treated", "part-R", "measure-NPRS", "plan-frequency", "signature-weak"} <= set(types)
    assert re.findall(r'<Label value="([^"]+)"', interface()) == [one.replace("-", ":", 1) for one in types]


@pytest.mark.parametrize(
    ("annotations", "says"),
    [
        ("T1 place-treated 0 3 abc", "line 1: this is no annotation of brat"),
        (f"T1\tweather 0 3\t{TEXT[:3]}", "line 1: the type weather is none of"),
        ("T1\tplace-treated 0 9999\tabc", "line 1: the words are not those"),
        (f"T1\tplace-happy 0 3\t{TEXT[:3]}", "line 1: field role"),
        (f"T1\tplace-treated 0 3\t{TEXT[:3]}\n#1\tAnnotatorNotes T1\tnot json", "holds no JSON"),
    ],
)
def test_a_bad_brat_line_is_named(annotations, says):
    with pytest.raises(SpanError, match=re.escape(says)):
        from_brat(TEXT, annotations)


@pytest.mark.parametrize(
    "tasks", [{}, [[]], [{"data": {}}], [{"data": {"text": "x"}, "annotations": [{"result": [{"type": "labels"}]}]}]]
)
def test_a_bad_task_is_named(tasks):
    with pytest.raises(SpanError, match=r"list of tasks|task 1"):
        list(from_label_studio(tasks))


@pytest.mark.parametrize(
    ("span", "says"),
    [
        ({"start": 3, "end": 3, "kind": "plan", "facet": "goal"}, "its end is not behind its start"),
        ({"start": 0, "end": 3, "kind": "plan"}, "has the field facet"),
        ({"start": 0, "end": 3, "kind": "plan", "facet": "goal", "role": "treated"}, "has the field facet"),
        ({"start": 0, "end": 999, "kind": "plan", "facet": "goal"}, "span 1 ends behind the note"),
        ({"start": -1, "end": 3, "kind": "plan", "facet": "goal"}, "span 1, field start"),
    ],
)
def test_a_span_that_cannot_be_is_named_without_quoting_the_note(span, says):
    with pytest.raises(SpanError, match=re.escape(says)) as fault:
        parse_spans([span], TEXT)
    assert "neck" not in str(fault.value)


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    file = tmp_path / "mine.jsonl"
    file.write_text(json.dumps({"encounter": {"id": "a/1", "text": TEXT}, "gold": {}, "spans": []}) + "\n")
    return file


@pytest.mark.parametrize(("tool", "made"), [("brat", "out"), ("label-studio", "out/tasks.json")])
def test_a_draft_goes_out_and_comes_back_into_its_notes(auditor, labelled: Path, tmp_path: Path, tool, made):
    out = tmp_path / "out"
    result = auditor("spans", "export", labelled, "--to", tool, "--out", out, "--draft")
    assert (result.exit_code, result.stderr) == (0, "")
    back = tmp_path / "back.jsonl"
    result = auditor("spans", "import", tmp_path / made, "--from", tool, "--into", labelled, "--out", back)
    assert (result.exit_code, result.stderr) == (0, "")
    record = json.loads(back.read_text())
    assert record["encounter"]["id"] == "a/1"
    assert record["gold"] == {}
    treated = [s for s in record["spans"] if s.get("role") == "treated"]
    assert [TEXT[s["start"] : s["end"]] for s in treated] == ["C5"]


def test_spans_of_another_text_are_refused(auditor, labelled: Path, tmp_path: Path):
    auditor("spans", "export", labelled, "--to", "brat", "--out", tmp_path / "out")
    labelled.write_text(labelled.read_text().replace("4/10", "5/10"))
    result = auditor("spans", "import", tmp_path / "out", "--from", "brat", "--into", labelled)
    assert result.exit_code == 2
    assert "another text" in result.stderr


def with_spans(folder: Path, name: str, *encounters: dict) -> Path:
    """A file of labelled notes, each with one span over its neck."""
    at = TEXT.index("neck")
    span = {"start": at, "end": at + 4, "kind": "place", "role": "complaint", "names": ["cervical"]}
    folder.mkdir(exist_ok=True)
    file = folder / name
    lines = [{"encounter": {"text": TEXT, **one}, "gold": {}, "spans": [span]} for one in encounters]
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return file


@pytest.mark.parametrize("tool", ["brat", "label-studio"])
@pytest.mark.parametrize("name", ["mine.jsonl", "MINE.JSONL"])
@pytest.mark.parametrize("encounter", [{}, {"id": 7}, {"id": " padded "}, {"id": ".hidden"}, {"id": "a/b c%2F"}])
def test_marked_spans_go_out_and_come_back_whatever_the_note_is_called(auditor, tmp_path, tool, name, encounter):
    file = with_spans(tmp_path / "in", name, encounter)
    for notes in (file, file.parent):
        out, back = tmp_path / f"out-{notes.name}", tmp_path / f"back-{notes.name}.jsonl"
        assert "with 1 spans" in auditor("spans", "export", notes, "--to", tool, "--out", out).stdout
        made = out if tool == "brat" else out / "tasks.json"
        result = auditor("spans", "import", made, "--from", tool, "--into", file, "--out", back)
        assert (result.exit_code, result.stderr) == (0, "")
        assert json.loads(back.read_text(encoding="utf-8")) == json.loads(file.read_text(encoding="utf-8"))


def test_notes_whose_files_would_be_one_are_refused(auditor, tmp_path):
    file = with_spans(tmp_path / "in", "mine.jsonl", {"id": "a"}, {"id": "A"})
    result = auditor("spans", "export", file, "--to", "brat", "--out", tmp_path / "out")
    assert (result.exit_code, "differ in capitals" in result.stderr) == (2, True)
    assert not (tmp_path / "out").exists()


def test_nothing_is_written_over(auditor, tmp_path):
    file = with_spans(tmp_path / "in", "mine.jsonl", {"id": "a"})
    out = tmp_path / "out"
    assert auditor("spans", "export", file, "--to", "brat", "--out", out).exit_code == 0
    before = {one.name: one.read_bytes() for one in out.iterdir()}
    again = auditor("spans", "export", file, "--to", "brat", "--out", out)
    onto = auditor("spans", "import", out, "--from", "brat", "--out", out / "a.txt")
    assert (again.exit_code, "there is something in this folder" in again.stderr) == (2, True)
    assert (onto.exit_code, "this is what is read" in onto.stderr) == (2, True)
    assert {one.name: one.read_bytes() for one in out.iterdir()} == before


def test_a_note_missing_from_a_folder_of_brat_is_named(auditor, tmp_path):
    out = tmp_path / "out"
    auditor("spans", "export", with_spans(tmp_path / "in", "m.jsonl", {"id": "a"}), "--to", "brat", "--out", out)
    (out / "a.txt").unlink()
    result = auditor("spans", "import", out, "--from", "brat")
    assert (result.exit_code, "a.txt is missing beside a.ann" in result.stderr) == (2, True)
