"""Texts that another format carries in base64: plain text and HTML are read, everything else is refused by its kind."""

import base64
import binascii
import io
import re

from auditor.sources.decoding import read_text, too_long
from auditor.sources.records import MAX_NOTE_BYTES, UnreadableError

PLAIN = frozenset({"text/plain"})
HTML = frozenset({"text/html", "application/xhtml+xml"})
KINDS = {
    "application/pdf": "a PDF document",
    "application/rtf": "an RTF document",
    "application/msword": "a Word document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "a Word document",
    "application/xml": "an XML document",
    "application/hl7-v3+xml": "an XML document",
    "text/rtf": "an RTF document",
    "text/xml": "an XML document",
}
MAX_SECONDS = 5.0
"""Longest time for the HTML of one attachment or narrative, of which a file may have many."""
LONGEST_BASE64 = 2 * MAX_NOTE_BYTES
"""Characters of base64, line breaks among them, that are decoded; three bytes take four characters."""


def media_type(value: str) -> str:
    """The media type alone, in small letters: "Text/Plain; charset=utf-8" is "text/plain"."""
    return value.partition(";")[0].strip().lower()


def attached_text(media: str, data: str) -> str:
    """The text of an attachment in base64.

    Args:
        media: its media type, as it is given.
        data: its bytes in base64; white space between is left out.

    Raises:
        UnreadableError: it is of another kind, too long, empty, or no base64.
    """
    media = readable_type(media)
    if len(data) > LONGEST_BASE64:
        raise UnreadableError(too_long())
    try:
        content = base64.b64decode(re.sub(r"\s+", "", data), validate=True)
    except (binascii.Error, ValueError):
        raise UnreadableError("the attachment is no complete base64, perhaps it is cut off; export it again") from None
    return shown_text(media, read_text(io.BytesIO(content)))


def readable_type(media: str) -> str:
    """The media type, where its text can be read.

    Raises:
        UnreadableError: it cannot.
    """
    media = media_type(media)
    if media not in PLAIN | HTML:
        kind = KINDS.get(media) or ("a picture" if media.startswith("image/") else "of another kind than text")
        raise UnreadableError(f"the attachment is {kind}; export the note as text/plain or text/html")
    return media


def shown_text(media: str, text: str) -> str:
    """The text that a reader sees: HTML without its markup, plain text as it is."""
    if media in HTML:
        from auditor.sources.documents.html import html_text

        return html_text(text, MAX_SECONDS)
    return text
