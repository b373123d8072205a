"""The narrative block of a section, as a reader sees it: paragraphs, items and rows as lines.

Source: HL7 CDA Release 2, section 4.3.5 (Section Narrative Block); what is marked as deleted is left out. Line breaks
inside a paragraph are kept: exporters put whole notes there, and a sentence broken in two is read far better than lines
run together.
"""

from xml.etree.ElementTree import Element

from auditor.sources.clinical.ccda_xml import local_name

LINES = frozenset({"caption", "footnote", "item", "list", "paragraph", "table", "tbody", "tfoot", "thead"})
CELLS = frozenset({"td", "th"})


def narrative_lines(block: Element) -> list[str]:
    """The lines of a narrative block, a table's row as ``a | b``; lines without text are left out."""
    pieces: list[str] = []
    _add(block, pieces)
    return [line for piece in "".join(pieces).splitlines() if (line := piece.strip())]


def _add(element: Element, pieces: list[str]) -> None:
    name = local_name(element)
    if name == "tr":
        pieces.append(f"\n{_row(element)}\n")
    elif name == "br":
        pieces.append("\n")
    elif name and element.get("revised") != "delete":
        ends = "\n" if name in LINES else ""
        pieces.append(ends + (element.text or ""))
        for child in element:
            _add(child, pieces)
            pieces.append(child.tail or "")
        pieces.append(ends)


def _row(row: Element) -> str:
    if row.get("revised") == "delete":
        return ""
    cells = [_cell(cell) for cell in row if local_name(cell) in CELLS]
    return " | ".join(cells) if any(cells) else ""


def _cell(cell: Element) -> str:
    return " ".join(" ".join(narrative_lines(cell)).split())
