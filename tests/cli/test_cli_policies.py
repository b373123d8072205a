"""``auditor policies``: lists, shows, tells apart, and tries a user's own packs."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from auditor.cli import app

OWN = """\
[pack]
name = "gold"
title = "Gold plan"
extends = "uhc"
names = ["uhc gold"]

[[rule]]
id = "two-pointers"
kind = "most_pointers"
value = 2
says = "A line points to two diagnoses at most."
source = "contract, page 3"
fails = [{ note = "P: Adjusted C5.", cpt = "98940", dx = "M99.01 M54.2 M54.6" }]
passes = [{ note = "P: Adjusted C5.", cpt = "98940", dx = "M99.01 M54.2" }]
"""


def run(*words):
    return CliRunner().invoke(app, ["policies", *map(str, words)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "gold.toml").write_text(OWN, "utf-8")
    return tmp_path


def test_the_list_names_every_pack_and_what_could_not_be_read():
    said = run().output
    for name in ("base", "medicare", "noridian", "uhc", "aetna", "cigna", "bcbs-nd"):
        assert f"{name} " in said
    assert "UnitedHealthcare and Optum (1 rule, 1 UNVERIFIED)" in said


def test_a_pack_is_shown_with_its_sources_and_what_it_inherits():
    said = run("noridian").output
    assert "PAY851  noridian/complaint-of-each-region" in said
    assert "MOD801  medicare/active-treatment-modifier  (inherited)" in said
    assert "source: Noridian documentation guidelines" in said
    assert "2004-10-01" in said


def test_a_pack_is_shown_as_of_a_date_of_service():
    assert "MOD801" not in run("medicare", "--date", "2004-09-30").output
    assert "notice-form-2029" not in run("medicare", "--date", "2026-05-11").output
    assert "notice-form-2029" in run("medicare", "--date", "2026-05-12").output


def test_an_unverified_rule_says_so():
    said = " ".join(run("uhc").output.split())
    assert "UNVERIFIED: nobody could read this rule in its own source" in said


def test_two_packs_are_told_apart():
    said = run("medicare", "--diff", "cgs").output
    assert "- region_complaint: no rule" in said
    assert "+ PAY851  cgs/complaint-of-each-region" in said
    assert "No rule differs." in run("aetna", "--diff", "aetna").output


def test_own_packs_are_tried_and_listed(folder):
    done = run("--policies", folder)
    assert done.exit_code == 0
    assert "1 packs of your own with 1 rules: every example does what it stands for." in done.output
    assert "    gold            Gold plan" in done.output


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"M99.01 M54.2 M54.6" }]', '"M99.01 M54.2" }]', "fails 1: it does not give CLM843 by this rule"),
        ('dx = "M99.01 M54.2" }]', 'dx = "M99.01 M54.2 M54.6" }]', "passes 1: it gives CLM843 by this rule"),
        ("value = 2", "value = []", "the value must be a whole number"),
        ('cpt = "98940", dx = "M99.01 M54.2" }]', 'cpt = "98940", visits = 3 }]', ""),
        ('"gold"', '"uhc"', "has the name uhc already"),
    ],
)
def test_what_is_wrong_with_an_own_pack_is_said(folder, old, new, says):
    file = folder / "gold.toml"
    file.write_text(OWN.replace(old, new, 1), "utf-8")
    done = run("--policies", folder)
    if says:
        assert done.exit_code == 2
        assert says in " ".join(done.output.split())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nowhere"], "there is no pack 'nowhere'; the packs are base,"),
        (["--diff", "cgs"], "--diff needs a pack to begin with"),
        (["medicare", "--diff", "nowhere"], "there is no pack 'nowhere'"),
        (["medicare", "--date", "2026-13-01"], "there is no such date"),
        (["--policies", "/nowhere/at/all"], "it cannot be read; correct --policies"),
    ],
)
def test_what_cannot_be_shown_is_one_sentence(words, says):
    done = run(*words)
    assert done.exit_code == 2
    assert says in " ".join(done.output.split())


def test_an_own_pack_decides_a_check(folder, tmp_path):
    note = tmp_path / "note.txt"
    note.write_text("S: Neck pain 4/10. O: C5 restricted. P: Adjusted C5.", "utf-8")
    words = ["check", str(note), "--cpt", "98940", "--dx", "M99.01,M54.2", "--payer", "uhc gold ppo", "--format", "json"]
    plain = CliRunner().invoke(app, words)
    own = CliRunner().invoke(app, [*words, "--policies", str(folder)])
    assert '"gold"' not in plain.output
    assert '"gold"' in own.output
