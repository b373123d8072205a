"""The provider's signature: electronic, handwritten as rendered in text, initials, typed name, stamp, draft, none."""

import re

from auditor.facts import Signature
from auditor.reading.document import Reading
from auditor.reading.forms.card_entries import card_initials
from auditor.reading.forms.signature_tables import table_signature
from auditor.reading.plain.dates import find_dates
from auditor.reading.signature_marks import CREDENTIAL, INITIALS, NAME, SLASH_S, Line, lines_of_text
from auditor.reading.unsigned import PATIENT, rejected

_BY_STAFF = re.compile(
    r"\W*(?:by\s+)?(?:the\s+)?(?:scribe|assistant|staff|front desk|ca|billing|office)\b", re.IGNORECASE
)
_BLANK = re.compile(r"(?:_{4,}|\.{8,}|-{12,})")
_TYPED = re.compile(
    rf"^\W*(?:(?i:provider|reg(?:istered)?\.? (?:osteopath|chiropractor)|osteopath|chiropractor|treating (?:provider|doctor|clinician)|rendered by|provider name|doctor|attending|clinician|seen by|by|regards|sincerely|thank you|respectfully(?: submitted)?|yours truly|yours sincerely|examiner|author|printed|typed|dictated by)\s*[:,-]?\s*)?(?P<name>(?:D[Rr]\.?\s+)?{NAME}|D[Rr]\.?\s+[A-Z][\w'’-]+|[A-Z]\.\s?[A-Z][\w'’-]+)\s*,?\s*\(?(?P<credential>{CREDENTIAL})?\)?(?:[\s,]+{CREDENTIAL})*(?:,\s+[A-Z][a-z]+)?\W*(?:\(?(?:printed|typed|print)\)?)?\W*(?:\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{2,4}})?\W*$"
)
_OF_A_PROVIDER = re.compile(r"\bD[Rr]\.?\s|^\W*(?i:reg\w*\.?\s)?(?i:osteopath|chiropractor)\s*:")
_CLINIC = re.compile(
    r"\b(?:clinic|chiropractic|center|centre|wellness|associates|spine|health|pllc|inc|llc|p\.?c\.?)\b", re.IGNORECASE
)
_CRED_AFTER = re.compile(rf"(?<![A-Za-z.])(?P<credential>{CREDENTIAL})(?![A-Za-z])")
_FIND_NAME = re.compile(NAME)
_LONE_INITIALS = re.compile(
    r"^\W*(?:-{1,2}|~|—)?\s*(?P<who>[A-Z]{2,3}|(?!SI-|PI-|AS-|IL-|PA-|AP-[LR]\b|X-|[CTL]-[TLS]\b)[A-Z]{1,2}-[A-Z]{1,2}|[A-Z]\.[A-Z]\.(?:[A-Z]\.)?)\s*$"
)
_SCRIBE = re.compile(
    r"\b(?:scribed?|scribe:|entered by|transcribed by|typed by|transcriptionist|prepared by|documented by|front desk|assistant|c\.?a\.?\b|billing)\b[^\n]{0,30}$",
    re.IGNORECASE,
)
_PRINTED_BESIDE = re.compile(rf"(?:\bprinted|\bprint(?:ed)? name|\btyped name|\()?[:\s]*{NAME}\s*,?\s*{CREDENTIAL}")


_BY_THE_DOCTOR = re.compile(
    r"\W*(?:on (?:tablet|screen|file copy|device)\s+)?(?:by\s+(?:the\s+)?(?:treating\s+)?(?:doctor|provider|clinician|chiropractor|me)\b\W*)?(?:on\s+|at\s+|date:?\s+)?[\d/.:,\s-]{0,40}(?:[ap]\.?m\.?)?\W{0,6}$",
    re.IGNORECASE,
)
"""Behind the mark stands no name, for the line above gave it: "Provider: Jude Farrow, DC", "Electronically signed 3/4/2026"."""


_NOBODY_YET = re.compile(r"\s*[:,-]?\s*(?:by|on|at)?\s*[:,]?[\d/.:,\s-]{0,30}(?:[ap]\.?m\.?)?\s*", re.IGNORECASE)
"""Behind a mark stands no name, or only when it was signed: the name is on the next line."""
_LAST_NAME_FIRST = re.compile(
    rf"\W*(?:by\b)?\W*(?P<last>[A-Z][\w'’-]+),\s+(?P<first>[A-Z][\w'’-]+)(?:\s+[A-Z]\.?)?,?\s+(?P<credential>{CREDENTIAL})(?![A-Za-z])"
)
_FOR_ANOTHER = re.compile(
    r"\W*(?:by\s+)?[^\n]{2,40}?,?\s+(?:CA|MA|LPN|RN|PTA|assistant|staff|office manager)\b[^\n]{0,20}\bfor\b",
    re.IGNORECASE,
)
_END_INITIALS = re.compile(r"(?<=\S)[ \t]{4,}[-~/]?\s?(?P<who>[a-z]{2,3}|[A-Z]{2,3})\s*$")
_AFTER_THE_LAST_WORD = re.compile(r"(?<=[a-z\d][.!])[ \t]+[-~/]?\s?(?P<who>[A-Z]{2,3}|(?:[A-Z]\.){2,3})\s*$")
_NO_INITIALS = frozenset(
    [
        "prn",
        "wk",
        "wks",
        "mo",
        "mos",
        "adj",
        "ok",
        "am",
        "pm",
        "min",
        "rom",
        "tol",
        "hep",
        "tx",
        "rx",
        "dc",
        "md",
        "do",
        "pt",
        "wnl",
        "neg",
        "pos",
        "nad",
        "nil",
        "no",
        "yes",
        "na",
        "poc",
        "cmt",
        "smt",
        "ems",
        "ice",
        "hot",
        "lb",
        "mm",
        "cm",
        "ft",
        "deg",
        "dx",
        "hx",
        "sx",
        "yr",
        "yrs",
        "day",
        "ins",
        "bl",
        "sec",
    ]
)


def read_signature(reading: Reading) -> tuple[Signature, list[tuple[int, int]]]:
    """The signature that decides, and the spans of lines that belong to signatures.

    A notice that makes the note unsigned (draft, dictated but not read, stamp, on file) decides first, then electronic,
    handwritten and attested signatures, ``/s/``, initials, a typed name, and last a blank line.
    """
    lines = lines_of_text(reading.plain)
    told = _telling(reading, lines)
    spans = [(line.start + match.start(), line.end) for _, line in told for match in line.marks()]
    spans += [(line.start, line.end) for line in lines[-3:] if _BLANK.search(line.text)]
    signed = _signed(reading, lines, told)
    found = (
        rejected(reading, told, signed)
        or signed
        or table_signature(reading, lines)
        or _slash(reading, told)
        or card_initials(reading)
        or _initials(reading, lines, told)
        or _typed(reading, lines)
    )
    return found or Signature("absent"), spans


def _telling(reading: Reading, lines: list[Line]) -> list[tuple[int, Line]]:
    """The lines that may belong to a signature, with their positions: those with a word of signing, and the last ones."""
    places = sorted(c.start for s in reading.sentences for c in s.of("signing"))
    places += [place for place in (reading.plain.lower().find("/s/"),) if place >= 0]
    places.sort()
    told, at = [], 0
    for position, line in enumerate(lines):
        while at < len(places) and places[at] < line.start:
            at += 1
        if position >= len(lines) - 3 or (at < len(places) and places[at] < line.end):
            told.append((position, line))
    return told


def _signed(reading: Reading, lines: list[Line], told: list[tuple[int, Line]]) -> Signature | None:
    best: Signature | None = None
    for position, line in told:
        for kind in ("electronic", "handwritten", "attestation"):
            match = line.found(kind)
            if (
                not match
                or _SCRIBE.search(line.text[: match.start()].rsplit(".", 1)[-1])
                or (PATIENT.search(line.text[: match.start()]))
            ):
                continue
            if _BY_STAFF.match(line.text[match.end() :]) or _FOR_ANOTHER.match(line.text[match.end() :]):
                continue
            if kind == "handwritten" and _BLANK.match(line.text[match.end() :].lstrip(" :")):
                continue
            found = _with_name(reading, lines, position, match, kind)
            if found and (best is None or (best.status != "accepted" and found.status == "accepted")):
                best = found
    return best


def _with_name(reading: Reading, lines: list[Line], position: int, match: re.Match[str], kind: str) -> Signature | None:
    """A mark of signing with the name and credential behind, before or below it."""
    line = lines[position]
    tail = line.text[match.end() :]
    following = lines[position + 1].text if position + 1 < len(lines) else ""
    head = line.text[: match.start()]
    where = (
        tail
        if _FIND_NAME.search(tail)
        else f"{tail}\n{following}"
        if _NOBODY_YET.fullmatch(tail) or kind == "attestation"
        else tail
    )
    if kind == "attestation" and not _FIND_NAME.search(_plain_name(where)):
        return None
    reversed_name = _LAST_NAME_FIRST.match(tail)
    if reversed_name:
        where = f"{reversed_name['first'].title()} {reversed_name['last'].title()}, {reversed_name['credential']}{tail[reversed_name.end() :]}"
    name = _signer(where) or (_signer(head[-60:]) if kind != "attestation" or "I " not in head else None)
    above = lines[position - 1].text if position else ""
    if name is None and kind == "electronic" and _BY_THE_DOCTOR.match(tail) and _CRED_AFTER.search(above):
        name, where = _signer(above), above + tail
    if name is None:
        initials = re.match(r"\W*(?:by)?\W*(?P<who>[A-Z]{2,3})\b", tail)
        if initials:
            printed = _PRINTED_BESIDE.match(following)
            return Signature(
                "accepted" if printed else "weak",
                "initials",
                initials["who"],
                evidence=(reading.evidence(line.start + match.start(), line.end),),
            )
        return None
    credential = _CRED_AFTER.search(where) or _CRED_AFTER.search(head[-70:])
    if credential is None and name and re.search(r"\bChiropractic Physician|Chiropractor", following):
        credential = _CRED_AFTER.search(following)
    end = line.end if where is tail or "\n" not in where or not following else lines[position + 1].end
    day = next((d.day for d in find_dates(where) if d.day), None)
    evidence = (reading.evidence(line.start + (0 if not head.strip() else match.start()), end),)
    return Signature(
        "accepted" if credential else "weak",
        kind,
        name,
        credential["credential"] if credential else None,
        day,
        evidence,
    )


def _plain_name(words: str) -> str:
    return re.sub(r"\b(?:I|This|The|My|Chiropractic|Adjustment)\b", "", words)


def _signer(words: str) -> str | None:
    for match in _FIND_NAME.finditer(words):
        name = re.sub(rf"[\s,]+{CREDENTIAL}$", "", match.group()).strip(" ,.")
        name = re.sub(r"\s+(?:Date|Time|DOS|EST|PST|CST|MST|EDT|CDT|On|At|License|Lic|NPI)\b.*$", "", name)
        if (
            len(name) > 3
            and not re.match(
                r"(?:Date|Time|Electronic|Signature|Provider|Status|Signed|Printed|Page|The|This|Monday|January)\b",
                name,
            )
            and not _CLINIC.search(name.split()[-1])
        ):
            return name
    return None


def _slash(reading: Reading, told: list[tuple[int, Line]]) -> Signature | None:
    for _, line in told:
        match = SLASH_S.search(line.text)
        if match:
            credential = _CRED_AFTER.search(line.text, match.end())
            name = _signer(line.text[match.end() :])
            day = next((d.day for d in find_dates(line.text[match.end() :]) if d.day), None)
            evidence = (reading.evidence(line.start + match.start(), line.end),)
            return Signature("weak", "slash_s", name, credential["credential"] if credential else None, day, evidence)
    return None


def _initials(reading: Reading, lines: list[Line], told: list[tuple[int, Line]]) -> Signature | None:
    for position, line in told:
        match = INITIALS.search(line.text)
        lone = _LONE_INITIALS.match(line.text) if position >= len(lines) - 2 and position > 0 else None
        if lone is None and position == len(lines) - 1:
            lone = _initials_at_the_end(line.text)
        if not match and not lone:
            continue
        if match and not (match["who"] or match["who2"] or re.search(r"\[", match.group())):
            continue
        if match and match["who2"] and not (position >= len(lines) - 3):
            continue
        found = match or lone
        assert found is not None
        rest = line.text[found.end() :]
        near = f"{rest}\n{lines[position + 1].text if position + 1 < len(lines) else ''}"
        if match and not match["who2"] and not match["who"] and "_" in rest[:6]:
            continue
        above = _TYPED.match(lines[position - 1].text) if position == len(lines) - 1 > 0 else None
        printed = _PRINTED_BESIDE.search(near) or (above and (above["credential"] or "Dr" in above.group()))
        who = (match["who"] or match["who2"]) if match else found["who"]
        evidence = (reading.evidence(line.start + found.start(), line.end),)
        credential = _CRED_AFTER.search(near)
        status = "accepted" if printed else "weak"
        return Signature(
            status, "initials", _signer(near) or who, credential["credential"] if credential else None, None, evidence
        )
    return None


def _initials_at_the_end(line: str) -> re.Match[str] | None:
    """Initials set apart at the end of the last line: "RTC 4 wks     rj"."""
    match = _END_INITIALS.search(line) or _AFTER_THE_LAST_WORD.search(line)
    return match if match and match["who"].lower() not in _NO_INITIALS else None


def _typed(reading: Reading, lines: list[Line]) -> Signature | None:
    for position, line in list(enumerate(lines))[-1:-4:-1]:
        text = line.text.strip()
        pieces = [
            text,
            *(piece.strip() for piece in re.split(r"\s{3,}", text)),
            *(piece.strip() for piece in text.split("  ")),
            *(re.split(r"(?<=[a-z\d][.!?])\s+(?=[A-Z])", text))[-1:],
        ]
        for piece in pieces:
            match = _TYPED.match(piece) if len(piece) < 90 else None
            if match and position > 0 and (match["credential"] or _OF_A_PROVIDER.search(piece)):
                blank = any(_BLANK.search(other.text) for other in lines[max(0, position - 2) : position + 1])
                if blank:
                    return None
                return Signature(
                    "rejected",
                    "typed",
                    match["name"],
                    match["credential"],
                    evidence=(reading.evidence(line.start, line.end),),
                )
    last = lines[-1] if lines else None
    if (
        last
        and len(lines) > 2
        and len(last.text.strip()) < 60
        and _CLINIC.search(last.text)
        and not re.search(r"[.:;]|\d", last.text)
        and last.text.strip().istitle()
    ):
        return Signature("rejected", "clinic", evidence=(reading.evidence(last.start, last.end),))
    return None
