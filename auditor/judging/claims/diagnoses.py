"""DXC811 to DXC813: the diagnoses of a spinal CMT line.

Source: verdicts.md §4 and §5; Medicare Benefit Policy Manual chapter 15 §240.1.2-240.1.4; rulebook §8.
"""

from collections.abc import Iterator

from auditor.judging.case import Case
from auditor.judging.checks import Defect, check, note
from auditor.judging.icd import diagnoses_of, in_words, is_subluxation, normal, regions_named
from auditor.records import ClaimLine

NECK = "S: Neck pain 4/10. O: C5 restricted and tender. A: C5 segmental dysfunction. P: Adjusted C5."
NECK_AND_BACK = (
    "S: Neck and low back pain 4/10. O: C5 and L4 restricted and tender. A: Segmental dysfunction of C5 and L4. "
    "P: Adjusted C5 and L4."
)
BACK_MARKED = NECK_AND_BACK.replace("Adjusted C5 and L4", "Adjusted C5 and «L4»")


def _spinal_diagnoses(case: Case) -> Iterator[tuple[ClaimLine, tuple[str, ...], tuple[str, ...]]]:
    """Each spinal CMT line with its diagnoses and the subluxation codes among them."""
    if case.claim is None:
        return
    families = case.policy.codes("subluxation_families")
    for line in case.spinal_lines:
        codes = diagnoses_of(case.claim, line)
        yield line, codes, tuple(code for code in codes if is_subluxation(code, families))


@check(
    "DXC811",
    "error",
    "a subluxation code is there, but not first",
    carc="CO-11",
    at_risk="line",
    source="verdicts §5; Medicare Benefit Policy Manual ch. 15 §240.1.2 (subluxation is the primary diagnosis)",
    remedy="Which diagnosis is the primary one for the manipulation in the note? Please review the order of diagnoses"
    " and pointers on the line.",
    fails=[note(NECK, cpt="98940", dx="M54.2 M99.01")],
    passes=[note(NECK, cpt="98940", dx="M99.01 M54.2")],
)
def subluxation_not_first(case: Case) -> Iterator[Defect]:
    """The line has a subluxation code, and another code stands first among those it points to."""
    for line, codes, subluxations in _spinal_diagnoses(case):
        if subluxations and codes[0] != subluxations[0]:
            message = f"{line.cpt} has {codes[0]} as its first diagnosis; {subluxations[0]} comes after it."
            yield Defect(message, line=case.number(line))


@check(
    "DXC812",
    "error",
    "no subluxation code on a CMT line",
    carc="CO-11",
    at_risk="line",
    source="verdicts §5 (every payer); Medicare Benefit Policy Manual ch. 15 §240.1.2-240.1.4",
    remedy="Which diagnosis does the note give for each manipulated region? Please review the diagnoses and pointers of"
    " the line against the note.",
    fails=[note(NECK, cpt="98940", dx="M54.2")],
    passes=[note(NECK, cpt="98940", dx="M99.01 M54.2")],
)
def no_subluxation_code(case: Case) -> Iterator[Defect]:
    """No diagnosis of a spinal CMT line is a subluxation code."""
    for line, codes, subluxations in _spinal_diagnoses(case):
        if not subluxations:
            given = f"only {in_words(codes)}" if codes else "no diagnosis at all"
            message = f"{line.cpt} has no spinal subluxation code among its diagnoses, but {given}."
            yield Defect(message, line=case.number(line), rule=case.policy.rule("subluxation_families"))


@check(
    "DXC813",
    "warning",
    "a treated region has no diagnosis that payer asks for",
    carc="CO-11",
    source="verdicts §5 (uhc); Optum policy 71 as reported in rulebook §11.2; decoder in rulebook §8.2-8.3",
    remedy="Which diagnosis does the note give for this region? Please review the claim's diagnoses against the note.",
    fails=[note(BACK_MARKED, payer="uhc", cpt="98940", dx="M99.01 M54.2")],
    passes=[
        note(NECK_AND_BACK, payer="uhc", cpt="98940", dx="M99.01 M54.59"),
        note(NECK_AND_BACK, payer="cigna", cpt="98940", dx="M99.01 M54.2"),
    ],
)
def region_without_diagnosis(case: Case) -> Iterator[Defect]:
    """A spinal region treated today has no diagnosis of its own on the claim; a code stands for one region only."""
    rule = case.policy.rule("region_diagnosis")
    if case.claim is None or not case.spinal_lines or rule is None:
        return
    codes = tuple(dict.fromkeys(normal(code) for code in case.claim.diagnoses))
    for region in _uncovered(case, codes):
        given = f"no diagnosis of the claim ({in_words(codes)}) stands for it" if codes else "the claim has none"
        message = f"The {region} region was manipulated and needs a diagnosis; {given}."
        yield Defect(message, case.evidence_of_treated(region), line=case.number(case.spinal_lines[0]), rule=rule)


def _uncovered(case: Case, codes: tuple[str, ...]) -> list[str]:
    """Treated regions left over where each code is given to one region, as many regions as possible being served."""
    taken: dict[str, str] = {}
    fitting = {region: [code for code in codes if _stands_for(case, code, region)] for region in case.treated}

    def serve(region: str, tried: set[str]) -> bool:
        for code in fitting[region]:
            if code not in tried:
                tried.add(code)
                if code not in taken or serve(taken[code], tried):
                    taken[code] = region
                    return True
        return False

    return [region for region in case.treated if not serve(region, set())]


def _stands_for(case: Case, code: str, region: str) -> bool:
    """A code names the region, or the other side of the joint that alone counts for it (M99.04 for ``L5-S1``)."""
    named = set(regions_named(code))
    places = [place for place in case.treated_places if region in place.regions]
    return region in named or all(len(place.levels) == 2 and named & set(place.possible) for place in places)
