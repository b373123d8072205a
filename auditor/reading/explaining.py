"""Why each fact was read: the grammar that found it, the vocabulary it rests on, the modifiers over it."""

from collections.abc import Iterator
from typing import Any

from auditor.facts import Facts, Mention, Role, Treatment, TreatmentKind
from auditor.reading.document import Concept, Reading, Sentence
from auditor.reading.tracing import Grammar, TracedReading
from auditor.records import Evidence, Explanation, ModifierUse, VocabularyUse

_FAMILIES: dict[str, frozenset[str]] = {
    "part": frozenset(("finding", "place", "subluxation")),
    "subluxation": frozenset(("subluxation", "finding", "place")),
    "treatment": frozenset(("act", "pointer", "bare", "place")),
    "image": frozenset(("image", "shows", "place")),
    "measure": frozenset(("instrument", "legraise", "place")),
    "change": frozenset(("change",)),
    "cause": frozenset(("cause",)),
    "maintenance": frozenset(("maintenance",)),
    "plan": frozenset(("plan",)),
    "signature": frozenset(("signing",)),
    "visit": frozenset(("visit",)),
    "normal": frozenset(("normal", "place")),
}
"""Families of the vocabulary that bear on a fact."""
_KIND_OF_STATEMENT = {
    "S": "a complaint",
    "H": "history",
    "O": "examination",
    "I": "imaging",
    "A": "assessment",
    "T": "treatment",
    "P": "plan",
    "G": "goals",
    "X": "signature",
    "B": "billing",
    "N": "what was declined",
}
_LONGEST_QUOTE = 40


def explain(reading: TracedReading, facts: Facts) -> tuple[Explanation, ...]:
    """Every fact, and every mention of a place, with why it was read so; in order of the text."""
    found = [*_places(reading, facts)]
    for kind, says, names, evidence in _facts(facts):
        found.append(_of_fact(reading, kind, says, names, evidence))
    return tuple(sorted(found, key=lambda item: (item.evidence.start, item.evidence.end, item.fact)))


Said = tuple[str, str, tuple[str, ...], Evidence]
"""A fact's kind, what it says, the levels and regions it concerns, and its evidence."""


def _facts(facts: Facts) -> Iterator[Said]:
    """Every fact but the mentions."""
    for item in facts.treatments:
        concerned = [name for place in item.places for name in (*place.levels, *place.regions)]
        yield "treatment", _treatment_says(item), tuple(dict.fromkeys(concerned)), item.evidence
    for part in facts.part:
        says = f"{part.criterion} {', '.join(part.levels or part.regions) or 'unlocated'}"
        yield "part", says, (*part.levels, *part.regions), part.evidence
    for stated in facts.subluxations:
        names = (*stated.levels, *stated.regions)
        yield "subluxation", ", ".join(stated.levels or stated.regions) or "no place", names, stated.evidence
    for region, evidence in facts.normal:
        yield "normal", f"{region} examined as normal", (region,), evidence
    for image in facts.images:
        yield "image", f"{image.modality} {image.taken or 'without a date'}", image.regions, image.evidence
    for measure in facts.measures:
        before = "" if measure.previous is None else f", previous {measure.previous:g}"
        concerns = (measure.region,) if measure.region else ()
        yield "measure", f"{measure.instrument} {measure.value:g}{before}", concerns, measure.evidence
    for change in facts.changes:
        yield "change", change.direction, (), change.evidence
    yield from (("cause", "a cause of worsening", (), evidence) for evidence in facts.causes)
    yield from (("maintenance", "maintenance language", (), evidence) for evidence in facts.maintenance)
    yield from _plan(facts)
    for evidence in facts.signature.evidence:
        yield "signature", f"{facts.signature.status}, {facts.signature.kind or 'no kind'}", (), evidence
    for dated in facts.service_dates:
        yield "date_of_service", str(dated.day or "not readable"), (), dated.evidence
    if facts.visit_evidence:
        yield "visit", facts.visit, (), facts.visit_evidence


def _plan(facts: Facts) -> Iterator[Said]:
    plan = facts.plan
    named = {id(evidence) for evidence in (*plan.refers, *plan.standing, *(goal.evidence for goal in plan.goals))}
    yield from (("plan", "frequency or duration", (), e) for e in plan.evidence if id(e) not in named)
    yield from (("plan", "refers to a plan in force", (), evidence) for evidence in plan.refers)
    yield from (("plan", "standing against the goals", (), evidence) for evidence in plan.standing)
    for goal in plan.goals:
        yield "plan", "objective goal" if goal.objective else "goal that cannot be measured", (), goal.evidence


def _treatment_says(item: Treatment) -> str:
    named = [", ".join(place.levels or place.regions or place.possible) for place in item.places]
    return f"{item.kind.value}: {'; '.join(named)}" if named else item.kind.value


def _of_fact(reading: TracedReading, kind: str, says: str, names: tuple[str, ...], evidence: Evidence) -> Explanation:
    grammar = reading.grammars[id(evidence)][1] if id(evidence) in reading.grammars else Grammar("", "")
    families = _FAMILIES.get(kind, frozenset())
    inside = [c for c in _concepts(reading, evidence) if c.family in families]
    return Explanation(
        fact=kind,  # type: ignore[arg-type]
        says=says,
        names=names,
        evidence=evidence,
        rule=grammar.name,
        rule_says=grammar.says,
        vocabulary=tuple(_vocabulary(reading, concept) for concept in inside if concept.entry.words),
        modifiers=_modifiers(reading, inside),
        **_refined(reading, evidence),
    )


def _refined(reading: Reading, evidence: Evidence) -> dict[str, Any]:
    """The model that told what kind of statement the evidence stands in, and what it gave its answer."""
    for sentence in reading.sentences:
        start, end = reading.text.original(sentence.start, sentence.end)
        if start < evidence.end and evidence.start < end:
            maybe = next((one for other, one in reading.maybe_treated if other is sentence), None)
            refined = reading.refined.get(sentence.start, maybe)
            if refined is not None:
                return {"model": f"{refined.model}: {refined.answer}", "probability": round(refined.probability, 4)}
    return {}


def _concepts(reading: Reading, evidence: Evidence) -> list[Concept]:
    """The concepts of the sentences in which a piece of evidence stands, as far as they lie within it."""
    return [
        concept
        for sentence in reading.sentences
        for concept in sentence.concepts
        if _within(reading, concept, evidence)
    ]


def _refined_role(reading: Reading, evidence: Evidence) -> dict[str, Any]:
    """The model that told the role of a mention, else the one that told what kind of statement it stands in."""
    refined = reading.refined_roles.get(evidence.start)
    if refined is None:
        return _refined(reading, evidence)
    return {"model": f"{refined.model}: {refined.answer}", "probability": round(refined.probability, 4)}


def _within(reading: Reading, concept: Concept, evidence: Evidence) -> bool:
    start, end = reading.text.original(concept.start, concept.end)
    return start < evidence.end and evidence.start < end


def _vocabulary(reading: Reading, concept: Concept) -> VocabularyUse:
    entry = concept.entry
    return VocabularyUse(
        words=reading.plain[concept.start : concept.end],
        family=entry.family,
        kind=entry.kind or None,
        example=entry.example,
        source=entry.source or None,
    )


def _modifiers(reading: Reading, concepts: list[Concept]) -> tuple[ModifierUse, ...]:
    found = {(m.start, m.end): m for concept in concepts for m in concept.modifiers}
    return tuple(
        ModifierUse(words=reading.plain[start:end], category=m.entry.criterion)
        for (start, end), m in sorted(found.items())
    )


def _places(reading: TracedReading, facts: Facts) -> Iterator[Explanation]:
    """Every mention of a place with its role, and why it counts as treated or not."""
    treated = {place.evidence.start: item for item in facts.treatments for place in item.places}
    mentions = {mention.evidence.start: mention for mention in facts.mentions}
    for sentence in reading.sentences:
        for concept in sentence.of("place"):
            start = reading.text.original(concept.start, concept.end)[0]
            mention = mentions.get(start)
            if mention is not None:
                yield _of_place(reading, sentence, concept, mention, treated.get(start))


def _of_place(
    reading: TracedReading, sentence: Sentence, concept: Concept, mention: Mention, treatment: Treatment | None
) -> Explanation:
    possible = any(other is sentence for other, _ in reading.maybe_treated)
    role = "possible" if possible else Role.TREATED.value if treatment else mention.role.value
    by_grammar = not concept.entry.words
    names = ", ".join(concept.levels or concept.regions)
    why = _why_treated(reading, sentence, concept, treatment) if treatment else _why(reading, sentence, concept, mention.role)
    return Explanation(
        fact="place",
        says=f"{names}: {role}",
        names=(*concept.levels, *concept.regions),
        role=role,
        evidence=mention.evidence,
        rule="levels.find_levels" if by_grammar else "vocabulary",
        rule_says="The grammar of vertebral levels." if by_grammar else f"A phrase of the family {concept.family}.",
        vocabulary=() if by_grammar else (_vocabulary(reading, concept),),
        modifiers=_modifiers(reading, [concept, *_acts(sentence)]),
        why=why,
        **_refined_role(reading, mention.evidence),
    )


def _acts(sentence: Sentence) -> list[Concept]:
    return [act for act in sentence.of("act") if act.kind in ("manipulation", "technique")]


def _why_treated(reading: Reading, sentence: Sentence, concept: Concept, treatment: Treatment) -> str:
    if treatment.kind is TreatmentKind.POINTER:
        return f"Treated: “{_short(treatment.evidence.text)}” points to the list in which it stands."
    if any(other is sentence for other, _ in reading.maybe_treated):
        return "Possible: a model takes this list for the treatment, but is not sure; its regions are not counted."
    if sentence.start in reading.refined:
        return "Treated: no heading tells, and a model is sure that this list is the treatment."
    acts = [act for act in _acts(sentence) if not act.marks]
    if acts:
        nearest = min(acts, key=lambda act: (act.kind != "manipulation", abs(act.start - concept.start)))
        return f"Treated: “{reading.plain[nearest.start : nearest.end]}” governs it; nothing denies, dates or plans it."
    if sentence.section == "treatment":
        return "Treated: it stands under a heading of treatment, and nothing there denies it."
    if sentence.start in reading.table_rows:
        return "Treated: its row or cell is marked as treated."
    return f"Treated: “{_short(treatment.evidence.text)}” states it."


def _why(reading: Reading, sentence: Sentence, concept: Concept, role: Role) -> str:
    modifiers = _modifiers(reading, [concept, *_acts(sentence)])
    if role in (Role.PLANNED, Role.DECLINED, Role.HISTORY) and modifiers:
        named = ", ".join(f"“{item.words}” ({item.category.lower()})" for item in modifiers)
        return f"Not treated: {named} stands over it or over the act."
    if role is Role.OTHER_TREATMENT:
        others = [act for act in sentence.of("act") if act.kind in ("other", "therapy")]
        named = f"“{reading.plain[others[0].start : others[0].end]}”" if others else "an act that is no manipulation"
        return f"Not treated: {named} governs it."
    if concept.kind == "neuro":
        return "Not treated: a nerve, a disc or a heart sound is meant, no bone."
    start = reading.text.original(concept.start, concept.end)[0]
    if start in reading.refined_roles:
        return f"Not treated: no act of manipulation governs it; a model takes it for {role.value.replace('_', ' ')}."
    stands = _KIND_OF_STATEMENT.get(sentence.zone)
    where = f"read as {stands}" if stands else "that no heading or word assigns to a part of the note"
    return f"Not treated: no act of manipulation governs it; it stands in a sentence {where}."


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_QUOTE else f"{flat[:_LONGEST_QUOTE].rstrip()}…"
