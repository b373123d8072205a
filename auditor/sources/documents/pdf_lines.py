"""Lines of a PDF page from the places of its characters: words on one height are one line, wide gaps are cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from auditor.sources.documents.pdf_characters import BREAK, Character
from auditor.sources.documents.rows import BAR

_SAME_LINE = 0.5
"""Two runs whose middles are nearer than this share of their height stand on one line (a raised 1st or 2nd too)."""
_CELL_GAP = 1.0
"""A wider gap than this, in heights of the text, parts two cells; a blank is about a third of it."""
_WORD_GAP = 0.15
_JUMP = 1.0
_MANY_JUMPS = 5
"""A page drawn in more upward jumps than this, and one of five runs, was drawn in no order that can be read."""


@dataclass(slots=True)
class Run:
    """Characters drawn one after the other on one line without a wide gap."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        """Height of the text in points, never zero."""
        return max(self.top - self.bottom, 1.0)

    @property
    def middle(self) -> float:
        """Height of its middle on the page."""
        return (self.top + self.bottom) / 2

    def beside(self, other: "Run") -> bool:
        """Whether both stand on one line."""
        return abs(self.middle - other.middle) < _SAME_LINE * max(self.height, other.height)


@dataclass(slots=True)
class Line:
    """Runs that stand on one line, from left to right."""

    runs: list[Run] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The line as text; cells are joined by a bar, but a blank follows a box, and a label with its colon."""
        text, end = "", 0.0
        for run in sorted(self.runs, key=lambda run: run.left):
            words = " ".join(run.text.split())
            text += f"{_between(text, (run.left - end) / run.height)}{words}" if text else words
            end = max(end, run.right) if text != words else run.right
        return text

    @property
    def left(self) -> float:
        """Left edge in points."""
        return min(run.left for run in self.runs)

    @property
    def right(self) -> float:
        """Right edge in points."""
        return max(run.right for run in self.runs)

    @property
    def middle(self) -> float:
        """Height of its middle on the page."""
        return self.runs[0].middle

    @property
    def height(self) -> float:
        """Height of its text in points."""
        return max(run.height for run in self.runs)


def _between(text: str, gap: float) -> str:
    if gap < _WORD_GAP:
        return ""
    return BAR if gap >= _CELL_GAP and not text.endswith((":", "[x]", "[ ]")) else " "


def lines_of(characters: Iterable[Character], *, fields: bool = False) -> list[Line]:
    """The lines of a page in the order in which they are read.

    That is the order in which they were drawn, unless the page was drawn in layers (all labels, then all values; or
    ``fields`` filled in over it): then it is from the top to the bottom.
    """
    runs = [run for run in _runs(characters) if run.text.strip()]
    return in_lines(runs, sort=fields or _in_layers(runs))


def in_lines(runs: Iterable[Run], *, sort: bool) -> list[Line]:
    """Runs put together to lines, in their order or, sorted, from the top to the bottom of the page."""
    lines: list[Line] = []
    for run in sorted(runs, key=lambda run: (-run.middle, run.left)) if sort else runs:
        if lines and lines[-1].runs[0].beside(run):
            lines[-1].runs.append(run)
        else:
            lines.append(Line([run]))
    return lines


def _runs(characters: Iterable[Character]) -> list[Run]:
    runs: list[Run] = []
    goes_on = False
    for one in characters:
        if one is BREAK:
            goes_on = False
        elif one.text.isspace():
            if goes_on:
                runs[-1].text += " "
                runs[-1].right = max(runs[-1].right, one.right)
        elif goes_on and _follows(runs[-1], one):
            runs[-1].text += one.text
            runs[-1].right = max(runs[-1].right, one.right)
        else:
            runs.append(Run(one.text, one.left, one.right, one.bottom, one.top))
            goes_on = True
    return runs


def _follows(run: Run, one: Character) -> bool:
    gap = one.left - run.right
    return -run.height < gap < _CELL_GAP * run.height and run.beside(Run("", one.left, one.right, one.bottom, one.top))


def _in_layers(runs: Sequence[Run]) -> bool:
    ups = [
        place
        for place in range(1, len(runs))
        if runs[place].middle - runs[place - 1].middle > _JUMP * runs[place].height
    ]
    if not ups:
        return False
    if len(ups) > max(_MANY_JUMPS, len(runs) // 5):
        return True
    first, rest = runs[: ups[0]], runs[ups[0] :]
    labels = [run for run in first if run.text.rstrip().endswith(":")]
    answered = sum(any(label.beside(run) and label.right <= run.left for run in rest) for label in labels)
    return answered >= 2 and 2 * answered >= len(labels)
