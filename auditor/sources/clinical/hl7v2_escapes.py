"""Escape sequences of HL7 version 2 as the characters they stand for.

Source: HL7 version 2.5.1, section 2.7. What is no sequence of the standard stays as it is, backslashes too, for senders
forget to escape them and what stands between two of them is text of the note.
"""

import re
from functools import lru_cache

from auditor.sources.clinical.hl7v2_segments import Delimiters
from auditor.sources.decoding import LENIENT

MOST_BLANKS = 20
"""Blanks or lines that one sequence may ask for."""


def unescaped(text: str, by: Delimiters) -> str:
    """The text with its escape sequences resolved: line commands as newlines, delimiters, and bytes in hexadecimal."""
    if by.escape not in text:
        return text
    characters = {"F": by.field, "S": by.component, "R": by.repetition, "E": by.escape, "T": by.subcomponent}
    return _pattern(by.escape).sub(lambda found: _meaning(found[1], characters), text)


@lru_cache(maxsize=16)
def _pattern(escape: str) -> re.Pattern[str]:
    mark = re.escape(escape)
    layout = r"\.(?:br|fi|nf|ce)|\.(?:sp|sk|in|ti)\s?[+-]?[0-9]{0,4}"
    return re.compile(rf"{mark}([FSRETHN]|{layout}|X(?:[0-9A-Fa-f]{{2}})+){mark}")


def _meaning(sequence: str, characters: dict[str, str]) -> str:
    if sequence in characters:
        return characters[sequence]
    if sequence.startswith("X"):
        return bytes.fromhex(sequence[1:]).decode("utf-8", LENIENT)
    count = min(int(re.sub("[^0-9]", "", sequence) or 1), MOST_BLANKS)
    match sequence[:3]:
        case ".br" | ".ce":
            return "\n"
        case ".sp":
            return "\n" * count
        case ".sk":
            return " " * count
        case _:
            return ""
