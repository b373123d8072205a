"""Counts over a patient's visits (EPI975 to EPI977): signed in a batch, many in a month, many in a year (rulebook §13)."""

from collections.abc import Iterator
from datetime import date

from auditor.facts import Facts
from auditor.judging.case import Case
from auditor.judging.checks import Defect, check, note

SOURCE = "rulebook §13 and §11.1"
MOST_IN_A_MONTH, MOST_IN_A_YEAR = 12, 30
FEWEST_OF_A_BATCH = 3
_VISIT = "S: Low back pain 4/10, was 5/10.\nO: L4 restricted.\nP: Adjusted L4."
_SIGNED = _VISIT + "\nElectronically signed by Jane Roe, DC 3/30/2026"


def _on(*days: str, text: str = _VISIT) -> list[dict[str, str]]:
    return [{"date_of_service": day, "text": text} for day in days]


def _days(case: Case) -> list[date]:
    """The days of the patient's visits up to today, each once, in order; empty where today's is not known."""
    if case.date_of_service is None:
        return []
    seen = (item for item in case.earlier if _was_seen(item.facts))
    return sorted({case.date_of_service, *(item.date_of_service for item in seen if item.date_of_service)})


def _was_seen(facts: Facts) -> bool:
    """Whether a note tells of a visit: of something treated, found or measured. A missed appointment is none."""
    return bool(facts.treatments or facts.part or facts.measures)


@check(
    "EPI975",
    "warning",
    "signed in a batch with other notes",
    source=SOURCE + "; Program Integrity Manual ch. 3 §3.3.2.4 (timely signature)",
    remedy="When was each of these notes written and signed?",
    fails=[
        note(
            _VISIT + "\n«Electronically signed by Jane Roe, DC 3/30/2026»",
            date_of_service="2026-03-09",
            earlier=_on("2026-03-02", "2026-03-05", text=_SIGNED),
        )
    ],
    passes=[
        note(
            _VISIT + "\nElectronically signed by Jane Roe, DC 3/9/2026",
            date_of_service="2026-03-09",
            earlier=_on("2026-03-02", "2026-03-05", text=_SIGNED),
        )
    ],
)
def signed_in_a_batch(case: Case) -> Iterator[Defect]:
    """Three notes or more, of as many days, were signed on one later day."""
    signed = case.facts.signature.signed_on
    if signed is None or case.date_of_service is None:
        return
    days = {
        item.date_of_service
        for item in case.earlier
        if item.facts.signature.signed_on == signed and item.date_of_service
    }
    days.add(case.date_of_service)
    if len(days) >= FEWEST_OF_A_BATCH and all(day < signed for day in days if day):
        yield Defect(
            f"{len(days)} notes of as many days of service were signed on {signed}.", case.facts.signature.evidence
        )


@check(
    "EPI976",
    "info",
    "more than twelve visits in a month",
    source=SOURCE + " (edits of the Novitas area; rulebook §8.5)",
    remedy="Does the record show the need for this many visits?",
    fails=[note(_VISIT, date_of_service="2026-03-30", earlier=_on(*(f"2026-03-{day:02d}" for day in range(2, 14))))],
    passes=[note(_VISIT, date_of_service="2026-03-30", earlier=_on(*(f"2026-03-{day:02d}" for day in range(2, 13))))],
)
def many_in_a_month(case: Case) -> Iterator[Defect]:
    """The thirteenth visit of the calendar month, or a later one."""
    same = [
        day
        for day in _days(case)
        if case.date_of_service and (day.year, day.month) == (case.date_of_service.year, case.date_of_service.month)
    ]
    if len(same) > MOST_IN_A_MONTH and _was_seen(case.facts):
        yield Defect(f"This is visit {len(same)} of the month.")


@check(
    "EPI977",
    "info",
    "more than thirty visits in a year",
    source=SOURCE + " (OIG A-09-14-02033)",
    remedy="Does the record show the need for this many visits?",
    fails=[
        note(
            _VISIT,
            date_of_service="2026-06-30",
            earlier=_on(*(f"2026-{month:02d}-{day:02d}" for month in (3, 4, 5) for day in range(1, 11))),
        )
    ],
    passes=[
        note(
            _VISIT,
            date_of_service="2026-06-30",
            earlier=_on(*(f"2026-{month:02d}-{day:02d}" for month in (3, 4) for day in range(1, 11))),
        )
    ],
)
def many_in_a_year(case: Case) -> Iterator[Defect]:
    """The thirty-first visit of the calendar year, or a later one."""
    same = [day for day in _days(case) if case.date_of_service and day.year == case.date_of_service.year]
    if len(same) > MOST_IN_A_YEAR and _was_seen(case.facts):
        yield Defect(f"This is visit {len(same)} of the year.")
