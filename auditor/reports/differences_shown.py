"""What is new in a note, shown: in the terminal with brackets or colour, on the page with ``<ins>`` and ``<del>``."""

import re
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from auditor.reports.differences import Kind, Piece
from auditor.reports.wording import visible

KEPT = 6
"""Words that stay on each side of an unchanged stretch that is shortened."""
_WORD = re.compile(r"\S+")
_BRACKETS = {"same": ("", ""), "new": ("{+", "+}"), "gone": ("[-", "-]")}
_STYLES = {"same": "dim", "new": "green underline", "gone": "red strike"}
_TAGS = {
    "same": (Markup(""), Markup("")),
    "new": (Markup("<ins>"), Markup("</ins>")),
    "gone": (Markup("<del>"), Markup("</del>")),
}


def differences_text(pieces: Sequence[Piece], width: int, colour: bool) -> str:
    """The pieces for the terminal: ``[-gone-] {+new+}``, or red struck out and green underlined with colour.

    Args:
        pieces: of :func:`auditor.reports.differences.differences`.
        width: columns; no line is longer. At least 40.
        colour: with colour escapes in place of the brackets.
    """
    from rich.text import Text

    from auditor.reports.terminal import render

    shown = Text()
    for kind, before, core, after in _laid_out(pieces, shorten=True):
        opened, closed = ("", "") if colour else _BRACKETS[kind]
        shown.append(before)
        shown.append(f"{opened}{core}{closed}", style=_STYLES[kind] if colour else "")
        shown.append(after)
    return render([shown], width=width, colour=colour)


def differences_markup(pieces: Sequence[Piece]) -> Markup:
    """The pieces for the page, nothing shortened: the text escaped, ``<ins>`` and ``<del>`` around what differs."""
    shown = Markup("{}{}{}{}{}")
    return Markup("").join(
        shown.format(before, _TAGS[kind][0], core, _TAGS[kind][1], after)
        for kind, before, core, after in _laid_out(pieces, shorten=False)
    )


def _laid_out(pieces: Sequence[Piece], *, shorten: bool) -> Iterator[tuple[Kind, str, str, str]]:
    """Kind, white space before, words, white space after; between gone and new one blank, whatever stood there."""
    for place, piece in enumerate(pieces):
        text = visible(piece.text.replace("\r\n", "\n"))
        last = place == len(pieces) - 1
        if shorten and piece.kind == "same":
            text = _shortened(text, first=place == 0, last=last)
        before, core, after = _parts(text)
        if piece.kind == "gone" and not last and pieces[place + 1].kind == "new":
            after = " "
        yield piece.kind, before, core, after


def _parts(text: str) -> tuple[str, str, str]:
    """White space before, the words, white space after: no mark around mere blanks."""
    core = text.strip()
    start = text.index(core)
    return text[:start], core, text[start + len(core) :]


def _shortened(text: str, *, first: bool, last: bool) -> str:
    """An unchanged stretch with only the words beside what differs; a short one stays whole."""
    found = [(word.start(), word.end()) for word in _WORD.finditer(text)]
    if len(found) <= 2 * KEPT:
        return text
    head = "" if first and not last else text[: found[KEPT - 1][1]]
    tail = "" if last and not first else text[found[-KEPT][0] :]
    return f"{head} … {tail}"
