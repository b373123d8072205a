"""Min-hashes of a note's words: notes that are nearly alike share at least one of their keys, others hardly ever.

96 min-hashes over the set of neighbouring pairs of words, cut into 12 bands of 8 (Leskovec, Rajaraman, Ullman, Mining
of Massive Datasets, §3.3 and §3.4). Two notes with the share j of their pairs in common share a band with the chance
1 - (1 - j^8)^12: 0.5 at j = 0.70, 0.89 at 0.80, 0.999 at 0.90. Numbers stand in no pair, because a value may differ in
a note that is copied otherwise. All is arithmetic modulo 2^64 with constants that follow from one seed, so the keys are
the same in every process and on every machine.
"""

from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from auditor.facts import NotePrint

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint64]

BANDS = 12
ROWS = 8
FEWEST_WORDS = 18
"""Words of what must change that a note needs: terse notes of honest visits are alike."""
_SEED = 0x5EED_0F_0DD5
_STEP = 0x9E37_79B9_7F4A_7C15
_FIRST, _SECOND = 0xBF58_476D_1CE4_E5B9, 0x94D0_49BB_1331_11EB
"""Constants of SplitMix64 (Steele, Lea, Flood 2014)."""
_MOST = 2**64 - 1
_AT_ONCE = 256
"""Notes whose pairs are hashed at once: about 12 MB."""


def words_of(note_print: NotePrint) -> list[int]:
    """The words of what must change, in order, without numbers."""
    return [item for item in note_print.must if item > 0]


def keys(note_print: NotePrint) -> tuple[int, ...] | None:
    """The 12 keys of a print, from 0 to 2^64 - 1; None where it has fewer than 18 words of what must change."""
    words = words_of(note_print)
    return tuple(keys_of([words])[0].tolist()) if len(words) >= FEWEST_WORDS else None


def keys_of(notes: Sequence[Sequence[int]]) -> "Numbers":
    """The keys of many notes at once.

    Args:
        notes: the words of each note in order, as :func:`words_of` gives them; at least two words each.

    Returns:
        One row of 12 keys for each note.
    """
    import numpy as np

    if not notes:
        return np.empty((0, BANDS), np.uint64)
    blocks = (notes[begin : begin + _AT_ONCE] for begin in range(0, len(notes), _AT_ONCE))
    return np.concatenate([_banded(_least(block)) for block in blocks])


def _least(notes: Sequence[Sequence[int]]) -> "Numbers":
    """The min-hashes of notes: one row for each of the 96 hashes, one column a note."""
    import numpy as np

    lengths = np.array([len(words) for words in notes])
    ends = np.cumsum(lengths)
    words = np.fromiter(chain.from_iterable(notes), np.uint64, int(ends[-1]))
    pairs = _mixed(words[:-1] * np.uint64(_FIRST) + words[1:])
    pairs = np.delete(pairs, ends[:-1] - 1)  # the last word of a note and the first of the next are no pair
    factors, addends = _constants()
    least: Numbers = np.minimum.reduceat(pairs * factors + addends, ends - lengths - np.arange(len(lengths)), axis=1)
    return least


def _banded(least: "Numbers") -> "Numbers":
    """The keys of bands: all min-hashes of a band made one number, with the place of the band."""
    import numpy as np

    # Weights are odd, so bands that differ in one row never have the same sum, others hardly ever.
    weighted = (least * _constants()[0]).reshape(BANDS, ROWS, -1)
    places = np.arange(1, BANDS + 1, dtype=np.uint64)[:, None] * np.uint64(_STEP)
    return np.ascontiguousarray(_mixed(weighted.sum(axis=1, dtype=np.uint64) + places).T)


def _mixed(numbers: "Numbers") -> "Numbers":
    """Every number spread over all 64 bits (the finish of SplitMix64)."""
    import numpy as np

    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(_FIRST)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(_SECOND)
    return numbers ^ (numbers >> np.uint64(31))


@cache
def _constants() -> tuple["Numbers", "Numbers"]:
    """Factors (odd) and addends of the 96 hashes, as columns."""
    import numpy as np

    places = range(1, 2 * BANDS * ROWS + 1)
    drawn = _mixed(np.array([(_SEED + _STEP * place) & _MOST for place in places], np.uint64))
    return drawn[::2, None] | np.uint64(1), drawn[1::2, None]
