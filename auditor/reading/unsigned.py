"""Notices that make a note unsigned: dictated and not read, a draft, a signature on file, a stamp."""

import re

from auditor.facts import Signature
from auditor.reading.document import Reading
from auditor.reading.signature_marks import Line

_REJECTED = [
    (
        "dictated_not_read",
        re.compile(
            r"\bdictated\s*(?:,|but|and|;|-)*\s*not\s+(?:yet\s+)?(?:read|reviewed|proof-?read)|\bsigned\s+but\s+not\s+(?:read|reviewed)|\bnot read or signed|\bwithout (?:review|proof-?reading)\b|\bDNR\b(?=\s*$)",
            re.IGNORECASE,
        ),
    ),
    (
        "draft",
        re.compile(
            r"\b(?:draft|unsigned|not (?:yet )?(?:been )?(?:electronically )?signed|unauthenticated|pending (?:\S+ ){0,3}signature|signature (?:is )?(?:pending|required|needed|outstanding|missing)|pending (?:provider |doctor |provider's |doctor's |electronic |e-?)?(?:signature|review|sign-?off|authentication)|awaiting (?:\w+ ){0,2}(?:(?:co-?)?signature|review|sign-?off)|auto-?\s?(?:signed|generated signature|finali[sz]ed|authenticated|locked|closed)|automatically (?:signed|finali[sz]ed|authenticated|closed|locked)|signed automatically|system[- ]signed|system generated signature|preliminary (?:report|note)|not finali[sz]ed|to be signed|needs signature|incomplete note|open note|not authenticated|sign: ?pending|signature: ?pending|status: ?(?:open|incomplete|pending|unsigned)|ready for signature|in progress - not signed|(?:not|un)locked|signed by system|requires signature)\b",
            re.IGNORECASE,
        ),
    ),
    ("on_file", re.compile(r"\b(?:signature|sig\.?|sign)\s*:?\s*(?:is\s+)?on\s+file\b|\bSOF\b", re.IGNORECASE)),
    (
        "stamp",
        re.compile(
            r"\b(?:rubber[- ]?stamp\w*|signature stamp\w*|stamped|stamp(?=[\]:)\s])|\[stamp|facsimile signature|signature facsimile)\b",
            re.IGNORECASE,
        ),
    ),
]
PATIENT = re.compile(
    r"\b(?:patient|(?-i:pt|Pt)|guardian|parent|consent|hipaa|assignment|insured|responsible party|abn|witness|notice|paper|intake|cms-r)\b[^.\n]{0,30}$",
    re.IGNORECASE,
)
"""Somebody else whose signature is spoken of."""
_MAY_BE_REJECTED = re.compile(
    r"dictat|file|sig|read|review|draft|sign|authentic|pending|await|auto|system|prelim|finali|incomplete|open note|sof\b|stamp|facsimile|dnr|status|lock|progress"
)


def rejected(reading: Reading, told: list[tuple[int, Line]], signed_after: Signature | None) -> Signature | None:
    """The first notice of a note that makes its signature none; None where no line holds one.

    Args:
        reading: the note.
        told: lines that may belong to a signature, with their positions.
        signed_after: a signature found: a draft that was signed later is signed.
    """
    suspect = [line for _, line in told if _MAY_BE_REJECTED.search(line.text.lower())]
    for kind, pattern in _REJECTED:
        for line in suspect:
            match = pattern.search(line.text)
            if not match or PATIENT.search(line.text[: match.start()]):
                continue
            if kind == "draft" and signed_after and _signed_later(reading, line, match, signed_after):
                continue
            if kind == "stamp" and re.search(
                r"time[- ]?stamp|date[- ]?stamp|stamped \d|date stamped|received", line.text, re.IGNORECASE
            ):
                continue
            return Signature(
                "rejected", kind, evidence=(reading.evidence(line.start + match.start(), line.start + match.end()),)
            )
    return None


def _signed_later(reading: Reading, line: Line, match: re.Match[str], signed: Signature) -> bool:
    """Whether a draft was signed after all: on a later line, or electronically behind the word in the same line."""
    if re.search(r"auto|system", match.group(), re.IGNORECASE):
        return False
    start = signed.evidence[0].start
    behind = signed.kind == "electronic" and start > line.start + match.end()
    return start > reading.text.original(line.start, line.end)[1] or behind
