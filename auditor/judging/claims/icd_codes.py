"""DXC814 and DXC815: the claim's ICD-10-CM codes against the table in force, and against the note.

Source: ICD-10-CM tabular list, in the releases that ``judging/icd10cm`` holds; verdicts.md §4; rulebook §8.2-8.3.
"""

from collections.abc import Iterator

from auditor.facts import Role
from auditor.judging.case import Case
from auditor.judging.checks import Defect, check, note
from auditor.judging.icd import SITE_FAMILIES, in_words, normal
from auditor.judging.icd10cm import Standing, siblings_by_side, standing, title
from auditor.records import Evidence, Severity

NECK = "S: Neck pain 4/10. O: C5 restricted and tender. A: C5 segmental dysfunction. P: Adjusted C5."
BACK = "S: Low back pain 4/10. O: L4 restricted and tender. A: L4 segmental dysfunction. P: Adjusted L4."
SCIATICA = BACK.replace("Low back pain", "Low back pain and left sciatica")
WITHIN_2026 = {"date_of_service": "2026-03-02"}

BY_REGION = {
    "M54.9": "M54.2, M54.6 or a code below M54.5",
    "M54.89": "M54.2, M54.6 or a code below M54.5",
    "M51.9": "a code of M51 by region",
    "M53.9": "a code of M53.8 by region",
}
"""Codes that name no region, and what the tabular list has by region."""
WITH_LUMBAR_PAIN = {
    "M51.369": "M51.360 or M51.362",
    "M51.379": "M51.370 or M51.372",
}
"""Codes "without mention of lumbar back pain or lower extremity pain", and those with it."""
DISC_WITHOUT_LEVEL = ("M50.00", "M50.10", "M50.20", "M50.30", "M50.80", "M50.90", "M50.120", "M50.220", "M50.320")
NAMED = (Role.COMPLAINT, Role.FINDING, Role.DIAGNOSIS, Role.TREATED)
PICTURED = (Role.IMAGING, Role.DIAGNOSIS)


@check(
    "DXC814",
    "info",
    "a less specific code than the note supports",
    carc="CO-11",
    source="verdicts §4; ICD-10-CM guidelines I.B.2 and I.B.18 (the highest specificity documented); rulebook §8.2-8.3",
    remedy="Which side, region or level does the note give for this condition? Please review the diagnosis against the"
    " note and the tabular list.",
    fails=[
        note(SCIATICA.replace("left sciatica", "«left sciatica»"), cpt="98940", dx="M99.03 M54.30"),
        note(NECK, cpt="98940", dx="M99.01 M54.9"),
        note(BACK, cpt="98940", dx="M99.03 M51.369"),
    ],
    passes=[
        note(SCIATICA, cpt="98940", dx="M99.03 M54.32"),
        note(NECK, cpt="98940", dx="M99.01 M54.2"),
        note(BACK, cpt="98940", dx="M99.03 M54.30"),
    ],
)
def less_specific(case: Case) -> Iterator[Defect]:
    """A code leaves open the side, region or level that the note gives."""
    for code in dict.fromkeys(normal(given) for given in (case.claim.diagnoses if case.claim else ())):
        found = _side(case, code) or _region(case, code) or _pain(case, code) or _level(case, code)
        if found:
            said, better, evidence = found
            number = next((case.number(line) for line in case.spinal_lines), None)
            yield Defect(
                f"{code} leaves open what the note gives ({said}); the list has {better}.", evidence, line=number
            )


Better = tuple[str, str, tuple[Evidence, ...]]


def _side(case: Case, code: str) -> Better | None:
    if not (by_side := siblings_by_side(code)):
        return None
    words = (title(code) or "").lower()
    said = [item for item in case.facts.sides if item.place in words]
    if len({item.side for item in said}) != 1:
        return None
    return f"{said[0].side} {said[0].place}", in_words(by_side, "or"), (said[0].evidence,)


def _region(case: Case, code: str) -> Better | None:
    better = BY_REGION.get(code)
    family = next((family for family in SITE_FAMILIES if code.startswith(family)), None)
    if better is None and family and code[len(family) : len(family) + 1] == "0":
        better = f"codes of {family.rstrip('.')} by region"
    mentions = [item for item in case.facts.mentions if item.role in NAMED and item.regions]
    regions = {region for item in mentions for region in item.regions}
    if better is None or len(regions) != 1:
        return None
    return f"the {regions.pop()} region".replace("_", " "), better, (mentions[0].evidence,)


def _pain(case: Case, code: str) -> Better | None:
    better = WITH_LUMBAR_PAIN.get(code)
    ratings = (item for item in case.facts.measures if item.instrument == "NPRS" and item.region == "lumbar")
    hurts = tuple(item.evidence for item in ratings if item.value)
    return ("low back pain", better, hurts) if better and hurts else None


def _level(case: Case, code: str) -> Better | None:
    if code not in DISC_WITHOUT_LEVEL:
        return None
    pictured = [item for item in case.facts.mentions if item.role in PICTURED and len(item.levels) == 2]
    cervical = [item for item in pictured if item.regions[:1] == ("cervical",) and item.role is Role.IMAGING]
    if not cervical:
        return None
    return f"the level {'-'.join(cervical[0].levels)}", "codes by level", (cervical[0].evidence,)


@check(
    "DXC815",
    "error",
    "not a valid ICD-10-CM code on the date of service",
    carc="CO-16",
    at_risk="line",
    source="verdicts §4; ICD-10-CM tabular list in the release named; rulebook §8.3",
    remedy="Which code of the release in force describes the condition in the note? Please review the diagnosis.",
    fails=[
        note(BACK, **WITHIN_2026, cpt="98940", dx="M99.03 M54.5"),
        note(BACK, **WITHIN_2026, cpt="98940", dx="M99.03 M51.36"),
        note(BACK, date_of_service="2026-11-02", cpt="98940", dx="M99.03 M54.5"),
    ],
    passes=[
        note(BACK, **WITHIN_2026, cpt="98940", dx="M99.03 M54.50"),
        note(BACK, date_of_service="2024-05-01", cpt="98940", dx="M99.03 M51.36"),
        note(BACK, date_of_service="2021-03-01", cpt="98940", dx="M99.03 M54.5"),
    ],
)
def not_in_the_release(case: Case) -> Iterator[Defect]:
    """A diagnosis is no billable code of the release in force; outside all releases held the finding only warns."""
    for code in dict.fromkeys(case.claim.diagnoses if case.claim else ()):
        judged = standing(code, case.date_of_service)
        if judged.kind != "billable":
            weight: Severity = "error" if judged.within else "warning"
            yield Defect(_message(case, judged), line=_line_of(case, code), severity=weight)


def _message(case: Case, judged: Standing) -> str:
    release = judged.release
    span = f"the release of {release.name} (dates of service {release.valid_from} to {release.valid_to})"
    if judged.within:
        start = f"{judged.code} is not a valid ICD-10-CM code on {case.date_of_service}: in {span}"
        start += " it stands for a family of codes only" if judged.kind == "category" else " there is no such code"
    else:
        start = f"{judged.code} is not in {span}" + (" as a code to bill" if judged.kind == "category" else "")
    if judged.needs:
        more = f" and {judged.needed - len(judged.needs)} more" if judged.needed > len(judged.needs) else ""
        start += f"; there are {', '.join(judged.needs)}{more}"
    if judged.within:
        return f"{start}."
    day = case.date_of_service
    when = f"The service of {day} lies outside of these dates" if day else "No date of service is known"
    return f"{start}. {when}, so the list in force decides."


def _line_of(case: Case, code: str) -> int | None:
    """The first line that points to the code, or that points to none and so rests on all."""
    place = list(case.claim.diagnoses).index(code) + 1 if case.claim else 0
    return next((case.number(line) for line in case.lines if place in line.pointers or not line.pointers), None)
