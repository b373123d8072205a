"""Choices of a form made plain: what stands behind an empty box, was struck out or answered with no is not said.

It is filled over, and the text keeps its length.
"""

import re

_BOX = re.compile(
    r"\[(?P<mark>[ \txX*✓/_]{0,3})\]|\[(?P<no>[dDnN-])\](?=[ \t])|(?<=\d )\[(?P<looked>[oO])\]|\((?<![A-Za-z0-9].)(?P<mark2>[ xX*•✓]{1,2})\)|☐|□|☑|☒|■|✅|✓|✔|✗|✘"
)
_ON = frozenset("☑☒■✅✓✔✗✘")
_BOXES_BEHIND = re.compile(
    r"^(?:[^\n\[\]|]{1,60}:)?(?:[ \t]*[A-Za-z](?:[A-Za-z0-9/. -]{0,23}[A-Za-z0-9.])?[ \t]{0,2}\[[ \txXoO*✓]{0,3}\],?){2,12}[ \t]*$",
    re.MULTILINE,
)
_YES_BOX = re.compile(r"\[[ \t]?[xX*✓][ \t]?\][ \t]*(?:Yes|Y)[ \t]+\[[ \t]{0,3}\][ \t]*(?:No|N)\b")
_NO_BOX = re.compile(r"\[[ \t]{0,3}\][ \t]*(?:Yes|Y)[ \t]+\[[ \t]?[xX*✓][ \t]?\][ \t]*(?:No|N)\b")
_SET, _EMPTY = r"[(\[][ \t]?[xX*✓][ \t]?[)\]]", r"[(\[][ \t]{0,3}[)\]]"
_NO_OF_TWO = re.compile(rf"{_SET}[ \t]*N[ \t]+{_EMPTY}[ \t]*(?:Y|[a-z]{{3,12}})(?![A-Za-z])")
_YES_OF_TWO = re.compile(rf"{_EMPTY}[ \t]*N[ \t]+{_SET}[ \t]*Y(?![A-Za-z])")
"""Cells of a form with a box for N and one for Y, or for what was found."""
_GAP = re.compile(r"(?:\S|(?<=[\])☐□]))[ \t]{3,}")
_STRUCK = re.compile(r"~~(?=\S)[^~\n]{1,80}~~")
_STRUCK_KEY = re.compile(r"[(_]{1,3}[ \t]*(?:struck|crossed)[- ](?:out|through)[^()\n]{0,40}[)_]{1,3}", re.IGNORECASE)
_YES = re.compile(r"\?[ \t:]*[(\[{][ \t]?(?:Y|Yes|YES)[ \t]?[)\]}][ \t/]{1,6}(?:N|No|NO)(?![A-Za-z])")
_NO = re.compile(r"\?[ \t:]*(?:Y|Yes|YES)[ \t/]{1,6}[(\[{][ \t]?(?:N|No|NO)[ \t]?[)\]}]")
_WORD = re.compile(r"[^\s|]")
_MARKS = "[(☐□"
_FILLER = "¤"
"""Stands for every character that is not said: no letter, digit or blank, so that cells and gaps of a row stay as they are."""


def chosen(text: str) -> str:
    """The text of a form with only what was chosen in it."""
    if "~~" in text:
        text = _STRUCK.sub(_blank, text)
    if "struck" in text or "crossed" in text:
        text = _STRUCK_KEY.sub(_blank, text)
    if "?" in text:
        text = _YES.sub(lambda match: ": yes".ljust(len(match.group())), text)
        text = _NO.sub(lambda match: ": no".ljust(len(match.group())), text)
    if not any(mark in text for mark in _MARKS):
        return text
    text = _YES_BOX.sub(lambda match: ": yes".ljust(len(match.group())), text)
    text = _NO_BOX.sub(lambda match: ": no".ljust(len(match.group())), text)
    if ") N" in text or "] N" in text:
        text = _NO_OF_TWO.sub(lambda match: "no".ljust(len(match.group())), text)
        text = _YES_OF_TWO.sub(lambda match: "yes".ljust(len(match.group())), text)
    for start, end in unchecked_spans(text):
        text = text[:start] + _WORD.sub(_FILLER, text[start:end]) + text[end:]
    return text


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def unchecked_spans(text: str) -> list[tuple[int, int]]:
    """Spans of text behind an empty check box: up to the next box, a wide gap or the end of the line."""
    boxes = list(_BOX.finditer(text))
    spans = []
    labelled = _lines_with_boxes_behind(text)
    for place, box in enumerate(boxes):
        if box.group() in _ON or (not box["no"] and (box["mark"] or box["mark2"] or "").strip(" \t_")):
            continue
        line_start = text.rfind("\n", 0, box.start()) + 1
        if line_start in labelled:
            before = max(line_start, boxes[place - 1].end() if place else 0)
            colon = text.rfind(":", before, box.start()) + 1
            spans.append((max(before, colon), box.start()))
            continue
        if text[box.end() : box.end() + 3].lstrip().startswith("="):
            continue  # the key of the form: "(  ) = circled by doctor"
        end = text.find("\n", box.end())
        end = len(text) if end == -1 else end
        if place + 1 < len(boxes):
            end = min(end, boxes[place + 1].start())
        indented = text[box.end() : box.end() + 3].isspace()
        gap = _GAP.search(text, box.end() - 1 if indented else box.end(), end)
        spans.append((box.end(), gap.start() + 1 if gap else end))
    return spans


def _lines_with_boxes_behind(text: str) -> set[int]:
    """Starts of the lines in which each box stands right behind its option: "C5 [x] T4 [ ] L5 [x]"."""
    if "[" not in text:
        return set()
    return {match.start() for match in _BOXES_BEHIND.finditer(text)}
