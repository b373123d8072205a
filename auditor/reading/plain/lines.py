"""Lines of a note as the grammars of tables and forms see them."""

import re

Span = tuple[int, int]
_GAP = re.compile(r"\S[ \t]{2}|[|\t]|;[^\n]*;")


def lines_of(text: str) -> list[Span]:
    """Spans of the lines that are not blank."""
    lines, start = [], 0
    for piece in text.split("\n"):
        if piece and not piece.isspace():
            lines.append((start, start + len(piece)))
        start += len(piece) + 1
    return lines


def may_be_a_row(text: str, line: Span) -> bool:
    """Whether a line has what sets cells apart: two blanks inside it, a bar, a tab, two semicolons."""
    words = text[slice(*line)]
    if "  " not in words and "|" not in words and ";" not in words and "\t" not in words:
        return False
    return _GAP.search(words) is not None
