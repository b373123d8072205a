"""Headers to spans: which section of the note each character stands in, and what kind of statement each sentence is."""

import re
from collections.abc import Collection
from functools import cache

from auditor.facts import SectionSpan
from auditor.reading.document import Reading, Sentence
from auditor.reading.plain.dates import find_dates
from auditor.reading.plain.lines import Span, lines_of
from auditor.reading.techniques import opens_treatment
from auditor.reading.vocabulary import load

ZONE = {
    "subjective": "S",
    "history": "H",
    "objective": "O",
    "imaging": "I",
    "assessment": "A",
    "treatment": "T",
    "plan": "P",
    "goals": "G",
    "signature": "X",
    "billing": "B",
    "declined": "N",
    "other": "",
    "header": "",
}
_LETTERS = {"S": "subjective", "O": "objective", "A": "assessment", "P": "plan"}
_LETTER_SURE = re.compile(
    r"[ \t*#>(\[]{0,4}(?P<letter>[SOAP])(?:\*\*)?[ \t]?(?:[:)\]/>|=]|-{1,2}(?=[ \t])|\.(?=[ \t])|\*\*)(?!\d)"
)
_LETTER_SMALL = re.compile(r"[ \t]{0,4}(?P<letter>[soapt])(?:[.:)/-](?=[ \t\n]))")
_LETTER_BARE = re.compile(r"[ \t]{0,30}(?P<letter>[SOAP])(?=[ \t\n])")
_LETTER_INLINE = re.compile(r"(?P<letter>[SOAP])(?:(?<=\s.)|(?<=\s\|.))(?:[:)>]|\s?-(?=\s)|/(?=\s))(?=\s|[A-Z])")
"""The letter first and what precedes it afterwards, which is many times faster; so in other expressions here."""


_REGION_LABELS = re.compile(r"(?:^|\n)[ \t]*(?:Cx|Lx)[ \t]*:")
_UNKNOWN = re.compile(
    r"[ \t]{0,30}[*#=\[-]{0,4}[ \t]{0,9}(?P<words>[A-Z][A-Z'&/]*(?: [A-Z'&/]+){0,4})[ \t]*:?[*\]=-]{0,4}[ \t]*(?=\n)"
)
_SIGNED = re.compile(
    r"[ \t*|-]{0,40}(?:\[signature\]|/s/|(?:electronically|digitally|e)[ -]?(?:signed|authenticated)|signed electronically|authenticated by|finali[sz]ed by|verified and|_{6,})",
    re.IGNORECASE,
)
_DATED_LINE = re.compile(r"[ \t]{0,4}(?P<date>\d{1,2}[/-]\d{1,2}[/-]\d{2,4})(?=[ \t:,-]+[A-Za-z])")
_HEAD_OF_NOTE = 0.4
"""Share of a note in which "Provider:" names the provider and begins no block of signatures."""
_ENTRY = re.compile(
    r"[ \t*#>-]{0,6}(?P<who>PT|OT|LMT|RMT|MT|ATC|RN|MA|MD|DC|D\.C\.|[Pp]hysio(?:therapist)?|[Mm]assage therapist|[Aa]cupuncturist|[Cc]hiropractor)[ \t]+(?:entry|note|session|record)\b"
)
"""A chart that several providers share: what stands under another's name is not this visit's."""
_OWN = frozenset(("dc", "d.c.", "chiropractor"))
_TOLD_OF = re.compile(
    r"\b(?:last|prior|previous\w*|since|after|help\w*|felt|feels|relief|ago|yesterday|was|were|if|would|wants?)\b"
)
_OF_THE_BODY = re.compile(
    r"\W*(?:spine|spinal|extremit\w+|extraspinal|cervical|thoracic|lumbar|sacr\w+|pelvi\w+|neck|upper|lower|mid|low)\b",
    re.IGNORECASE,
)
_DECORATED = 3
"""Characters of a bullet or of marks of emphasis that may stand before a header."""
_ADDENDUM = re.compile(r"[ \t*#>-]{0,6}(?P<words>addendum|late entry|amendment)\b", re.IGNORECASE)
"""What is added below the signature belongs to the note again."""
_ITEM = re.compile(r"[ \t]*(?:[-*•]|\d{1,2}[.)])")
_CELL_GAP = re.compile(r"[ \t]{2,}|\|")
_COLUMN_NAME = re.compile(r"[A-Za-z/ ().-]{1,16}")


def _is_table_heading(text: str, after: int) -> bool:
    """Whether what follows on the line is more column names, so that the word is a column and no header."""
    end = text.find("\n", after)
    rest = text[after : end if end != -1 else len(text)][:200]
    cells = [cell.strip() for cell in _CELL_GAP.split(rest) if cell.strip()]
    return len(cells) > 1 and all(_COLUMN_NAME.fullmatch(cell) for cell in cells)


def _at_lines(pattern: re.Pattern[str], text: str, lines: list[Span]) -> list[re.Match[str]]:
    """Where an expression matches at the start of a line; trying only those is several times faster than a search."""
    return [match for start, _ in lines if (match := pattern.match(text, start))]


def _card_entries(text: str, lines: list[Span]) -> list[tuple[int, str]]:
    """On a travel card, entries of earlier dates are history: lines that begin with a date, the latest of which is today."""
    entries = []
    for match in _at_lines(_DATED_LINE, text, lines):
        day = next((d.day for d in find_dates(match["date"]) if d.day), None)
        if day is not None:
            entries.append((match.start("date"), day))
    if len({day for _, day in entries}) < 2:
        return []
    latest = max(day for _, day in entries)
    return [(start, "other" if day == latest else "history") for start, day in entries]


def _paragraph_end(text: str, start: int) -> int | None:
    """Where the paragraph of a lone header ends, in a note that is prose otherwise."""
    line_end = text.find("\n", start)
    if line_end == -1 or not text[start:line_end].split(":", 1)[-1].strip():
        return None
    blank = re.compile(r"\n[ \t]*\n").search(text, line_end)
    return blank.end() if blank else None


_DECORATION = r"[ \t#><+*=_\-•\[(|:·]{0,40}(?:\d{1,2}(?:\.\d{1,2}|[.)])[ \t]{0,3}|\d{1,2}[ \t]{1,3}(?=[A-Z]{3}))?"
_LABEL = r"(?P<header>[A-Za-z](?:[A-Za-z/&'.,-]|[ _](?=[A-Za-z&/(])){0,34}?)"
_TAIL = r"(?P<tail>[ \t]{0,3}(?:\((?:s|[^)\n]{0,30})\))?[ \t]{0,20}(?:\*\*|__)?[ \t]{0,3}(?::|;|>|\||\]|\)|=|·|-{1,2}(?=[ \t\n])|\*\*|(?=\n|$)|(?=[ \t]\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?[ \t]*(?:\n|$))|(?=[ \t]{2}\S)|(?<=[ \t]{2})(?=\S)))"
_AT_LINE = re.compile(rf"{_DECORATION}{_LABEL}{_TAIL}")
_INLINE = re.compile(rf"[ \t](?:(?<=[.;|].)|[ \t]{{2}})[ \t*(]{{0,12}}{_LABEL}(?P<tail>[ \t]{{0,3}}(?:\*\*)?:)")


@cache
def _names() -> dict[str, str]:
    return {header: name for name, row in load("sections").items() for header in row["headers"]}


def find_sections(text: str, part_labels: Collection[int] = ()) -> tuple[SectionSpan, ...]:
    """Sections of a plain text in order, from the start of each header to the next. What precedes the first is ``header``
    where a header follows, so that a note without headers has no sections.

    Args:
        text: the plain text.
        part_labels: where labels of PART begin: they look like headers and are none.
    """
    lines = lines_of(text)
    found = [*_header_marks(text, lines), *_letter_marks(text, lines, part_labels)]
    marks = [mark for mark in found if mark[0] not in part_labels]
    if not marks:
        return ()
    marks = _without_labels_of_treatment(text, sorted(marks))
    if marks[0][0] > 0:
        marks.insert(0, (0, "header"))
    ends = [start for start, _ in marks[1:]] + [len(text)]
    return tuple(SectionSpan(name, start, end) for (start, name), end in zip(marks, ends, strict=True) if end > start)


def _without_labels_of_treatment(text: str, marks: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Headers, but for names of the body right below a heading of treatment: there "Spine: C6, T3" goes on with it."""
    kept: list[tuple[int, str]] = []
    for mark in marks:
        below = bool(kept) and kept[-1][1] == "treatment" and mark[1] == "objective"
        if not below or not _OF_THE_BODY.match(text, mark[0]):
            kept.append(mark)
    return kept


def _header_marks(text: str, lines: list[Span]) -> list[tuple[int, str]]:
    names = _names()
    marks = []
    candidates = [(match, False) for match in _at_lines(_AT_LINE, text, lines)]
    if ":" in text:
        candidates += [(match, True) for match in _INLINE.finditer(text)]
    dashed = [
        m
        for m, inline in candidates
        if not inline and m["tail"].strip().startswith("-") and m["header"].lower() in names
    ]
    dashes = len({m["header"].lower() for m in dashed}) > 1
    for match, inline in candidates:
        header, tail = match["header"], match["tail"]
        name = names.get(header.lower()) or ("." in header and names.get(header.lower().split(".")[0])) or None
        if name is None:
            continue
        if ":" not in tail and (
            _is_table_heading(text, match.end())
            or (tail.strip().startswith("-") and not header.isupper() and not dashes)
        ):
            continue
        if header.lower() == "tx" and _REGION_LABELS.search(text):
            continue
        marks.append((match.start("header"), name))
        early = name == "signature" and match.start() < len(text) * _HEAD_OF_NOTE
        if (inline or early) and (line_end := text.find("\n", match.end())) != -1:
            marks.append((line_end, "other"))
    if len(marks) <= 3:
        marks += [(gap, "other") for start, _ in marks if (gap := _paragraph_end(text, start)) is not None]
    marks += [(match.start(), "signature") for match in _at_lines(_SIGNED, text, lines)]
    marks += _card_entries(text, lines)
    marks += [(match.start("words"), "other") for match in _at_lines(_ADDENDUM, text, lines)]
    marks += [
        (match.start("who"), "other" if match["who"].lower() in _OWN else "history")
        for match in _at_lines(_ENTRY, text, lines)
    ]
    marks += [
        (match.start("words"), "other")
        for match in _at_lines(_UNKNOWN, text, lines)
        if match["words"].lower() not in names
    ]
    return marks


def _letter_marks(text: str, lines: list[Span], part_labels: Collection[int]) -> list[tuple[int, str]]:
    for pattern in (_LETTER_SURE, _LETTER_BARE):
        found = [
            (match.start("letter"), match["letter"])
            for match in _at_lines(pattern, text, lines)
            if match.start("letter") not in part_labels
        ]
        sure = pattern is _LETTER_SURE and any(text[place + 1 : place + 2] == ":" for place, _ in found)
        if sure or len({letter for _, letter in found}) >= (2 if pattern is _LETTER_SURE else 3):
            inline = [(match.start("letter"), match["letter"]) for match in _LETTER_INLINE.finditer(text)]
            return [(place, _LETTERS[letter]) for place, letter in {*found, *inline}]
    small = [(match.start("letter"), match["letter"].upper()) for match in _at_lines(_LETTER_SMALL, text, lines)]
    if len({letter for _, letter in small}) >= 3:
        return [(place, _LETTERS.get(letter, "treatment")) for place, letter in small]
    found = [(match.start("letter"), match["letter"]) for match in _LETTER_INLINE.finditer(text)]
    first = next(iter(_at_lines(_LETTER_SURE, text, lines)), None)
    if first:
        found.append((first.start("letter"), first["letter"]))
    if len({letter for _, letter in found}) >= 3:
        return [(place, _LETTERS[letter]) for place, letter in found]
    return []


def heading_spans(text: str) -> list[tuple[int, int]]:
    """Where the headings of a plain text stand, each with the marks behind it; what a heading heads is not in them.

    For notes without their headings, on which the reading of run-on notes is trained and measured.
    """
    spans = []
    for section in find_sections(text):
        line = text.rfind("\n", 0, section.start) + 1
        found = [pattern.match(text, line) for pattern in (_AT_LINE, _LETTER_SURE, _LETTER_BARE)]
        at_line = next((m for m in found if m and m.start(_label_of(m)) == section.start), None)
        if at_line is not None:
            spans.append((line, at_line.end()))
            continue
        inline = _INLINE.match(text, section.start - 1) if section.start else None
        letter = _LETTER_INLINE.match(text, section.start)
        match = inline or letter
        if match is not None and section.name not in ("header", "other", "signature"):
            spans.append((section.start, match.end()))
    return spans


def _label_of(match: re.Match[str]) -> str:
    return "header" if "header" in match.groupdict() else "letter"


def assign_zones(reading: Reading) -> None:
    """Give every sentence its section and its zone; where no header tells, the words do."""
    spans = reading.sections
    position = 0
    before = ""
    heading_of_goals = False
    for sentence in reading.sentences:
        first = sentence.end - len(sentence.text.lstrip())
        while position + 1 < len(spans) and spans[position + 1].start <= first + _DECORATED:
            position += 1
        section = spans[position].name if spans else ""
        sentence.section = section
        zone = ZONE.get(section, "")
        sentence.zone = _refined(sentence, zone, before) if zone else _by_words(sentence, before)
        if opens_treatment(reading.plain, sentence):
            sentence.section, sentence.zone = "treatment", "T"
        if before == "G" and heading_of_goals and _ITEM.match(sentence.text):
            sentence.zone = "G"
        else:
            heading_of_goals = sentence.zone == "G" and sentence.text.rstrip().endswith(":")
        before = sentence.zone


def _refined(sentence: Sentence, zone: str, before: str) -> str:
    """A section's zone, but for what surely is of another kind: goals in a plan, a history in the subjective."""
    if zone == "S" and _examined(sentence):
        return "O"
    if zone == "S" and _delivered(sentence):
        return "T"
    if zone == "H" and sentence.numbers and sentence.has("instrument"):
        return "S"  # a questionnaire below the history is today's: nothing but the order of a form put it there
    if zone in ("P", "A", "S") and sentence.has("cue", "goal"):
        return "G" if zone != "S" else zone
    return zone


def _examined(sentence: Sentence) -> bool:
    """Whether a sentence under a heading of complaints tells what was found: a header of the examination was not seen."""
    if sentence.has("cue", "S") or sentence.has("goal"):
        return False
    clear = [c for c in sentence.of("finding") if c.entry.clear and not c.marks - {"NEGATED"}]
    levels = any(c.levels for c in sentence.of("place"))
    if any(c.entry.criterion == "A" and c.entry.regions for c in clear):
        return True
    segmental = any(c.entry.segmental and c.entry.criterion == "R" for c in clear)
    return (bool(clear) and (levels or (segmental and sentence.has("place")))) or any(
        c.entry.criterion == "T" and c.entry.clear and not c.entry.noun for c in clear
    )


def _delivered(sentence: Sentence) -> bool:
    """Whether a line under a heading of complaints begins with an act of today and its levels: the heading ended unseen."""
    first = next((c for c in sentence.concepts if c.family != "context"), None)
    begins = first is not None and first.family == "act" and first.kind == "manipulation"
    lead = sentence.text[: first.start - sentence.start].strip(" \t*-•#>") if first is not None else "?"
    return begins and not lead and any(c.levels for c in sentence.of("place")) and not _TOLD_OF.search(sentence.lowered)


def _by_words(sentence: Sentence, before: str) -> str:
    """The zone of a sentence under no header, from its own words and the sentence before it."""
    if sentence.has("cue", "goal"):
        return "G"
    if any(act.kind == "manipulation" and not act.marks & {"OTHER_PERSON"} for act in sentence.of("act")):
        return "T"
    if sentence.has("image") and sentence.has("cue", "disc") | sentence.has("shows") | sentence.has("cue", "O"):
        return "I"
    clear = any(c.entry.clear and c.entry.criterion for c in sentence.of("finding"))
    if clear and not (sentence.has("cue", "S") and not sentence.has("cue", "O") and not sentence.has("place")):
        return "O"
    if sentence.has("subluxation"):
        return "A"
    if sentence.has("cue", "O") and not sentence.has("cue", "S"):
        return "O"
    if sentence.has("cue", "S"):
        return "S"
    if sentence.has("finding") and before == "O":
        return "O"
    return "S" if sentence.has("finding") or sentence.has("change") else ""
