"""People in the fields of HL7 version 2: the provider of a document, and who authenticated it and when.

Source: HL7 version 2.5.1, data types XCN, PPN and NDL: identifier, family name, given name, further names, suffix,
prefix, degree; PPN has the time in its fifteenth component.
"""

from auditor.sources.clinical.days import day_of
from auditor.sources.clinical.hl7v2_escapes import unescaped
from auditor.sources.clinical.hl7v2_segments import Segment
from auditor.sources.clinical.people import full_name
from auditor.sources.clinical.signed import signature_line

AUTHENTICATED = frozenset({"AU", "LA"})
"""Document completion status (table 0271): authenticated, legally authenticated."""
TIME = 14
MOST_SIGNERS = 20


def provider(document: Segment | None, order: Segment | None) -> str | None:
    """Who did the activity or wrote the document (TXA-5, TXA-9), else who interpreted the result (OBR-32)."""
    fields = [(document, 5), (document, 9), (order, 32)]
    return next((name for segment, field in fields if segment and (name := _first_name(segment, field))), None)


def signatures(document: Segment | None) -> list[str]:
    """A line for each person that authenticated the document (TXA-22), where its status (TXA-17) says so."""
    if document is None or document.field(17).strip() not in AUTHENTICATED:
        return []
    lines = []
    for person in document.repetitions(22)[:MOST_SIGNERS]:
        components = person.split(document.by.component)
        if name := _name(components, document):
            lines.append(signature_line(name, day_of(components[TIME]) if len(components) > TIME else None))
    return lines


def _first_name(segment: Segment, field: int) -> str | None:
    """The name in a field; OBR-32 may have it as subcomponents of its first component (NDL), or as components."""
    components = segment.components(field)
    if segment.by.subcomponent in components[0]:
        components = components[0].split(segment.by.subcomponent)
    return _name(components, segment)


def _name(components: list[str], segment: Segment) -> str | None:
    parts = [unescaped(part.split(segment.by.subcomponent)[0], segment.by) for part in components[:7]]
    _, family, given, middle, suffix, _, degree = [*parts, *[""] * (7 - len(parts))]
    return full_name([given, middle], family, [suffix, degree])
