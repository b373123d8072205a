"""The note's text made plain for matching, with the way back to the original offsets.

Nearly every step keeps the length (a dash for a dash, a blank for a line break inside a wrapped sentence); only
zero-width and direction marks, and the second half of an m that a scanner read as "rn", are taken out, and then a table
maps offsets back.
"""

import re
from dataclasses import dataclass

from auditor.reading.plain.choices import chosen
from auditor.reading.plain.scanned import joined_letters, mended_capitals, mended_small_letters, split_words
from auditor.reading.plain.written_forms import fill_in, open_keys, punctuate, unbracketed

_SAME_LENGTH = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("“”„″", '"'),
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f\x0b\x0c\x85", " "),
        **{chr(0xFF01 + place): chr(0x21 + place) for place in range(94)},
        **dict(zip("АВСЕНІКМОРЅТХаеорсухі", "ABCEHIKMOPSTXaeopcyxi", strict=True)),
        "º": "°",
        "˚": "°",
        "İ": "I",
        "\u2028": "\n",
        "\u2029": "\n",
        "\r": "\n",
    }
)
_INVISIBLE = re.compile(
    "\x1b\\[[0-9;]{0,9}[A-Za-z]|[\x00\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]"
)
_EMPHASIS = re.compile(r"(?<=[A-Za-z0-9,;:(][ \t])(\*\*)[^*\n]{1,80}(\*\*)")
"""Words in bold inside a line: "down from **5/10**". At the start of a line they are headings."""
_HALF = re.compile("[\ud800-\udfff]")
"""Half characters: no text, and spaCy refuses them."""
_WRAP = re.compile(
    r"(?<=[a-z,])[ \t]?\n[ \t]{0,60}(?=[a-z(])(?![A-Za-z /]{1,20}:)(?![a-z]{2,9}[ \t]{2})(?![soapt][.:)/-]\s)(?!(?:adj|cmt|tx|rx|dx|rtc|wkly|nv|f/u|cont)\b)(?!e-?sign|electronic|digital|signed|authentic|finali)"
)
_COLUMNS = re.compile(r"\S[ \t]{3,}\S|\||[ \t]·[ \t]")
_LONGEST_RUN = 150
_LONG_RUN = re.compile(rf"\S{{{_LONGEST_RUN},}}")
_LEADERS = re.compile(r"(?<!\.)\.{3,}(?=[ \t]{0,12}[^\s.])")
_JOINED = re.compile(r"(?<=[A-Za-z])_(?=[A-Za-z0-9])")
_SCANNED = re.compile(
    r"(?<![A-Za-z])l(?=x\s?/)|(?<![A-Za-z])(?!l[1-5](?![\dOlI/]))(?=[\dOlI]*\d)[\dOlI]{2,}(?![A-Za-z])|(?<=\d/)[lIO]{1,2}(?![A-Za-z])|(?<![A-Za-z])[lIO]{1,2}(?=/\d)"
)
_MAYBE_SCANNED = re.compile(r"[lIO](?:/?\d|x|(?<=\d.)|(?<=\d/.))")
"""A letter beside a digit or slash: without one nothing was mistaken, and the long expression need not run."""
_INDEX = re.compile(r"\b(?P<name>[NO]D)l\b")
_AS_DIGITS = str.maketrans("OlI", "011")
_WRAPPED_FROM = 55
"""A line shorter than this was ended on purpose, a longer one may be wrapped by a printer."""
_WIDEST = 150
"""No printer's line is longer: such a line is an utterance of a dictation, ended on purpose."""


@dataclass(frozen=True, slots=True)
class NoteText:
    """A note as given (``raw``) and as matched (``plain``)."""

    raw: str
    plain: str
    offsets: tuple[int, ...] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into ``raw`` of a span of ``plain``."""
        if self.offsets is None:
            return start, end
        if end <= start:
            place = self.offsets[start] if start < len(self.offsets) else len(self.raw)
            return place, place
        return self.offsets[start], self.offsets[end - 1] + 1


def make_plain(raw: str) -> NoteText:
    """Normalise a note for matching.

    Args:
        raw: the note as it came.

    Returns:
        The note with its plain twin, in which dashes, quotes, blanks and check marks are of one kind and lines that a
        printer wrapped are joined.
    """
    text = raw.translate(_SAME_LENGTH)
    text = _HALF.sub("\ufffd", text)
    offsets = None
    mended, hidden = joined_letters(mended_small_letters(mended_capitals(text)))
    if mended != text:  # a scanner erred in letters, and may have torn words apart
        hidden |= split_words(mended)
    text = mended
    if _INVISIBLE.search(text):
        hidden.update(place for match in _INVISIBLE.finditer(text) for place in range(*match.span()))
    if "**" in text:
        hidden.update(place for match in _EMPHASIS.finditer(text) for end in (1, 2) for place in range(*match.span(end)))
    if hidden:
        kept = [place for place in range(len(text)) if place not in hidden]
        offsets = tuple(kept)
        text = "".join(text[place] for place in kept)
    return NoteText(raw, _join_wrapped(punctuate(fill_in(unbracketed(open_keys(chosen(_mend(text))))))), offsets)


def _mend(text: str) -> str:
    """Letters that a scanner took for digits, dotted leaders, names joined by an underscore: same length, plain form."""
    if max(map(len, text.split()), default=0) >= _LONGEST_RUN:
        text = _LONG_RUN.sub(lambda match: _broken(match.group()), text)
    if "_" in text:
        text = _JOINED.sub(" ", text)
    if "..." in text:
        text = _LEADERS.sub(lambda match: " " * len(match.group()), text)
    if "Iow" in text:
        text = re.sub(r"\bIow(?=er|\s|\b)", "low", text)
    if "Dl" in text:
        text = _INDEX.sub(r"\g<name>I", text)
    if "(O-1" in text:
        text = text.replace("(O-1O)", "(0-10)").replace("(O-10)", "(0-10)")
    if "JuIy" in text:
        text = text.replace("JuIy", "July")
    if not _MAYBE_SCANNED.search(text):
        return text
    return _SCANNED.sub(lambda match: match.group().translate(_AS_DIGITS), text)


def _broken(run: str) -> str:
    """A run without blanks, with a blank at every fiftieth place: tokenising takes time quadratic in such a run."""
    return "".join(" " if place % 50 == 49 else char for place, char in enumerate(run))


def _join_wrapped(text: str) -> str:
    def joined(match: re.Match[str]) -> str:
        line_start = text.rfind("\n", 0, match.start()) + 1
        width = match.start() - line_start
        wrapped = _WRAPPED_FROM <= width <= _WIDEST and not _COLUMNS.search(text, line_start, match.start())
        return " " * len(match.group()) if wrapped else match.group()

    return _WRAP.sub(joined, text) if "\n" in text else text
