"""What a place is mentioned as, where neither its sentence nor an act tells: answered by a model.

Rules answer first (``roles.mention_roles`` and the acts that govern a place). Only a mention that they leave open is asked
of the model; where it is not sure enough, it stays open. It never says that a place was treated: that takes a rule. What is
denied can become no complaint and no finding.
"""

import re
from dataclasses import replace

from auditor.anatomy import SPINAL
from auditor.facts import Mention, Role
from auditor.models import LinearModel
from auditor.reading.document import Concept, Reading, Refined, Sentence

_WORD = re.compile(r"[a-z']+|\d+|[^\s\w]")
_NEIGHBOURS = 5
"""Words on either side that are looked at."""
_WINDOW = 60
_ROLES = {
    role.value: role
    for role in (
        Role.COMPLAINT, Role.HISTORY, Role.FINDING, Role.NORMAL, Role.IMAGING, Role.DIAGNOSIS, Role.OTHER_TREATMENT,
        Role.PLANNED, Role.DECLINED,
    )
}  # fmt: skip
"""Answers that are taken; ``treated`` and ``neuro`` are left to rules."""
_SPINE = frozenset(SPINAL)
_OF_WHAT_IS_DENIED = frozenset((Role.DECLINED, Role.NORMAL))


def features(reading: Reading, sentence: Sentence, place: Concept) -> list[str]:
    """The features of a mention: the words around it, what kind of statement and place it is, what else is said there."""
    before = _words(reading.lowered[max(sentence.start, place.start - _WINDOW) : place.start])[-_NEIGHBOURS:]
    behind = _words(reading.lowered[place.end : min(sentence.end, place.end + _WINDOW)])[:_NEIGHBOURS]
    found = {f"before {word}" for word in before} | {f"behind {word}" for word in behind}
    found |= {f"last {before[-1] if before else '^'}", f"next {behind[0] if behind else '$'}"}
    found |= {
        f"zone {sentence.zone}",
        f"section {sentence.section}",
        f"kind {place.kind}",
        f"levels {bool(place.levels)}",
    }
    found |= {f"mark {mark}" for mark in place.marks}
    found |= {f"known {c.family} {c.kind}" for c in sentence.concepts if c.family not in ("context", "place")}
    return sorted(found)


def _words(text: str) -> list[str]:
    return ["#" if word.isdigit() else word for word in _WORD.findall(text)]


def refine(reading: Reading, mentions: tuple[Mention, ...], model: LinearModel) -> tuple[Mention, ...]:
    """The mentions with the roles that the model is sure of, where the rules leave them open."""
    open_ones = {mention.evidence.start: mention for mention in mentions if mention.role is Role.MENTIONED}
    treated = {place.evidence.start for item in reading.found.get("treatments", ()) for place in item.places}
    answered: dict[int, Mention] = {}
    for sentence in reading.sentences if open_ones else ():
        for place in sentence.of("place"):
            start = reading.text.original(place.start, place.end)[0]
            if start not in open_ones or start in treated or not _SPINE.intersection(place.regions):
                continue
            answer, probability = model.answer(features(reading, sentence, place))
            role = _ROLES.get(answer)
            if role is None or probability < model.threshold or (place.marks and role not in _OF_WHAT_IS_DENIED):
                continue
            answered[start] = replace(open_ones[start], role=role)
            reading.refined_roles[start] = Refined(answer, model.name, probability)
    return tuple(answered.get(mention.evidence.start, mention) for mention in mentions)
