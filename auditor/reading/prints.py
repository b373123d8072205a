"""The print of a note: what it is compared with others by. Made from the text alone, without the pipeline.

Date, signature, page header and boiler-plate never count as change (rulebook §13), so they are taken out before the words
are hashed; what is idle and what means the same stands in ``vocabulary/copies.toml``.
"""

import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from zlib import crc32

from auditor.facts import NotePrint, SectionSpan
from auditor.reading.plain.dates import WrittenDate, find_dates
from auditor.reading.plain.text import make_plain
from auditor.reading.sections import find_sections
from auditor.reading.vocabulary import load

STAYS = frozenset(
    ("assessment", "diagnosis", "plan", "goals", "treatment", "history", "imaging", "declined", "billing")
)
"""Sections that may stay as they are from visit to visit."""
_SIGNED = re.compile(
    r"(?:sign(?:ed|ature)\b|/s/|authenticated by|finali[sz]ed by|attest|initials\b|initialed\b|\[sig|dictated b|transcribed b)[^\n]*"
)
"""From the mark to the end of its line; the words before it in the sentence go with it."""
_LEAD = 48
"""Characters before the mark that belong to the signature: a name, "electronically"."""
_NAMED_WITH_CREDENTIAL = re.compile(r"^[^\n]{0,60}\b(?:d\.?c\.?|m\.?d\.?)\b[^\n]{0,40}$", re.MULTILINE)
_A_LEVEL = re.compile(r"\b[ctls]\d")
_LABELLED = re.compile(
    r"(?:\A|[\n|\t]|  )[ \t*#<>\[(]*(?:patient(?: name| id)?|pt(?: name)?|name|dob|d\.o\.b\.|date of birth|born|age|sex|gender|"
    r"mrn|acct|account|chart|claim|insurance|ins|payer|carrier|date(?: of service| of visit)?|dos|d\.o\.s\.|svc date|date of svc|"
    r"service date|time(?: in| out)?|clinic|location|facility|phone|tel|fax|address|page|pg|room|visit type|visit no|visit|"
    r"encounter|provider|dr|doctor)[. ]*(?:no\.?|number|#)?[. ]*[:#][^\n|\t.;]{0,48}?(?=  |[|\t\n]|$)"
)
_COUNTED = re.compile(
    r"\b(?:visit|tx|treatment|session|appt|appointment|v)\s{0,2}(?:no\.?|number|#)?[\s|:]{0,6}#?\d{1,3}\b(?:\s{0,2}(?:of|/|out of)\s{0,2}\d{1,3})?"
    r"|\b(?:\d{1,3}|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)(?:st|nd|rd|th)?\s(?:visit\s|treatment\s)?of\s(?:\d{1,3}|six|eight|ten|twelve)\s(?:visits|treatments)"
)
_YEARS = r"[ -]?(?:y/?o\b|yo\b|yrs?[ -]old\b|years?[ -]old\b|y\.o\.)"
_AGED = re.compile(
    rf"\d(?<![a-z\d]\d)\d{{0,2}}{_YEARS}|, \d{{1,3}}(?=,)|age(?<![a-z]age)[d:]?\s{{0,2}}\d{{1,3}}\b(?:{_YEARS})?"
)
_VITALS = re.compile(
    r"\b(?:b/?p|blood pressure|pulse|hr|resp(?:irations)?|rr|temp(?:erature)?|wt|weight|ht|height|bmi|o2 sat|spo2)\b[:\s]{0,3}\d[\d/.' ]*(?:lbs?|kg|in|ft|f|bpm|%|mmhg)?"
)
_TIME = re.compile(r"\bt?\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?(?:\s[cemp][sd]t\b)?|\b\d{1,2}\s?[ap]\.?m\b\.?")
_PAGE = re.compile(r"\b(?:page|pg)\b\.?\s?\d+(?:\s?(?:of|/)\s?\d+)?")
_DAY_ALONE = re.compile(r"dc[ ,]{1,3}\d{1,2}/\d{1,2}\b")
_DAY_AT_FIRST = re.compile(r"\s{0,9}\d{1,2}/\d{1,2}\b(?!/|\d)")
_DAY_AT_LAST = re.compile(r"\b\d{1,2}/\d{1,2}(?=[ ,]{0,3}[a-z.]{0,4}\s*\Z)")
_LAST_WORDS = 24
"""A day without its year: at the beginning of the note, and behind the credential of who signed, at the end."""
_TITLED = re.compile(r"\b(?:mr|mrs|ms|miss|dr)\.?\s[a-z'’-]+(?:\s[a-z'’-]+(?=,))?")
_TOKEN = re.compile(r"[a-z]+(?:/[a-z]+)?(?:'[a-z]+)?/?(?:\d[\da-z]*)?|\d+(?:\.\d+)?")
_ENDINGS = re.compile(r"(?<=[a-z]{4})(?:ness|ions?|ed|ing|ly|es|s|e)$")
_REST = re.compile(r"[^.\n;]*")


def note_print(text: str) -> NotePrint:
    """The print of a note as it came."""
    plain = make_plain(text).plain
    return print_of(plain, find_sections(plain), find_dates(plain))


def print_of(plain: str, sections: Iterable[SectionSpan], dates: Iterable[WrittenDate]) -> NotePrint:
    """The print of a plain text whose sections and dates are known."""
    told = _without(plain.lower(), dates)
    must: list[int] = []
    stay: list[int] = []
    reached = 0
    for section in sections:
        must += _hashes(told[reached : section.start])
        if section.name != "signature":
            (stay if section.name in STAYS else must).extend(_hashes(told[section.start : section.end]))
        reached = max(reached, section.end)
    must += _hashes(told[reached:])
    return NotePrint(tuple(must), tuple(stay))


def _without(lowered: str, dates: Iterable[WrittenDate]) -> str:
    """The text with what never counts as change blanked out; offsets stay."""
    for written in dates:
        lowered = _blanked(lowered, written.start, written.end)
    for match in _SIGNED.finditer(lowered):
        lowered = _blanked(lowered, max(_begin(lowered, match.start()), match.start() - _LEAD), match.end())
    if first := _DAY_AT_FIRST.match(lowered):
        lowered = _blanked(lowered, *first.span())
    if last := _DAY_AT_LAST.search(lowered, max(0, len(lowered) - _LAST_WORDS)):
        lowered = _blanked(lowered, *last.span())
    for pattern in (_LABELLED, _COUNTED, _AGED, _VITALS, _TIME, _PAGE, _DAY_ALONE, _TITLED):
        lowered = pattern.sub(_blanks, lowered)
    lowered = _NAMED_WITH_CREDENTIAL.sub(lambda m: m.group() if _A_LEVEL.search(m.group()) else _blanks(m), lowered)
    for match in _boilerplate().finditer(lowered):
        if lowered[match.start() - 1 : match.start()].isalpha():
            continue
        lowered = _blanked(lowered, _begin(lowered, match.start()), _REST.match(lowered, match.end()).end())  # type: ignore[union-attr]
    return lowered


def _begin(text: str, place: int) -> int:
    """Where the sentence or line begins that holds a place."""
    return max(text.rfind(mark, 0, place) for mark in (". ", "\n", "; ")) + 1


def _blanks(match: re.Match[str]) -> str:
    words = match.group()
    return "\n".join(" " * len(line) for line in words.split("\n")) if "\n" in words else " " * len(words)


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _hashes(text: str) -> list[int]:
    """Hashes of the words that say something, in order."""
    found: list[int] = []
    for token in _TOKEN.findall(text):
        known = _KNOWN.get(token)
        found.extend(_canonical(token) if known is None else known)
    return found


@cache
def _idle() -> frozenset[str]:
    return frozenset(_stem(word) for word in load("copies")["idle"].split())


@cache
def _same() -> dict[str, str]:
    return dict(load("copies")["same"])


_BEGINNING = 2


@cache
def _boilerplate() -> re.Pattern[str]:
    words = sorted(phrase for row in load("copies")["boilerplate"] for phrase in row["words"])
    by_beginning = (
        f"{re.escape(begin)}(?:{'|'.join(re.escape(word[_BEGINNING:]) for word in same)})"
        for begin, same in groupby(words, key=lambda word: word[:_BEGINNING])
    )
    # Phrases that begin alike stand together: a tenth of the alternatives to try at each letter.
    return re.compile(rf"(?:{'|'.join(by_beginning)})(?![a-z])")


_KNOWN: dict[str, tuple[int, ...]] = {}
_MOST_KNOWN = 50_000
"""Words whose canonical form is kept: the words of notes are few, those of hostile files need not be."""


def _canonical(token: str) -> tuple[int, ...]:
    """Hashes of the words that a token stands for, each in its one spelling; none for an idle one."""
    written = _same().get(token) or _same().get(token.rstrip("/")) or token.rstrip("/").replace("'", "")
    words = (word for one in written.split() if (word := _stem(one)) and word not in _idle())
    known = tuple(_hash(word) for word in words)
    if len(_KNOWN) < _MOST_KNOWN:
        _KNOWN[token] = known
    return known


def _hash(word: str) -> int:
    """A number as a negative, a word as an even, a level (a word with a digit in it) as an odd hash."""
    code = 1 + (crc32(word.encode()) >> 2)
    if word[0].isdigit():
        return -code
    return 2 * code + any(map(str.isdigit, word))


def _stem(word: str) -> str:
    """A word without its ending; numbers and levels as they are."""
    return word if any(character.isdigit() for character in word) else _ENDINGS.sub("", word)
