"""Rows of a table as lines: cells joined by a bar, and tables that only lay out the page taken apart."""

from collections.abc import Sequence

BAR = " | "
MAX_CELL_LINES = 3
MAX_CELL_CHARACTERS = 300
"""A cell with more than this is no cell of findings: the table lays out the page, and its lines stay lines."""


def row_lines(cells: Sequence[Sequence[str]]) -> list[str]:
    """The lines of one row; each cell is given as its lines.

    Cells of a few short lines make one line, ``L4 | tender | reduced``; an empty cell in the middle keeps its place.
    Where a cell holds a whole passage, or only one cell holds anything, each line stays its own.
    """
    filled = [[line.strip() for line in cell if line.strip()] for cell in cells]
    if sum(map(bool, filled)) < 2 or any(map(_is_passage, filled)):
        return [line for cell in filled for line in cell]
    return [BAR.join(" ".join(cell) for cell in filled).rstrip(" |")]


def _is_passage(lines: Sequence[str]) -> bool:
    return len(lines) > MAX_CELL_LINES or sum(map(len, lines)) > MAX_CELL_CHARACTERS or any(BAR in n for n in lines)
