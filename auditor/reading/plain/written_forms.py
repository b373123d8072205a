"""Forms and dictation made plain, place by place: blanks that were filled in, numbers that were circled, spoken punctuation.

Every step keeps the length of the text, so that offsets stay those of the note.
"""

import re
from functools import cache

from auditor.reading.vocabulary import load

_FILLED = re.compile(r"(?<![A-Za-z0-9_])_{1,8}(?=[A-Za-z0-9])|(?<=[A-Za-z0-9.%)])_{1,8}(?![A-Za-z0-9_])")
_NONE = re.compile(
    r"(?<![A-Za-z0-9_])_{1,8}(?P<entry>none|no|nil|neg(?:ative)?|normal)_{1,8}(?![A-Za-z0-9_])", re.IGNORECASE
)
"""Underscores on either side of an entry: ``__C5__``, ``_5_``. A blank line for a signature touches no word. A denial moves
to the left, so that it stands next to what it denies."""
_PICKED = re.compile(
    r"(?<![\d/])[01][ \t]{1,4}(?:(?:\d|10)[ \t]{1,4}){0,9}[(\[{][ \t]?(?P<picked>\d|10)[ \t]?[)\]}](?:[ \t]{1,4}(?:\d|10)){0,10}(?![\d/])"
)
"""A scale of numbers of which one is circled: ``0 1 2 (3) 4 5 6 7 8 9 10``."""
_STEPS = re.compile(r"0 {1,4}[1(\[{]|1 {1,4}[2(\[{]")
"""How every such scale begins."""
_PUNCTUATION = {"period": ".", "full stop": ".", "comma": ",", "colon": ":", "semicolon": ";", "new line": "\n", "new paragraph": "\n"}  # fmt: skip
_SPOKEN = re.compile(rf"[ \t](?P<mark>{'|'.join(_PUNCTUATION)})(?=[ \t\n]|$)", re.IGNORECASE)
_FEWEST_SPOKEN = 4
"""Spoken marks in a dictation; fewer are words: "a period of rest"."""


_SPACED_DATE = re.compile(r"(?<![\d/.])(\d{1,2})[ ]?/[ ]?(\d{1,2})[ ]?/[ ]?((?:20)?\d{2})(?![\d/])")
"""A date written into the blanks of a form: ``6 / 9 / 26``."""


_TAG = re.compile(r"\[(?P<head>[A-Z]{2,10})\.(?P<name>[A-Z]{2,12})\]")
"""A heading of an export with its part: ``[EXAM.THOR]``."""
_DOTTED = re.compile(
    r"^(?P<key>[a-z_]+(?:\.[\w-]+)+|[A-Z_]{2,}(?:\.[A-Z0-9_ -]+)+)(?P<gap>[ \t]*[=:][ \t]*)(?P<value>.*)$", re.MULTILINE
)
_NOTHING = re.compile(r"[\"']?(?:false|null|none|no|n/a)?[\"']?[ \t]*$", re.IGNORECASE)
_FEWEST_KEYS = 4
"""Lines with dotted keys in an export; fewer are something else."""


def open_keys(text: str) -> str:
    """An export of dotted keys as headed lines: ``o.palp.C2.tender = true`` is ``O: palp C2 tender = true``; keys whose value
    is false or nothing say nothing, and are taken out.
    """
    if "." not in text or len(_DOTTED.findall(text)) < _FEWEST_KEYS:
        return text
    return _DOTTED.sub(_opened, text)


def _opened(match: re.Match[str]) -> str:
    if _NOTHING.match(match["value"]):
        return " " * len(match.group())
    head, rest = match["key"].split(".", 1)
    head = head.upper() if head in ("s", "o", "a", "p") else head
    mark = " " if head.isupper() and head.lower() not in _headers() and len(head) > 1 else ":"  # "NDI.SCORE: 26%"
    return f"{head}{mark}{rest.replace('.', ' ')}{match['gap']}{match['value']}"


@cache
def _headers() -> frozenset[str]:
    return frozenset(header for row in load("sections").values() for header in row["headers"])


def fill_in(text: str) -> str:
    """A form as it was meant: entries without their underscores, the circled number of a scale in place of the scale."""
    if "_" in text:
        text = _NONE.sub(lambda match: match["entry"].ljust(len(match.group())), text)
        text = _FILLED.sub(lambda match: " " * len(match.group()), text)
    if "." in text and "]" in text:
        text = _TAG.sub(r"[\g<head>] \g<name>", text)
    if " / " in text:
        text = _SPACED_DATE.sub(lambda match: "/".join(match.groups()).ljust(len(match.group())), text)
    if _STEPS.search(text):
        text = _PICKED.sub(_picked, text)
    return text


_BRACE = re.compile(r"\{(?P<words>[^{}\n]{1,80})\}")
_BRACKET = re.compile(
    r"(?<=[^\n])(?<!\n)\[(?!\s?[xXnNdDyY✓*/_-]?\s?\])(?!(?i:\s?(?:signature|signed|sgd|sig\b|initial|stamp|rubber|electronic|digital|e-?sign|unsigned|not signed|pending|draft|image|illegible|auto|blank|hand|cursive|wet|ink|pen|seal|circled|struck|redacted|sign)))(?!(?i:\s?(?:none|no|nil|absent|neg(?:ative)?)\b))(?!\s+\d{1,2}\s+\])(?P<words>[^\[\]\n]{1,80})\]"
)
_NEXT_CHOSEN = re.compile(r"(?<=[^\s\[xX✓*-])\][ \t]\[(?=[A-Za-z0-9][^\]\n])")
_FEWEST_CHOSEN = 5
"""Texts picked from lists in a note; fewer brackets are somebody's own."""


def unbracketed(text: str) -> str:
    """A print-out whose picked texts stand in brackets, without the brackets: ``found [restricted] with {mild} pain``."""
    for opening, pattern in (("{", _BRACE), ("[", _BRACKET)):
        if text.count(opening) >= _FEWEST_CHOSEN and len(pattern.findall(text)) >= _FEWEST_CHOSEN:
            text = pattern.sub(lambda match: f" {match['words']} ", _NEXT_CHOSEN.sub(",  ", text))
    return text


def _picked(match: re.Match[str]) -> str:
    lead = match.start("picked") - match.start() - 1
    rating = f"{match['picked']}/10"
    whole = len(match.group())
    return (" " * lead + rating).ljust(whole) if lead + len(rating) <= whole else match.group()


def punctuate(text: str) -> str:
    """A dictation with the punctuation that was spoken: ``restricted comma tender period`` is ``restricted, tender``."""
    if "comma" not in text and "period" not in text:
        return text
    if len(_SPOKEN.findall(text)) < _FEWEST_SPOKEN:
        return text
    return _SPOKEN.sub(lambda match: _PUNCTUATION[match["mark"].lower()].ljust(len(match.group())), text)
