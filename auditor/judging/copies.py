"""Which earlier note today's repeats, and how much of it is new (rulebook §13, cloned note; verdicts §3.4)."""

from dataclasses import dataclass

from auditor.judging.case import Case, EarlierFacts, once
from auditor.judging.comparison import Novelty, Repeat, novelty, other_facts, repeat

_WORST_FIRST = (Repeat.COPY, Repeat.NUMBER, Repeat.NEARLY, Repeat.NO)


@dataclass(frozen=True, slots=True)
class Likeness:
    """An earlier note, how today's repeats it, and what is new against it."""

    note: EarlierFacts
    repeat: Repeat
    novelty: Novelty


@once
def most_alike(case: Case) -> Likeness | None:
    """The earlier note that today's repeats most; of several alike the newest. None where there is none."""
    found = [
        Likeness(note, _repeat(case, note), novelty(case.facts.print, note.facts.print))
        for note in reversed(case.earlier)
    ]
    return min(found, key=lambda item: (_WORST_FIRST.index(item.repeat), item.novelty.whole), default=None)


def _repeat(case: Case, note: EarlierFacts) -> Repeat:
    return repeat(case.facts.print, note.facts.print, other_facts=other_facts(case.facts, note.facts))


def copied_from(case: Case) -> EarlierFacts | None:
    """The earlier note of which today's is a copy."""
    alike = most_alike(case)
    return alike.note if alike and alike.repeat is Repeat.COPY else None
