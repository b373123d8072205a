"""``auditor benchmark``: the scoreboard of ours or another system, its misses with spans, and one sentence for what is wrong."""

import json
from pathlib import Path

import pytest

from auditor.auditor import Auditor
from auditor.benchmark.corpus import CorpusError, read_corpus, splits_of
from auditor.benchmark.scoreboard import is_clean
from auditor.records import parse_encounter

CORPORA = Path(__file__).parents[2] / "corpora"
SECRET = "Zebulon Quux"
SMALL = "r.jsonl"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with three notes of one writer and a pair of twins."""
    folder = tmp_path / "corpus"
    (folder / "twins").mkdir(parents=True)
    lines = (CORPORA / SMALL).read_text(encoding="utf-8").splitlines()[:3]
    (folder / "r.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    (folder / "writers.toml").write_text('[writer.r]\nsplit = "test"\n')
    twin = (CORPORA / "twins" / "a.jsonl").read_text(encoding="utf-8").splitlines()[0]
    (folder / "twins" / "a.jsonl").write_text(f"{twin}\n", encoding="utf-8")
    return folder


def test_the_scoreboard_shows_tasks_styles_twins_coverage_and_both_readings(auditor, corpus):
    result = auditor("benchmark", corpus)
    assert (result.exit_code, result.stderr) == (0, "")
    for words in (
        "auditor with models",
        "auditor, rules alone",
        "treated regions               3  1.000 [1.000, 1.000]",
        "by style",
        "twins, both right      1 of 1",
        "region verdict         answered",
        "clean notes",
    ):
        assert words in result.stdout, words
    assert "rules alone" not in auditor("benchmark", corpus, "--no-models").stdout


def test_another_system_reads_what_is_exported_and_is_scored_the_same(auditor, corpus, tmp_path):
    encounters = tmp_path / "to-audit.jsonl"
    assert auditor("benchmark", corpus, "--export", encounters).exit_code == 0
    records = [json.loads(line) for line in encounters.read_text(encoding="utf-8").splitlines()]
    assert [record["id"] for record in records][-2:] == ["a-01/a", "a-01/b"]
    other = Auditor(models=False)
    audits = tmp_path / "theirs.jsonl"
    audits.write_text("".join(f"{other.audit(parse_encounter(r)).model_dump_json()}\n" for r in records))
    theirs = json.loads(auditor("benchmark", corpus, "--audits", audits, "--json").stdout)
    ours = json.loads(auditor("benchmark", corpus, "--no-models", "--json").stdout)
    assert list(theirs) == ["theirs.jsonl"]
    assert theirs["theirs.jsonl"] == ours["auditor"]


def test_misses_show_the_span_and_the_rule(auditor, corpus):
    record = json.loads((corpus / "r.jsonl").read_text(encoding="utf-8").splitlines()[0])
    text = record["encounter"]["text"]
    at = text.index("T7")
    record["gold"]["treated"] = {"thoracic": ["T7"], "sacral": []}
    record["spans"] = [
        {"start": at, "end": at + 2, "kind": "place", "role": "treated", "assertion": "affirmed", "names": ["SAC"]}
    ]
    (corpus / "r.jsonl").write_text(f"{json.dumps(record)}\n", encoding="utf-8")
    told = auditor("benchmark", corpus, "--misses", "--no-twins", "--no-models").stdout
    assert "miss  treated regions" in told
    assert f"missed “T7” {at}-{at + 2} labelled place:treated" in told
    assert "as T7: finding by levels.find_levels - Not treated: no act of manipulation governs it" in told
    assert "extra  “CMT diversified to L4, L5, T7 and C5.”" in told
    assert "by treatment._statements" in told


def test_notes_without_treatment_are_counted(auditor, corpus, tmp_path):
    notes = tmp_path / "others.jsonl"
    notes.write_text('{"text": "Heart regular, S1 S2."}\n{"text": "O: C5 fixed.\\nP: Adjusted C5."}\n')
    out = auditor("benchmark", corpus, "--no-twins", "--untreated", notes).stdout
    assert out.splitlines()[-1].split() == [
        "notes",
        "without",
        "treatment",
        "2,",
        "read",
        "as",
        "treated",
        "1",
        "others-2",
    ]


def spoiled(corpus: Path, change) -> None:
    path = corpus / "r.jsonl"
    record = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
    change(record)
    path.write_text(f"{json.dumps(record)}\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda r: r.update(gold={"visit": SECRET}), "label or audit of r-01 is malformed"),
        (lambda r: r.update(spans=[{"start": 0, "end": 1, "kind": SECRET}]), "line 1: span 1, field kind"),
        (lambda r: r.update(spans=SECRET), "line 1: the spans are no list"),
        (lambda r: r.pop("gold"), "line 1: this is no label"),
        (lambda r: r["encounter"].pop("text"), "line 1: the field text is missing"),
    ],
)
def test_a_bad_label_is_one_sentence_without_the_note(auditor, corpus, change, says):
    spoiled(corpus, change)
    result = auditor("benchmark", corpus)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
    assert result.stderr.count("\n") == 1
    assert SECRET not in result.stderr


@pytest.mark.parametrize(
    ("manifest", "says"),
    [
        ("", "writers.toml: write each writer as"),
        ('[writer.r]\nsplit = "exam"\n', "r has no split of train, dev or test"),
        ('[writer.x]\nsplit = "test"\n', "it does not name r.jsonl"),
        ('[writer.r]\nsplit = "dev"\n', "there is no file of labelled notes in the split test"),
        ("[[[", "write each writer as"),
    ],
)
def test_a_bad_manifest_is_one_sentence(auditor, corpus, manifest, says):
    (corpus / "writers.toml").write_text(manifest)
    result = auditor("benchmark", corpus)
    assert result.exit_code == 2
    assert says in result.stderr


@pytest.mark.parametrize(
    ("content", "says"),
    [("", "there is no audit of r-01"), ("[]\n", "line 1: this is no audit record"), ("{\n", "no complete JSON"),
        ('{"id": "r-01", "facts": [], "findings": [{}]}\n', "line 1: this is no audit record"),
    ],
)
def test_audits_of_another_system_that_cannot_be_used(auditor, corpus, tmp_path, content, says):
    theirs = tmp_path / "theirs.jsonl"
    theirs.write_text(content)
    result = auditor("benchmark", corpus, "--audits", theirs)
    assert result.exit_code == 2
    assert says in result.stderr


def test_an_audit_twice_is_refused(auditor, corpus, tmp_path):
    encounters, theirs = tmp_path / "to-audit.jsonl", tmp_path / "theirs.jsonl"
    auditor("benchmark", corpus, "--export", encounters)
    first = parse_encounter(json.loads(encounters.read_text(encoding="utf-8").splitlines()[0]))
    record = Auditor().audit(first).model_dump_json()
    theirs.write_text(f"{record}\n{record}\n", encoding="utf-8")
    result = auditor("benchmark", corpus, "--audits", theirs)
    assert (result.exit_code, "line 2: the audit of 'r-01' is there a second time" in result.stderr) == (2, True)


def test_the_corpus_is_never_written_over(auditor, corpus):
    before = (corpus / "r.jsonl").read_bytes()
    for one, target in ((corpus, corpus / "r.jsonl"), (corpus / "r.jsonl", corpus / "r.jsonl")):
        result = auditor("benchmark", one, "--export", target)
        assert (result.exit_code, "choose another file" in result.stderr) == (2, True)
    assert (corpus / "r.jsonl").read_bytes() == before


def test_options_that_contradict_each_other_are_refused(auditor, corpus, tmp_path):
    for options in (("--json", "--misses"), ("--untreated", tmp_path / "u.jsonl", "--audits", tmp_path / "a.jsonl")):
        result = auditor("benchmark", corpus, *options)
        assert (result.exit_code, "give one of them" in result.stderr) == (2, True), options


def test_a_folder_that_is_not_there_is_named(auditor, tmp_path):
    result = auditor("benchmark", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "there is no such file" in result.stderr


def test_every_writer_of_the_corpora_has_a_split_and_a_manner():
    splits = splits_of(CORPORA)
    assert {path.stem for path in CORPORA.glob("*.jsonl")} == set(splits)
    assert set(splits.values()) == {"train", "dev", "test"}


def test_every_note_of_the_corpora_has_spans_a_style_and_an_unmistakable_id():
    notes = read_corpus(CORPORA)
    assert len(notes) >= 300
    assert all(note.spans or not note.gold["treated"] for note in notes)
    assert "unknown" not in {note.style for note in notes}
    for note in notes:
        assert all(note.encounter.text[span.start : span.end].strip() for span in note.spans)


def test_an_id_twice_in_a_folder_is_refused(corpus):
    (corpus / "s.jsonl").write_text((corpus / "r.jsonl").read_text(encoding="utf-8"), encoding="utf-8")
    (corpus / "writers.toml").write_text('[writer.r]\nsplit = "test"\n[writer.s]\nsplit = "test"\n')
    with pytest.raises(CorpusError, match="more than once"):
        read_corpus(corpus)


def test_a_note_is_clean_where_nothing_is_left_to_find():
    gold = {
        "elements": {"part": "met", "progress": "not_applicable"},
        "claim_findings": [],
        "treated": {"cervical": ["C5"]},
        "part": {"P": ["cervical"], "A": [], "R": ["cervical"], "T": []},
    }
    assert is_clean(gold)
    assert not is_clean({**gold, "claim_findings": ["CPT701"]})
    assert not is_clean({**gold, "elements": {"part": "partial"}})
    assert not is_clean({**gold, "part": {"P": [], "A": [], "R": ["cervical"], "T": []}})
