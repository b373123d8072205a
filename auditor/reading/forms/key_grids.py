"""Charts with a key: ``FX = fixation``, ``X adjusted this visit``; segments down the page, signs of the key behind them."""

import re
from dataclasses import dataclass

from auditor.anatomy import SPINAL
from auditor.facts import Mention, PartFinding, Role, Treatment, TreatmentKind
from auditor.reading.document import Concept, Reading
from auditor.reading.forms.tables import Tables, column_kind
from auditor.reading.forms.visit_columns import earlier_spans
from auditor.reading.plain.lines import Span

_KEY_LINE = re.compile(r"^[ \t(*]*(?:key|legend|codes?|symbols?)\b[ \t]*:?", re.IGNORECASE)
_EQUATION = re.compile(
    r"(?:^|(?<=[\s,;(]))(?P<sign>[A-Za-z0-9+/*.●○✓-]{1,4})[ \t]*=[ \t]*(?P<means>[a-z][a-z ,/-]{1,40}?)(?=[ \t]{2}|[,;)\n]|$)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?:^|[ \t]{2,})(?P<sign>[A-Za-z0+*●○✓]{1,2})[ \t]+(?P<means>[a-z][a-z ,]{3,40}?)(?=[ \t]{2,}|$)")
_IN_BRACKETS = re.compile(r"\((?P<pairs>[A-Za-z+*] [a-z][a-z ]{2,30}(?:, [A-Za-z+*] [a-z][a-z ]{2,30}){2,8})\)")
"""A key in one line: "(F fixed, T tender, S spasm, N normal)"."""
_NOTHING = re.compile(
    r"\b(?:normal\w*|ok|moves|freely|remarkable|unremarkable|absent|not found|negative|clear|examined)\b", re.IGNORECASE
)
_DECLINED = re.compile(r"\b(?:declin\w*|deferr?\w*|not adjusted|held|refused|withheld)\b", re.IGNORECASE)
_BLANKS = frozenset(("-", "--", "---", "|", "/", "."))
_ADJUSTS = re.compile(r"\b(?:adj\w*|cmt|manip\w*|tx|treated)\b")
_FEWEST_SIGNS = 2
_CALLED_KEY = ("key", "legend", "code", "symbol")


@dataclass(slots=True)
class _Entry:
    """A segment of the chart and the signs behind it."""

    place: Concept
    signs: list[str]
    end: int


def read_key_grids(reading: Reading, tables: Tables) -> None:
    """Add what a chart with a key says to the tables of a note: findings, segments adjusted, segments that are normal."""
    key, key_lines = _key(reading.plain, reading.lowered, reading.lines)
    if len(key) < _FEWEST_SIGNS and "adj" not in key.values():
        return
    for line in key_lines:
        tables.rows.update(sentence.start for sentence in reading.sentences_in(*line))
    earlier = earlier_spans(reading)
    for line in reading.lines:
        entries = [] if line in key_lines else _entries(reading, line, key, earlier)
        if entries:
            tables.rows.update(sentence.start for sentence in reading.sentences_in(*line))
        for entry in entries:
            _record(reading, entry, key, tables)


def key_of(reading: Reading) -> dict[str, str]:
    """What each sign of the note's key means, where it has one of two signs at least."""
    key, _ = _key(reading.plain, reading.lowered, reading.lines)
    return key if len(key) >= _FEWEST_SIGNS else {}


def read_keyed(reading: Reading, span: Span, key: dict[str, str], tables: Tables) -> None:
    """Add what the signs of a key say of the places in a cell: "C2 f,t"."""
    for entry in _entries(reading, span, key, []):
        _record(reading, entry, key, tables)


def _key(text: str, lowered: str, lines: list[Span]) -> tuple[dict[str, str], list[Span]]:
    """What each sign means, and the lines of the key itself: the line that is called so and the ones right below it."""
    key: dict[str, str] = {}
    found: list[Span] = []
    named = any(name in lowered for name in _CALLED_KEY) or _IN_BRACKETS.search(text) or "= adj" in lowered
    if text.count("=") < _FEWEST_SIGNS and not named:
        return key, found
    for line in lines:
        words = text[slice(*line)]
        head = _KEY_LINE.match(words)
        goes_on = bool(found) and found[-1][1] + 1 >= line[0] - 1
        equations = list(_EQUATION.finditer(words))
        items = list(_ITEM.finditer(words[head.end() :] if head else words)) if head or goes_on else []
        meant = [(match["sign"], match["means"]) for match in (*items, *equations)]
        bracketed = _IN_BRACKETS.search(words)
        if bracketed:
            meant += [(pair[0], pair[2:]) for pair in bracketed["pairs"].split(", ")]
        known = {sign: kind for sign, means in meant if (kind := _kind(means)) is not None}
        if known and (head or goes_on or bracketed or len(equations) > 1 or "adj" in known.values()):
            key |= known
            found.append(line)
    return key, found


def _kind(means: str) -> str | None:
    if _DECLINED.search(means):
        return "declined"
    if _NOTHING.search(means):
        return "normal"
    kind = column_kind(means)
    return kind if kind in ("P", "A", "R", "T", "adj") else None


def _entries(
    reading: Reading, line: tuple[int, int], key: dict[str, str], earlier: list[tuple[int, int]]
) -> list[_Entry]:
    """The segments of a line, where nothing but signs of the key stands behind them."""
    places = [p for p in reading.places_in(*line) if p.kind in ("level", "joint", "sided", "region", "junction")]
    if places and _ADJUSTS.search(reading.lowered, line[0], places[0].start):
        return []  # "adj C5 T4 L4" below the chart is a sentence of its own
    ends = [*(following.start for following in places[1:]), line[1]]
    entries = []
    for place, end in zip(places, ends, strict=False):
        rest = reading.plain[place.end : end]
        for start, stop in earlier:
            if place.end <= start < end:
                rest = rest[: start - place.end] + " " * (stop - start) + rest[stop - place.end :]
        signs = [sign for sign in re.findall(r"[^\s|,]+", rest) if sign not in _BLANKS or sign in key]
        side = signs[:1] and signs[0].lower() in ("left", "right", "l", "r") and signs[0] not in key
        signs = [one for sign in (signs[1:] if side else signs) for one in _taken_apart(sign, key)]
        if any(sign not in key for sign in signs):
            return []
        entries.append(_Entry(place, signs, end))
    return entries


def _taken_apart(sign: str, key: dict[str, str]) -> list[str]:
    """Signs that were written together: ``RtX`` is R, t and X where each of them is in the key."""
    return [sign] if sign in key or any(letter not in key for letter in sign) else list(sign)


def _record(reading: Reading, entry: _Entry, key: dict[str, str], tables: Tables) -> None:
    place = entry.place
    regions = tuple(region for region in place.regions if region in SPINAL)
    evidence = reading.evidence(place.start, max(place.end, len(reading.plain[: entry.end].rstrip())))
    for kind in dict.fromkeys(key[sign] for sign in entry.signs):
        if kind == "adj":
            mention = Mention(
                place.regions, place.levels, Role.TREATED, reading.evidence(place.start, place.end), place.possible
            )
            tables.treated.append(Treatment(TreatmentKind.NAMED, evidence, (mention,)))
        elif kind == "normal":
            sentence = reading.sentence_at(place.start)
            tables.normal += [(region, sentence) for region in regions if sentence is not None]
        elif kind in ("P", "A", "R", "T") and regions:
            tables.findings.append(PartFinding(kind, regions, place.levels, evidence, kind in "AR"))
