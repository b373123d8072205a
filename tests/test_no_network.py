"""No network: neither the import, nor an audit, nor the command line looks up a name or opens a connection."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

NOTE = (
    "DOS 03/04/2026\nS: Neck pain 4/10.\nO: C5 restricted and tender.\nA: C5 subluxation.\nP: Adjusted C5.\nJ. Doe, DC"
)
CHILD = """
import json, os, sys

OUT = os.dup(1)
# Not socket.bind: urllib3, which spaCy imports, binds a port of this machine for a moment to learn whether there is IPv6.
WAYS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo",
        "socket.sendto", "socket.sendmsg", "urllib.Request", "http.client.connect", "ftplib.connect",
        "subprocess.Popen", "os.posix_spawn", "os.exec", "os.system", "os.fork")
tried = []

def blocked(event, args):
    if event in WAYS:
        tried.append(event)
        raise OSError("the network is blocked")

sys.addaudithook(blocked)
try:
    BODY
finally:
    sys.stdout.flush()
    os.write(OUT, ("\\nTRIED " + json.dumps(tried)).encode())
"""
CLI = "import sys; sys.argv = ['auditor', *{words!r}]; from auditor.cli import main; main()"
BODIES = {
    "import": "import auditor, auditor.auditor, auditor.cli, auditor.reports.html; auditor.Auditor()",
    "audit": f"import auditor; assert auditor.audit({NOTE!r}, payer='medicare').region_check.treated == ('cervical',)",
    "auditor check": CLI.format(words=["check", "note.txt", "--cpt", "98940-AT", "--dx", "M99.01"]),
    "auditor check as a page": CLI.format(words=["check", "note.txt", "--format", "html", "--out", "page.html"]),
    "auditor audit": CLI.format(words=["audit", "note.txt", "--out", "out"]),
    "auditor codes": CLI.format(words=["codes", "--markdown"]),
    "auditor --help": CLI.format(words=["--help"]),
}
ATTEMPTS = {
    "socket.connect": "import socket; socket.socket().connect(('127.0.0.1', 9))",
    "socket.getaddrinfo": "import socket; socket.getaddrinfo('localhost', 80)",
    "urllib.Request": "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
    "subprocess.Popen": "import subprocess; subprocess.run(['true'])",
}


def tried(body: str, folder: Path) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """Run Python code where the network is blocked; what it tried, even where it caught the fault."""
    (folder / "note.txt").write_text(NOTE)
    here = os.pathsep.join(filter(None, [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH")]))
    child = CHILD.replace("BODY", body)
    done = subprocess.run(
        [sys.executable, "-c", child],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": here},
        check=False,
    )
    return done, json.loads(done.stdout.rpartition("\nTRIED ")[2])


@pytest.mark.parametrize("what", BODIES)
def test_nothing_reaches_for_the_network(what: str, tmp_path: Path) -> None:
    done, ways = tried(BODIES[what], tmp_path)
    assert (ways, done.stderr) == ([], "")
    assert done.returncode in {0, 1}


@pytest.mark.parametrize("way", ATTEMPTS)
def test_the_watch_above_sees_an_attempt(way: str, tmp_path: Path) -> None:
    _, ways = tried(ATTEMPTS[way], tmp_path)
    assert way in ways
