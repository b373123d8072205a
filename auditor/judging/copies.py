"""Which earlier note today's repeats, and how much of it is new (rulebook §13, cloned note; verdicts §3.4)."""

from dataclasses import dataclass

from auditor.judging.case import Case, EarlierFacts, once
from auditor.judging.comparison import Novelty, Repeat, in_common, novelty, other_facts, repeat

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
    found = [(_repeat(case, note), note) for note in reversed(case.earlier)]
    if not found:
        return None
    kind, note = min(found, key=lambda pair: (_WORST_FIRST.index(pair[0]), -_in_common(case, pair[1])))
    return Likeness(note, kind, novelty(case.facts.print, note.facts.print))


def _in_common(case: Case, note: EarlierFacts) -> int:
    return in_common(case.facts.print, note.facts.print)


def _repeat(case: Case, note: EarlierFacts) -> Repeat:
    facts = case.facts, note.facts
    return repeat(case.facts.print, note.facts.print, other_facts=lambda: other_facts(*facts))


def copied_from(case: Case) -> EarlierFacts | None:
    """The earlier note of which today's is a copy."""
    alike = most_alike(case)
    return alike.note if alike and alike.repeat is Repeat.COPY else None
