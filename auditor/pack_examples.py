"""Runs the examples that stand beside a pack's rules: each rule fires where it must, and is silent where it must be."""

from collections.abc import Iterable, Iterator

from auditor.auditor import Auditor
from auditor.judging.checks import note
from auditor.judging.policy import BASE
from auditor.judging.rules import Pack, Rule, RuleExample
from auditor.records import EncounterError, Finding, parse_encounter


def faults(auditor: Auditor, packs: Iterable[Pack]) -> Iterator[str]:
    """One sentence for each example that does not do what it stands for.

    Args:
        auditor: audits by these packs.
        packs: those whose examples are run.
    """
    for pack in packs:
        for rule in pack.rules:
            yield from rule_faults(auditor, pack, rule)


def rule_faults(auditor: Auditor, pack: Pack, rule: Rule) -> Iterator[str]:
    """The sentences about one rule."""
    payer = None if pack.name == BASE else pack.name
    for which, examples in (("fails", rule.fails), ("passes", rule.passes)):
        for place, example in enumerate(examples, 1):
            at = f"{pack.file}, rule {rule.id}, {which} {place}"
            try:
                cited = [item for item in _findings(auditor, payer, example) if _cites(item, rule)]
            except EncounterError as fault:
                yield f"{at}: {fault}"
                continue
            except (TypeError, AttributeError, ValueError):
                yield f"{at}: a field has a wrong shape; write cpt and dx as text, and other fields as in an encounter"
                continue
            if which == "fails" and not cited:
                yield f"{at}: it does not give {rule.check} by this rule"
            if which == "passes" and cited:
                yield f"{at}: it gives {rule.check} by this rule"


def _findings(auditor: Auditor, payer: str | None, example: RuleExample) -> tuple[Finding, ...]:
    shorthand = note(example.note, **dict(example.given))
    return auditor.audit(parse_encounter({"payer": payer, "text": shorthand.text, **shorthand.given})).findings


def _cites(finding: Finding, rule: Rule) -> bool:
    return finding.code == rule.check and finding.rule is not None and finding.rule.id == f"{rule.pack}/{rule.id}"
