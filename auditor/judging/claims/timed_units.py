"""CLM844: units of timed services against the minutes of the date.

Source: Medicare Claims Processing Manual chapter 5 §20.2 (8 to 22 minutes make one unit, 23 to 37 two …), CPT's
midpoint rule; rulebook §9.3. Minutes come from the note, where it tells them, else from the claim.
"""

from collections.abc import Iterator, Mapping

from auditor.judging.case import Case
from auditor.judging.checks import Defect, check, note
from auditor.judging.claims.bundling import NECK, THERAPIES, therapy_lines
from auditor.judging.icd import in_words
from auditor.records import ClaimLine

TIMED = ("97032", "97035", "97110", *THERAPIES, "97530")
UNIT = 15
LEAST = 8

BACK = f"{NECK} «Massage» of the lumbar paraspinals, 16 minutes."


def _claim(count: int, **second: object) -> dict[str, object]:
    lines: list[dict[str, object]] = [
        {"cpt": "98940", "pointers": [1]},
        {"cpt": "97124", "modifiers": ["59"], "units": count, "pointers": [2]},
    ]
    return {"diagnoses": ["M99.01", "M54.59"], "lines": [*lines, *([{"pointers": [2], **second}] if second else [])]}


def units_of(minutes: float) -> int:
    """Units that so many minutes make: none below 8, then one for each 15 and for a rest of 8 or more."""
    return int((minutes + UNIT - LEAST) // UNIT)


@check(
    "CLM844",
    "warning",
    "more units of timed services than the minutes of the date make",
    carc="CO-151",
    at_risk="units",
    source="Medicare Claims Processing Manual ch. 5 §20.2, standard values; rulebook §9.3",
    remedy="How many minutes of each timed service does the record show for this date? Please review the units against"
    " them.",
    fails=[
        note(BACK, claim=_claim(2)),
        note(BACK, claim=_claim(1, cpt="97110", units=2, minutes=16)),
    ],
    passes=[
        note(BACK.replace("«", "").replace("»", ""), claim=_claim(1)),
        note(BACK.replace("«", "").replace("»", ""), claim=_claim(1, cpt="97110", units=1, minutes=16)),
    ],
)
def too_many_units(case: Case) -> Iterator[Defect]:
    """All timed minutes of the date against all timed units; by the midpoint rule each line by itself.

    Where a line's minutes are told nowhere nothing can be counted (NCC823 says so of manual therapy).
    """
    rule = case.policy.rule("timed_units")
    timed = [line for line in case.lines if line.cpt in TIMED]
    minutes = {case.number(line): _minutes(case, line) for line in timed}
    known = {number: given for number, given in minutes.items() if given is not None}
    if rule is None or not timed or len(known) < len(minutes):
        return
    evidence = tuple(dict.fromkeys(item for line in therapy_lines(case) for item in line.evidence))
    if rule.value == "midpoint":
        for line in timed:
            if line.units > (made := units_of(known[case.number(line)])):
                message = _sentence(line.cpt, line.units, known[case.number(line)], made)
                yield Defect(message, evidence, line=case.number(line), rule=rule, units_over=line.units - made)
        return
    billed, total = sum(line.units for line in timed), _total(case, known)
    if billed > (made := units_of(total)):
        names = in_words(list(dict.fromkeys(line.cpt for line in timed)))
        message, over = _sentence(names, billed, total, made), billed - made
        for line in sorted(timed, key=lambda line: known[case.number(line)]):
            share = min(over, line.units)
            over -= share
            if share:
                yield Defect(message, evidence, line=case.number(line), rule=rule, units_over=share)


def _total(case: Case, known: Mapping[int | None, float]) -> float:
    """All timed minutes of the date; what the note says once counts once, on however many lines it is billed."""
    noted = {one.evidence: known[one.number] for one in therapy_lines(case) if one.evidence}
    told = {one.number for one in therapy_lines(case) if one.evidence}
    return sum(noted.values()) + sum(given for number, given in known.items() if number not in told)


def _minutes(case: Case, line: ClaimLine) -> float | None:
    if line.cpt in THERAPIES:
        return next(one.minutes for one in therapy_lines(case) if one.number == case.number(line))
    return line.minutes


def _sentence(names: str, billed: int, minutes: float, made: int) -> str:
    plural = "s" * (billed != 1)
    return f"{names}: {billed} unit{plural} billed, and {minutes:g} timed minutes in all make {made or 'none'}."
