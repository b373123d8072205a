"""Text of HTML, and of the narrative of C-CDA and FHIR, as a reader of the page sees it: one line a block."""

import re
from html.parser import HTMLParser

from auditor.sources.documents.html_names import (
    BLOCKS,
    CELLS,
    ENDS,
    ITEMS,
    VOID,
    WALLS,
    field_text,
    is_hidden,
    is_verbatim,
)
from auditor.sources.documents.html_styles import hidden_by_sheet, is_of, with_choices
from auditor.sources.documents.limits import MAX_SECONDS, Deadline, Length, broken
from auditor.sources.documents.note_text import note_of
from auditor.sources.documents.rows import row_lines
from auditor.sources.records import UnreadableError

MAX_DEPTH = 500
"""Deepest nesting of elements; pages have less than fifty."""
_PIECE = 65_536
_BLANKS = re.compile(r"[ \t\n\r\f]+")


def html_text(markup: str, seconds: float = MAX_SECONDS) -> str:
    """The text of HTML markup, a whole page or a part of one.

    Blocks make lines, rows of tables are cells joined by a bar, items of lists begin with ``- ``.

    Raises:
        UnreadableError: elements are nested too deep, there is too much text, or none, or the time is over.
    """
    page = _Page(Deadline(seconds), hidden_by_sheet(markup))
    markup = with_choices(markup)
    try:
        for start in range(0, len(markup), _PIECE):
            page.check()
            page.feed(markup[start : start + _PIECE])
        page.close()
    except AssertionError:  # so the standard library calls a declaration that it does not know
        raise broken("HTML page") from None
    return note_of("\n".join(page.lines()))


class _Block:
    """Lines gathered so far of the page, or of one cell or row."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.done: list[str] = []
        self.cells: list[list[str]] = []
        self._line: list[str] = []
        self._item = False
        self._kept = False

    def add(self, text: str, *, verbatim: bool) -> None:
        if not verbatim:
            self._line.append(_BLANKS.sub(" ", text))
            return
        self._kept = True
        first, *rest = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._line.append(first)
        for line in rest:
            self.end_line(even_empty=True)
            self._kept = True
            self._line.append(line)

    def begin_item(self) -> None:
        self.end_line()
        self._item = True

    def end_line(self, *, even_empty: bool = False) -> None:
        text = "".join(self._line)
        text = text.rstrip() if self._kept else re.sub("  +", " ", text).strip()
        if text.strip() or even_empty:
            self.done.append(f"- {text.lstrip()}" if self._item and text else text)
            self._item = self._item and not text
        self._line, self._kept = [], False


class _Page(HTMLParser):
    """Walks through the markup; the open elements decide what is shown and where lines end."""

    def __init__(self, deadline: Deadline, unseen: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._unseen = unseen
        self._deadline = deadline
        self._length = Length()
        self._open: list[tuple[str, bool, bool]] = []
        self._blocks = [_Block("page")]

    def check(self) -> None:
        """Go on while there is time."""
        self._deadline.check()

    def lines(self) -> list[str]:
        """All lines, after the end of the page."""
        while self._open:
            self._end()
        self._blocks[0].end_line()
        return self._blocks[0].done

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.check()
        name = tag.rpartition(":")[2]
        attributes = {key: value or "" for key, value in reversed(attrs)}
        hidden = self._hidden() or is_hidden(name, attributes) or is_of(self._unseen, name, attributes)
        if name in VOID:
            if not hidden:
                self._void(name, attributes)
            return
        self._end_before(name)
        hidden = self._hidden() or is_hidden(name, attributes) or is_of(self._unseen, name, attributes)
        if len(self._open) >= MAX_DEPTH:
            raise UnreadableError(
                f"elements are nested more than {MAX_DEPTH} deep; export the note as plain text (.txt)"
            )
        self._open.append((name, hidden, self._verbatim() or is_verbatim(name, attributes)))
        if not hidden:
            self._begin(name)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that ends at once, as XML writes it; HTML pays no heed to the slash, XML narrative does."""
        self.handle_starttag(tag, attrs)
        if tag.rpartition(":")[2] not in VOID:
            self._end()

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and with it all that was opened in it; an end without a beginning is nothing."""
        self.check()
        name = tag.rpartition(":")[2]
        if name == "br" and not self._hidden():
            self._blocks[-1].end_line()
        if any(name == opened for opened, _, _ in self._open):
            while self._open[-1][0] != name:
                self._end()
            self._end()

    def handle_data(self, data: str) -> None:
        """Text between the marks."""
        self.check()
        if not self._hidden():
            self._length.add(len(data))
            self._blocks[-1].add(data, verbatim=self._verbatim())

    def _void(self, name: str, attributes: dict[str, str]) -> None:
        if name in {"br", "hr"}:
            self._blocks[-1].end_line()
        elif name == "input":
            self._blocks[-1].add(f" {field_text(attributes)} ", verbatim=False)

    def _begin(self, name: str) -> None:
        block = self._blocks[-1]
        if name in BLOCKS:
            block.end_line()
        if name in ITEMS:
            block.begin_item()
        elif name == "tr" or (name in CELLS and block.kind == "row"):
            self._blocks.append(_Block("row" if name == "tr" else "cell"))

    def _end_before(self, name: str) -> None:
        ended = ENDS.get(name, frozenset())
        for place in range(len(self._open) - 1, -1, -1):
            opened = self._open[place][0]
            if opened in ended:
                while len(self._open) > place:
                    self._end()
            elif opened in WALLS:
                return

    def _end(self) -> None:
        name, hidden, _ = self._open.pop()
        if hidden or name not in BLOCKS:
            return
        block = self._blocks[-1]
        block.end_line()
        if name == "tr" and block.kind == "row":
            self._blocks.pop()
            self._blocks[-1].done += [*block.done, *row_lines(block.cells)]
        elif name in CELLS and block.kind == "cell":
            self._blocks.pop()
            self._blocks[-1].cells.append(block.done)

    def _hidden(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def _verbatim(self) -> bool:
        return bool(self._open) and self._open[-1][2]
