"""CLM849: modifier AT beside what the note holds for and against active treatment. No verdict on necessity is given.

Source: Medicare Benefit Policy Manual chapter 15 §30.5 and §240.1.3; rulebook §4.3 (words of active and of maintenance
care).
"""

from collections.abc import Iterator

from auditor.judging.case import Case
from auditor.judging.checks import Defect, check, note
from auditor.judging.elements.progress import verdict as progress
from auditor.judging.icd import modifiers_of
from auditor.records import ActiveCare, Argument, Evidence

NECK = "S: Neck pain 4/10, was 6/10. O: C5 restricted and tender. A: C5 segmental dysfunction. P: Adjusted C5."
AS_NEEDED = NECK.replace("6/10", "4/10").replace("Adjusted C5.", "Adjusted C5, return PRN.")
MEDICARE = {"payer": "medicare", "date_of_service": "2026-03-02", "visit": "subsequent", "dx": "M99.01 M54.2"}


def active_care(case: Case) -> ActiveCare | None:
    """What the note holds for and against active treatment; None where no line carries AT."""
    if not any("AT" in modifiers_of(line) for line in case.lines):
        return None
    return ActiveCare(speaks_for=tuple(_speaks_for(case)), speaks_against=tuple(_speaks_against(case)))


def _speaks_for(case: Case) -> Iterator[Argument]:
    if case.initial:
        yield _say("It is the first visit of an episode.", case.facts.visit_evidence)
    judged = progress(case)
    if judged.status == "met":
        yield Argument(says="Progress: " + " ".join(judged.reasons), evidence=judged.evidence)
    if goals := [goal.evidence for goal in case.facts.plan.goals if goal.objective]:
        yield _say("The plan has a goal that can be measured.", *goals)
    if case.facts.plan.frequency and case.facts.plan.duration:
        yield _say("The plan has a frequency and an end.", *case.facts.plan.evidence)
    if case.facts.causes:
        yield _say("A cause of a worsening is documented.", *case.facts.causes)
    if case.facts.acute:
        yield _say("The condition is called acute or an exacerbation.", *case.facts.acute)


def _speaks_against(case: Case) -> Iterator[Argument]:
    if case.facts.maintenance:
        yield _say("The note calls the care maintenance, wellness or the like.", *case.facts.maintenance)
    if case.facts.plan.prn:
        yield _say("The patient is to come as needed.", case.facts.plan.prn)
    ratings = [item for item in case.facts.measures if item.instrument == "NPRS"]
    if ratings and not any(item.value for item in ratings):
        yield _say("Pain is rated 0 today.", *(item.evidence for item in ratings))
    flat = [item.evidence for item in case.facts.measures if item.previous == item.value]
    if case.initial or progress(case).status == "met":
        return
    if flat:
        yield _say("A measure has not changed since the last value.", *flat)
    elif same := [item.evidence for item in case.facts.changes if item.direction == "same"]:
        yield _say("The note tells of no change since the last visit.", *same)


def _say(says: str, *evidence: Evidence | None) -> Argument:
    return Argument(says=says, evidence=tuple(dict.fromkeys(item for item in evidence if item)))


@check(
    "CLM849",
    "info",
    "AT, and the note holds something against active treatment",
    carc="CO-50",
    source="Medicare Benefit Policy Manual ch. 15 §30.5 and §240.1.3; rulebook §4.3",
    remedy="Was this visit active treatment or maintenance care? The audit lists what the note holds for and against;"
    " please review the modifier against it.",
    fails=[note(AS_NEEDED.replace("PRN", "«PRN»"), **MEDICARE, cpt="98940-AT")],
    passes=[note(NECK, **MEDICARE, cpt="98940-AT"), note(AS_NEEDED, **MEDICARE, cpt="98940-GZ")],
)
def against_active_treatment(case: Case) -> Iterator[Defect]:
    """A line carries AT and something in the note speaks against it; where the note says maintenance, MOD802 stands."""
    care = active_care(case)
    if care is None or case.facts.maintenance:
        return
    if care.speaks_against:
        number = next(case.number(line) for line in case.lines if "AT" in modifiers_of(line))
        other = "Other things in the note speak" if care.speaks_for else "Nothing in the note speaks"
        against = " ".join(argument.says for argument in care.speaks_against)
        evidence = tuple(dict.fromkeys(item for argument in care.speaks_against for item in argument.evidence))
        yield Defect(f"A line carries AT. {against} {other} for active treatment.", evidence, line=number)
