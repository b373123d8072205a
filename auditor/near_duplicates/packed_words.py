"""The words of a note as bytes, sorted, and how many of them two notes do not have in common.

Sorted words tell a repeat as well as words in order, and give back no sentence. Hashes hardly compress, so they are
kept in four bytes each, not deflated.
"""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Words = NDArray[np.int64]

NEARLY = 0.06
"""Share of other words up to which what must change is repeated in another patient's note."""
MOST_NUMBERS = 3
"""Numbers that may differ: a template filled with other values tells of another patient."""
NUMBERS = 2**31
"""Packed values from here on are numbers of the note; words are smaller, and those of levels are odd."""
_BY_SIZE = {b"4": "<u4", b"8": "<i8"}


def pack(words: Sequence[int]) -> bytes:
    """Words (1 to 2^63 - 1) as bytes; words of a print (1 to 2^32) take four bytes each."""
    import numpy as np

    ordered = np.sort(np.array(words, np.int64)) - 1
    size = b"4" if not len(ordered) or int(ordered[-1]) < 2**32 else b"8"
    return size + ordered.astype(_BY_SIZE[size]).tobytes()


def unpack(packed: bytes) -> "Words":
    """The words of :func:`pack`, sorted.

    Raises:
        ValueError: these bytes are no packed words.
    """
    import numpy as np

    kind = _BY_SIZE.get(packed[:1])
    if kind is None:
        raise ValueError("these bytes are no packed words")
    return np.frombuffer(packed, kind, offset=1).astype(np.int64) + 1


def repeats(note: "Words", other: "Words") -> bool:
    """Whether two notes name the same levels, and numbers of which at most three differ."""
    import numpy as np

    levels = [np.unique(side[_is_level(side)]) for side in (note, other)]
    if not np.array_equal(*levels):
        return False
    numbers = [side[side >= NUMBERS] for side in (note, other)]
    one, two = (Counter(side.tolist()) for side in numbers)
    return max((one - two).total(), (two - one).total()) <= MOST_NUMBERS


def _is_level(packed: "Words") -> "NDArray[np.bool_]":
    odd: NDArray[np.bool_] = (packed < NUMBERS) & (packed % 2 == 1)
    return odd


def shares(note: "Words", others: Sequence["Words"]) -> list[float]:
    """The share of words that only one of two notes has, of all words of both, for each of the others.

    A word that both have several times is common as often as both have it. "All words of both" is twice the number of
    words of the longer one.

    Args:
        note: sorted words, at least one.
        others: sorted words, at least one each.
    """
    import numpy as np

    if not others:
        return []
    lengths = np.array([len(other) for other in others])
    begins = np.cumsum(lengths) - lengths
    words = np.concatenate(others)
    there = np.searchsorted(note, words, "right") - np.searchsorted(note, words, "left")
    common = np.add.reduceat((_earlier_equals(words, begins) < there).astype(np.int64), begins)
    only_one = len(note) + lengths - 2 * common
    return list((only_one / (2 * np.maximum(lengths, len(note)))).tolist())


def _earlier_equals(words: "Words", begins: "NDArray[np.int64]") -> "NDArray[np.int64]":
    """How many equal words of the same note stand before each."""
    import numpy as np

    first = np.ones(len(words), np.bool_)
    first[1:] = words[1:] != words[:-1]
    first[begins] = True
    places = np.arange(len(words))
    begun: NDArray[np.int64] = np.maximum.accumulate(np.where(first, places, 0))
    return places - begun
