"""The text of a FHIR DocumentReference (its attachment) and of a Composition (the narrative of its sections)."""

import re
from html import unescape
from typing import Any

from auditor.sources.clinical.attachment import HTML, PLAIN, attached_text, media_type, readable_type, shown_text
from auditor.sources.clinical.fhir_values import Resource, at, objects, words
from auditor.sources.clinical.people import one_line
from auditor.sources.documents.limits import Length
from auditor.sources.records import UnreadableError

MAX_NESTING = 20
"""Sections inside each other."""
_TAG = re.compile("<[^<>]*>")


def attachment_text(document: Resource) -> str:
    """The text of a DocumentReference: its plain text, else its HTML; other forms of the same note are left out.

    Raises:
        UnreadableError: there is no attachment with its data, or none of a kind that can be read.
    """
    attachments = [at(content, "attachment") for content in objects(document, "content")]
    filled = [attachment for attachment in attachments if at(attachment, "data") is not None]
    if not filled:
        raise UnreadableError("the attachment has no data, at most a link; export the note together with its content")
    best = min(filled, key=_rank)
    alike = {str(at(attachment, "data")) for attachment in filled if _rank(attachment) == _rank(best)}
    if len(alike) > 1:
        raise UnreadableError("there are several attachments of one kind, perhaps parts of one note; export it as one")
    media, data = at(best, "contentType"), at(best, "data")
    if not isinstance(media, str) or not isinstance(data, str):
        raise UnreadableError("fields attachment.contentType and attachment.data must be text; export the note again")
    return attached_text(readable_type(media), data)


def _rank(attachment: Any) -> int:  # noqa: ANN401 - any JSON value
    media = media_type(words(attachment, "contentType") or "")
    return 0 if media in PLAIN else 1 if media in HTML else 2


def composition_text(composition: Resource) -> str:
    """The sections of a Composition, each with its title as a heading, nested ones after their own text.

    Raises:
        UnreadableError: they are nested too deeply, or too long.
    """
    length = Length()
    return "\n\n".join(filter(None, (_section(section, 1, length) for section in objects(composition, "section"))))


def _section(section: Resource, depth: int, length: Length) -> str:
    if depth > MAX_NESTING:
        raise UnreadableError(f"sections are nested more than {MAX_NESTING} deep; export the document again")
    title, markup = words(section, "title"), words(section, "text", "div")
    body = [_narrative(markup, length)] if markup else []
    body += [_section(inner, depth + 1, length) for inner in objects(section, "section")]
    heading = one_line(title or words(section, "code", "text") or "")
    return "\n".join(filter(None, [heading, *body])) if any(body) else ""


def _narrative(markup: str, length: Length) -> str:
    """The text of a narrative; empty for one that holds nothing but elements, as generators leave them."""
    length.add(len(markup))
    if not any(map(str.isalnum, unescape(_TAG.sub("", markup)))):
        return ""
    return shown_text("text/html", markup).strip("\n")
