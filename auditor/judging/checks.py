"""The registry of checks: one function a check, with its code, severity, source, remedy and examples beside it.

A check takes a :class:`~auditor.judging.case.Case` and yields a :class:`Defect` for each time the rule is broken. Codes
are permanent: never reused, never renamed. The examples are tests: each of ``fails`` gives this code, with evidence equal
to what stands between « and » where that is marked; each of ``passes`` does not.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from auditor.judging.case import Case
from auditor.judging.remedies import lint
from auditor.judging.rules import WEIGHT, Rule
from auditor.records import ElementName, Evidence, Finding, Searched, Severity

AtRisk = Literal["nothing", "line", "treatment", "difference", "units"]
"""What a finding puts at risk: nothing, its claim line, the spinal CMT line, the difference to the supported code, or the
units that are too many."""


@dataclass(frozen=True, slots=True)
class Example:
    """A note for a check's example; ``given`` holds further fields of its encounter."""

    text: str
    given: dict[str, Any] = field(default_factory=dict)


def note(text: str, **given: Any) -> Example:  # noqa: ANN401 - fields of an encounter
    """An example note with what is known about it. Shorthand for claims: ``cpt="98941-AT"``, or several separated by
    blanks, and ``dx="M99.01 M54.2"`` make a claim whose lines point to all diagnoses (at most four).
    """
    cpt, dx = given.pop("cpt", None), given.pop("dx", "")
    if cpt or dx:
        diagnoses = dx.split()
        lines = []
        for written in (cpt or "").split():
            code, *modifiers = written.split("-")
            lines.append({"cpt": code, "modifiers": modifiers, "pointers": list(range(1, len(diagnoses) + 1))[:4]})
        given["claim"] = {"diagnoses": diagnoses, "lines": lines}
    return Example(text, given)


@dataclass(frozen=True, slots=True)
class Defect:
    """One breach of a rule: a plain sentence, and evidence or what was searched."""

    message: str
    evidence: tuple[Evidence, ...] = ()
    searched: Searched | None = None
    line: int | None = None
    """The claim line it concerns, counted from 1."""
    rule: Rule | None = None
    """The payer's rule that it breaks."""
    units_over: int | None = None
    """Units too many, where that is the fault."""
    severity: Severity | None = None
    """What this one weighs, where that is not what the check says."""


Judge = Callable[[Case], Iterator[Defect]]


@dataclass(frozen=True, slots=True)
class Check:
    """A registered check. ``says`` is the rule's breach in a few words, as listed in the reference of codes."""

    code: str
    severity: Severity
    says: str
    element: ElementName | None
    carc: str | None
    source: str
    remedy: str
    fails: tuple[Example, ...]
    passes: tuple[Example, ...]
    judge: Judge
    at_risk: AtRisk = "nothing"

    def findings(self, case: Case) -> Iterator[Finding]:
        """The findings of this check on one case; a payer's rule may make them weigh more, never less."""
        raised = case.policy.weight(self.code)
        for defect in self.judge(case):
            rules = [rule for rule in (raised, defect.rule) if rule]
            rule = max(rules, key=lambda one: WEIGHT[one.severity or "info"], default=None)
            weights = [defect.severity or self.severity, *(one.severity for one in rules if one.severity)]
            yield Finding(
                code=self.code,
                element=self.element,
                severity=max(weights, key=WEIGHT.__getitem__),
                message=defect.message,
                remedy=self.remedy,
                carc=self.carc,
                evidence=defect.evidence,
                searched=defect.searched,
                line=defect.line,
                units_over=defect.units_over,
                rule=rule.record() if rule else None,
            )


REGISTRY: dict[str, Check] = {}


def check(
    code: str,
    severity: Severity,
    says: str,
    *,
    element: ElementName | None = None,
    carc: str | None = None,
    at_risk: AtRisk = "nothing",
    source: str,
    remedy: str,
    fails: list[Example | str],
    passes: list[Example | str],
) -> Callable[[Judge], Judge]:
    """Register a check.

    Raises:
        ValueError: the code is taken, an example is lacking, or the remedy leads the provider (see ``remedies.lint``).
    """
    if code in REGISTRY:
        raise ValueError(f"check {code} is registered twice")
    if not fails or not passes:
        raise ValueError(f"check {code} needs a failing and a passing example")
    if fault := lint(remedy):
        raise ValueError(f"remedy of {code}: {fault}")

    def register(judge: Judge) -> Judge:
        REGISTRY[code] = Check(
            code, severity, says, element, carc, source, remedy, _examples(fails), _examples(passes), judge, at_risk
        )
        return judge

    return register


def _examples(given: list[Example | str]) -> tuple[Example, ...]:
    return tuple(Example(item) if isinstance(item, str) else item for item in given)


def searched(case: Case, topic: str, *terms: str) -> Searched:
    """What was looked for in vain: in which sections, for what wording, and the nearest miss of that topic."""
    sections = tuple(dict.fromkeys(section.name for section in case.facts.sections)) or ("whole note",)
    nearest = next((text for about, text in case.facts.misses if about == topic), None)
    return Searched(sections=sections, terms=terms, nearest=nearest)
