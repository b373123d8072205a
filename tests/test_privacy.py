"""Nothing of a note reaches standard output, standard error, a logger, a warning or a file, in library use."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from auditor.records import EncounterError, parse_encounter

MARKER = "Zzyzxmarker"
"""Stands in every note and value below, and nowhere else on this machine."""
NOTES = {
    "whole": (
        f"Patient: {MARKER} Quillfeather  DOS 03/04/2026\nS: Neck pain 4/10, was 6/10; sings to {MARKER} yaks at dawn.\n"
        f"O: C5 restricted and tender, {MARKER} spasm.\nA: C5 subluxation.\n"
        f"P: Adjusted C5, 2x/wk for 4 weeks. Goal: carry {MARKER} 20 lb.\nSigned, {MARKER}, DC 3/4/2026"
    ),
    "nothing known": f"{MARKER} {MARKER.lower()} 💥 \u202e{MARKER}\u200b qq//§§ {{}} %s %(x)s \\N{{x}}",
    "odd characters": f"\x00\x1b[31m{MARKER}\r\n\ufeffC5\u200b-C6 {MARKER} 99/99/9999 13/45/2026 L9 T44 10/10/10",
    "long": f"P: Adjusted C5, {MARKER} and L4. " * 300,
    "table": f"| Region | {MARKER} | Pain |\n| --- | --- | --- |\n| Cervical | {MARKER} | 5/10 |\n",
}
KNOWN = {
    "id": MARKER,
    "payer": f"medicare {MARKER}",
    "provider": f"{MARKER}, DC",
    "patient_id": MARKER,
    "date_of_service": "2026-03-04",
    "care_started": "2026-03-01",
    "claim": {"diagnoses": ["M99.01", MARKER], "lines": [{"cpt": "98941", "modifiers": ["AT", MARKER]}]},
    "earlier": [{"date_of_service": "2026-03-01", "text": NOTES["whole"]}],
}
AUDIT = """
import auditor
one = auditor.Auditor()
for note in NOTES.values():
    for known in ({}, KNOWN):
        answer = one.audit(auditor.Encounter.model_validate({"text": note, **known}))
        assert answer.score >= 0
assert auditor.audit(NOTES["whole"], payer="medicare").region_check.treated == ("cervical",)
assert len(list(one.audit_many([auditor.Encounter(text=NOTES["whole"])]))) == 1
"""
LEAKS = {
    "standard output": "print(NOTES['long'])",
    "standard error": "import sys; sys.stderr.write(NOTES['long'])",
    "the file descriptor": "import os; os.write(2, NOTES['long'].encode())",
    "a logger": "import logging; logging.getLogger('spacy.deep').debug(NOTES['long'])",
    "a logger of lowest level": "import logging; logging.getLogger('any').log(1, NOTES['long'])",
    "a warning": "import warnings; warnings.warn(NOTES['long'])",
    "loguru": "import loguru; loguru.logger.trace(NOTES['long'])",
    "PyRuSH": "from PyRuSH import RuSH; import medspacy; medspacy.load()(NOTES['whole'])",
    "a file": "open('x', 'w').close()",
    "a file of the system": "import os; os.close(os.open('x', os.O_CREAT | os.O_RDWR))",
    "a temporary file": "import tempfile; tempfile.NamedTemporaryFile()",
    "a process": "import subprocess, sys; subprocess.run([sys.executable, '-c', ''])",
}
CHILD = """
import json, logging, os, sys, warnings

OUT = os.dup(1), os.dup(2)
NOTES, KNOWN = json.loads(sys.stdin.buffer.read())
touched = []
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
STARTS = ("subprocess.Popen", "os.posix_spawn", "os.exec", "os.system", "os.fork", "os.forkpty")
CHANGES = ("os.mkdir", "os.rename", "os.link", "os.symlink", "os.truncate", "tempfile.mkstemp", "tempfile.mkdtemp",
           "sqlite3.connect", "shutil.copyfile", "mmap.__new__", "syslog.syslog")

def hook(event, args):
    if event == "open":
        path, mode, flags = args
        writes = any(sign in mode for sign in "wax+") if isinstance(mode, str) else bool((flags or 0) & WRITING)
        if writes and path != os.devnull:
            touched.append(f"{event} {path}")
    elif event in CHANGES or event in STARTS:
        touched.append(f"{event} {args[:1]}")

def lowest():
    for name in (None, *logging.root.manager.loggerDict):
        logging.getLogger(name).setLevel(1)
        logging.getLogger(name).disabled = False
        logging.getLogger(name).propagate = True

sys.addaudithook(hook)
warnings.simplefilter("always", UserWarning)
logging.basicConfig(level=1, stream=sys.stderr, force=True)
logging.disable(logging.NOTSET)
try:
    import loguru
except ImportError:
    pass
else:
    loguru.logger.remove()
    loguru.logger.add(sys.stderr, level=0)
    loguru.logger.enable("")
IMPORTS
lowest()
BODY
sys.stdout.flush(), sys.stderr.flush()
os.write(OUT[0], ("\\nTOUCHED " + json.dumps(touched)).encode())
"""


@dataclass
class Seen:
    """What a process of its own let out."""

    code: int
    output: str
    errors: str
    touched: list[str]
    files: list[str]

    @property
    def silent(self) -> bool:
        return not (self.output or self.errors or self.touched or self.files)


def watched(body: str, folder: Path, imports: str = "import auditor.auditor, auditor.reading.pipeline") -> Seen:
    """Run Python code with NOTES and KNOWN, every logger at its lowest level, in an empty folder that is also its home."""
    environment = {
        **os.environ,
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP", "HOME", "USERPROFILE", "XDG_CACHE_HOME"), str(folder)),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH")])),
        "SPACY_LOG_LEVEL": "DEBUG",
    }
    done = subprocess.run(
        [sys.executable, "-c", CHILD.replace("IMPORTS", imports).replace("BODY", body)],
        input=json.dumps([NOTES, KNOWN]).encode(),
        capture_output=True,
        cwd=folder,
        env=environment,
        check=False,
    )
    output, _, touched = done.stdout.decode().rpartition("\nTOUCHED ")
    files = sorted(str(file.relative_to(folder)) for file in folder.rglob("*"))
    return Seen(done.returncode, output, done.stderr.decode(), json.loads(touched or "[]"), files)


def test_an_audit_says_and_writes_nothing(tmp_path: Path) -> None:
    seen = watched(AUDIT, tmp_path)
    assert seen.code == 0, "the audit failed; its traceback is not shown here"
    assert (seen.output, seen.errors, seen.touched, seen.files) == ("", "", [], [])


@pytest.mark.parametrize("way", LEAKS)
def test_the_watch_above_sees_every_way_out(way: str, tmp_path: Path) -> None:
    body = LEAKS[way]
    for module in ("loguru", "PyRuSH"):
        if module in body:
            pytest.importorskip(module)
    seen = watched(body, tmp_path)
    assert not seen.silent


@pytest.mark.parametrize(
    "given",
    [
        {"text": [MARKER]},
        {"text": {MARKER: MARKER}},
        {"text": MARKER.encode() + b"\xff"},
        {"text": 5, "id": MARKER},
        {"text": MARKER, "date_of_service": MARKER},
        {"text": MARKER, "date_of_service": f"2026-02-30 {MARKER}"},
        {"text": MARKER, "visit": MARKER},
        {"text": MARKER, "payer": [MARKER]},
        {"text": MARKER, "claim": MARKER},
        {"text": MARKER, "claim": {"lines": [{"cpt": MARKER}]}},
        {"text": MARKER, "claim": {"lines": [{"cpt": "98941", "units": MARKER, "charge": MARKER}]}},
        {"text": MARKER, "claim": {"lines": [{"cpt": "98941", "units": -1, "pointers": [MARKER]}]}},
        {"text": MARKER, "abn": {"signed": MARKER}},
        {"text": MARKER, "earlier": MARKER},
        {"text": MARKER, "earlier": [{"text": [MARKER]}]},
        {"text": MARKER, "earlier": [{"text": MARKER, "date_of_service": MARKER}]},
        [MARKER],
        MARKER,
        {"id": MARKER},
    ],
    ids=lambda given: str(list(given))[:40] if isinstance(given, dict) else type(given).__name__,
)
def test_a_refusal_does_not_quote_what_it_refuses(given: object) -> None:
    with pytest.raises(EncounterError) as refusal:
        parse_encounter(given)
    said = "".join(map(str, (refusal.value, refusal.value.args, refusal.value.__cause__)))
    assert MARKER.lower() not in said.lower()
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


BAD_FILES = {
    "cut.json": f'{{"text": "{MARKER} C5',
    "cut.jsonl": f'{{"text": "{MARKER}"\n{MARKER}\n"{MARKER}"\n[{MARKER}]\n',
    "wrong.jsonl": json.dumps({"text": [MARKER], "visit": MARKER}),
    "wrong date.jsonl": json.dumps({"text": "C5", "date_of_service": MARKER, "visit": MARKER}),
    "wrong claim.jsonl": json.dumps({"text": MARKER, "claim": {"lines": [{"cpt": MARKER, "units": MARKER}]}}),
    "no column.csv": f"id,words\n1,{MARKER}\n",
    "cells.csv": f"id,text,date_of_service,cpt\n1,C5,{MARKER},{MARKER}!\n",
    "ragged.csv": f'id,text\n1,{MARKER},{MARKER},{MARKER}\n2,"{MARKER}\n',
    "binary.txt": f"{MARKER}\x00\x01\x02\x03\x04\x05\x06\x07" * 50,
    "controls.txt": "\x00" * 40 + MARKER,
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_the_command_line_does_not_quote_a_bad_file(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(BAD_FILES[name], newline="")
    words = [sys.executable, "-c", "from auditor.cli import main; main()", "audit", name, "--out", "out"]
    here = os.pathsep.join(filter(None, [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        words, capture_output=True, text=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": here}, check=False
    )
    assert done.returncode in {0, 1, 2}
    assert MARKER.lower() not in (done.stdout + done.stderr).lower()
    assert "Traceback" not in done.stderr
    rejected = tmp_path / "out" / "rejected.jsonl"
    assert not rejected.exists() or MARKER.lower() not in rejected.read_text().lower()
