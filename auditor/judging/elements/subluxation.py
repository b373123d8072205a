"""Element 1: subluxation diagnosis with its level (verdicts §3.1; Medicare Benefit Policy Manual ch. 15 §240.1.2-240.1.4)."""

from collections.abc import Iterator

from auditor.anatomy import ICD_REGION, SPINAL, in_order, region_of, regions_of_code
from auditor.judging.case import Case, once
from auditor.judging.checks import Defect, check, note, searched
from auditor.judging.icd import normal
from auditor.records import ElementVerdict, Evidence

SOURCE = "verdicts §3.1; Medicare Benefit Policy Manual ch. 15 §240.1.2-240.1.4"


@once
def verdict(case: Case) -> ElementVerdict:
    """Met, partial, not met or not applicable, with the reasons."""
    if case.treated_extraspinal and not case.treated and not case.possible:
        return _say("not_applicable", "Only extraspinal regions were adjusted.")
    evidence = documented(case)
    if not evidence and not any(case.treated_levels.values()):
        return _say("not_met", "No subluxation with a vertebral level or joint is documented.")
    if not case.treated:
        named = ", ".join(sorted(case.subluxated_levels))
        if not case.subluxated_levels:
            return _say("not_met", "No subluxation with a vertebral level or joint is documented.")
        return _say("partial", f"A subluxation is documented ({named}), but no region was treated by name.", evidence)
    reasons = [*_without_level(case), *_without_subluxation(case), *disagreements(case)]
    if reasons:
        return _say("partial", *reasons, evidence=evidence)
    return _say("met", f"Every treated region has a subluxation with its level: {_levels(case)}.", evidence=evidence)


def _say(status: str, *reasons: str | tuple[Evidence, ...], evidence: tuple[Evidence, ...] = ()) -> ElementVerdict:
    texts = tuple(reason for reason in reasons if isinstance(reason, str))
    given = next((reason for reason in reasons if isinstance(reason, tuple)), evidence)
    return ElementVerdict(element="subluxation", status=status, reasons=texts, evidence=given)  # type: ignore[arg-type]


def documented(case: Case) -> tuple[Evidence, ...]:
    """Statements of a subluxation with a level: findings of fixation or misalignment, and diagnoses."""
    stated = [item.evidence for item in case.facts.subluxations if item.levels]
    stated += [item.evidence for item in case.facts.part if item.segmental and item.levels]
    return tuple(dict.fromkeys(stated))


def _levels(case: Case) -> str:
    return "; ".join(
        f"{region} {', '.join(case.treated_levels[region]) or 'by its diagnosis'}" for region in case.treated
    )


def level_of_region(case: Case, region: str) -> bool:
    """Whether a treated region has an exact level or joint: adjusted, or called subluxated."""
    if case.treated_levels.get(region) or region in case.treated_joints:
        return True
    called = [item.levels for item in case.facts.subluxations if region in item.regions]
    called += [item.levels for item in case.facts.part if item.segmental and region in item.regions]
    return any(region_of(level) == region for levels in called for level in levels)


def _without_level(case: Case) -> list[str]:
    bare = [region for region in case.treated if not level_of_region(case, region)]
    return [f"No vertebral level or joint is named for the treated region {region}." for region in bare]


def _without_subluxation(case: Case) -> list[str]:
    bare = [r for r in case.treated if level_of_region(case, r) and (r not in case.subluxated or r in case.normal)]
    return [
        f"Nothing calls the adjusted levels of the {region} region subluxated, restricted, fixated or misaligned."
        for region in bare
    ]


def disagreements(case: Case) -> list[str]:
    """Where the claim's M99.0x codes and the note disagree on a region. M99.04 agrees with SI and with L5-S1."""
    if case.claim is None:
        return []
    codes = [normal(code) for code in case.claim.diagnoses]
    spinal = [code for code in codes if code in ICD_REGION]
    noted = case.noted | set(case.possible)
    reasons = [
        f"{code} is on the claim, but the note documents nothing in the {ICD_REGION[code]} region."
        for code in dict.fromkeys(spinal)
        if not noted & set(_agreeing(code, spinal))
    ]
    coded = {region for code in spinal for region in _agreeing(code, spinal)}
    if any(code == "M99.04" for code in spinal) and "sacral" in case.possible:
        coded.add("lumbar")
    reasons += [
        f"The {region} region was treated, and the claim has no M99.0x code for it."
        for region in in_order(case.treated)
        if region not in coded and region in SPINAL
    ]
    return reasons


def _agreeing(code: str, codes: list[str]) -> tuple[str, ...]:
    """Regions that a code stands for; M99.04 stands for the sacroiliac joint only where no M99.05 does."""
    if code == "M99.04" and "M99.05" in codes:
        return ("sacral",)
    return regions_of_code(code)


@check(
    "SUB101",
    "error",
    "no subluxation documented",
    element="subluxation",
    carc="CO-50",
    at_risk="treatment",
    source=SOURCE,
    remedy="If a subluxation was found at this visit, what was found and at which level? A dated, labelled addendum can record what was omitted.",
    fails=["S: Low back pain 5/10.\nO: Lumbar paraspinals in spasm.\nP: Adjusted the low back."],
    passes=["O: L4 restricted.\nA: L4 segmental dysfunction.\nP: Adjusted L4."],
)
def no_subluxation(case: Case) -> Iterator[Defect]:
    """Nothing treated or found is called subluxated, and no level is adjusted."""
    if verdict(case).status == "not_met":
        yield Defect(
            "The note documents no subluxation with a level.",
            searched=searched(
                case, "subluxation", "subluxation", "segmental dysfunction", "fixation", "restriction", "listing"
            ),
        )


@check(
    "SUB102",
    "error",
    "a treated region has no vertebral level",
    element="subluxation",
    carc="CO-50",
    source=SOURCE,
    remedy="Which segment or joint was adjusted in this region? A dated, labelled addendum can record a level that was left out.",
    fails=["O: C5 restricted, tender.\nA: Cervical and lumbar subluxation.\nP: Adjusted C5 and the «lumbar spine»."],
    passes=["O: C5 and L4 restricted.\nP: Adjusted C5 and L4."],
)
def treated_region_without_level(case: Case) -> Iterator[Defect]:
    """A treated spinal region for which no level or joint stands anywhere."""
    for region in case.treated:
        if not level_of_region(case, region):
            yield Defect(
                f"The {region} region was treated, but no level in it is named.", case.evidence_of_treated(region)
            )


@check(
    "SUB103",
    "warning",
    "the claim's M99.0x codes and the note disagree on a region",
    element="subluxation",
    carc="CO-11",
    source=SOURCE,
    remedy="Do the diagnosis codes on the claim name the regions that the note documents? Correct whichever record is wrong by its own procedure.",
    fails=[
        note(
            "O: C5 restricted, tender.\nA: C5 subluxation.\nP: Adjusted C5.",
            cpt="98940-AT",
            dx="M99.01 M99.03",
            payer="medicare",
        )
    ],
    passes=[
        note(
            "O: C5 restricted, tender.\nA: C5 subluxation.\nP: Adjusted C5.",
            cpt="98940-AT",
            dx="M99.01 M54.2",
            payer="medicare",
        )
    ],
)
def codes_and_note_disagree(case: Case) -> Iterator[Defect]:
    """An M99.0x code of a region that is not in the note, or a treated region without its code."""
    has_codes = case.claim is not None and any(normal(code) in ICD_REGION for code in case.claim.diagnoses)
    if has_codes and case.treated:
        for reason in disagreements(case):
            yield Defect(reason, case.treatment_evidence)
