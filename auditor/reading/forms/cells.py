"""Cells of a line that is a row: cut at bars, at semicolons or at two blanks."""

import re
from dataclasses import dataclass


@dataclass(slots=True)
class Cell:
    """One cell of a table row."""

    start: int
    end: int
    text: str


def cells_of(text: str, start: int, end: int, *, bars: bool, blanks: bool = False) -> list[Cell]:
    """The cells of a line, cut at bars or at two blanks; with ``blanks`` at either, where bars part groups of columns."""
    line = text[start:end]
    if bars and blanks:
        found = re.finditer(r"[^\s|]+(?:[ ][^\s|]+)*", line)
        return [Cell(start + match.start(), start + match.end(), match.group()) for match in found]
    semicolons = not bars and line.count(";") > 1 and "  " not in line.strip()
    pattern = r"[^|]+" if bars else r"[^;]+" if semicolons else r"\S+(?:[ ]\S+)*"
    bars = bars or semicolons
    cells = []
    for match in re.finditer(pattern, line):
        piece = match.group()
        if bars and not piece.strip() and (match.start() == 0 or match.end() == len(line)):
            continue
        lead = len(piece) - len(piece.lstrip())
        cells.append(Cell(start + match.start() + lead, start + match.start() + len(piece.rstrip()), piece.strip()))
    return cells
