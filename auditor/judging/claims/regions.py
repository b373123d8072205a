"""CPT701 to CPT708: the CMT code billed against the regions that the note supports.

Source: verdicts.md §2 and §4; CPT Assistant, February 1997 (regions and code by count).
"""

from collections.abc import Iterator

from auditor.anatomy import EXTRASPINAL_CMT, SPINAL_CMT, code_by_count
from auditor.judging.case import Case
from auditor.judging.checks import Defect, check, note, searched
from auditor.judging.icd import in_words, modifiers_of, pointed
from auditor.records import Evidence

REGIONS_OF_CMT = {"98940": "one or two", "98941": "three or four", "98942": "five"}
SUBLUXATIONS = frozenset(f"M99.0{site}" for site in range(6))

NECK = "S: Neck pain 4/10. O: C5 restricted and tender. A: C5 segmental dysfunction. P: Adjusted C5."
NECK_MARKED = NECK.replace("Adjusted C5", "Adjusted «C5»")
THREE = (
    "S: Neck, mid back and low back pain 4/10. O: C5, T6 and L4 restricted and tender. "
    "A: Segmental dysfunction of C5, T6 and L4. P: Adjusted C5, T6 and L4."
)
THREE_MARKED = THREE.replace("Adjusted C5, T6 and L4", "Adjusted «C5», «T6» and «L4»")
SHOULDER = NECK.replace("Adjusted C5", "Adjusted C5 and the right shoulder")
SHOULDER_CLAIM = {
    "diagnoses": ["M99.01", "M25.511"],
    "lines": [{"cpt": "98940", "pointers": [1]}, {"cpt": "98943", "modifiers": ["59"], "pointers": [2]}],
}


def _treated_evidence(case: Case) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(item for region in case.treated for item in case.evidence_of_treated(region)))


def _against_supported(case: Case) -> Defect:
    supported = in_words(case.supported)
    plural = "s" if len(case.supported) > 1 else ""
    message = (
        f"{case.billed} is billed, which stands for {REGIONS_OF_CMT[case.billed or '']} spinal regions; the note"
        f" supports {len(case.supported)} region{plural} ({supported}), which is {code_by_count(len(case.supported))}."
    )
    if unsupported := [region for region in case.treated if region not in case.supported]:
        message += f" Manipulated without a documented subluxation: {in_words(unsupported)}."
    return Defect(message, _treated_evidence(case), line=case.number(case.billed_line))


@check(
    "CPT701",
    "error",
    "overcoded",
    carc="CO-150",
    at_risk="difference",
    source="verdicts §2; CPT Assistant, February 1997 (code by count of regions)",
    remedy="Which spinal regions were manipulated on this date, and where does the record show it? If it supports fewer"
    " regions than the code stands for, please review the code before the claim goes out.",
    fails=[note(NECK_MARKED, cpt="98941", dx="M99.01 M54.2")],
    passes=[note(NECK, cpt="98940", dx="M99.01 M54.2"), note(THREE, cpt="98941", dx="M99.01 M99.02 M99.03")],
)
def overcoded(case: Case) -> Iterator[Defect]:
    """The billed spinal CMT code stands for more regions than the note supports."""
    if case.verdict == "overcoded":
        yield _against_supported(case)


@check(
    "CPT702",
    "warning",
    "undercoded",
    at_risk="difference",
    source="verdicts §2; rulebook §2.1 (a claim describes the service actually given)",
    remedy="Does the billed code describe the regions that the note shows as manipulated? Please review the code"
    " against the note.",
    fails=[note(THREE_MARKED, cpt="98940", dx="M99.01 M99.02 M99.03")],
    passes=[note(THREE, cpt="98941", dx="M99.01 M99.02 M99.03")],
)
def undercoded(case: Case) -> Iterator[Defect]:
    """The billed spinal CMT code stands for fewer regions than the note supports."""
    if case.verdict == "undercoded":
        yield _against_supported(case)


@check(
    "CPT703",
    "error",
    "more than one spinal CMT code on one date",
    carc="CO-18",
    at_risk="line",
    source="verdicts §4; rulebook §2.1 (98940, 98941 and 98942 exclude one another)",
    remedy="Which single spinal CMT code describes all regions manipulated on this date? Please review the lines.",
    fails=[note(THREE, cpt="98940 98941", dx="M99.01 M99.02 M99.03")],
    passes=[note(THREE, cpt="98941", dx="M99.01 M99.02 M99.03")],
)
def two_spinal_codes(case: Case) -> Iterator[Defect]:
    """Two lines with a spinal CMT code, of the same code or of two."""
    if len(case.spinal_lines) > 1:
        codes = in_words([line.cpt for line in case.spinal_lines])
        message = f"The claim has {len(case.spinal_lines)} spinal CMT lines ({codes}); one date takes one."
        for line in case.spinal_lines:
            if line is not case.billed_line:
                yield Defect(message, line=case.number(line))


@check(
    "CPT704",
    "error",
    "a spinal CMT code and no supported region",
    carc="CO-50",
    at_risk="treatment",
    source="verdicts §2; Medicare Benefit Policy Manual ch. 15 §240.1.2-240.1.4",
    remedy="Was a spinal manipulation delivered on this date, and in which region or level? If an original record shows"
    " it, a dated and labelled addendum can say so; if none does, please review the line.",
    fails=[
        note(NECK.replace("Adjusted C5", "Ice and rest"), cpt="98940", dx="M99.01 M54.2"),
        note("S: Neck pain 4/10. O: Neck muscles tight. P: Adjusted the «neck».", cpt="98940", dx="M99.01"),
    ],
    passes=[note(NECK, cpt="98940", dx="M99.01 M54.2")],
)
def nothing_supported(case: Case) -> Iterator[Defect]:
    """A spinal CMT code is billed and no region is supported."""
    if case.verdict != "unsupported":
        return
    number = case.number(case.billed_line)
    start = f"{case.billed} is billed, and the note supports no spinal region: "
    if case.treated:
        normal_today = tuple(item for region, item in case.facts.normal if region in case.treated)
        reason = f"no subluxation is documented in the region manipulated ({in_words(case.treated)})."
        yield Defect(start + reason, _treated_evidence(case) + normal_today, line=number)
    elif case.facts.treatments:
        message = f"{start}no treatment statement names a spinal region for certain."
        yield Defect(message, case.treatment_evidence, line=number)
    else:
        terms = ("a spinal adjustment or manipulation today", "its region, level or joint")
        nothing = searched(case, "treated", *terms)
        yield Defect(f"{start}no manipulation is documented today.", searched=nothing, line=number)


@check(
    "CPT705",
    "error",
    "98943 billed to Medicare",
    carc="CO-96",
    at_risk="line",
    source="verdicts §4; Medicare Benefit Policy Manual ch. 15 §240.1.1 (spinal manipulation is the only benefit)",
    remedy="Is this line meant for Medicare? Extraspinal manipulation is no Medicare benefit; please review how the"
    " line is handled.",
    fails=[note(SHOULDER, payer="medicare", claim=SHOULDER_CLAIM)],
    passes=[note(SHOULDER, payer="cigna", claim=SHOULDER_CLAIM)],
)
def extraspinal_not_covered(case: Case) -> Iterator[Defect]:
    """98943 goes to a payer that does not cover it, whatever its modifiers."""
    rule = case.policy.rule("not_covered")
    for line in case.lines:
        if rule and line.cpt in rule.value:
            what = f"{line.cpt} (extraspinal manipulation)" if line.cpt == EXTRASPINAL_CMT else line.cpt
            message = f"{what} is billed to {case.payer_words}, which does not cover it."
            yield Defect(message, line=case.number(line), rule=rule)


@check(
    "CPT706",
    "error",
    "98943 beside a spinal CMT code without modifier 59 or XS, or pointing to a spinal subluxation code",
    carc="CO-4",
    at_risk="line",
    source="verdicts §4; rulebook §2.3 and D17",
    remedy="Was an extraspinal region manipulated besides the spine, and which diagnosis belongs to it? Please review"
    " the modifier and the diagnosis pointers of the 98943 line against the note.",
    fails=[
        note(SHOULDER, payer="cigna", cpt="98940 98943-59", dx="M99.01 M25.511"),
        note(SHOULDER, claim={**SHOULDER_CLAIM, "lines": [{"cpt": "98940", "pointers": [1]}, {"cpt": "98943"}]}),
    ],
    passes=[note(SHOULDER, payer="cigna", claim=SHOULDER_CLAIM)],
)
def extraspinal_line(case: Case) -> Iterator[Defect]:
    """98943 is not marked as separate from the spinal line, or rests on a spinal diagnosis, whoever the payer is."""
    if case.claim is None:
        return
    separate = case.policy.rule("separate_modifiers")
    for line in case.lines:
        if line.cpt != EXTRASPINAL_CMT:
            continue
        number = case.number(line)
        if case.billed and separate and not modifiers_of(line) & set(separate.value):
            message = f"98943 stands beside {case.billed} without modifier {in_words(separate.value, 'or')}."
            yield Defect(message, line=number, rule=separate)
        if spinal := [code for code in pointed(case.claim, line) if code in SUBLUXATIONS]:
            yield Defect(f"98943 points to {in_words(spinal)}, a diagnosis of spinal subluxation.", line=number)


@check(
    "CPT707",
    "error",
    "units above 1 on a CMT line",
    carc="CO-151",
    at_risk="units",
    source="verdicts §4; rulebook §2.1 (CMT codes are untimed, one unit)",
    remedy="Why does the line carry more than one unit? A CMT code stands for the whole visit; please review them.",
    fails=[note(NECK, claim={"diagnoses": ["M99.01"], "lines": [{"cpt": "98940", "units": 2, "pointers": [1]}]})],
    passes=[note(NECK, claim={"diagnoses": ["M99.01"], "lines": [{"cpt": "98940", "units": 1, "pointers": [1]}]})],
)
def several_units(case: Case) -> Iterator[Defect]:
    """A CMT code is untimed and takes one unit."""
    for line in case.lines:
        if line.cpt in (*SPINAL_CMT, EXTRASPINAL_CMT) and line.units > 1:
            message = f"{line.cpt} is billed with {line.units} units; a CMT line takes one."
            yield Defect(message, line=case.number(line), units_over=line.units - 1)


@check(
    "CPT708",
    "warning",
    "the code depends on a region that the note leaves open",
    carc="CO-150",
    source="verdicts §1 (junction rule) and §2; rulebook §1.5",
    remedy="Which vertebrae or joints were manipulated at this place? The wording leaves it open; if an original record"
    " shows it, a dated and labelled addendum can name them.",
    fails=[
        note(
            "S: Neck pain 3/10. O: C6, C7 and L4 restricted and tender. A: Segmental dysfunction of C6, C7 and L4. "
            "P: Adjusted «C6-T1» and L4.",
            cpt="98941",
            dx="M99.01 M99.03",
        )
    ],
    passes=[
        note("S: Neck pain 3/10. O: C6 and C7 restricted. A: C6, C7 segmental dysfunction. P: Adjusted C6-T1."),
    ],
)
def depends_on_possible(case: Case) -> Iterator[Defect]:
    """A region that the wording leaves open would change the supported code. Concerns notes without a claim too."""
    opened = [region for region in case.possible if region not in case.normal]
    certain, at_most = len(case.supported), len(case.supported) + len(opened)
    if code_by_count(certain) == code_by_count(at_most):
        return
    evidence = tuple(place.evidence for place in case.treated_places if set(place.possible) & set(opened))
    now = f"supports {code_by_count(certain)}" if certain else "supports no spinal CMT code"
    yield Defect(
        f"The note leaves open whether the {in_words(opened)} region was manipulated; without it the note {now},"
        f" with it {code_by_count(at_most)}.",
        tuple(dict.fromkeys(evidence)),
    )
