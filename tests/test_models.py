"""Models: what they answer, what they may not touch, and that nothing but the file on record is loaded."""

import io
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from auditor import models
from auditor.auditor import Auditor
from auditor.benchmark.headless import statements, without_headings
from auditor.cli import app
from auditor.models import LinearModel, ModelError
from auditor.reading.document import KEY
from auditor.reading.pipeline import Reader
from auditor.reading.statements import features
from auditor.records import parse_encounter

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "models"
HEADLESS = (
    "Low back about the same, three out of ten.\nC2 fixated and tender, T3 fixated, right upper trap tight.\n"
    "Segmental dysfunction C2 and T3.\n{treatment}\nBack Thursday. Electronically signed by Jane Roe, DC 03/04/2026\n"
)
SURE = "C2: supine Diversified, T3: prone Diversified, tolerated well"


@pytest.fixture(scope="module")
def both():
    return Auditor(explain=True), Auditor(models=False)


def audited(auditor, text):
    return auditor.audit(parse_encounter({"text": text}))


@pytest.mark.parametrize("name", models.NAMES)
def test_plain_weights_answer_as_scikit_learn_does(name):
    loads = pytest.importorskip("skops.io").loads
    pipeline = loads((FOLDER / name / "model.skops").read_bytes(), trusted=[])
    model = models.read(FOLDER / name)
    known = list(model.weights)
    for step in range(1, 60, 7):
        row = [*known[step::97], "never seen"]
        probabilities = pipeline.predict_proba([dict.fromkeys(row, 1)])[0]
        answer, probability = model.answer(row)
        assert answer == str(pipeline.classes_[probabilities.argmax()])
        assert probability == pytest.approx(probabilities.max(), abs=1e-9)


@pytest.mark.parametrize("name", models.NAMES)
def test_every_model_has_a_card_and_its_command(name):
    card = (FOLDER / name / "README.md").read_text(encoding="utf-8")
    assert all(heading in card for heading in ("## Data", "## How well", "## Use", "## Limits", "train.py"))
    assert (FOLDER / name / "train.py").is_file()


@pytest.mark.parametrize("name", models.NAMES)
def test_training_again_gives_the_same_bytes(name, tmp_path):
    """Where the versions are those on record: another scikit-learn may add in another order."""
    sklearn = pytest.importorskip("sklearn")
    record = (FOLDER / name / "record.toml").read_text(encoding="utf-8")
    if f'scikit_learn = "{sklearn.__version__}"' not in record:
        pytest.skip("another scikit-learn than the one on record")
    shutil.copytree(FOLDER, tmp_path / "models")
    trained = tmp_path / "models" / name
    (trained / "model.skops").unlink()
    command = [sys.executable, str(trained / "train.py"), str(ROOT / "corpora")]
    subprocess.run(command, check=True, capture_output=True, text=True)
    assert (trained / "model.skops").read_bytes() == (FOLDER / name / "model.skops").read_bytes()


def test_a_file_that_is_not_on_record_is_refused(tmp_path, monkeypatch):
    shutil.copytree(FOLDER, tmp_path / "models")
    content = bytearray((tmp_path / "models/statements/model.skops").read_bytes())
    content[-1] ^= 1
    (tmp_path / "models/statements/model.skops").write_bytes(bytes(content))
    with pytest.raises(ModelError, match=r"not the file on record.*--no-models"):
        models.read(tmp_path / "models/statements")
    monkeypatch.setattr(models, "folder", lambda: tmp_path / "models")
    models.load.cache_clear()
    try:
        note = tmp_path / "note.txt"
        note.write_text("C5 adjusted.")
        result = CliRunner().invoke(app, ["benchmark", str(ROOT / "corpora" / "r.jsonl"), "--no-twins"])
        assert (result.exit_code, result.stdout) == (2, "")
        assert "not the file on record" in result.stderr
    finally:
        models.load.cache_clear()


@pytest.mark.parametrize(
    "schema", [{"__loader__": "FunctionNode"}, {"__loader__": "ListNode", "content": []}, {"no": "node"}, []]
)
def test_another_content_is_refused_even_with_its_hash(tmp_path, schema):
    import hashlib

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("schema.json", json.dumps(schema))
    (tmp_path / "model.skops").write_bytes(packed.getvalue())
    (tmp_path / "record.toml").write_text(
        f'sha256 = "{hashlib.sha256(packed.getvalue()).hexdigest()}"\nthreshold = 0.8\n'
    )
    with pytest.raises(ModelError, match="no pipeline of this kind"):
        models.read(tmp_path)


def test_without_models_everything_works(monkeypatch, tmp_path):
    monkeypatch.setattr(models, "folder", lambda: None)
    models.load.cache_clear()
    try:
        assert models.versions() == {}
        assert Reader().read("O: C5 restricted.\nP: Adjusted C5.").treatments
    finally:
        models.load.cache_clear()


def test_an_audit_names_the_models_in_use(both):
    with_models, rules = both
    assert audited(with_models, "P: Adjusted C5.").meta["models"] == models.versions()
    assert audited(rules, "P: Adjusted C5.").meta["models"] == {}


def test_a_list_of_levels_without_a_heading_is_read_as_treatment_where_the_model_is_sure(both):
    with_models, rules = both
    text = HEADLESS.format(treatment=SURE)
    assert audited(rules, text).region_check.treated == ()
    told = audited(with_models, text)
    assert told.region_check.treated == ("cervical", "thoracic")
    place = next(item for item in told.explanation if item.fact == "place" and item.role == "treated")
    assert place.model == "statements: T"
    assert place.probability >= models.load("statements").threshold
    assert "a model is sure" in place.why


def test_where_it_is_less_sure_the_regions_are_possible_and_never_counted(both, monkeypatch):
    with_models, _ = both
    monkeypatch.setattr(LinearModel, "answer", lambda self, features: ("T", self.threshold - 0.01))
    told = audited(with_models, HEADLESS.format(treatment=SURE))
    assert told.region_check.treated == ()
    assert told.region_check.possible == ("cervical", "thoracic")


def test_a_model_never_treats_what_was_found_denied_or_done_otherwise(both, monkeypatch):
    with_models, _ = both
    monkeypatch.setattr(LinearModel, "answer", lambda self, features: ("T", 1.0))
    for line in ("C2 restricted, T3 tender.", "C2, T3 not today.", "Massage C2, T3.", "T4 put off until next week."):
        told = audited(with_models, f"Low back sore.\n{line}\nBack Thursday.")
        assert told.region_check.treated == told.region_check.possible == (), line


def test_a_note_with_headings_is_left_to_the_rules(both):
    with_models, rules = both
    text = f"S: neck 4/10\nO: C2 fixated.\nA: stable\nP: Back Thursday.\n{SURE}"
    told, ruled = audited(with_models, text), audited(rules, text)
    assert told.region_check == ruled.region_check


def test_headings_are_taken_away_and_nothing_else():
    text = "SUBJECTIVE: Neck sore.\nOBJECTIVE: C5 fixed.\nPLAN: Adjusted C5.\nThank you"
    bare = without_headings(text)
    assert len(bare) == len(text)
    assert bare.split() == ["Neck", "sore.", "C5", "fixed.", "Adjusted", "C5.", "Thank", "you"]
    assert without_headings("Neck sore. Adjusted C5.") is None


def test_a_statement_knows_the_heading_it_stood_under():
    reader = Reader(models=False)
    found = list(statements(reader, "SUBJECTIVE: Slept well.\nOBJECTIVE: C5 fixed.\nPLAN: Keep walking.\n"))
    assert [one.key for one in found] == ["S", "O", "P"]
    assert all(isinstance(feature, str) for feature in features(found[0].reading, found[0].position))


def test_a_mention_that_rules_leave_open_gets_a_role_from_the_model(both, monkeypatch):
    with_models, rules = both
    monkeypatch.setattr(LinearModel, "answer", lambda self, features: ("declined", 0.99))
    text = "Plan:\nC5 for another day perhaps."
    roles = [fact.roles for fact in audited(with_models, text).facts.regions]
    assert roles == [("declined",)]
    assert [fact.roles for fact in audited(rules, text).facts.regions] != roles


def test_a_model_never_makes_a_denied_place_a_complaint(monkeypatch):
    monkeypatch.setattr(LinearModel, "answer", lambda self, features: ("complaint", 0.99))
    reading = Reader().doc("S: Denies neck pain.").user_data[KEY]
    assert [mention.role.value for mention in reading.found["mentions"]] == ["mentioned"]
