"""The header of an X12 interchange (ISA), which names the delimiters of all that follows."""

from dataclasses import dataclass

ISA_ELEMENTS = 16
LONGEST_HEADER = 400
"""An ISA segment has 106 characters; some writers pad it otherwise, so more are looked at."""
REPETITION_ELEMENT = 11
BLANK = " \t\n\r\v\f"
"""White space that no delimiter is, save the newline that ends segments; 1C to 1F hex may part elements."""
NO_X12 = "this is no X12 file, for it does not begin with ISA; give an 837P or 835 file as the clearing house has it"
BAD_HEADER = "the ISA header does not name its delimiters as X12 does; export the file again"


class HeaderError(ValueError):
    """A header that names no delimiters; the message says so and never quotes it."""


@dataclass(frozen=True, slots=True)
class Delimiters:
    """The four characters that part an interchange."""

    element: str
    component: str
    segment: str
    repetition: str


def delimiters_of(text: str) -> Delimiters:
    """The delimiters of the interchange that begins with ``text``, its header padded or not.

    Raises:
        HeaderError: it begins with no ISA, or its delimiters cannot be told apart.
    """
    if not begins_interchange(text):
        raise HeaderError(NO_X12)
    element = text[3]
    parts = text[:LONGEST_HEADER].split(element, ISA_ELEMENTS)
    if len(parts) <= ISA_ELEMENTS or len(parts[ISA_ELEMENTS]) < 2:
        raise HeaderError(BAD_HEADER)
    component, segment = parts[ISA_ELEMENTS][0], parts[ISA_ELEMENTS][1]
    if not _parts_well(element, component, segment) or any(segment in part for part in parts[:ISA_ELEMENTS]):
        raise HeaderError(BAD_HEADER)
    return Delimiters(element, component, segment, _repetition(parts[REPETITION_ELEMENT], element + component))


def begins_interchange(text: str) -> bool:
    """Whether an ISA segment begins here."""
    return len(text) > 3 and text.startswith("ISA") and not (text[3].isalnum() or text[3] in BLANK)


def _parts_well(element: str, component: str, segment: str) -> bool:
    if len({element, component, segment}) < 3:
        return False
    return not (component.isalnum() or component in BLANK or segment.isalnum() or segment in " \t")


def _repetition(part: str, others: str) -> str:
    """The repetition separator; ``^`` where an older header has a letter there."""
    sign = part[:1]
    return "^" if not sign or sign.isalnum() or sign in BLANK or sign in others else sign
