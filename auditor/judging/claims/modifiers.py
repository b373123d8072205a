"""MOD801 to MOD805: modifiers of CMT and manual therapy lines, and the ABN behind GA.

Source: verdicts.md §4 and §5; rulebook §7 and D10, D11; Medicare Benefit Policy Manual chapter 15 §240.1.3.
"""

from collections.abc import Iterator

from auditor.judging.case import Case
from auditor.judging.checks import Defect, check, note, searched
from auditor.judging.claims.bundling import therapy_lines
from auditor.judging.icd import in_words, modifiers_of
from auditor.judging.rules import Rule
from auditor.records import Abn

NECK = "S: Neck pain 4/10. O: C5 restricted and tender. A: C5 segmental dysfunction. P: Adjusted C5."
KEPT = "S: Feels well. O: C5 restricted and tender. A: C5 segmental dysfunction. P: «Maintenance care». Adjusted C5."
DX = "M99.01 M54.2"
OLD_FORM = {"signed": "2026-03-02", "form_expires": "2026-01-31"}
IN_TIME = {"payer": "medicare", "date_of_service": "2026-03-02", "cpt": "98940-GA", "dx": DX}
LATE = {"payer": "medicare", "date_of_service": "2026-06-02", "cpt": "98940-GA", "dx": DX}


@check(
    "MOD801",
    "error",
    "Medicare CMT line without AT (and without GA, GZ or GY)",
    carc="CO-4",
    at_risk="line",
    source="verdicts §4; Medicare Benefit Policy Manual ch. 15 §240.1.3 (AT from 2004-10-01)",
    remedy="Was this visit active treatment or maintenance care? AT stands for active treatment only; please review the"
    " modifier of the line against the note.",
    fails=[note(NECK, payer="medicare", date_of_service="2026-03-02", cpt="98940", dx=DX)],
    passes=[
        note(NECK, payer="medicare", date_of_service="2026-03-02", cpt="98940-AT", dx=DX),
        note(NECK, payer="medicare", date_of_service="2026-03-02", cpt="98940-GZ", dx=DX),
        note(NECK, payer="cigna", date_of_service="2026-03-02", cpt="98940", dx=DX),
    ],
)
def without_at(case: Case) -> Iterator[Defect]:
    """A spinal CMT line goes to Medicare without any of AT, GA, GZ, GY."""
    if (rule := case.policy.rule("active_treatment_modifier")) is None:
        return
    first, *others = rule.value
    for line in case.spinal_lines:
        if not modifiers_of(line) & set(rule.value):
            message = f"{line.cpt} is billed to {case.payer_words} without {first}"
            message += f", and without {in_words(others, 'or')}." if others else "."
            yield Defect(message, line=case.number(line), rule=rule)


@check(
    "MOD802",
    "error",
    "AT on maintenance care",
    carc="CO-50",
    at_risk="line",
    source="verdicts §4; Medicare Benefit Policy Manual ch. 15 §240.1.3 (maintenance therapy is not covered)",
    remedy="Was this visit active treatment or maintenance care? The note calls it maintenance, wellness or supportive"
    " care; please review the modifier against the note.",
    fails=[note(KEPT, payer="medicare", cpt="98940-AT", dx=DX)],
    passes=[
        note(NECK, payer="medicare", cpt="98940-AT", dx=DX),
        note(KEPT.replace("«", "").replace("»", ""), payer="medicare", cpt="98940-GZ", dx=DX),
    ],
)
def at_on_maintenance(case: Case) -> Iterator[Defect]:
    """A line carries AT while the note calls the care maintenance."""
    if not case.facts.maintenance:
        return
    for line in case.lines:
        if "AT" in modifiers_of(line):
            message = f"{line.cpt} carries AT (active treatment), and the note calls the care maintenance or the like."
            yield Defect(message, case.facts.maintenance, line=case.number(line))


@check(
    "MOD803",
    "error",
    "GA with an ABN that is missing, or on a form that was not valid on that date",
    carc="CO-50",
    at_risk="line",
    source="verdicts §4; CMS-R-131 (form exp. 03/31/2029 required from 2026-05-12); rulebook §7 and D10",
    remedy="Is there a notice (ABN) that the patient signed before this service, and on which form? Please review GA"
    " against the notice on file.",
    fails=[
        note(NECK, **IN_TIME),
        note(NECK, **LATE, abn={"signed": "2026-06-02", "form_expires": "2026-01-31"}),
    ],
    passes=[
        note(NECK, **IN_TIME, abn=OLD_FORM),
        note(NECK, **LATE, abn={"signed": "2026-06-02", "form_expires": "2029-03-31"}),
    ],
)
def ga_without_valid_abn(case: Case) -> Iterator[Defect]:
    """A line carries GA, and no valid notice stands behind it."""
    lines = [line for line in case.lines if "GA" in modifiers_of(line)]
    if not lines:
        return
    if case.abn is None:
        faults: tuple[str | None, Rule | None] = ("no ABN is on file for this service", None)
    else:
        faults = _fault_of(case.abn, case)
    fault, rule = faults
    for line in lines if fault else ():
        yield Defect(f"{line.cpt} carries GA, and {fault}.", line=case.number(line), rule=rule)


def _fault_of(abn: Abn, case: Case) -> tuple[str | None, Rule | None]:
    """What is wrong with a notice, and the rule on forms of the day on which it was signed.

    The notice is Medicare's: where another payer is billed with GA, Medicare's rules on its forms hold.
    """
    service = case.date_of_service
    if abn.signed is None:
        return "the ABN on file bears no date of signature", None
    if service and abn.signed > service:
        return f"the ABN on file was signed on {abn.signed}, after the service of {service}", None
    if abn.form_expires is None:
        return None, None
    payer = case.payer if "medicare" in case.policy.packs else "medicare"
    then = case.policies.policy_for(payer, abn.signed)
    asked, extended = then.rule("abn_form"), then.rule("abn_form_extended")
    if asked and abn.form_expires != asked.value:
        form = f"the form that expires {abn.form_expires}, not on the one of {asked.value}"
        return f"the ABN signed on {abn.signed} is on {form}", asked
    if abn.form_expires < (service or abn.signed) and not (extended and abn.form_expires in extended.value):
        return f"the ABN form expired on {abn.form_expires}, before the service", asked or extended
    return None, None


@check(
    "MOD804",
    "error",
    "59 or XS on manual therapy, and no separate region in the note",
    carc="CO-4",
    at_risk="line",
    source="verdicts §5, manual therapy; NCCI Policy Manual ch. XI; rulebook §9.1",
    remedy="In which body region was the manual therapy given, and was that region manipulated on this date? Please"
    " review 59 or XS against the note.",
    fails=[
        note(
            "S: Neck pain 4/10. O: C5 restricted and tender. A: C5 segmental dysfunction. "
            "P: Adjusted C5. «Massage» of the cervical paraspinals, 10 minutes.",
            cpt="98940 97124-59",
            dx=DX,
        )
    ],
    passes=[
        note(
            "S: Neck pain 4/10, low back tight. O: C5 restricted and tender. Lumbar paraspinals tight. "
            "A: C5 segmental dysfunction. P: Adjusted C5. Massage of the lumbar paraspinals, 10 minutes.",
            cpt="98940 97124-59",
            dx="M99.01 M54.59",
        )
    ],
)
def no_separate_region(case: Case) -> Iterator[Defect]:
    """The line says separate region: the note names none for the therapy, or only regions that were manipulated."""
    for line in therapy_lines(case):
        used = line.modifiers & set(case.policy.codes("separate_modifiers"))
        if not used or line.separate or (line.regions and not line.same):
            continue
        start = f"{line.cpt} carries {in_words(sorted(used))}, and the note"
        if line.same:
            places = in_words(line.same)
            message = f"{start} gives the therapy in what was manipulated today ({places})."
            yield Defect(message, line.evidence, line=line.number)
        elif line.evidence:
            yield Defect(f"{start} gives the therapy no region.", line.evidence, line=line.number)
        else:
            terms = ("manual therapy, massage or neuromuscular re-education today", "its region")
            nothing = searched(case, "manual_therapy", *terms)
            yield Defect(f"{start} documents no such therapy.", searched=nothing, line=line.number)


@check(
    "MOD805",
    "error",
    "AT and GA together on one line",
    carc="CO-4",
    at_risk="line",
    source="verdicts §4; rulebook D11 (Palmetto: AT and GA on one CMT line reject, dates of service from 2015-11-01)",
    remedy="Was this visit active treatment, or was a denial as maintenance care expected? AT and GA exclude one"
    " another; please review the modifiers against the note.",
    fails=[note(NECK, **{**IN_TIME, "cpt": "98940-AT-GA"}, abn=OLD_FORM)],
    passes=[note(NECK, **IN_TIME, abn=OLD_FORM)],
)
def at_and_ga(case: Case) -> Iterator[Defect]:
    """One line carries AT and GA."""
    for line in case.lines:
        if modifiers_of(line) >= {"AT", "GA"}:
            yield Defect(f"{line.cpt} carries AT and GA on one line.", line=case.number(line))
