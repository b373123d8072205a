"""Whether characters can be the text of a note at all: what broken fonts and misread scans leave behind."""

MAX_IMPLAUSIBLE = 0.05
"""A larger share of implausible characters than this, and the text is not to be trusted."""
_MARKS = frozenset(" \n\t.,;:!?'\"()[]{}/\\-–—+*=<>%#&@_|~^°º½¼¾²³±µ×•·▪◦…‘’“”→←↑↓≥≤§®™©$€£☐☑☒✓✔")


def implausible_share(text: str) -> float:
    """Share of the characters that are no letter or digit of Europe and no mark of common writing, from 0 to 1."""
    seen = [character for character in text if not character.isspace()]
    return sum(not _plausible(character) for character in seen) / max(len(seen), 1)


def _plausible(character: str) -> bool:
    return character in _MARKS or (character.isalnum() and ord(character) < 0x0530)
