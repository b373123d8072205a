"""XML of a clinical document, read with bounds: no document type, no entities, not too deep, not too many elements."""

from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from auditor.sources.decoding import HEAD, encoding_of
from auditor.sources.documents.limits import not_installed
from auditor.sources.records import UnreadableError

MAX_BYTES = 32_000_000
"""Largest document; a summary of many years has some megabytes, with a picture in base64 some more."""
MAX_ELEMENTS = 500_000
MAX_DEPTH = 100
"""Elements inside each other; documents have about thirty."""


def document_root(path: Path) -> Element:
    """The root element of a clinical document.

    Raises:
        OSError: the file cannot be read.
        UnreadableError: it is no XML, no clinical document, or beyond the bounds.
    """
    with path.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"the document is larger than {MAX_BYTES:,} bytes; export the one visit alone")
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        encoding_of(data[:HEAD])
    root = _parsed(data)
    if local_name(root) != "ClinicalDocument":
        raise UnreadableError("this XML is no clinical document (C-CDA); its root element must be ClinicalDocument")
    return root


def local_name(element: Element) -> str:
    """The element's name without its namespace; empty for what is no element, such as a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


class _Bounded:
    """Builds the tree, and stops where it grows too deep or too large."""

    def __init__(self) -> None:
        self._tree = TreeBuilder()
        self._depth = self._elements = 0
        self.data = self._tree.data
        self.close = self._tree.close

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH or self._elements > MAX_ELEMENTS:
            raise UnreadableError("the document is nested too deeply or has too many elements; export the visit alone")
        self._tree.start(tag, attributes)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._tree.end(tag)


def _parsed(data: bytes) -> Element:
    try:
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import XMLParser
    except ModuleNotFoundError:
        raise not_installed("documents") from None
    parser = XMLParser(target=_Bounded(), forbid_dtd=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except DefusedXmlException:
        fault = "the document has a document type or entities, which are not read; export it again without them"
        raise UnreadableError(fault) from None
    except ParseError as broken:
        fault = "this is no complete XML, perhaps it is cut off; export it again"
        raise UnreadableError(f"line {broken.position[0]}: {fault}") from None
    except (LookupError, ValueError) as broken:
        if isinstance(broken, UnreadableError):
            raise
        raise UnreadableError("the document is in an unknown encoding; export it as UTF-8") from None
    return root
