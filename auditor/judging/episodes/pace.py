"""How often the patient comes (EPI964, EPI965): a frequency that never tapers, visits as needed or once a month."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from auditor.facts import VisitFrequency
from auditor.judging.case import Case
from auditor.judging.checks import Defect, check, note
from auditor.judging.course import episode, kind_of
from auditor.judging.episodes.plans import SOURCE, later_visits
from auditor.judging.plan_in_force import per_month
from auditor.records import Evidence

TAPER_WITHIN = timedelta(days=84)
MONTHLY = 25
"""Days between two visits from which they are about monthly."""
_VISIT = "S: Low back pain 4/10, was 5/10.\nO: L4 restricted.\nP: Adjusted L4."


@check(
    "EPI964",
    "warning",
    "the frequency of visits never tapered in three months",
    source=SOURCE,
    remedy="Is the frequency still needed, and is a change of it planned?",
    fails=[
        note(
            "S: Low back pain 4/10, was 5/10.\nO: L4 restricted.\nP: Adjusted L4. «2x/week».",
            date_of_service="2026-06-01",
            earlier=later_visits("2026-04-06"),
        )
    ],
    passes=[note(_VISIT + " Reduce to 1x/week.", date_of_service="2026-06-01", earlier=later_visits("2026-04-06"))],
)
def never_tapered(case: Case) -> Iterator[Defect]:
    """One and the same frequency, weekly or more often, at the beginning of the episode and 84 or more days later."""
    today = case.facts.plan.frequency
    stated = [(n.date_of_service, n.facts.plan.frequency) for n in episode(case).visits if n.facts.plan.frequency]
    if (
        today is None
        or not stated
        or case.date_of_service is None
        or per_month(today) < per_month(VisitFrequency(1, "week"))
    ):
        return
    first = stated[0][0]
    if first and case.date_of_service - first >= TAPER_WITHIN and all(frequency == today for _, frequency in stated):
        yield Defect(f"The frequency is the one of {first}, unchanged in every note since.", _frequency_evidence(case))


def _frequency_evidence(case: Case) -> tuple[Evidence, ...]:
    return tuple(item for item in case.facts.plan.evidence if any(character.isdigit() for character in item.text))


@check(
    "EPI965",
    "warning",
    "visits as needed or once a month are billed as active treatment",
    source=SOURCE,
    remedy="Is this visit active treatment or maintenance care? The modifier should follow from the answer.",
    fails=[
        note("S: Low back pain 3/10.\nO: L4 restricted.\nP: Adjusted L4. Return «PRN».", cpt="98940-AT", dx="M99.03"),
        note(_VISIT, cpt="98940-AT", dx="M99.03", date_of_service="2026-05-04", earlier=later_visits("2026-04-01")),
    ],
    passes=[
        note(_VISIT, cpt="98940-AT", dx="M99.03", date_of_service="2026-03-16", earlier=later_visits("2026-03-09")),
        note("S: Low back pain 3/10.\nO: L4 restricted.\nP: Adjusted L4. Return PRN.", cpt="98940-GA", dx="M99.03"),
    ],
)
def as_needed_with_at(case: Case) -> Iterator[Defect]:
    """AT where the note puts the patient on PRN or monthly visits, or where the visits lie about a month apart."""
    if case.initial or kind_of(case) == "discharge" or case.facts.maintenance:
        return
    if not any("AT" in line.modifiers for line in case.spinal_lines):
        return
    plan = case.facts.plan
    rare = plan.frequency is not None and per_month(plan.frequency) <= 1.1
    if rare or (plan.prn and plan.frequency is None):
        evidence = (plan.prn,) if plan.prn and not rare else _frequency_evidence(case)
        yield Defect("AT is billed, and the plan is for visits as needed or once a month.", evidence)
    elif _monthly(case):
        yield Defect("AT is billed, and the last three visits lie about a month apart each.")


def _monthly(case: Case) -> bool:
    days = [note.date_of_service for note in episode(case).visits[-2:]] + [case.date_of_service]
    known = [day for day in days if day]
    gaps = [(later - before).days for before, later in pairwise(known)]
    return len(gaps) == 2 and all(gap >= MONTHLY for gap in gaps)
