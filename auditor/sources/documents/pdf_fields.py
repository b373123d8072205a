"""What was filled in or typed over a page of a PDF: boxes and circles that are ticked, and whether there is any."""

from ctypes import byref
from typing import Any

Mark = tuple[str, float, float, float, float]
"""A box or circle as text, ``[x]`` or ``[ ]``, with the left, right, bottom and top edge of its place in points."""
MOST_FIELDS = 5_000
"""Most fields of one page that are looked at; a form of one visit has some hundred."""


def fields_of(document: Any, page: Any) -> tuple[bool, list[Mark]]:  # noqa: ANN401 - of pypdfium2
    """Whether the page has fields or text typed over it, and its boxes: ticked ones are drawn, not written."""
    from pypdfium2 import raw

    filled, marks = False, []
    for place in range(min(raw.FPDFPage_GetAnnotCount(page), MOST_FIELDS)):
        note = raw.FPDFPage_GetAnnot(page, place)
        kind = raw.FPDFAnnot_GetSubtype(note)
        filled = filled or kind in {raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT}
        if kind == raw.FPDF_ANNOT_WIDGET and document.formenv and (mark := _mark(raw, document.formenv, note)):
            marks.append(mark)
        raw.FPDFPage_CloseAnnot(note)
    return filled, marks


def _mark(raw: Any, forms: Any, note: Any) -> Mark | None:  # noqa: ANN401
    boxes = {raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON}
    box = raw.FS_RECTF()
    if raw.FPDFAnnot_GetFormFieldType(forms, note) not in boxes or not raw.FPDFAnnot_GetRect(note, byref(box)):
        return None
    shown = "[x]" if raw.FPDFAnnot_IsChecked(forms, note) else "[ ]"
    return shown, min(box.left, box.right), max(box.left, box.right), min(box.bottom, box.top), max(box.bottom, box.top)
