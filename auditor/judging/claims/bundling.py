"""NCC821 to NCC824: manual therapy beside manipulation, its region and time, and 97014 to Medicare.

Source: verdicts.md §4 and §5 (manual therapy: 97112, 97124, 97140); NCCI Policy Manual chapter XI; rulebook §9. Lying
next to one another: cervical, thoracic, lumbar, sacral, pelvic in a row.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.anatomy import contiguous, in_order
from auditor.judging.case import Case
from auditor.judging.checks import Defect, check, note, searched
from auditor.judging.icd import in_words, modifiers_of
from auditor.records import ClaimLine, Evidence

THERAPIES = ("97112", "97124", "97140")
LEAST_MINUTES = 8

NECK = "S: Neck and low back pain 4/10. O: C5 restricted and tender. A: C5 segmental dysfunction. P: Adjusted C5."
ON_NECK = f"{NECK} Massage of the cervical paraspinals, 10 minutes."
ON_BACK = f"{NECK} Massage of the lumbar paraspinals, 10 minutes."
DX = "M99.01 M54.59"
STIMULATION = f"{NECK} Electrical stimulation of the neck, 10 minutes."


@dataclass(frozen=True, slots=True)
class TherapyLine:
    """A claim line for manual therapy with what the note says of that therapy."""

    cpt: str
    number: int | None
    """Its place on the claim, counted from 1."""
    modifiers: frozenset[str]
    regions: tuple[str, ...]
    same: tuple[str, ...]
    """Regions that were manipulated today as well."""
    near: tuple[str, ...]
    """Regions next to one that was manipulated."""
    minutes: float | None
    """The lower of the note's and the claim's minutes, where given."""
    evidence: tuple[Evidence, ...]

    @property
    def separate(self) -> tuple[str, ...]:
        """Regions neither manipulated nor next to one that was."""
        return tuple(region for region in self.regions if region not in self.same + self.near)


def therapy_lines(case: Case) -> Iterator[TherapyLine]:
    """The claim's manual therapy lines. Therapy of the line's own kind counts, else any manual therapy of the note."""
    for line in case.lines:
        if line.cpt in THERAPIES:
            yield _read(case, line)


def _read(case: Case, line: ClaimLine) -> TherapyLine:
    given = [item for item in case.facts.manual_therapy if item.kind == line.cpt] or case.facts.manual_therapy
    regions = in_order(region for item in given for region in item.regions)
    same = tuple(region for region in regions if region in case.treated + case.treated_extraspinal)
    near = tuple(region for region in regions if region not in same and _near(case, region))
    noted = [item.minutes for item in given if item.minutes is not None]
    known = ([sum(noted)] if noted else []) + ([] if line.minutes is None else [line.minutes])
    evidence = tuple(item.evidence for item in given)
    return TherapyLine(
        line.cpt, case.number(line), modifiers_of(line), regions, same, near, min(known, default=None), evidence
    )


def _near(case: Case, region: str) -> bool:
    return any(contiguous(region, treated) for treated in case.treated)


@check(
    "NCC821",
    "error",
    "97112, 97124 or 97140 in a region that was manipulated, or one next to it",
    carc="CO-97",
    at_risk="line",
    source="verdicts §5, manual therapy; NCCI Policy Manual ch. XI; rulebook §9.1 and D3",
    remedy="In which body region was the manual therapy given, and was that region manipulated on this date? Please"
    " review whether the line stands beside the manipulation.",
    fails=[
        note(ON_NECK.replace("Massage", "«Massage»"), cpt="98940 97124", dx=DX),
        note(f"{NECK} «Massage» of the thoracic paraspinals, 10 minutes.", cpt="98940 97124-59", dx=DX),
    ],
    passes=[note(ON_BACK, cpt="98940 97124-59", dx=DX)],
)
def therapy_where_manipulated(case: Case) -> Iterator[Defect]:
    """Manual therapy in a manipulated region, or only next to one: the message says which, the second is arguable."""
    for line in therapy_lines(case):
        if line.same:
            places = in_words(line.same)
            message = f"{line.cpt} was given in a region that was manipulated today: {places}."
            yield Defect(message, line.evidence, line=line.number)
        elif line.near:
            treated = in_words([one for one in case.treated if any(contiguous(one, other) for other in line.near)])
            yield Defect(
                f"{line.cpt} was given next to a region that was manipulated today: {in_words(line.near)} beside"
                f" {treated}. The therapy's region itself was not manipulated, so this is arguable.",
                line.evidence,
                line=line.number,
            )


@check(
    "NCC822",
    "error",
    "separate-region manual therapy without 59 or XS",
    carc="CO-97",
    at_risk="line",
    source="verdicts §5, manual therapy; NCCI Policy Manual ch. XI; rulebook §9.1",
    remedy="Was the manual therapy given in a region apart from the manipulation, as the note reads? Please review the"
    " modifier of the line against the note.",
    fails=[note(ON_BACK.replace("Massage", "«Massage»"), cpt="98940 97124", dx=DX)],
    passes=[note(ON_BACK, cpt="98940 97124-59", dx=DX), note(ON_BACK, cpt="98940 97124-XS", dx=DX)],
)
def separate_without_modifier(case: Case) -> Iterator[Defect]:
    """Beside a spinal CMT line, therapy in separate regions only carries neither 59 nor XS."""
    rule = case.policy.rule("separate_modifiers")
    if case.billed is None or rule is None:
        return
    for line in therapy_lines(case):
        if line.separate and not (line.same or line.near or line.modifiers & set(rule.value)):
            yield Defect(
                f"{line.cpt} was given in a separate region ({in_words(line.separate)}) and stands beside {case.billed}"
                f" without modifier {in_words(rule.value, 'or')}.",
                line.evidence,
                line=line.number,
                rule=rule,
            )


@check(
    "NCC823",
    "error",
    "manual therapy without its region, or with fewer than 8 minutes, or no time",
    carc="CO-16",
    at_risk="line",
    source="verdicts §5, manual therapy; CPT time rule (8 minutes); rulebook §9.1 and §9.3",
    remedy="In which body region was the manual therapy given, and for how many minutes? If an original record shows"
    " it, a dated and labelled addendum can say so.",
    fails=[
        note(f"{NECK} «Massage», 10 minutes.", cpt="98940 97124", dx=DX),
        note(f"{NECK} «Massage» of the lumbar paraspinals.", cpt="98940 97124-59", dx=DX),
        note(f"{NECK} «Massage» of the lumbar paraspinals, 5 minutes.", cpt="98940 97124-59", dx=DX),
        note(NECK, cpt="98940 97124-59", dx=DX),
    ],
    passes=[note(ON_BACK, cpt="98940 97124-59", dx=DX)],
)
def therapy_without_region_or_time(case: Case) -> Iterator[Defect]:
    """The note gives the therapy no region, or too little time, or none."""
    for line in therapy_lines(case):
        faults = [] if line.regions else ["no region"]
        if line.minutes is None:
            faults.append("no time")
        elif line.minutes < LEAST_MINUTES:
            faults.append(f"only {line.minutes:g} minutes, fewer than {LEAST_MINUTES}")
        if not line.evidence:
            terms = ("manual therapy, massage or neuromuscular re-education today", "its region", "its minutes")
            message = f"{line.cpt} is billed, and the note documents no such therapy today."
            yield Defect(message, searched=searched(case, "manual_therapy", *terms), line=line.number)
        elif faults:
            message = f"{line.cpt} is billed, and the therapy has {in_words(faults)}."
            yield Defect(message, line.evidence, line=line.number)


@check(
    "NCC824",
    "error",
    "97014 billed to Medicare (G0283 is the code there, and not covered from a chiropractor either)",
    carc="CO-96",
    at_risk="line",
    source="verdicts §4; Medicare Benefit Policy Manual ch. 15 §240.1.1; rulebook §9.4 and D4",
    remedy="Is this line meant for Medicare? Medicare knows unattended stimulation as G0283 and does not cover it from"
    " a chiropractor; please review how the line is handled.",
    fails=[note(STIMULATION, payer="medicare", cpt="98940-AT 97014", dx=DX)],
    passes=[
        note(STIMULATION, payer="medicare", cpt="98940-AT G0283-GY", dx=DX),
        note(STIMULATION, payer="cigna", cpt="98940 97014", dx=DX),
    ],
)
def stimulation_code(case: Case) -> Iterator[Defect]:
    """97014 goes to a payer that has another code for it."""
    rule = case.policy.rule("code_replaced")
    for line in case.lines:
        if rule and (instead := rule.value.get(line.cpt)):
            yield Defect(
                f"{line.cpt} is billed to {case.payer_words}, where {instead} is the code; from a chiropractor neither"
                " is covered.",
                line=case.number(line),
                rule=rule,
            )
