"""HL7 version 2 cut into messages, segments and fields by the delimiters that each message names itself.

Source: HL7 version 2.5.1, chapter 2 (encoding rules, batch protocol, minimal lower layer protocol). Written here and
not taken from the library ``hl7``: that builds an object for each component (a megabyte of ``^`` takes twelve seconds
and 450 MB), and its ``unescape`` drops words between two stray backslashes and writes them into the log.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from auditor.sources.records import UnreadableError

MAX_MESSAGE_CHARACTERS = 4_000_000
"""Longest message; the longest note in base64 has a fourth of that."""
MAX_SEGMENTS = 20_000
"""Segments of one message; a note has one for each of its lines at most."""
_PIECE = re.compile("[^\r\n\x0b\x1c]+")
_SEGMENT = re.compile(r"[A-Z][A-Z0-9]{2}")
_KNOWN = frozenset(
    (
        *("MSH", "EVN", "PID", "PD1", "NK1", "PV1", "PV2", "ORC", "OBR", "OBX", "NTE", "TXA", "CON", "DSC", "ADD"),
        *("AL1", "DG1", "PR1", "GT1", "IN1", "IN2", "IN3", "ACC", "UB1", "UB2", "FT1", "CTD", "TQ1", "TQ2", "SPM"),
        *("SAC", "PRT", "ROL", "PDA", "DB1", "ARV", "UAC", "SFT", "FHS", "BHS", "BTS", "FTS", "MSA", "ERR", "QAK"),
        *("QRD", "QRF", "QPD", "CTI", "MRG", "IAM"),
    )
)
"""Segments of messages of documents and results; others begin with Z."""
_FRAME = re.compile(r"\s*(?:MSH|FHS|BHS|BTS|FTS)(?![A-Za-z0-9])")
"""What begins a message, or begins or ends a batch or file of them."""
_STANDARD = "^~\\&"


@dataclass(frozen=True, slots=True)
class Delimiters:
    """The characters between the parts of a message, and the one that begins and ends an escape sequence."""

    field: str
    component: str
    repetition: str
    escape: str
    subcomponent: str


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment; fields are counted as the standard counts them."""

    line: str
    by: Delimiters

    @property
    def name(self) -> str:
        """Its name, such as OBX."""
        return self.line[:3]

    def field(self, number: int) -> str:
        """A field as it stands there; empty where it is missing."""
        if self.name == "MSH":
            number -= 1
        if number == 0:
            return self.by.field
        fields = self.line.split(self.by.field, number + 1)
        return fields[number] if number < len(fields) else ""

    def repetitions(self, number: int) -> list[str]:
        """The repetitions of a field; one that is empty for an empty field."""
        return self.field(number).split(self.by.repetition)

    def components(self, number: int) -> list[str]:
        """The components of the first repetition of a field."""
        return self.repetitions(number)[0].split(self.by.component)


Message = list[Segment]


def messages(text: str) -> Iterator[Message | UnreadableError]:
    """The messages of a file, whatever ends a segment; what frames them is left out.

    A line that begins with no segment's name goes on with the field before it: some senders put bare line ends there.
    A message that cannot be read comes out as the fault that it has.
    """
    lines: list[list[str]] = []
    for found in _PIECE.finditer(text.replace("\ufeff", "")):
        line = found[0]
        if _FRAME.match(line):
            if lines:
                yield _message(lines)
            lines = [[line.lstrip()]] if line.lstrip().startswith("MSH") else []
        elif lines and not (_is_segment(line) and line[3:4] == lines[0][0][3:4]):
            lines[-1].append(line)
        elif lines and len(lines) <= MAX_SEGMENTS:
            lines.append([line])
    if lines:
        yield _message(lines)


def _is_segment(line: str) -> bool:
    """Whether a line begins with a segment's name; "ROM|40" in the middle of a text does not."""
    return bool(_SEGMENT.match(line)) and (line[:3] in _KNOWN or line[0] == "Z")


def _message(lines: list[list[str]]) -> Message | UnreadableError:
    if len(lines) > MAX_SEGMENTS:
        return UnreadableError(f"the message has more than {MAX_SEGMENTS:,} segments; send the note alone")
    if sum(map(len, chain.from_iterable(lines))) > MAX_MESSAGE_CHARACTERS:
        return UnreadableError(f"the message is longer than {MAX_MESSAGE_CHARACTERS:,} characters; send the note alone")
    by = _delimiters(lines[0][0])
    if by is None:
        return UnreadableError("segment MSH does not name its delimiters, which are usually |^~\\&; export it again")
    return [Segment("\n".join(line), by) for line in lines]


def _delimiters(header: str) -> Delimiters | None:
    """The delimiters that MSH-1 and MSH-2 name; those that MSH-2 leaves out are the standard's."""
    field = header[3:4]
    given = header[4:].partition(field)[0] if field else ""
    four = given[:4] + _STANDARD[len(given) :]
    marks = {field, *four}
    if not given or len(given) > 5 or len(marks) < 5 or any(map(_no_mark, marks)):
        return None
    return Delimiters(field, *four)


def _no_mark(character: str) -> bool:
    return character.isalnum() or character.isspace() or not character.isprintable()
