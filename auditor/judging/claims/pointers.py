"""CLM841 to CLM843: the claim's diagnoses among themselves, and the pointers to them (rulebook §8.4, §8.5)."""

from collections.abc import Iterator
from itertools import combinations

from auditor.judging.case import Case
from auditor.judging.checks import Defect, check, note
from auditor.judging.icd import in_words, normal
from auditor.judging.icd10cm import excludes1

NECK = "S: Neck pain 4/10. O: C5 restricted and tender. A: C5 segmental dysfunction. P: Adjusted C5."


def _claim(diagnoses: str, *pointers: int) -> dict[str, object]:
    return {"diagnoses": diagnoses.split(), "lines": [{"cpt": "98940", "pointers": list(pointers)}]}


@check(
    "CLM841",
    "warning",
    "two diagnoses that the tabular list excludes beside one another (Excludes1)",
    carc="CO-16",
    source="ICD-10-CM tabular list, Excludes1 notes of the release named; rulebook §8.4",
    remedy="Do both codes describe the patient on this date, for conditions apart? Please review the two diagnoses"
    " against the note and the tabular list.",
    fails=[note(NECK, cpt="98940", dx="M99.01 M79.12 M79.7"), note(NECK, cpt="98940", dx="M99.03 M54.50 M54.41")],
    passes=[note(NECK, cpt="98940", dx="M99.01 M54.2"), note(NECK, cpt="98940", dx="M99.01 M54.2 M54.6")],
)
def excluded_beside(case: Case) -> Iterator[Defect]:
    """Each pair of diagnoses of which one's Excludes1 note names the other; notes of whole chapters are left out."""
    rule = case.policy.rule("excludes1")
    if case.claim is None or rule is None:
        return
    codes = tuple(dict.fromkeys(normal(code) for code in case.claim.diagnoses))
    for one, other in combinations(codes, 2):
        conflict = excludes1(one, other)
        if conflict is None or conflict.level == "chapter":
            continue
        message = f"{one} and {other} are on one claim; the Excludes1 note at {conflict.bearer} names {conflict.other}:"
        message += f" {conflict.words}."
        if conflict.conditional:
            message += " The note has a condition of its own, so both may be right."
        yield Defect(message, rule=rule)


@check(
    "CLM842",
    "error",
    "a line points to a diagnosis that is not on the claim",
    carc="CO-16",
    at_risk="line",
    source="CMS-1500 (02/12) items 21 and 24E, 837P SV107; rulebook §8.5",
    remedy="Which diagnosis belongs to this line? Please review the diagnosis pointers of the line.",
    fails=[note(NECK, claim=_claim("M99.01 M54.2", 1, 3))],
    passes=[note(NECK, claim=_claim("M99.01 M54.2", 1, 2)), note(NECK, claim=_claim("M99.01 M54.2"))],
)
def pointer_to_nothing(case: Case) -> Iterator[Defect]:
    """A pointer is beyond the claim's diagnoses, or not positive."""
    count = len(case.claim.diagnoses) if case.claim else 0
    for line in case.lines:
        if lost := [str(place) for place in line.pointers if not 1 <= place <= count]:
            number = "diagnosis" if count == 1 else "diagnoses"
            message = f"{line.cpt} points to diagnosis {in_words(lost)}, and the claim has {count or 'no'} {number}."
            yield Defect(message, line=case.number(line))


@check(
    "CLM843",
    "error",
    "more diagnoses or pointers than a claim can carry",
    carc="CO-16",
    source="CMS-1500 (02/12) items 21 and 24E, 837P HI and SV107; rulebook §8.5",
    remedy="Which diagnoses carry the service billed on this line? Please review their number and order.",
    fails=[note(NECK, claim=_claim("M99.01 M54.2 M62.838 R51.9 G44.86", 1, 2, 3, 4, 5))],
    passes=[note(NECK, claim=_claim("M99.01 M54.2 M62.838 R51.9 G44.86", 1, 2, 3, 4))],
)
def too_many(case: Case) -> Iterator[Defect]:
    """A line with more pointers, or a claim with more diagnoses, than the form has places."""
    pointers, diagnoses = case.policy.rule("most_pointers"), case.policy.rule("most_diagnoses")
    for line in case.lines:
        if pointers and len(line.pointers) > pointers.value:
            message = f"{line.cpt} points to {len(line.pointers)} diagnoses; a line takes {pointers.value}."
            yield Defect(message, line=case.number(line), rule=pointers)
    if case.claim and diagnoses and len(case.claim.diagnoses) > diagnoses.value:
        message = f"The claim has {len(case.claim.diagnoses)} diagnoses; it takes {diagnoses.value}."
        yield Defect(message, rule=diagnoses)
