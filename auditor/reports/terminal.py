"""What the terminal reports are built with: rendering to a string without global state, grids, styles.

Only this file and ``text`` know rich. Every string that is handed in must have gone through ``wording.visible`` or
``wording.one_line``.
"""

import io
from collections.abc import Iterable

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

NARROWEST = 40
"""Columns below which nothing can be laid out."""

STYLES = {
    "met": "green",
    "partial": "yellow",
    "not_met": "red",
    "not_applicable": "dim",
    "error": "red",
    "warning": "yellow",
    "info": "cyan",
    "hold": "bold red",
    "review": "bold yellow",
    "ready": "bold green",
    "match": "green",
    "overcoded": "bold red",
    "unsupported": "bold red",
    "undercoded": "bold yellow",
    "not_billed": "dim",
}
"""Colour of each status, severity, disposition and verdict; none of them is told by its colour alone."""


def render(parts: Iterable[RenderableType], *, width: int, colour: bool) -> str:
    """The parts one below the other, no line longer than ``width`` columns and none with blanks at its end.

    The environment (NO_COLOR, COLUMNS, TERM, …) is not looked at: same parts, same text.
    """
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(width, NARROWEST),
        force_terminal=colour,
        force_jupyter=False,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    for part in parts:
        console.print(part)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().rstrip().split("\n"))


def heading(title: str) -> Text:
    """A heading with an empty line above it."""
    return Text(f"\n{title}", style="bold")


def grid(first: int) -> Table:
    """Two columns: a short word of ``first`` columns, and what wraps beside it."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=first, no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    return table


def labelled(label: str, sentence: str) -> Table:
    """A dim label with a sentence that wraps beside it."""
    table = grid(6)
    table.add_row(Text(label, style="dim"), Text(sentence))
    return table


def columns(*heads: str) -> Table:
    """A table without lines; columns whose head ends with a colon hold text, the others numbers."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for head in heads:
        table.add_column(head.rstrip(":"), justify="left" if head.endswith(":") else "right", overflow="fold")
    return table
