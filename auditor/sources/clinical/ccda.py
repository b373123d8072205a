"""C-CDA: one clinical document in XML is one note.

Source: HL7 CDA Release 2 and the Consolidated CDA templates. Only what a reader sees is taken, the narrative of the
sections; coded entries are left alone, for the narrative is what was signed.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from auditor.sources.build import build
from auditor.sources.clinical.attachment import attached_text, readable_type, shown_text
from auditor.sources.clinical.ccda_header import date_of_service, patient_id, provider, signatures
from auditor.sources.clinical.ccda_narrative import narrative_lines
from auditor.sources.clinical.ccda_xml import document_root
from auditor.sources.clinical.people import one_line
from auditor.sources.clinical.signed import signed_text
from auditor.sources.guard import guarded
from auditor.sources.records import Item, UnreadableError

SECTIONS = "{*}component/{*}structuredBody/{*}component/{*}section"


@guarded
def read_ccda(path: Path, name: str) -> Iterator[Item]:
    """Read a clinical document (C-CDA, .xml) as one encounter with the id ``name``."""
    root = document_root(path)
    fields = {
        "id": name,
        "text": signed_text(_body(root), signatures(root)),
        "date_of_service": date_of_service(root),
        "patient_id": patient_id(root),
        "provider": provider(root),
    }
    yield build(fields, str(path), None, name)


def _body(root: Element) -> str:
    attached = root.find("{*}component/{*}nonXMLBody/{*}text")
    if attached is not None:
        return _attached(attached)
    return "\n\n".join(filter(None, map(_section, root.findall(SECTIONS))))


def _section(section: Element) -> str:
    lines = [_heading(section)]
    text = section.find("{*}text")
    if text is not None:
        lines += narrative_lines(text)
    lines += map(_section, section.findall("{*}component/{*}section"))
    return "\n".join(filter(None, lines)) if any(lines[1:]) else ""


def _heading(section: Element) -> str:
    title, code = section.find("{*}title"), section.find("{*}code")
    written = "" if title is None else one_line("".join(title.itertext()))
    return written or ("" if code is None else one_line(code.get("displayName") or ""))


def _attached(text: Element) -> str:
    media, content = text.get("mediaType") or "text/plain", "".join(text.itertext())
    if text.get("compression"):
        raise UnreadableError("the attachment is compressed; export the note as text/plain")
    if text.get("representation") == "B64":
        return attached_text(media, content)
    return shown_text(readable_type(media), content)
