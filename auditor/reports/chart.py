"""One chart as the page shows it: the audit, the note in pieces, the claim, each tied to the others by anchors.

All decisions about what is shown stand here; the templates only lay out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.anatomy import SPINAL
from auditor.records import ELEMENTS, Audit, ClaimLine, Encounter, RegionFact, Rule, Searched, Severity, Status
from auditor.reports.fact_tables import FactTable, Quote, fact_evidence, fact_tables, quotes
from auditor.reports.marks import Piece, cut, owned, stands_in
from auditor.reports.wording import ELEMENT_TITLES, STATUS_WORDS, by_severity

_SIGNS = (
    ("complaint", "hurts", "no complaint"),
    ("finding", "found", "no finding"),
    ("diagnosis", "diagnosed", "no diagnosis"),
)


@dataclass(frozen=True, slots=True)
class ElementView:
    """One element's verdict."""

    number: int
    title: str
    status: Status
    word: str
    reasons: tuple[str, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding with its number and what it rests on; ``element`` is that element's number."""

    number: int
    code: str
    severity: Severity
    element: int | None
    carc: str | None
    message: str
    remedy: str
    quotes: tuple[Quote, ...]
    searched: Searched | None
    line: int | None
    rule: Rule | None


@dataclass(frozen=True, slots=True)
class ArgumentView:
    """Something in the note that speaks ``for`` or ``against`` active treatment."""

    side: str
    says: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """One line of a region's cell: ``kind`` is ``yes``, ``no``, ``lacks`` or ``open``."""

    kind: str
    word: str
    levels: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One region of the strip."""

    region: str
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class BilledLine:
    """A service line with the diagnoses that it points to; a pointer to none is shown as ``#9``."""

    line: ClaimLine
    points_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that one chart's page shows; ``lost`` counts quotes that do not stand in this note."""

    number: int
    encounter: Encounter
    audit: Audit
    pieces: tuple[Piece, ...]
    lost: int
    elements: tuple[ElementView, ...]
    findings: tuple[FindingView, ...]
    cells: tuple[Cell, ...]
    beyond: tuple[str, ...]
    billed: tuple[BilledLine, ...]
    facts: tuple[FactTable, ...]
    arguments: tuple[ArgumentView, ...]


def chart(number: int, encounter: Encounter, audit: Audit) -> Chart:
    """The view of one chart; ``number``, counted from 1, makes its anchors unique on the page."""
    text = encounter.text
    marked = tuple(owned(audit))
    return Chart(
        number=number,
        encounter=encounter,
        audit=audit,
        pieces=cut(text, marked, fact_evidence(audit.facts)),
        lost=sum(not stands_in(evidence, text) for evidence, _ in marked),
        elements=tuple(_elements(audit, text)),
        findings=tuple(_findings(audit, text)),
        cells=_strip(audit),
        beyond=tuple(region for region in audit.region_check.treated if region not in SPINAL),
        billed=tuple(_billed(encounter)),
        facts=fact_tables(audit.facts, text),
        arguments=tuple(_arguments(audit, text)),
    )


def _elements(audit: Audit, text: str) -> Iterator[ElementView]:
    for verdict in audit.elements:
        yield ElementView(
            number=ELEMENTS.index(verdict.element) + 1,
            title=ELEMENT_TITLES[verdict.element],
            status=verdict.status,
            word=STATUS_WORDS[verdict.status],
            reasons=verdict.reasons,
            quotes=quotes(verdict.evidence, text),
        )


def _findings(audit: Audit, text: str) -> Iterator[FindingView]:
    for number, finding in enumerate(by_severity(audit), start=1):
        yield FindingView(
            number=number,
            code=finding.code,
            severity=finding.severity,
            element=ELEMENTS.index(finding.element) + 1 if finding.element else None,
            carc=finding.carc,
            message=finding.message,
            remedy=finding.remedy,
            quotes=quotes(finding.evidence, text),
            searched=finding.searched,
            line=finding.line,
            rule=finding.rule,
        )


def _arguments(audit: Audit, text: str) -> Iterator[ArgumentView]:
    care = audit.active_care
    for side, given in (("for", care.speaks_for), ("against", care.speaks_against)) if care else ():
        for argument in given:
            yield ArgumentView(side, argument.says, quotes(argument.evidence, text))


def _strip(audit: Audit) -> tuple[Cell, ...]:
    facts = {fact.region: fact for fact in audit.facts.regions}
    return tuple(Cell(region, tuple(_signs(region, facts.get(region), audit))) for region in SPINAL)


def _signs(region: str, fact: RegionFact | None, audit: Audit) -> Iterator[Sign]:
    """Five lines, so that cells stand beside each other row by row; a possible region has a sixth."""
    check, roles = audit.region_check, fact.roles if fact else ()
    for role, word, lacking in _SIGNS:
        yield Sign("yes", word) if role in roles else Sign("no", lacking)
    treated = region in check.treated or "treated" in roles
    levels = " ".join(fact.treated_levels) if fact and treated else ""
    yield Sign("yes", "treated", levels) if treated else Sign("no", "not treated")
    if region in check.supported:
        yield Sign("yes", "supported")
    else:
        yield Sign("lacks" if treated else "no", "not supported")
    if region in check.possible:
        yield Sign("open", "possible")


def _billed(encounter: Encounter) -> Iterator[BilledLine]:
    claim = encounter.claim
    for line in claim.lines if claim else ():
        codes = dict(enumerate(claim.diagnoses if claim else (), start=1))
        yield BilledLine(line, tuple(codes.get(pointer, f"#{pointer}") for pointer in line.pointers))
