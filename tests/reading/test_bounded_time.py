"""No text of 40 kB, however odd, keeps the reader busy for a minute. Each is read by a process of its own, which tells
where it stands when its time is up."""

import subprocess
import sys

import pytest

LENGTH = 40_000
SECONDS = 60

CHILD = f"""
import faulthandler, sys
from auditor.reading.pipeline import reader
read = reader().read
read("C5 adjusted.")
faulthandler.dump_traceback_later({SECONDS}, exit=True)
text = eval(sys.argv[1])
read((text * ({LENGTH} // len(text) + 1))[:{LENGTH}])
"""

RUNS = [
    " ", "\n", "\t", "\r\n", "\0", "\u200b", "=", "-", "_", ".", ",", ":", ";", "*", "#", "+", "/", "|", "[", "]", "(", ")", "<", ">", "&", "'", '"',
    "%", "1", "a", "A", "x", "é", "😀",
]  # fmt: skip
PIECES = [
    "1/", "C5-", "C5/", "C5, ", "L4-5 ", "see five el four ", "first and ", "fifth lumbar ", "no ", "no but ", "no spasm ", "no adj L5 ", "may ",
    "will ", "declined ", "adj ", "4/10 ", "pain 5/10, was 7/10 ", "ODI 40% was 60% ", "flexion 40/60 ", "2x/week for 4 weeks ", "able to ", "from 5 to ",
    "Goal: pain to 2/10 ", "MRI of 2020 L5 ", "1/2/2026 ", "March ", "1. ", ". ", "| ", " \n", "    a", "[ ] no ", "[x] C5\n", "(", "e-signed John Doe ",
    "Plan: ", "Plan:\n", "S:\nO:\nA:\nP:\n", "denies\n", "- L5 tender\n", "adjusted C5\n", "John Doe, DC\n", "left ", "PI ", "[signature ",
]  # fmt: skip
LINES = [
    "C5 P A R T PART ",
    "* = adjusted C5* ",
    "C5 [x] T4 [ ] ",
    "C5 [x] T4 [ ] L5 [x] C1 [ ] C2 [ ] !\n",
    "Low back ..... 4\n",
    "DATE | PAIN | ADJ\n1/2/26 | 4 | C5\n",
    "(F fixed, T tender, N normal) C5 F ",
    "rn lNITIAL 0ctober ",
    "~~C5~~ [ ] C6 (Y) N? ",
    "| signed by | DC |\n",
    "The following were restricted:\nC5\nL4\n",
    "Key: F = fixated t = tender\nC5 F t  L4 F\n",
    "x   3-4-26   3-9-26   3-18-26\nC1   RX   RX   0\n",
    "neck ((circled))   mid back   low back\n",
    "x  CERV  THOR  LUMB\nTender  [x]  [ ]  [x]\n",
    "0 1 2 (3) 4 5 6 7 8 9 10 ",
    "o.palp.C2.tender = true\n",
    "c5 restricted comma tender period ",
    "[Mon 8/3: 6/10] 4/10 ",
    "((((",
    "The patient reports lumbar pain rated 4/10 and L5 was tender. ",
    "patient reports lumbar pain with no spasm and L5 was tender, ",
    "Segment | P | A | R | T | Adj\nC5 | x | x | x | x | x\n",
    "Segment   P   A   R   T   Adj\nC5   x   x   x   x   x\n",
    "C5 - 1/ [x] | no adj (4/10) = _ . , ",
    f"{'a' * 60}\n",
    f"{'=' * 80}\n",
]


@pytest.mark.parametrize("piece", [*RUNS, *PIECES, *LINES], ids=ascii)
def test_reading_ends(piece):
    done = subprocess.run(
        [sys.executable, "-c", CHILD, repr(piece)], capture_output=True, text=True, timeout=SECONDS + 60, check=False
    )
    assert done.returncode == 0, f"{piece!r} x {LENGTH}:\n{done.stderr[-1500:]}"
