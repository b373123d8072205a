"""Notes without their headings: what a dictation or a run-on note would be, with the headed note as the key to it."""

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.reading.document import KEY, LOOSE, Reading
from auditor.reading.pipeline import Reader
from auditor.reading.plain.text import make_plain
from auditor.reading.sections import find_sections, heading_spans

_TELLING = frozenset(("subjective", "objective", "assessment", "plan", "treatment"))
_FEWEST_HEADINGS = 3
_SHORTEST = 3
"""Characters of a statement."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a note without headings.

    Attributes:
        reading: the note without headings, as the rules read it.
        position: of the sentence in it.
        rules: the zone that the rules give it; empty where they leave it open.
        key: the zone that its heading gives it in the headed note.
    """

    reading: Reading
    position: int
    rules: str
    key: str


def without_headings(text: str) -> str | None:
    """A note with blanks in place of its headings; None where it has too few that tell what stands below."""
    note = make_plain(text)
    names = {section.name for section in find_sections(note.plain)}
    if note.offsets is not None or len(names & _TELLING) < _FEWEST_HEADINGS:
        return None
    for start, end in heading_spans(note.plain):
        blank = "".join("\n" if character == "\n" else " " for character in text[start:end])
        text = text[:start] + blank + text[end:]
    return text


def statements(reader: Reader, text: str) -> Iterator[Statement]:
    """The statements of a headed note without its headings, each with the zone that its heading gave it.

    Args:
        reader: one without models, so that what the rules leave open stays open.
        text: a note.
    """
    bare = without_headings(text)
    if bare is None:
        return
    headed: Reading = reader.doc(text).user_data[KEY]
    reading: Reading = reader.doc(bare).user_data[KEY]
    for position, sentence in enumerate(reading.sentences):
        words = sentence.text.strip()
        if len(words) < _SHORTEST:
            continue
        middle = sentence.start + len(sentence.text) - len(sentence.text.lstrip()) + len(words) // 2
        told = headed.sentence_at(middle)
        if told is not None and told.zone and told.section not in LOOSE:
            yield Statement(reading, position, sentence.zone, told.zone)
