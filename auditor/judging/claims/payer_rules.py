"""PAY851 to PAY853: what single payers and contractors ask beyond the base. Source: the payer's pack."""

from collections.abc import Iterator
from datetime import timedelta

from auditor.facts import Role
from auditor.judging.case import Case
from auditor.judging.checks import Defect, check, note, searched
from auditor.judging.elements.progress import verdict as progress

LOW_BACK = ("lumbar", "sacral", "pelvic")
"""Regions for which a low back complaint stands: patients name them all so."""

TWO = (
    "S: Neck pain 4/10. O: C5 and L4 restricted and tender. A: Segmental dysfunction of C5 and L4. "
    "P: Adjusted C5 and L4."
)
BOTH = TWO.replace("Neck pain", "Neck and low back pain")
MARKED = TWO.replace("Adjusted C5 and L4", "Adjusted C5 and «L4»")
NECK = "S: Neck pain 4/10, was 6/10. O: C5 restricted and tender. A: C5 segmental dysfunction. P: Adjusted C5."
FLAT = NECK.replace("was 6/10", "was 4/10")
NORIDIAN = {"payer": "Medicare (Noridian)", "date_of_service": "2026-03-02", "cpt": "98940-AT", "dx": "M99.01 M99.03"}
AETNA = {"payer": "aetna", "visit": "subsequent", "care_started": "2026-02-02"}
NOVITAS = {"payer": "Medicare (Novitas)", "date_of_service": "2026-03-02", "cpt": "98940-AT", "dx": "M99.01 M54.2"}


@check(
    "PAY851",
    "warning",
    "a region manipulated has no complaint of its own, which this payer asks for",
    carc="CO-50",
    source="the payer's pack; rulebook D9 (Noridian, CGS, NGS)",
    remedy="What did the patient say of this region on this date? If an original record shows it, a dated and labelled"
    " addendum can say so; please review the regions billed against the complaints.",
    fails=[note(MARKED, **NORIDIAN)],
    passes=[note(BOTH, **NORIDIAN), note(TWO, payer="aetna", cpt="98940")],
)
def region_without_complaint(case: Case) -> Iterator[Defect]:
    """A treated spinal region that neither hurts nor is rated in the note."""
    rule = case.policy.rule("region_complaint")
    if rule is None:
        return
    said = {region for item in case.facts.mentions if item.role is Role.COMPLAINT for region in item.regions}
    said |= {item.region for item in case.facts.measures if item.region and item.instrument == "NPRS" and item.value}
    if said & set(LOW_BACK):
        said |= set(LOW_BACK)
    for region in case.treated:
        if region not in said:
            message = f"The {region} region was manipulated, and the note tells of no complaint there."
            yield Defect(message, case.evidence_of_treated(region), rule=rule)


@check(
    "PAY852",
    "warning",
    "no improvement is documented after so many days of care, which this payer asks for",
    carc="CO-50",
    source="the payer's pack; rulebook §5 and §11.2 (Aetna CPB 0107 and others)",
    remedy="How does the patient's status compare with the start of care, and was the treatment changed since? If an"
    " original record shows it, a dated and labelled addendum can say so.",
    fails=[note(FLAT, **AETNA, date_of_service="2026-03-16")],
    passes=[
        note(NECK, **AETNA, date_of_service="2026-03-16"),
        note(FLAT, **AETNA, date_of_service="2026-02-16"),
    ],
)
def no_improvement_in_time(case: Case) -> Iterator[Defect]:
    """The payer's days are over since the start of care, and the progress element is not met."""
    rule = case.policy.rule("improvement_within")
    if rule is None or case.initial or case.care_started is None or case.date_of_service is None:
        return
    since = case.date_of_service - case.care_started
    judged = progress(case)
    if since > timedelta(days=rule.value) and judged.status != "met":
        message = f"Care began {since.days} days before this visit, and the note documents no improvement."
        terms = ("a measure better than before", "a functional gain", "a cause of a worsening")
        nothing = None if judged.evidence else searched(case, "measures", *terms)
        yield Defect(message, judged.evidence, searched=nothing, rule=rule)


@check(
    "PAY853",
    "warning",
    "the note says neither acute nor chronic, which this payer asks for",
    carc="CO-50",
    source="the payer's pack; Novitas FAQ 2020; rulebook §3.1",
    remedy="Is the condition acute, chronic or an exacerbation, as the record shows it? If an original record says so,"
    " a dated and labelled addendum can state it.",
    fails=[note(NECK, **NOVITAS)],
    passes=[note(NECK.replace("S: Neck", "S: Acute neck"), **NOVITAS), note(NECK, payer="aetna", cpt="98940")],
)
def stage_not_stated(case: Case) -> Iterator[Defect]:
    """No word of the note puts the condition into the acute or the chronic category."""
    rule = case.policy.rule("stage_stated")
    if rule and case.treated and not case.facts.stage:
        terms = ("acute", "chronic", "exacerbation or recurrence")
        message = "The note does not say whether the condition is acute or chronic."
        yield Defect(message, searched=searched(case, "stage", *terms), rule=rule)
