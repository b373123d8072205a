"""CLM845 to CLM847: evaluations beside a manipulation, and services that Medicare never covers from a chiropractor.

Source: CPT, modifier 25; Medicare Benefit Policy Manual chapter 15 §30.5 and §240.1.1; rulebook §7.
"""

from collections.abc import Iterator

from auditor.anatomy import EXTRASPINAL_CMT, SPINAL_CMT
from auditor.judging.case import Case
from auditor.judging.checks import Defect, check, note, searched
from auditor.judging.icd import in_words, modifiers_of
from auditor.records import ClaimLine

EVALUATIONS = ("99202", "99203", "99204", "99205", "99211", "99212", "99213", "99214", "99215")
NOT_A_BENEFIT = frozenset({"GY", "GX"})

NECK = "S: Neck pain 4/10. O: C5 restricted and tender. A: C5 segmental dysfunction. P: Adjusted C5."
AGAIN = f"{NECK} «Re-examination» performed today."
PLAIN = AGAIN.replace("«", "").replace("»", "")
DX = "M99.01 M54.2"


def _beside_manipulation(case: Case) -> Iterator[ClaimLine]:
    """Evaluation lines of a claim that has a manipulation as well."""
    if any(line.cpt in (*SPINAL_CMT, EXTRASPINAL_CMT) for line in case.lines):
        yield from (line for line in case.lines if line.cpt in EVALUATIONS)


@check(
    "CLM845",
    "error",
    "an evaluation on the date of a manipulation without modifier 25",
    carc="CO-97",
    at_risk="line",
    source="CPT, modifier 25; rulebook §7 and §2.1 (98940-98942 have the global period 000)",
    remedy="Was the evaluation significant and separate from the assessment that belongs to the manipulation? Please"
    " review the modifier of the line against the note.",
    fails=[note(PLAIN, cpt="98940 99213", dx=DX)],
    passes=[note(PLAIN, cpt="98940 99213-25", dx=DX), note(PLAIN, cpt="99213", dx=DX)],
)
def evaluation_without_25(case: Case) -> Iterator[Defect]:
    """An evaluation line beside a CMT line lacks the modifier that the payer asks for."""
    rule = case.policy.rule("evaluation_modifier")
    for line in _beside_manipulation(case):
        if rule and not modifiers_of(line) & {*rule.value, "GY"}:
            message = f"{line.cpt} stands beside a manipulation without modifier {in_words(rule.value, 'or')}."
            yield Defect(message, line=case.number(line), rule=rule)


@check(
    "CLM846",
    "warning",
    "a service that Medicare never covers from a chiropractor, without GY",
    carc="CO-96",
    source="Medicare Benefit Policy Manual ch. 15 §30.5 and §240.1.1; rulebook §7",
    remedy="Is this line meant for Medicare? From a chiropractor Medicare covers manipulation of the spine alone;"
    " please review how the line is handled.",
    fails=[note(PLAIN, payer="medicare", cpt="98940-AT 99213-25", dx=DX)],
    passes=[
        note(PLAIN, payer="medicare", cpt="98940-AT 99213-GY", dx=DX),
        note(PLAIN, payer="aetna", cpt="98940 99213-25", dx=DX),
    ],
)
def never_covered(case: Case) -> Iterator[Defect]:
    """A line that is no benefit does not say so. CPT705 and NCC824 speak for 98943 and 97014."""
    rule = case.policy.rule("covered_only")
    spoken_for = (*case.policy.codes("not_covered"), *case.policy.value("code_replaced", {}))
    for line in case.lines if rule else ():
        if rule and line.cpt not in (*rule.value, *spoken_for) and not modifiers_of(line) & NOT_A_BENEFIT:
            message = f"{line.cpt} is billed to {case.payer_words} without GY; from a chiropractor it is no benefit."
            yield Defect(message, line=case.number(line), rule=rule)


@check(
    "CLM847",
    "warning",
    "an evaluation with 25, and no reason of its own in the note",
    carc="CO-97",
    at_risk="line",
    source="CPT, modifier 25; rulebook §7 (new patient, new condition, exacerbation, re-examination, discharge)",
    remedy="What made a separate evaluation necessary on this date? If an original record shows it, a dated and"
    " labelled addendum can say so; otherwise please review the line.",
    fails=[note(NECK, visit="subsequent", cpt="98940 99213-25", dx=DX)],
    passes=[
        note(PLAIN, visit="subsequent", cpt="98940 99213-25", dx=DX),
        note(NECK, visit="initial", cpt="98940 99203-25", dx=DX),
    ],
)
def evaluation_without_reason(case: Case) -> Iterator[Defect]:
    """A follow-up is billed with a separate evaluation; the note tells of nothing that would call for one."""
    rule = case.policy.rule("evaluation_reason")
    if rule is None or case.initial or case.facts.evaluation or case.facts.causes:
        return
    for line in _beside_manipulation(case):
        if "25" in modifiers_of(line):
            terms = ("a new condition or injury", "an exacerbation", "a re-examination", "a discharge examination")
            message = f"{line.cpt} carries 25, and the note gives no reason for an evaluation of its own."
            nothing = searched(case, "evaluation", *terms)
            yield Defect(message, searched=nothing, line=case.number(line), rule=rule)
