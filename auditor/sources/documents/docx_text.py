"""Text of the XML of a Word document, as a reader of the printed page sees it.

Element names are those of WordprocessingML (ECMA-376 part 1, 17). Tracked deletions, hidden and struck text are left
out; tracked insertions, content controls, text boxes and boxes that are ticked are read.
"""

from collections.abc import Iterator
from typing import Any

from auditor.sources.documents.limits import Deadline, Length
from auditor.sources.documents.rows import row_lines
from auditor.sources.records import UnreadableError

MAX_NESTED_TABLES = 8
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DROPPED = frozenset(
    [
        *(
            f"{_W}{name}"
            for name in ("del", "moveFrom", "delText", "instrText", "delInstrText", "rPr", "pPr", "sectPr")
        ),
        *(
            f"{_W}{name}"
            for name in ("sdtPr", "tblPr", "tblGrid", "trPr", "tcPr", "softHyphen", "lastRenderedPageBreak")
        ),
        f"{_MC}Fallback",
    ]
)
_SHOWN = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}ptab": "\t"}
_OFF = frozenset(["0", "false", "off", "none"])


class DocxText:
    """Reads the blocks of a Word document's parts as lines, in bounded length and time.

    Args:
        listed: Ids of the paragraph styles that make an item of a list.
        deadline: When it must be done.
        unseen: Ids of the styles that hide or strike their text.
    """

    def __init__(self, listed: frozenset[str], deadline: Deadline, unseen: frozenset[str] = frozenset()) -> None:
        self._listed = listed
        self._unseen = unseen
        self._deadline = deadline
        self._length = Length()

    def lines(self, block: Any, tables: int = 0) -> Iterator[str]:  # noqa: ANN401 - an lxml element
        """The lines of all paragraphs and tables in an element, in their order.

        Raises:
            UnreadableError: tables are nested too deep, another document is embedded, there is too much text, or the
                time is over.
        """
        for child in block.iterchildren("*"):
            self._deadline.check()
            if child.tag == f"{_W}p":
                yield from self._paragraph(child, tables)
            elif child.tag == f"{_W}tbl":
                yield from self._table(child, tables + 1)
            elif child.tag == f"{_W}altChunk":
                raise UnreadableError("the document holds another one inside; open it in Word and save it again")
            elif child.tag not in _DROPPED and not _is_prompt(child):
                yield from self.lines(child, tables)

    def _table(self, table: Any, tables: int) -> Iterator[str]:  # noqa: ANN401
        if tables > MAX_NESTED_TABLES:
            raise UnreadableError(
                f"tables are nested more than {MAX_NESTED_TABLES} deep; export the document as plain text (.txt)"
            )
        for row in _inside(table, "tr"):
            if row.find(f"{_W}trPr/{_W}del") is None:
                yield from row_lines([list(self.lines(cell, tables)) for cell in _inside(row, "tc")])

    def _paragraph(self, paragraph: Any, tables: int) -> Iterator[str]:  # noqa: ANN401
        boxes: list[Any] = []
        text = "" if self._is_of_unseen(paragraph, "pPr", "pStyle") else "".join(self._pieces(paragraph, boxes))
        self._length.add(len(text))
        if text.strip():
            yield f"- {text.lstrip()}" if self._is_item(paragraph) else text
        for box in boxes:
            yield from self.lines(box, tables + 1)

    def _pieces(self, element: Any, boxes: list[Any]) -> Iterator[str]:  # noqa: ANN401
        for child in element.iterchildren("*"):
            tag = child.tag
            if tag in _DROPPED or (tag == f"{_W}r" and self._is_hidden(child)) or _is_prompt(child):
                continue
            if tag == f"{_W}t":
                yield child.text or ""
            elif tag == f"{_W}txbxContent":
                boxes.append(child)
            elif tag == f"{_W}sym":
                yield _symbol(child)
            elif tag == f"{_W}checkBox":
                yield "[x] " if _is_ticked(child) else "[ ] "
            elif tag in _SHOWN:
                yield _SHOWN[tag]
            else:
                yield from self._pieces(child, boxes)

    def _is_hidden(self, run: Any) -> bool:  # noqa: ANN401
        shown = (run.find(f"{_W}rPr/{_W}{name}") for name in ("vanish", "strike", "dstrike"))
        overrides = any(one is not None and one.get(f"{_W}val", "1") in _OFF for one in shown)
        return _is_unseen(run) or (not overrides and self._is_of_unseen(run, "rPr", "rStyle"))

    def _is_of_unseen(self, element: Any, properties: str, name: str) -> bool:  # noqa: ANN401
        style = element.find(f"{_W}{properties}/{_W}{name}")
        return style is not None and style.get(f"{_W}val", "") in self._unseen

    def _is_item(self, paragraph: Any) -> bool:  # noqa: ANN401
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = "" if style is None else style.get(f"{_W}val", "")
        number = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
        if name.lower().startswith(("heading", "title")):
            return False
        return name in self._listed if number is None else number.get(f"{_W}val") != "0"


def _inside(element: Any, name: str) -> Iterator[Any]:  # noqa: ANN401
    """Rows of a table or cells of a row; content controls and tracked insertions may stand between."""
    for child in element.iterchildren("*"):
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag not in _DROPPED:
            yield from _inside(child, name)


def _is_unseen(run: Any) -> bool:  # noqa: ANN401
    """Whether the run is hidden or struck through."""
    found = (run.find(f"{_W}rPr/{_W}{name}") for name in ("vanish", "strike", "dstrike"))
    return any(one is not None and one.get(f"{_W}val", "1") not in _OFF for one in found)


def _is_prompt(element: Any) -> bool:  # noqa: ANN401
    """Whether the element is a content control that nobody filled in (``Click here to enter text``)."""
    return element.tag == f"{_W}sdt" and element.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None


def _is_ticked(box: Any) -> bool:  # noqa: ANN401
    found = box.find(f"{_W}checked")
    if found is None:
        found = box.find(f"{_W}default")
    return found is not None and found.get(f"{_W}val", "1") not in _OFF


def _symbol(symbol: Any) -> str:  # noqa: ANN401
    try:
        return chr(int(symbol.get(f"{_W}char", ""), 16))
    except (ValueError, OverflowError):
        return ""
