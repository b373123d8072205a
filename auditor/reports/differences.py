"""What of a note is new against an earlier one, word by word; of very long texts sentence by sentence.

White space does not count: a note that is only laid out anew differs in nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Kind = Literal["same", "new", "gone"]

MOST_PAIRS = 150_000
MOST_TOKENS = 8_000
"""Pairs of equal words (or lines), and words (or lines), of two texts up to which they are compared so: beyond it takes
seconds."""
LONGEST_INSIDE = 4_000
"""Characters of two changed stretches of lines up to which they are compared word by word."""
_WORDS = re.compile(r"(?:\w+(?:[./:'’-]\w+)*|[^\w\s])\s*|\s+")
"""A word, date, value (4/10) or sign with the white space after it."""
_LINES = re.compile(r"[^\n.]*(?:\.(?!\s)[^\n.]*)*(?:[.\n]\s*)?")
"""A sentence or a line, with the white space and the empty lines after it."""

Opcode = tuple[bool, int, int, int, int]
"""Whether alike, and from where to where in the earlier and in today's list."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that both texts have (in today's words), that only today's has, or only the earlier one."""

    kind: Kind
    text: str


def differences(earlier: str, today: str) -> tuple[Piece, ...]:
    """The two texts as one row of pieces.

    Returns:
        Pieces of alternating kind, what is gone before what is new in its place. Those of kind ``same`` and ``new``
        joined are today's text, character for character.
    """
    before, after = _tokens(_WORDS, earlier), _tokens(_WORDS, today)
    opcodes = _opcodes(before, after)
    found = _pieces(opcodes, before, after) if opcodes is not None else _by_lines(earlier, today)
    return tuple(_joined(found))


def _tokens(pattern: re.Pattern[str], text: str) -> list[str]:
    """The text in tokens; white space at its beginning goes with the first one."""
    tokens = [token for token in pattern.findall(text) if token]
    if len(tokens) > 1 and tokens[0].isspace():
        tokens[:2] = ["".join(tokens[:2])]
    return tokens


def _opcodes(before: Sequence[str], after: Sequence[str]) -> list[Opcode] | None:
    """What is alike and what is not, white space aside; None where there is too much to compare."""
    old, new = ([" ".join(token.split()) for token in tokens] for tokens in (before, after))
    head, tail = _alike_at_the_ends(old, new)
    old_end, new_end = len(old) - tail, len(new) - tail
    counts = Counter(new[head:new_end])
    pairs = sum(counts[token] for token in old[head:old_end])
    if pairs > MOST_PAIRS or old_end + new_end - 2 * head > MOST_TOKENS:
        return None
    matcher = SequenceMatcher(None, old[head:old_end], new[head:new_end], autojunk=False)
    middle = [(tag == "equal", *(at + head for at in ends)) for tag, *ends in matcher.get_opcodes()]
    return [(True, 0, head, 0, head), *middle, (True, old_end, len(old), new_end, len(new))]  # type: ignore[list-item]


def _alike_at_the_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many tokens are the same at the beginning and, of the rest, at the end."""
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    most -= head
    return head, next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)


def _pieces(opcodes: Sequence[Opcode], before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    for alike, old_from, old_to, new_from, new_to in opcodes:
        if not alike:
            yield Piece("gone", "".join(before[old_from:old_to]))
        yield Piece("same" if alike else "new", "".join(after[new_from:new_to]))


def _by_lines(earlier: str, today: str) -> Iterator[Piece]:
    """Line by line; word by word inside of what changed, where that is short enough."""
    before, after = _tokens(_LINES, earlier), _tokens(_LINES, today)
    opcodes = _opcodes(before, after)
    if opcodes is None:
        yield from (Piece("gone", earlier), Piece("new", today))
        return
    for alike, old_from, old_to, new_from, new_to in opcodes:
        old, new = "".join(before[old_from:old_to]), "".join(after[new_from:new_to])
        if alike:
            yield Piece("same", new)
        else:
            yield from _inside(old, new)


def _inside(old: str, new: str) -> Iterator[Piece]:
    if len(old) + len(new) <= LONGEST_INSIDE:
        before, after = _tokens(_WORDS, old), _tokens(_WORDS, new)
        if opcodes := _opcodes(before, after):
            yield from _pieces(opcodes, before, after)
            return
    yield from (Piece("gone", old), Piece("new", new))


def _joined(found: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece, without empty ones; white space alone is never a difference."""
    told = (Piece("same", piece.text) if piece.kind == "new" and not piece.text.strip() else piece for piece in found)
    kept = (piece for piece in told if piece.text and (piece.kind != "gone" or piece.text.strip()))
    for kind, several in groupby(kept, key=lambda piece: piece.kind):
        yield Piece(kind, "".join(piece.text for piece in several))
