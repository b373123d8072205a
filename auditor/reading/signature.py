"""The provider's signature: electronic, handwritten as rendered in text, initials, typed name, stamp, draft, none."""

import re
from dataclasses import dataclass, field
from datetime import date

from auditor.facts import ServiceDate, Signature
from auditor.reading.dates import WrittenDate, find_dates
from auditor.reading.document import Reading

_CREDENTIAL = r"(?:D\.?\s?C\.?|M\.?D\.?|D\.?O\.?|P\.?T\.?|D\.?P\.?T\.?|N\.?P\.?|P\.?A\.?(?:-C)?|L\.?Ac\.?|N\.?D\.?|F\.?N\.?P\.?(?:-C)?|A\.?P\.?R\.?N\.?|DACBR|CCSP|CCEP|DABCO|MChiro|M\.?Chiro(?:practic)?|B\.?App\.?Sc\.?(?:\s?\(Chiro\w*\))?|BSc|B\.?Chiro\w*|(?i:Chiropractor)|(?i:Chiropractic Physician)|Doctor of Chiropractic|Osteopath|Physiotherapist|PhD|R\.?M\.?T\.?|B\.?Sc\.?\s?\(Chiro\w*\)|GCC \d+)"
_NAME = r"(?:(?:Dr|DR|Doctor|Prof)\.?\s+)?[A-Z0][A-Za-z0À-ÿ\u0300-\u036f'’.-]*(?:\s+(?!(?:DC|MD|DO|PT|DPT|D\.C|NP|PA)\b)(?:[A-Z][A-Za-zÀ-ÿ\u0300-\u036f'’.-]*|van|von|de|der|la|del|di|O')){1,4}"
_ELECTRONIC = re.compile(
    r"(?:\b(?:electronic(?:ally)?|digital(?:ly)?|e)\s?[-–]?\s?(?:signed|signature|sig|authenticated|verified|approved|sealed|attested|co-?signed)\b(?!\s+(?:on file|policy|pending))|\bsigned\s+(?:electronically|digitally)\b|\be-?sign(?:ed|ature)?\b|\besigned\b|\b(?:authenticated|finali[sz]ed|verified|approved|released|accepted|validated|locked|completed and signed|signed and (?:locked|sealed|finali[sz]ed)|signed off|reviewed and signed|signed & locked|authenticated electronically|sealed|attested|certified)\s+(?:electronically\s+)?by\b|\b(?:attested|authenticated|approved|verified|released|finali[sz]ed) electronically\b|\bchart (?:locked|closed) (?:and signed )?by\b|\bsigned in (?:[A-Za-z]+ ){0,3}(?:ehr|emr|system)\b|\bsigned/?locked\b|\bsigned via\b)",
    re.IGNORECASE,
)
_HANDWRITTEN = re.compile(
    r"(?:\[\s?(?:hand-?written\s+)?(?:signature|signed|sgd|sig|wet signature|ink signature|handwritten|cursive|pen signature)[^\]\n]{0,40}\]|\(\s?(?:signed|sgd|signature|handwritten signature)\s?\)|\bsgd\.?(?=[\s:])|\bhand-?signed\b|\bsigned in (?:ink|pen|my own hand|my hand)\b|\bsigned(?:\s+by)?\s*[:,-]?(?=\s*(?-i:Dr|DR|[A-Z]))|\bhandwritten signature\b|\bsigned by hand\b|\bsignature\s*:\s*(?-i:(?=[A-Z])))",
    re.IGNORECASE,
)
_ATTEST = re.compile(
    r"\b(?:I (?:hereby )?(?:attest|certify|affirm|confirm)\b|attestation\b|my signature (?:attests|confirms|below))",
    re.IGNORECASE,
)
_INITIALS = re.compile(
    r"(?:\[?\s?(?:hand-?written\s+)?(?:dr\.?\s+|provider\s+|doctor'?s?\s+)?(?:initials?|initialed|initialled|init\.?)\b\)?\s*(?:by)?\s*[:.]?\s*(?:\[[^\]\n]{0,24}\])?\s*[\"'(]?(?-i:(?P<who>[A-Z]\.?\s?[A-Z]\.?(?:\s?[A-Z]\.?)?|[a-z]{2,3}(?=\s*$)))?(?=[\]\s\"').,/]|$)[\"')]?\]?|\[(?-i:(?P<who2>[A-Z]{2,3}))\])",
    re.IGNORECASE,
)
_SLASH_S = re.compile(r"(?<![A-Za-z0-9])/s/+|(?<![A-Za-z0-9])//s//|(?<![A-Za-z])s/\s(?=[A-Z])", re.IGNORECASE)
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
            r"\b(?:draft|unsigned|not (?:yet )?(?:been )?(?:electronically )?signed|unauthenticated|pending (?:\S+ ){0,3}signature|signature (?:is )?(?:pending|required|needed|outstanding|missing)|pending (?:provider |doctor |provider's |doctor's |electronic |e-?)?(?:signature|review|sign-?off|authentication)|awaiting (?:\w+ ){0,2}(?:signature|review|sign-?off)|auto-?\s?(?:signed|generated signature|finali[sz]ed|authenticated|locked|closed)|automatically (?:signed|finali[sz]ed|authenticated|closed|locked)|signed automatically|system[- ]signed|system generated signature|preliminary (?:report|note)|not finali[sz]ed|to be signed|needs signature|incomplete note|open note|not authenticated|sign: ?pending|signature: ?pending|status: ?(?:open|incomplete|pending|unsigned)|ready for signature|in progress - not signed|(?:not|un)locked|signed by system|requires signature)\b",
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
_PATIENT = re.compile(
    r"\b(?:patient|(?-i:pt|Pt)|guardian|parent|consent|hipaa|assignment|insured|responsible party|abn|witness|notice|paper|intake|cms-r)\b[^.\n]{0,30}$",
    re.IGNORECASE,
)
_BY_STAFF = re.compile(
    r"\W*(?:by\s+)?(?:the\s+)?(?:scribe|assistant|staff|front desk|ca|billing|office)\b", re.IGNORECASE
)
_BLANK = re.compile(r"(?:_{4,}|\.{8,}|-{12,})")
_TYPED = re.compile(
    rf"^\W*(?:(?i:provider|treating (?:provider|doctor|clinician)|rendered by|provider name|doctor|attending|clinician|seen by|by|regards|sincerely|thank you|respectfully(?: submitted)?|yours truly|yours sincerely|examiner|author|printed|typed|dictated by)\s*[:,-]?\s*)?(?P<name>(?:Dr\.?\s+)?{_NAME}|Dr\.?\s+[A-Z][\w'’-]+|[A-Z]\.\s?[A-Z][\w'’-]+)\s*,?\s*\(?(?P<credential>{_CREDENTIAL})?\)?(?:[\s,]+{_CREDENTIAL})*(?:,\s+[A-Z][a-z]+)?\W*(?:\(?(?:printed|typed|print)\)?)?\W*(?:\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{2,4}})?\W*$"
)
_CLINIC = re.compile(
    r"\b(?:clinic|chiropractic|center|centre|wellness|associates|spine|health|pllc|inc|llc|p\.?c\.?)\b", re.IGNORECASE
)
_CRED_AFTER = re.compile(rf"(?<![A-Za-z.])(?P<credential>{_CREDENTIAL})(?![A-Za-z])")
_FIND_NAME = re.compile(_NAME)
_LONE_INITIALS = re.compile(r"^\W*(?:-{1,2}|~|—)?\s*(?P<who>[A-Z]{2,3}|[A-Z]\.[A-Z]\.(?:[A-Z]\.)?)\s*$")
_SCRIBE = re.compile(
    r"\b(?:scribed?|scribe:|entered by|transcribed by|typed by|transcriptionist|prepared by|documented by|front desk|assistant|c\.?a\.?\b|billing)\b[^\n]{0,30}$",
    re.IGNORECASE,
)
_PRINTED_BESIDE = re.compile(rf"(?:\bprinted|\bprint(?:ed)? name|\btyped name|\()?[:\s]*{_NAME}\s*,?\s*{_CREDENTIAL}")
_DOS_LABEL = re.compile(
    r"(?:\b(?:date of service|d\.?o\.?s\.?|service date|visit date|date of visit|date seen|encounter date|exam date|date of exam\w*|treatment date|today'?s date|date of treatment|date)\b\W{0,4}|\b(?:visit|seen|encounter|treated|examined|note|re-?exam\w*|evaluation|exam)\W{1,3}(?:on\W)?)$",
    re.IGNORECASE,
)
_NOT_SERVICE = re.compile(
    r"\b(?:d\.?o\.?b\.?|birth|born|printed|exported|faxed|fax|received|injur\w*|onset|accident|d\.?o\.?i\.?|doa|loss|since|opened|last|started|initial|first seen|care began|prior|previous|scanned|generated|created|surgery|x-?rays?|mri|films?|next|return|appt|appointment|plan of care|poc|signed|re-?exam due|due|expires|exp|as of|mva|from|authorized|referr\w*)\b[^\n;|]{0,18}\Z",
    re.IGNORECASE,
)


_SHORTEST_DICTATED = 30
"""Characters of a line in small letters from which on it is taken for dictation; shorter ones are scribbles ("dp")."""


_MARKS = {
    "electronic": (
        _ELECTRONIC,
        re.compile(r"sig|electronic|authent|finali|verif|approv|releas|accept|valid|lock|seal|attest|certif|closed"),
    ),
    "handwritten": (_HANDWRITTEN, re.compile(r"sig|sgd|handwrit|hand-writ|cursive")),
    "slash_s": (_SLASH_S, re.compile(r"s/")),
    "attestation": (_ATTEST, re.compile(r"attest|certify|affirm|confirm|my signature")),
}
"""Each kind of mark, and what stands in every line (in small letters) that holds one."""
_MAY_BE_REJECTED = re.compile(
    r"dictat|read|review|draft|sign|authentic|pending|await|auto|system|prelim|finali|incomplete|open note|sof\b|stamp|facsimile|dnr|status|lock|progress"
)


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    text: str
    _found: dict[str, re.Match[str] | None] = field(default_factory=dict)

    def found(self, kind: str) -> re.Match[str] | None:
        """The mark of one kind of signature in the line, searched for once."""
        if kind not in self._found:
            pattern, cue = _MARKS[kind]
            self._found[kind] = pattern.search(self.text) if cue.search(self.text.lower()) else None
        return self._found[kind]

    def marks(self) -> list[re.Match[str]]:
        """The marks of electronic and handwritten signatures and of ``/s/``."""
        kinds = ("electronic", "handwritten", "slash_s")
        return [match for kind in kinds if (match := self.found(kind)) is not None]


def read_signature(reading: Reading) -> tuple[Signature, list[tuple[int, int]]]:
    """The signature that decides, and the spans of lines that belong to signatures.

    A notice that makes the note unsigned (draft, dictated but not read, stamp, on file) decides first, then electronic,
    handwritten and attested signatures, ``/s/``, initials, a typed name, and last a blank line.
    """
    lines = _lines(reading.plain)
    told = _telling(reading, lines)
    spans = [(line.start + match.start(), line.end) for _, line in told for match in line.marks()]
    spans += [(line.start, line.end) for line in lines[-3:] if _BLANK.search(line.text)]
    signed = _signed(reading, lines, told)
    found = (
        _rejected(reading, told, signed)
        or signed
        or _slash(reading, told)
        or _initials(reading, lines, told)
        or _typed(reading, lines)
    )
    return found or Signature("absent"), spans


def _telling(reading: Reading, lines: list[_Line]) -> list[tuple[int, _Line]]:
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


def _lines(text: str) -> list[_Line]:
    lines, start = [], 0
    for piece in text.split("\n"):
        # A dictation has no capitals, by which a name is told from other words.
        words = piece.title() if piece.islower() and len(piece) > _SHORTEST_DICTATED else piece
        lines.append(_Line(start, start + len(piece), words))
        start += len(piece) + 1
    return [line for line in lines if line.text.strip()]


def _rejected(reading: Reading, told: list[tuple[int, _Line]], signed_after: Signature | None) -> Signature | None:
    suspect = [line for _, line in told if _MAY_BE_REJECTED.search(line.text.lower())]
    for kind, pattern in _REJECTED:
        for line in suspect:
            match = pattern.search(line.text)
            if not match or _PATIENT.search(line.text[: match.start()]):
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


def _signed_later(reading: Reading, line: _Line, match: re.Match[str], signed: Signature) -> bool:
    """Whether a draft was signed after all: on a later line, or electronically behind the word in the same line."""
    if re.search(r"auto|system", match.group(), re.IGNORECASE):
        return False
    start = signed.evidence[0].start
    behind = signed.kind == "electronic" and start > line.start + match.end()
    return start > reading.text.original(line.start, line.end)[1] or behind


def _signed(reading: Reading, lines: list[_Line], told: list[tuple[int, _Line]]) -> Signature | None:
    best: Signature | None = None
    for position, line in told:
        for kind in ("electronic", "handwritten", "attestation"):
            match = line.found(kind)
            if (
                not match
                or _SCRIBE.search(line.text[: match.start()].rsplit(".", 1)[-1])
                or (_PATIENT.search(line.text[: match.start()]))
            ):
                continue
            if _BY_STAFF.match(line.text[match.end() :]):
                continue
            if kind == "handwritten" and _BLANK.match(line.text[match.end() :].lstrip(" :")):
                continue
            found = _with_name(reading, lines, position, match, kind)
            if found and (best is None or (best.status != "accepted" and found.status == "accepted")):
                best = found
    return best


def _with_name(
    reading: Reading, lines: list[_Line], position: int, match: re.Match[str], kind: str
) -> Signature | None:
    line = lines[position]
    tail = line.text[match.end() :]
    following = lines[position + 1].text if position + 1 < len(lines) else ""
    head = line.text[: match.start()]
    where = (
        tail
        if _FIND_NAME.search(tail)
        else f"{tail}\n{following}"
        if re.match(r"\s*[:,-]?\s*(?:by)?\s*[:,]?\s*$", tail) or kind == "attestation"
        else tail
    )
    if kind == "attestation" and not _FIND_NAME.search(_plain_name(where)):
        return None
    name = _signer(where) or (_signer(head[-60:]) if kind != "attestation" or "I " not in head else None)
    if name is None:
        initials = re.match(r"\W*(?:by)?\W*(?P<who>[A-Z]{2,3})\b", tail)
        if initials:
            return Signature(
                "weak", "initials", initials["who"], evidence=(reading.evidence(line.start + match.start(), line.end),)
            )
        return None
    credential = _CRED_AFTER.search(where) or _CRED_AFTER.search(head[-70:])
    if credential is None and name and re.search(r"\bChiropractic Physician|Chiropractor", following):
        credential = _CRED_AFTER.search(following)
    end = line.end if where is tail or "\n" not in where else lines[position + 1].end
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
        name = re.sub(rf"[\s,]+{_CREDENTIAL}$", "", match.group()).strip(" ,.")
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


def _slash(reading: Reading, told: list[tuple[int, _Line]]) -> Signature | None:
    for _, line in told:
        match = _SLASH_S.search(line.text)
        if match:
            credential = _CRED_AFTER.search(line.text, match.end())
            name = _signer(line.text[match.end() :])
            day = next((d.day for d in find_dates(line.text[match.end() :]) if d.day), None)
            evidence = (reading.evidence(line.start + match.start(), line.end),)
            return Signature("weak", "slash_s", name, credential["credential"] if credential else None, day, evidence)
    return None


def _initials(reading: Reading, lines: list[_Line], told: list[tuple[int, _Line]]) -> Signature | None:
    for position, line in told:
        match = _INITIALS.search(line.text)
        lone = _LONE_INITIALS.match(line.text) if position >= len(lines) - 2 and position > 0 else None
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
        printed = _PRINTED_BESIDE.search(near) or (
            position == len(lines) - 1 and position > 0 and _TYPED.match(lines[position - 1].text)
        )
        who = (match["who"] or match["who2"]) if match else found["who"]
        evidence = (reading.evidence(line.start + found.start(), line.end),)
        credential = _CRED_AFTER.search(near)
        status = "accepted" if printed else "weak"
        return Signature(
            status, "initials", _signer(near) or who, credential["credential"] if credential else None, None, evidence
        )
    return None


def _typed(reading: Reading, lines: list[_Line]) -> Signature | None:
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
            if match and position > 0 and (match["credential"] or re.search(r"\bDr\.?\s", piece)):
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


def service_dates(reading: Reading, signature_spans: list[tuple[int, int]]) -> list[ServiceDate]:
    """Dates that may be the date of service: labelled as such first, then any that no other label takes.

    The time stamp of a signature, a date of birth, injury, printing or of an earlier visit is none.
    """
    labelled: list[ServiceDate] = []
    others: list[ServiceDate] = []
    for written in reading.dates:
        if any(start <= written.start < end for start, end in signature_spans):
            continue
        lead = reading.plain[max(0, written.start - 40) : written.start]
        if _NOT_SERVICE.search(lead) and not _DOS_LABEL.search(lead):
            continue
        for day in _days(written):
            item = ServiceDate(day, reading.evidence(written.start, written.end))
            (labelled if _DOS_LABEL.search(lead) or written.start < 120 else others).append(item)
    return labelled + others


def _days(written: WrittenDate) -> list[date]:
    days = [written.day] if written.day else []
    if written.other and written.other != written.day:
        days.append(written.other)
    return days
