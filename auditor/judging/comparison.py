"""How much of a note is new against an earlier one, and whether it repeats it (rulebook §13; verdicts §3.4).

Works on prints, which hold no text. Order of words and sentences does not matter for telling a copy.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from auditor.facts import Facts, NotePrint, Role

FEWEST_OF_A_COPY = 6
"""Words that say something which a note must have before it can be called a copy."""
FEWEST_OF_A_REPEAT = 18
"""The same for what must change: terse notes of honest visits are alike."""
MOST_NUMBERS = 3
"""Values that may differ in a note of which only a number changed."""
COSMETIC = 0.02
"""Share of other words up to which a note without another fact is the same note."""
REWORDED = 0.16
"""Share of other words up to which what must change is repeated in other words, where no figure and hardly a fact is
another. Found on pairs of one writer, tried on those of another (corpora/cloning)."""
REWORDED_WITH_A_NUMBER = 0.11
"""The same where one number stands in one of them only."""
MOST_FACTS = 2
"""Kinds of facts that may be read otherwise in a note that says the same in other words."""


_MOST_COUNTED = 4_096
"""Parts of prints whose counts are kept."""


class Repeat(StrEnum):
    """How one note repeats another."""

    COPY = "copy"
    NUMBER = "number"
    """A copy but for one or two values."""
    NEARLY = "nearly"
    """What must change is repeated, or all but."""
    NO = "no"


@dataclass(frozen=True, slots=True)
class Novelty:
    """Share of a note that an earlier one does not have, 0 to 1: in all, of what must change, of what may stay."""

    whole: float
    must: float
    stay: float


def novelty(today: NotePrint, earlier: NotePrint) -> Novelty:
    """The share of neighbouring words of today's note that do not stand side by side in the earlier one."""
    must, must_all = _new_pairs(today.must, earlier.must + earlier.stay)
    stay, stay_all = _new_pairs(today.stay, earlier.stay + earlier.must)
    return Novelty(_share(must + stay, must_all + stay_all), _share(must, must_all), _share(stay, stay_all))


def _new_pairs(today: Sequence[int], earlier: Sequence[int]) -> tuple[int, int]:
    known = Counter(zip((0, *earlier), earlier, strict=False))
    pairs = Counter(zip((0, *today), today, strict=False))
    return (pairs - known).total(), pairs.total()


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


@dataclass(frozen=True, slots=True)
class _Counted:
    """A text's hashes, counted once however many notes it is compared with."""

    items: Counter[int]
    levels: frozenset[int]
    words: int


@dataclass(frozen=True, slots=True)
class _Difference:
    """What only one of two texts has; ``size`` is the longer one's number of words."""

    words: int
    numbers: int
    levels: bool
    size: int

    @property
    def share(self) -> float:
        """Other words as a share of both texts."""
        return self.words / (2 * self.size) if self.size else 0.0


@lru_cache(maxsize=_MOST_COUNTED)
def _counted(part: tuple[int, ...]) -> _Counted:
    items = Counter(part)
    levels = frozenset(item for item in items if item > 0 and item % 2)
    return _Counted(items, levels, sum(item > 0 for item in part))


def _difference(one: tuple[int, ...], other: tuple[int, ...]) -> _Difference:
    first, second = _counted(one), _counted(other)
    size = max(first.words, second.words)
    if one == other:
        return _Difference(0, 0, levels=False, size=size)
    sides = first.items - second.items, second.items - first.items
    words = sum(count for side in sides for item, count in side.items() if item > 0)
    numbers = max(sum(count for item, count in side.items() if item < 0) for side in sides)
    return _Difference(words, numbers, first.levels != second.levels, size)


def in_common(today: NotePrint, earlier: NotePrint) -> int:
    """How many different words, levels and numbers two notes share: the more, the more alike."""
    one, other = (_counted(note.must + note.stay).items.keys() for note in (today, earlier))
    return len(one & other)


def repeat(today: NotePrint, earlier: NotePrint, *, other_facts: Callable[[], int]) -> Repeat:
    """How a note repeats an earlier one.

    Args:
        today: print of the note.
        earlier: print of the other one.
        other_facts: tells in how many kinds of facts the two differ, as :func:`other_facts` counts them; asked for only
            where the words leave it open.
    """
    if _hardly_alike(today, earlier):
        return Repeat.NO
    whole = _difference(today.must + today.stay, earlier.must + earlier.stay)
    must, stay = _difference(today.must, earlier.must), _difference(today.stay, earlier.stay)
    if whole.size < FEWEST_OF_A_COPY or min(whole.share, must.share) > REWORDED or must.levels:
        return Repeat.NO
    if not whole.numbers and (whole.words == 0 or (whole.share <= COSMETIC and not other_facts())):
        return Repeat.COPY
    if must.size < FEWEST_OF_A_REPEAT or (facts := other_facts()) > MOST_FACTS:
        return Repeat.NO
    if (_only_numbers(whole) and not whole.levels) or (facts == 0 and _only_numbers(must) and stay.share <= REWORDED):
        return Repeat.NUMBER
    return Repeat.NEARLY if any(_reworded(part) for part in (must, whole)) else Repeat.NO


def _hardly_alike(today: NotePrint, earlier: NotePrint) -> bool:
    """Whether so few different words are shared that no repeat is possible: told at little cost of most pairs."""
    return all(
        2 * len(one.keys() & other.keys()) < max(len(one), len(other))
        for one, other in (
            (_counted(today.must).items, _counted(earlier.must).items),
            (_counted(today.must + today.stay).items, _counted(earlier.must + earlier.stay).items),
        )
    )


def _only_numbers(part: _Difference) -> bool:
    return 0 < part.numbers <= MOST_NUMBERS and part.share <= COSMETIC


def _reworded(part: _Difference) -> bool:
    """Whether hardly a word and no figure is another; in other words a figure may be written otherwise ("1 wk")."""
    return part.share <= (REWORDED if part.numbers == 0 else REWORDED_WITH_A_NUMBER if part.numbers == 1 else 0.0)


def other_facts(today: Facts, earlier: Facts) -> int:
    """In how many kinds of facts two notes differ, numbers left aside: findings, places, change, what is normal."""
    return sum(one != other for one, other in zip(_facts(today), _facts(earlier), strict=True))


def _facts(facts: Facts) -> tuple[frozenset[object], ...]:
    return (
        frozenset((item.criterion, item.regions, item.levels) for item in facts.part),
        frozenset((item.role, item.regions, item.levels) for item in facts.mentions if item.role in _TELLING),
        frozenset(item.direction for item in facts.changes),
        frozenset(region for region, _ in facts.normal),
        frozenset((item.instrument, item.region) for item in facts.measures),
    )


_TELLING = (Role.COMPLAINT, Role.FINDING, Role.TREATED, Role.DECLINED)
