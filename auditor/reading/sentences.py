"""Sentences of clinical text: lines, bullets, full stops, with the abbreviations of the field."""

import re
from itertools import pairwise

from auditor.reading.document import Sentence

_ABBREVIATIONS = frozenset(
    [
        "dr",
        "mr",
        "mrs",
        "ms",
        "st",
        "vs",
        "approx",
        "r",
        "l",
        "b",
        "e.g",
        "i.e",
        "lat",
        "flex",
        "ext",
        "rot",
        "bilat",
        "adj",
        "wt",
        "ht",
        "pt",
        "hx",
        "tx",
        "rx",
        "re",
        "ave",
        "jr",
        "sr",
        "fig",
        "st.p",
        "inc",
        "d.c",
        "m.d",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "oct",
        "nov",
        "dec",
        "resp",
        "spec",
        "cont",
        "vert",
        "seg",
        "sub",
        "obj",
        "q",
        "incl",
        "excl",
    ]
)
_UNITS = frozenset(
    [
        "min",
        "deg",
        "wk",
        "wks",
        "mo",
        "mos",
        "yr",
        "yrs",
        "hr",
        "hrs",
        "lb",
        "lbs",
        "no",
        "prn",
        "tol",
        "ft",
        "in",
        "sec",
    ]
)
"""Abbreviations that also end sentences: a capital letter after them begins a new one."""
_INLINE_NUMBER = re.compile(r"(?:[:;,]|[a-z]) ?[1-9]\.$")
_NUMBERING = re.compile(r"[ \t]*\d{1,2}\.$")
_END = re.compile(
    r"[\n.!?](?:(?<=\n)\n*|(?<!\n)(?P<gap>[\"')\]]?[ \t]+(?=\S)|(?<=[.])(?=[A-Z][a-z]{2})|(?<=\d\.)(?=[A-Z][a-z])))"
)
_LONGEST = 2000
"""Characters after which a sentence is cut even without a stop, so that no text takes for ever."""
_DIGIT = re.compile(r"\d")
_NUMBER_WORD = re.compile(
    r"\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|twice|once|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b"
)
_LEVEL = re.compile(r"[CTLS]\d")
_NEW_SUBJECT = re.compile(r"[A-Z][a-z]{3,}|[LRB] [A-Z]")
_BEFORE_A_SIDE = frozenset(
    ["of", "at", "on", "over", "in", "to", "the", "and", "or", "with", "from", "along", "under", "adj", "adjusted"]
)
_RUN_ON = 240
"""Characters of a sentence from which on it may be a dictation without punctuation."""
_FEW_MARKS = 120
"""A run-on has fewer than one mark of punctuation in so many characters."""
_PART_BEGINS = re.compile(
    r"(?<=[a-z0-9]) (?P<part>(?:on (?:exam(?:ination)?|palpation|motion palpation)|exam(?:ination)?(?: shows| reveals| finds| is)?|objective(?:ly)?|assessment(?: is)?|impression(?: is)?|(?:my )?diagnosis(?: is)?|(?:the )?plan is|plan|(?:today )?i adjusted|adjusted|(?:the )?goals?(?: is| are| on)?|he is in for|she is in for)\b(?! of care| by| before| last))"
)
"""Words with which somebody who dictates begins another part of the note."""
_WORD_BEFORE = re.compile(r"([A-Za-z][A-Za-z.]*)\.[\"')\]]?$")


def cut_sentences(text: str) -> list[Sentence]:
    """Sentences of the plain text, in order, covering all but the blanks between them.

    A line always ends a sentence. A full stop does where two blanks or a capital, digit or bracket follow, and where the
    word before it is no abbreviation; before a small letter only after a word of four letters or more.
    """
    sentences: list[Sentence] = []
    start, line = 0, 0
    for match in _END.finditer(text):
        newline = match["gap"] is None
        stop = match.start() if newline else match.start("gap")
        if not newline and not _ends(text, start, stop, match.end()):
            continue
        _add(sentences, text, start, stop, line)
        start = match.end()
        if newline:
            line += 1
    _add(sentences, text, start, len(text), line)
    if any(len(sentence.text) >= _RUN_ON for sentence in sentences):
        return [piece for sentence in sentences for piece in _parts(text, sentence)]
    return sentences


def _parts(text: str, sentence: Sentence) -> list[Sentence]:
    """A run-on dictation cut where its words begin another part of the note; any other sentence as it is."""
    marks = sum(sentence.text.count(mark) for mark in ",;|\t")
    if len(sentence.text) < _RUN_ON or marks * _FEW_MARKS > len(sentence.text) or "   " in sentence.text:
        return [sentence]
    cuts = [match.start("part") for match in _PART_BEGINS.finditer(text, sentence.start, sentence.end)]
    pieces: list[Sentence] = []
    for start, end in pairwise([sentence.start, *cuts, sentence.end]):
        _add(pieces, text, start, end, sentence.line)
    return pieces


def _ends(text: str, start: int, stop: int, after: int) -> bool:
    """Whether a full stop right before ``stop`` ends a sentence, the next of which would begin at ``after``."""
    line_start = text.rfind("\n", 0, stop) + 1
    if stop - line_start < 6 and _NUMBERING.fullmatch(text, line_start, stop):
        return False
    if _INLINE_NUMBER.search(text, max(start, stop - 4), stop) and _goes_on_counting(text, line_start, stop):
        return False
    before = _WORD_BEFORE.search(text, max(start, stop - 24), stop)
    if after - stop > 1 or not before:
        return True
    if before.start() and text[before.start() - 1] == "'":
        return True  # "at her sister's. Low back sore": no abbreviation
    word = before.group(1).lower()
    follows = text[after : after + 1]
    if word in _UNITS:
        return follows.isupper() or (not follows.isalnum() and follows != "(")
    if word in "lrb" and (_LEVEL.match(text, after) or _side_ends(text, start, stop, after)):
        return True  # "won't rotate L. T6 stiff": a side ends the sentence before a bone, "L. ilium" goes on
    if word in _ABBREVIATIONS or (len(word) == 1 and word not in "iv" and follows.isalpha()):
        return False
    return not follows.islower() or len(word) >= 4


def _goes_on_counting(text: str, line_start: int, stop: int) -> bool:
    """Whether the number before a stop counts an item of its line: the first, or the next after one that stands there."""
    number = int(text[stop - 2])
    return number == 1 or any(f"{number - 1}{mark}" in text[line_start : stop - 2] for mark in ".):")


def _side_ends(text: str, start: int, stop: int, after: int) -> bool:
    """Whether a side is the last word of its sentence: "tender R. Erectors tight", but "spasm of the R. Erectors"."""
    before = text[start : stop - 2].rstrip().rsplit(None, 1)
    said = bool(before) and before[-1].isalpha() and before[-1].lower() not in _BEFORE_A_SIDE
    return said and bool(_NEW_SUBJECT.match(text, after))


def _add(sentences: list[Sentence], text: str, start: int, end: int, line: int) -> None:
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        _add(sentences, text, start, cut, line)
        start = cut
    piece = text[start:end]
    if piece and not piece.isspace():
        sentence = Sentence(start, end, piece, line=line)
        sentence.numbers = bool(_DIGIT.search(piece) or _NUMBER_WORD.search(sentence.lowered))
        sentences.append(sentence)
