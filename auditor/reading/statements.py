"""What kind of statement a sentence is, where no heading tells: what the words leave open, a model answers.

Rules answer first (``sections.assign_zones``). Only in a note without headings, and only for a sentence that they leave
open, the model is asked; where it is not sure enough, the sentence stays open. A bare list of levels ("C2 supine, T4 prone")
that the model is sure to be the treatment reads as if it stood under that heading; where it is less than sure, its regions
are possible, which never raises a code and asks for a human.
"""

import re
from itertools import pairwise

from auditor.models import LinearModel
from auditor.reading.document import LOOSE, Reading, Refined, Sentence

_WORD = re.compile(r"[a-z']+|\d+|[^\s\w]")
_MOST_WORDS = 40
_PARTS = 6
"""The note is cut into so many parts to tell where in it a sentence stands."""
_HEADINGS = frozenset(("subjective", "objective", "assessment", "plan", "treatment"))
_TREATMENT = "T"
_LEFT_TO_RULES = frozenset((_TREATMENT, "P", "X"))
"""A plan is left to the rules too: three times a week may be how often somebody climbs."""
_MOSTLY_PLACES = 0.4
"""Share of a sentence's letters that name places: from there on it is a bare list."""
_LEAST_POSSIBLE = 0.5
"""Probability from which on a list of levels may be the treatment."""


def features(reading: Reading, position: int) -> list[str]:
    """The features of a sentence: its words, what the vocabulary knows in it, where it stands, its neighbours' zones.

    Args:
        reading: the note, with zones as the rules give them.
        position: of the sentence among the note's.
    """
    sentence = reading.sentences[position]
    words = ["#" if word.isdigit() else word for word in _WORD.findall(sentence.lowered)[:_MOST_WORDS]]
    found = {f"word {word}" for word in words}
    found |= {f"pair {one} {other}" for one, other in pairwise(words)}
    for concept in sentence.concepts:
        modifier = concept.family == "context"
        found.add(f"over {concept.entry.criterion}" if modifier else f"known {concept.family} {concept.kind}")
    if any(concept.levels for concept in sentence.of("place")):
        found.add("levels")
    found.add(f"part {_PARTS * sentence.start // max(1, len(reading.plain))}")
    found.add(f"before {reading.sentences[position - 1].zone if position else '^'}")
    last = position + 1 == len(reading.sentences)
    found.add(f"behind {'$' if last else reading.sentences[position + 1].zone}")
    return sorted(found)


def leaves_open(reading: Reading) -> bool:
    """Whether a note has none of the headings that tell what kind of statement stands below them."""
    return not _HEADINGS & {section.name for section in reading.sections}


def refine(reading: Reading, model: LinearModel) -> None:
    """Give the sentences that the rules leave open the zone that the model is sure of."""
    answers: list[tuple[Sentence, Refined]] = []
    for position, sentence in enumerate(reading.sentences):
        if sentence.zone or sentence.section not in LOOSE or not sentence.text.strip():
            continue
        answer, probability = model.answer(features(reading, position))
        refined = Refined(answer, model.name, probability)
        if answer == _TREATMENT and _lists_levels(sentence):
            if probability >= model.threshold:
                sentence.section = "treatment"
                answers.append((sentence, refined))
            elif probability >= _LEAST_POSSIBLE:
                reading.maybe_treated.append((sentence, refined))
        elif probability >= model.threshold and answer not in _LEFT_TO_RULES:
            answers.append((sentence, refined))
    for sentence, refined in answers:
        sentence.zone = refined.answer
        reading.refined[sentence.start] = refined


def _lists_levels(sentence: Sentence) -> bool:
    """Whether a sentence lists levels, bare or with how they were adjusted, and tells nothing else of them."""
    if sentence.has("context") or any(found.entry.clear for found in sentence.of("finding")):
        return False
    acts = sentence.of("act")
    if any(act.kind in ("other", "therapy") for act in acts):
        return False
    places = [place for place in sentence.of("place") if place.levels]
    named = sum(place.end - place.start for place in places)
    letters = sum(character.isalnum() for character in sentence.text)
    return bool(places) and (bool(acts) or named >= _MOSTLY_PLACES * letters)
