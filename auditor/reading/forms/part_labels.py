"""PART written out as labels: ``P: C5, L4  A: C5  R: C5, L4  T: none``, or letters behind a level: ``C5 P+ A- R+ T+``.

There a label says the criterion and the places behind it need no word for the finding. Medicare's reviewers ask for PART, so
many forms are laid out this way; their P and A are no headers of a plan and an assessment.
"""

import re
from dataclasses import dataclass

_LABELS = {
    "P": r"P|(?i:pain(?:\s?(?:/|&|and|or)\s?tenderness)?|tenderness(?:\s?/\s?pain)?)",
    "A": r"A|(?i:a?symmetry(?:\s?(?:/|&|and|or)\s?misalignment)?|misalignment(?:\s?/\s?asymmetry)?)",
    "R": r"R|(?i:(?:abnormal )?r\.?o\.?m\.?(?: abnormalit\w+)?|range of motion(?: abnormalit\w+)?|restricted motion|motion(?: abnormalit\w+)?)",
    "T": r"T|(?i:t(?:issue|one)(?:\s?(?:/|&|and|,)?\s?(?:tone|texture|tissue|temperature)){0,2}(?: changes?| abnormalit\w+)?|texture)",
}
_LABEL = re.compile(
    r"(?:^|(?<=\n)|(?<=[.;,|)])[ \t]|[ \t]{2}|(?<=\])[ \t]?)[ \t*#>\-•|(\[_]{0,12}(?:"
    + "|".join(rf"(?P<{letter}>(?:{letter}[ \t]{{1,4}})?(?:{words[2:]})|{letter})" for letter, words in _LABELS.items())
    + r")(?:\*\*|__)?(?:[ \t]{0,2}\([^()\n]{0,40}\))?(?:\*\*|__)?[ \t]{0,3}(?:[:)\]=|]|-{1,2}(?=[ \t])|\*\*)(?:\*\*)?"
)
_R_OR_T = re.compile(r"[RT](?:\*\*|__)?[ \t]{0,3}(?:\*\*|[(:)\]=|-])")
_MOTION_OR_TISSUE = re.compile(
    r"(?:tissue|tone|texture|temperature|motion|r\.?o\.?m|abnormalit\w+|changes?)\.?(?:\*\*|__)?[ \t]{0,3}(?:\*\*|[(:)\]=|-])"
)
"""Every run of labels ends with an R or a T, a letter or a word; without one the longer expression need not run."""
_FARTHEST = 400
"""Characters between two labels of one run."""
_ORDER = "PART"
_NOTHING = re.compile(
    r"[\s:*=-]*(?:none|no\b|nil|neg\w*|normal|wnl|n/?a|not\b|absent|unremarkable|within normal|-|0|\(-\)|—)",
    re.IGNORECASE,
)
_LETTERS = re.compile(
    r"[ \t]*(?:[:(=-]|\|)?[ \t]*(?P<letters>(?:[PART][ \t]?(?:\(?[+-]\)?)?[ \t,/&.]{0,3}){2,4})(?![A-Za-z])[ \t]*\)?"
)
_ONE_LETTER = re.compile(r"(?P<letter>[PART])[ \t]?\(?(?P<sign>[+-])?")


@dataclass(frozen=True, slots=True)
class PartLabel:
    """A label of PART and the span of text that it speaks for."""

    criterion: str
    start: int
    """Where the label's own line or item begins."""
    text_start: int
    end: int


def part_labels(text: str) -> list[PartLabel]:
    """Labels of PART that stand in order (three of P, A, R, T at least), each with the text behind it.

    The last one speaks up to the end of its line.
    """
    if not _R_OR_T.search(text) and not _MOTION_OR_TISSUE.search(text.lower()):
        return []
    found = [(match.lastgroup or "", match) for match in _LABEL.finditer(text)]
    labels: list[PartLabel] = []
    run: list[tuple[str, re.Match[str]]] = []
    for item in [*found, None]:
        if item is not None and run and _follows(run[-1], item):
            run.append(item)
            continue
        labels += _labels_of(text, run) if len(run) >= 3 and run[-1][0] in "RT" else []
        run = [item] if item is not None else []
    return labels


def _follows(before: tuple[str, re.Match[str]], item: tuple[str, re.Match[str]]) -> bool:
    near = item[1].start() - before[1].end() <= _FARTHEST
    return near and _ORDER.index(item[0]) > _ORDER.index(before[0])


def _labels_of(text: str, run: list[tuple[str, re.Match[str]]]) -> list[PartLabel]:
    line_end = text.find("\n", run[-1][1].end())
    ends = [match.start() for _, match in run[1:]] + [line_end if line_end != -1 else len(text)]
    return [
        PartLabel(letter, match.start(letter), match.end(), end) for (letter, match), end in zip(run, ends, strict=True)
    ]


def says_nothing(text: str, label: PartLabel) -> bool:
    """Whether a label stands before nothing, or before a word that denies it."""
    return not text[label.text_start : label.end].strip(" \t\n*.-|_") or bool(_NOTHING.match(text, label.text_start))


def letters_behind(text: str, place_end: int, line_end: int) -> tuple[str, ...]:
    """The criteria that letters behind a level mark: ``C5 P+ A- R+`` is P and R. Fewer than two letters mark none, and two
    letters side by side are a listing (``L5 PR`` is posterior right).
    """
    match = _LETTERS.match(text, place_end, line_end)
    if match is None or re.fullmatch("[PART]{2}", match["letters"].strip()):
        return ()
    marks = {one["letter"]: one["sign"] for one in _ONE_LETTER.finditer(match["letters"])}
    return tuple(letter for letter, sign in marks.items() if sign != "-") if len(marks) > 1 else ()
