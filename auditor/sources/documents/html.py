"""HTML pages (.html, .htm): the text that a reader of the page sees."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from auditor.records import Encounter
from auditor.sources.decoding import HEAD, LENIENT, encoding_of
from auditor.sources.documents.html_text import html_text
from auditor.sources.documents.limits import MAX_MARKUP_BYTES, broken, document_bytes
from auditor.sources.guard import guarded
from auditor.sources.records import Item, UnreadableError, printable

__all__ = ["html_text", "read_html"]

_META_WITHIN = 4096
_META = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)
_OF_BYTES = re.compile(
    r"cp125\d|cp932|cp949|iso8859-\d+|mac-roman|koi8-[ru]|gb2312|gbk|gb18030|big5|euc_jp|euc_kr|shift_jis"
)
"""Names, as Python gives them, of the encodings of one byte or two that pages still have."""
_LATIN_1 = frozenset(["ascii", "iso8859-1"])
"""The Encoding Standard reads these as Windows-1252."""
_BEGINS = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
_ENDS = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_ELEMENT = re.compile(r"<[A-Za-z!/]")


@guarded
def read_html(path: Path, name: str) -> Iterator[Item]:
    """Read an HTML page (.html, .htm) as one encounter with the id ``name``."""
    markup = _decoded(document_bytes(path, MAX_MARKUP_BYTES))
    if not _ELEMENT.search(markup):
        raise UnreadableError("there is no element of HTML in it; give a bare note the suffix .txt")
    if _BEGINS.search(markup) and not _ENDS.search(markup):
        raise broken("HTML page")
    yield Encounter(id=printable(name), text=html_text(markup))


def _decoded(data: bytes) -> str:
    encoding, errors = encoding_of(data[:HEAD])
    if encoding == "utf-8-sig" and not data.startswith(codecs.BOM_UTF8) and (named := _named(data[:_META_WITHIN])):
        return data.decode(named, "replace")
    return data.decode(encoding, LENIENT if errors == LENIENT else "replace")


def _named(head: bytes) -> str | None:
    """The encoding that the page names, where it is one of bytes; UTF-8, and what is not known, is read leniently."""
    found = _META.search(head)
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else ""
    except (LookupError, ValueError):
        return None
    if name in _LATIN_1:
        return "cp1252"
    return name if _OF_BYTES.fullmatch(name) else None
