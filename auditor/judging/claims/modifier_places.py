"""CLM848: modifiers that exclude each other, or stand where they never belong (rulebook §7; the payer's pack)."""

from collections.abc import Iterator

from auditor.judging.case import Case
from auditor.judging.checks import Defect, check, note
from auditor.judging.icd import in_words, modifiers_of
from auditor.judging.rules import Rule
from auditor.records import ClaimLine

NECK = "S: Neck pain 4/10. O: C5 restricted and tender. A: C5 segmental dysfunction. P: Adjusted C5."
MEDICARE = {"payer": "medicare", "date_of_service": "2026-03-02", "dx": "M99.01 M54.2"}
NOTICE = {"signed": "2026-03-02", "form_expires": "2026-01-31"}


@check(
    "CLM848",
    "error",
    "a modifier excludes another on its line, or does not belong to that code",
    carc="CO-4",
    at_risk="line",
    source="rulebook §7 (NGS, Noridian, KMC, ACA); the payer's pack",
    remedy="Which of these modifiers says what happened on this date? Please review the modifiers of the line against"
    " the note and the notice on file.",
    fails=[
        note(NECK, cpt="98940-25", dx="M99.01 M54.2"),
        note(NECK, **MEDICARE, cpt="98940-GA-GZ", abn=NOTICE),
        note(NECK, **MEDICARE, cpt="98940-GY"),
    ],
    passes=[note(NECK, cpt="98940", dx="M99.01 M54.2"), note(NECK, **MEDICARE, cpt="98940-GA", abn=NOTICE)],
)
def modifier_out_of_place(case: Case) -> Iterator[Defect]:
    """Pairs that exclude each other, and codes on which a modifier never stands, as the payer's pack lists them."""
    pairs, never, only = (
        case.policy.rule(kind) for kind in ("modifier_pairs", "modifier_never_on", "modifier_only_on")
    )
    for line in case.lines:
        for rule, fault in (*_pairs(line, pairs), *_placed(line, never, allowed=False), *_placed(line, only)):
            yield Defect(f"{line.cpt} carries {fault}.", line=case.number(line), rule=rule)


def _pairs(line: ClaimLine, rule: Rule | None) -> Iterator[tuple[Rule, str]]:
    for pair in rule.value if rule else ():
        if modifiers_of(line) >= set(pair) and rule:
            yield rule, f"{in_words(pair)}, which exclude each other"


def _placed(line: ClaimLine, rule: Rule | None, *, allowed: bool = True) -> Iterator[tuple[Rule, str]]:
    """Modifiers off the codes that a rule allows them on, or on those that it forbids."""
    for modifier, codes in rule.value.items() if rule else ():
        if modifier in modifiers_of(line) and (line.cpt in codes) is not allowed and rule:
            yield rule, f"{modifier}, which does not belong to this code"
