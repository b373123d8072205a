"""What the note says, as tables: each fact in plain words with the quotes that it rests on."""

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.records import AuditFacts, Duration, Evidence, Frequency, PlanFact, SignatureFact
from auditor.reports.marks import stands_in
from auditor.reports.wording import ROLE_WORDS, listed, quoted, words

LONGEST_QUOTE = 120


@dataclass(frozen=True, slots=True)
class Quote:
    """The note's own words; ``start`` is where they stand, None where they do not stand in this note."""

    words: str
    section: str
    start: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One fact: its cells, then its quotes."""

    cells: tuple[str, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class FactTable:
    """The facts of one family; without rows where the note has none."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def quotes(evidence: tuple[Evidence, ...], text: str) -> tuple[Quote, ...]:
    """The quotes of some evidence, each place once."""
    return tuple(
        Quote(
            words=quoted(item.text, LONGEST_QUOTE),
            section=words(item.section or ""),
            start=item.start if stands_in(item, text) else None,
        )
        for item in dict.fromkeys(evidence)
    )


def fact_evidence(facts: AuditFacts) -> Iterator[Evidence]:
    """All evidence of the facts."""
    yield from facts.plan.evidence
    yield from facts.signature.evidence
    for family in (facts.regions, facts.part, facts.images, facts.measures):
        for fact in family:
            yield from fact.evidence


def fact_tables(facts: AuditFacts, text: str) -> tuple[FactTable, ...]:
    """The facts of all families, in a fixed order."""
    return (
        FactTable("Measures", ("Instrument", "Region", "Previous", "Today"), tuple(_measures(facts, text))),
        FactTable("Plan", ("Part", "As the note states it"), tuple(_plan(facts.plan, text))),
        FactTable("Signature", ("Part", "As the note has it"), tuple(_signature(facts.signature, text))),
        FactTable("Regions mentioned", ("Region", "As", "Levels", "Adjusted"), tuple(_regions(facts, text))),
        FactTable("PART findings", ("Criterion", "Region", "Levels"), tuple(_part(facts, text))),
        FactTable("Images", ("Kind", "Date", "Shows a subluxation", "Regions"), tuple(_images(facts, text))),
    )


def _measures(facts: AuditFacts, text: str) -> Iterator[Row]:
    for fact in facts.measures:
        previous = "none given" if fact.previous is None else _number(fact.previous, fact.unit)
        cells = (words(fact.instrument), words(fact.region or "none given"), previous, _number(fact.value, fact.unit))
        yield Row(cells, quotes(fact.evidence, text))


def _number(value: float, unit: str | None) -> str:
    return f"{value:g} {words(unit)}" if unit else f"{value:g}"


def _plan(plan: PlanFact, text: str) -> Iterator[Row]:
    yield Row(("Frequency", _frequency(plan.frequency)), quotes(plan.evidence, text))
    yield Row(("Duration", _duration(plan.duration)), ())
    for goal in plan.goals:
        yield Row(("Goal", f"{quoted(goal.text)}: {'objective' if goal.objective else 'not objective'}"), ())
    if not plan.goals:
        yield Row(("Goal", "none"), ())
    yield Row(("Refers to a plan on file", "yes" if plan.refers_to_plan else "no"), ())


def _frequency(frequency: Frequency | None) -> str:
    if frequency is None:
        return "none"
    every = words(frequency.per) if frequency.every == 1 else f"{frequency.every:g} {words(frequency.per)}s"
    return f"{frequency.times:g} per {every}"


def _duration(duration: Duration | None) -> str:
    if duration is None:
        return "none"
    return words(duration.unit) if duration.value is None else _number(duration.value, duration.unit)


def _signature(signature: SignatureFact, text: str) -> Iterator[Row]:
    yield Row(("Status", signature.status), quotes(signature.evidence, text))
    yield Row(("Kind", words(signature.kind or "none")), ())
    yield Row(("Signer", ", ".join(part for part in (signature.signer, signature.credential) if part) or "none"), ())
    yield Row(("Signed on", signature.signed_on.isoformat() if signature.signed_on else "no date"), ())


def _regions(facts: AuditFacts, text: str) -> Iterator[Row]:
    for fact in facts.regions:
        roles = ", ".join(ROLE_WORDS.get(role, words(role)) for role in fact.roles)
        cells = (words(fact.region), roles, " ".join(fact.levels), " ".join(fact.treated_levels))
        yield Row(cells, quotes(fact.evidence, text))


def _part(facts: AuditFacts, text: str) -> Iterator[Row]:
    for fact in facts.part:
        cells = (fact.criterion, words(fact.region or "no place given"), " ".join(fact.levels))
        yield Row(cells, quotes(fact.evidence, text))


def _images(facts: AuditFacts, text: str) -> Iterator[Row]:
    for fact in facts.images:
        shows = "yes" if fact.shows_subluxation else "no"
        cells = (words(fact.modality), fact.date or "no date", shows, listed(fact.regions, nothing=""))
        yield Row(cells, quotes(fact.evidence, text))
