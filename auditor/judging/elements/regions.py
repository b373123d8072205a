"""Element 3: regions named, not counted (verdicts §3.3; Medicare Benefit Policy Manual ch. 15 §240.1.2)."""

from collections.abc import Iterator

from auditor.anatomy import SPINAL
from auditor.facts import Treatment, TreatmentKind
from auditor.judging.case import Case, once
from auditor.judging.checks import Defect, check, searched
from auditor.records import ElementVerdict

SOURCE = "verdicts §3.3; Medicare Benefit Policy Manual ch. 15 §240.1.2"


@once
def verdict(case: Case) -> ElementVerdict:
    """Met, partial or not met, with the reasons."""
    named = [item for item in case.facts.treatments if item.kind is TreatmentKind.NAMED and _places(item)]
    pointers = [item for item in case.facts.treatments if item.kind is TreatmentKind.POINTER]
    evidence = tuple(item.evidence for item in named or pointers) or case.treatment_evidence
    regions = ", ".join(case.treated + case.treated_extraspinal).replace("_", " ") or "a region left open"
    if named and case.treated + case.treated_extraspinal:
        wrong = _disagreeing(case)
        if wrong:
            return _say("partial", f"The note counts {wrong.count} regions and names {regions}.", case)
        if any(item.kind is TreatmentKind.FULL_SPINE for item in case.facts.treatments):
            return _say("partial", f"The note names {regions}, but also calls it full spine.", case)
        return ElementVerdict(
            element="regions", status="met", reasons=(f"Today's treatment names {regions}.",), evidence=evidence
        )
    if pointers and case.treated:
        return _say(
            "partial", f"The treatment only points to a list elsewhere in the note, which names {regions}.", case
        )
    if case.unnamed:
        return _say("not_met", f"{_unnamed_reason(case.unnamed[0])}", case)
    if named:
        return _say("not_met", "The treatment names no region for certain.", case)
    return _say("not_met", "No manipulation is documented today.", case)


def _say(status: str, reason: str, case: Case) -> ElementVerdict:
    return ElementVerdict(element="regions", status=status, reasons=(reason,), evidence=case.treatment_evidence)  # type: ignore[arg-type]


def _places(item: Treatment) -> bool:
    return bool(item.places)


def _unnamed_reason(item: Treatment) -> str:
    return {
        TreatmentKind.COUNT: f"The regions are counted ({item.count}), not named.",
        TreatmentKind.FULL_SPINE: "The treatment is called full spine; no region is named.",
        TreatmentKind.CODE: "A code stands in place of a treatment statement.",
    }.get(item.kind, "A manipulation is stated, but no region is named.")


def _disagreeing(case: Case) -> Treatment | None:
    """A treatment statement whose count of regions is not the number of regions named."""
    for item in case.facts.treatments:
        own = {region for place in item.places for region in place.regions}
        named = own or {*case.treated, *case.treated_extraspinal}
        left_open = {region for place in item.places for region in place.possible}
        if item.count is not None and item.count not in (len(named), len(named & set(SPINAL)), len(named | left_open)):
            return item
    return None


@check(
    "REG301",
    "error",
    "no manipulation documented today",
    element="regions",
    carc="CO-50",
    at_risk="treatment",
    source=SOURCE,
    remedy="Was a manipulation performed at this visit? If it was, to which region and level, and where is it recorded?",
    fails=["S: Low back pain 5/10.\nO: L4 restricted and tender.\nP: Ice. Return Friday."],
    passes=["O: L4 restricted and tender.\nP: Adjusted L4."],
)
def no_manipulation(case: Case) -> Iterator[Defect]:
    """No statement of a manipulation delivered today, not even an unnamed one."""
    if not case.facts.treatments:
        terms = ("adjusted", "manipulated", "CMT", "thrust", "segments adjusted")
        yield Defect("No manipulation is documented today.", searched=searched(case, "treated", *terms))


@check(
    "REG302",
    "error",
    "regions counted or called full spine, not named",
    element="regions",
    carc="CO-50",
    at_risk="treatment",
    source=SOURCE,
    remedy="Which regions and levels were adjusted at this visit? A dated, labelled addendum can record what was left out.",
    fails=[
        "O: L4 restricted and tender.\nP: «3 regions adjusted.»",
        "P: «Full spine adjustment.»",
        "P: «98941 performed.»",
    ],
    passes=["O: L4 restricted and tender.\nP: Adjusted L4."],
)
def regions_not_named(case: Case) -> Iterator[Defect]:
    """A manipulation without a named region: a count, full spine, a code, or nothing."""
    if case.unnamed and not case.treated and not case.treated_extraspinal:
        yield Defect(_unnamed_reason(case.unnamed[0]), tuple(item.evidence for item in case.unnamed))


@check(
    "REG303",
    "warning",
    "the stated count and the named regions disagree",
    element="regions",
    carc="CO-150",
    source=SOURCE,
    remedy="Which is right, the count or the list of regions? A dated, labelled correction can settle it.",
    fails=["O: C5, T4, L3 restricted.\nP: «4 regions adjusted: C5, T4, L3.»"],
    passes=["O: C5, T4, L3 restricted.\nP: 3 regions adjusted: C5, T4, L3."],
)
def count_disagrees(case: Case) -> Iterator[Defect]:
    """A stated number of regions that is not the number named."""
    wrong = _disagreeing(case) if case.treated or case.treated_extraspinal else None
    if wrong:
        yield Defect(f"The note counts {wrong.count} regions and names {len(case.treated)}.", (wrong.evidence,))


@check(
    "REG304",
    "warning",
    "treatment only refers to a list elsewhere",
    element="regions",
    carc="CO-50",
    source=SOURCE,
    remedy="Can the treatment statement itself name the regions and levels adjusted, from the next note on?",
    fails=["O: C5 and L4 restricted, tender.\nP: «Adjusted the segments noted above.»"],
    passes=["O: C5 and L4 restricted, tender.\nP: Adjusted C5 and L4."],
)
def only_a_pointer(case: Case) -> Iterator[Defect]:
    """Today's treatment points to findings or a diagnosis instead of naming what was adjusted."""
    kinds = {item.kind for item in case.facts.treatments if item.places}
    if kinds == {TreatmentKind.POINTER}:
        yield Defect("The treatment refers to a list elsewhere in the note.", case.treatment_evidence)


@check(
    "REG305",
    "warning",
    "a treated region has no examination finding or diagnosis today",
    element="regions",
    carc="CO-50",
    source=SOURCE,
    remedy="What was found or diagnosed in this region at this visit?",
    fails=["O: C5 restricted and tender.\nP: Adjusted C5 and «T4»."],
    passes=["O: C5 and T4 restricted and tender.\nP: Adjusted C5 and T4."],
)
def treated_without_finding(case: Case) -> Iterator[Defect]:
    """A treated region in which nothing was found or diagnosed today."""
    found = {region for item in case.facts.part for region in item.regions} | case.subluxated
    for region in case.treated:
        if region not in found:
            yield Defect(
                f"Nothing was found or diagnosed today in the treated {region} region.",
                case.evidence_of_treated(region),
            )
