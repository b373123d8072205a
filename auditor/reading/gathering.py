"""What the components share out and put together: concepts to sentences, findings without repeats, the mentions of places."""

from typing import Any

from auditor.facts import Mention, PartFinding, Role
from auditor.reading.document import Concept, Reading, Sentence


def distribute(sentences: list[Sentence], concepts: list[Concept]) -> None:
    """Give each sentence the concepts that start in it."""
    position, count = 0, len(concepts)
    for sentence in sentences:
        first, end = position, sentence.end
        while position < count and concepts[position].start < end:
            position += 1
        sentence.concepts = [c for c in concepts[first:position] if c.start >= sentence.start]
        for concept in sentence.concepts:
            sentence.by_family.setdefault(concept.entry.family, []).append(concept)


def unique(findings: list[Any]) -> list[Any]:
    """Findings without exact repeats."""
    return list({(f.criterion, f.regions, f.levels, f.evidence.start): f for f in findings}.values())


def located(findings: list[PartFinding]) -> list[PartFinding]:
    """Findings without those of no place, where the same criterion is found at a place: "unlocated" is for no place at all."""
    placed = {finding.criterion for finding in findings if finding.regions}
    return [finding for finding in findings if finding.regions or finding.criterion not in placed]


def mentions_of(reading: Reading, roles: list[tuple[Concept, Role]]) -> tuple[Mention, ...]:
    """Every place of the note with its role: the one that a treatment sentence gave it, else the one of its sentence."""
    by_place = {id(place): role for place, role in roles}
    mentions = []
    for sentence in reading.sentences:
        for place in sentence.of("place"):
            if not place.regions:
                continue
            role = by_place.get(id(place)) or reading.roles.get(id(place), Role.MENTIONED)
            mentions.append(
                Mention(place.regions, place.levels, role, reading.evidence(place.start, place.end), place.possible)
            )
    return tuple(mentions)
