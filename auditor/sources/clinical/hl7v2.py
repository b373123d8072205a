"""HL7 version 2: messages of documents (MDM) and results (ORU), one or many in a file, in any frame."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from auditor.sources.build import build
from auditor.sources.clinical.hl7v2_notes import note_fields, reports
from auditor.sources.clinical.hl7v2_segments import Message, messages
from auditor.sources.decoding import open_text
from auditor.sources.guard import guarded
from auditor.sources.records import MAX_RECORD_CHARACTERS, Item, Rejected, UnreadableError, printable, reject

MAX_MESSAGES = 20_000


@guarded
def read_hl7v2(path: Path, name: str) -> Iterator[Item]:
    """Read HL7 version 2 messages (.hl7). Notes are called ``name``; of many, with the number of message and report."""
    with open_text(path, newline="") as stream:
        text = stream.read(MAX_RECORD_CHARACTERS + 1)
    if len(text) > MAX_RECORD_CHARACTERS:
        raise UnreadableError(f"the file is longer than {MAX_RECORD_CHARACTERS:,} characters; split it by messages")
    found = messages(text)
    first = list(islice(found, 2))
    for number, message in enumerate(chain(first, found), 1):
        if number > MAX_MESSAGES:
            raise UnreadableError(f"only the first {MAX_MESSAGES:,} messages were read; split the file")
        for item in _items(message, f"{path}, message {number}", name if len(first) == 1 else f"{name}-{number}"):
            yield replace(item, source=printable(str(path))) if isinstance(item, Rejected) else item
    if not first:
        raise UnreadableError("there is no segment MSH, with which every HL7 version 2 message begins; export it again")


def _items(message: Message | UnreadableError, source: str, name: str) -> Iterator[Item]:
    """The notes of one message; each fault becomes a rejection."""
    try:
        if isinstance(message, UnreadableError):
            raise message
        found = list(reports(message))
        if not found:
            raise UnreadableError("the message has no segment OBR or OBX, and so no text; send it with its text")
    except UnreadableError as fault:
        yield reject(source, None, str(fault))
        return
    for place, report in enumerate(found, 1):
        here, number = (source, name) if len(found) == 1 else (f"{source}, report {place}", f"{name}-{place}")
        try:
            yield build(note_fields(report), here, None, number)
        except UnreadableError as fault:
            yield reject(here, None, str(fault))
