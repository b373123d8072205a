"""``auditor codes``, ``schema``, ``--version`` and ``--help``."""

import json
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from pydantic import BaseModel

from auditor import __version__
from auditor.cli.code_families import FAMILIES
from auditor.judging.checks import Check, Example
from auditor.records import Audit, Encounter

HELLO = Check(
    code="SUB102",
    severity="error",
    says="a treated region has no vertebral level " + "and so on " * 8,
    element="subluxation",
    carc="CO-50",
    source="verdicts §3.1",
    remedy="Which level was adjusted? " * 5,
    fails=(
        Example("S: pain.\nP: Adjusted the «neck».", {"payer": "medicare", "claim": {"lines": []}}),
        Example("second"),
    ),
    passes=(Example("P: Adjusted C5."),),
    judge=lambda case: iter(()),
)
CLAIM = replace(HELLO, code="MOD801", says="AT | missing", element=None, carc=None, severity="warning")
CHECKS = {"MOD801": CLAIM, "SUB102": HELLO, "SUB101": replace(HELLO, code="SUB101", says="nothing"), "XYZ001": CLAIM}


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> dict[str, Check]:
    monkeypatch.setattr("auditor.judging.all_checks", lambda: CHECKS, raising=False)
    return CHECKS


def test_all_codes_by_family(auditor, checks) -> None:
    lines = auditor("codes").stdout.splitlines()
    assert [line for line in lines if line and not line.startswith(" ")] == [FAMILIES["SUB"], FAMILIES["MOD"], "XYZ"]
    assert [line.split()[:2] for line in lines if line.startswith("  ") and line[2] != " "] == [
        ["SUB101", "error"],
        ["SUB102", "error"],
        ["MOD801", "warning"],
        ["MOD801", "warning"],
    ]
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("code", ["SUB102", " sub102"])
def test_one_code_explained(auditor, checks, code: str) -> None:
    shown = auditor("codes", code).stdout
    words = " ".join(shown.split())
    for part in (HELLO.says, "element subluxation", "invites CO-50", "source verdicts §3.1", HELLO.remedy):
        assert part.strip() in words
    assert 'fails S: pain. P: Adjusted the «neck». payer: medicare claim: {"lines": []}' in words
    assert "passes P: Adjusted C5." in words
    assert "second" not in words
    assert max(map(len, shown.splitlines())) <= 80


def test_a_claim_code_names_no_element(auditor, checks) -> None:
    assert "element   none, the claim\ninvites   no denial code\n" in auditor("codes", "MOD801").stdout


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("SUB103", "there is no code 'SUB103'; did you mean SUB101, SUB102?"),
        ("qqq", "there is no code 'qqq'; run auditor codes for a list of them."),
    ],
)
def test_an_unknown_code_is_one_sentence(auditor, checks, code: str, says: str) -> None:
    result = auditor("codes", code)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"auditor: {says}\n")


def test_the_page_holds_every_check_with_every_example(auditor, checks) -> None:
    page = auditor("codes", "--markdown").stdout
    assert page.startswith("# Checks\n")
    assert page.endswith("```\n")
    for code, check in checks.items():
        assert f"### {check.code}\n" in page, code
    assert page.count("| [") == len(checks)
    assert "AT \\| missing" in page
    assert (
        'Fails, with `{"payer": "medicare", "claim": {"lines": []}}`:\n\n```text\nS: pain.\nP: Adjusted the «neck».\n```\n'
        in page
    )
    assert "\nsecond\n" in page


@pytest.mark.parametrize(
    ("record", "model", "required"),
    [
        ("encounter", Encounter, ["text"]),
        ("audit", Audit, ["id", "visit", "facts", "elements", "score", "disposition", "region_check"]),
    ],
)
def test_schema_names_every_field(auditor, record: str, model: type[BaseModel], required: list[str]) -> None:
    schema = json.loads(auditor("schema", record).stdout)
    assert list(schema["properties"]) == list(model.model_fields)
    assert schema["required"] == required
    assert schema["title"] == model.__name__


@pytest.mark.parametrize("words", [["schema", "claim"], ["schema"], ["check"], ["audit", "x"], ["nonsense"]])
def test_wrong_use_ends_with_two(auditor, words: list[str]) -> None:
    result = auditor(*words)
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert "Traceback" not in result.output


def run(*words: str, code: str = "from auditor.cli import main; main()") -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)


def test_version() -> None:
    result = run("--version")
    assert (result.returncode, result.stdout) == (0, f"auditor {__version__}\n")


def test_help_names_every_command_and_is_quick() -> None:
    took = []
    for _ in range(3):
        start = time.perf_counter()
        result = run("--help")
        took.append(time.perf_counter() - start)
        assert result.returncode == 0
        for name in ("check", "audit", "codes", "schema", "evaluate"):
            assert f"\n  {name} " in result.stdout
    assert min(took) < 0.5


def test_help_imports_nothing_heavy() -> None:
    heavy = run(
        "--help",
        code="import sys; from auditor.cli import app\n"
        "try: app()\n"
        "except SystemExit: pass\n"
        "print(sorted({'spacy', 'medspacy', 'pydantic', 'jinja2', 'rich', 'numpy'} & set(sys.modules)))",
    )
    assert heavy.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("words", [["codes", "--markdown"], ["schema", "audit"]])
def test_a_reader_that_hangs_up_leaves_no_traceback(words: list[str]) -> None:
    script = f"{sys.executable} -c 'from auditor.cli import main; main()' {' '.join(words)} | true"
    result = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert "Traceback" not in result.stderr
    assert "Exception" not in result.stderr
