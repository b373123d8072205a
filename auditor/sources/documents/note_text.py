"""The text of a document made final: offsets of evidence point into what comes out here."""

import re

from auditor.sources.decoding import writable
from auditor.sources.documents.limits import too_long
from auditor.sources.records import MAX_CHARACTERS, UnreadableError

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_BLANKS = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_NOTHING = re.compile(
    "[\x01-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_MARKS = {
    **dict.fromkeys((0xF0B7, 0xF0A7, 0xF0D8, 0xF076), "•"),
    **dict.fromkeys((0xF06F, 0xF0A8), "☐"),
    **dict.fromkeys((0xF0FB, 0xF0FD), "☒"),
    0xF0FC: "✓",
    0xF0FE: "☑",
}
"""List marks and boxes of the fonts Symbol and Wingdings, which Word writes as private characters."""
_PLAIN = str.maketrans({**_LIGATURES, **dict.fromkeys(_BLANKS, " "), **_MARKS, 0x2011: "-"})
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
_GAPS = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    r"""One piece of text without what cannot be seen.

    Line ends become ``\n``, all blanks but the tab a plain blank, ligatures their letters; control characters, soft
    hyphens, zero-width and direction marks go away.
    """
    return _NOTHING.sub("", _LINE_ENDS.sub("\n", writable(_joined_halves(text)))).translate(_PLAIN)


def note_of(text: str) -> str:
    """The final text of a document: cleaned, no blanks at the ends of lines, at most one empty line in a row.

    Raises:
        UnreadableError: it is empty or too long.
    """
    note = _GAPS.sub("\n\n", _TRAILING.sub("", clean(text))).strip("\n")
    if len(note) > MAX_CHARACTERS:
        raise UnreadableError(too_long())
    if not any(character.isalnum() for character in note):
        raise UnreadableError("there is no text in the document; give a file that holds the note as text")
    return note + "\n"


def _joined_halves(text: str) -> str:
    """Two half characters that stand for one (as RTF writes them) become that one."""
    if not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
