"""Patterns of findings over several notes (EPI971 to EPI974): regions, sides, contradictions (rulebook §13)."""

from collections.abc import Iterator

from auditor.anatomy import in_order
from auditor.facts import Facts, Role
from auditor.judging.case import Case
from auditor.judging.checks import Defect, check, note
from auditor.judging.course import episode, examined
from auditor.judging.measured import comparisons

SOURCE = "rulebook §13, red flags across notes"
ENOUGH_VISITS = 6
REGIONS_OF_98941 = 3


def _treated(facts: Facts) -> tuple[str, ...]:
    """Spinal regions that a note says were manipulated."""
    return in_order(
        {region for treatment in facts.treatments for place in treatment.places for region in place.regions}
    )


def _visits(count: int, text: str) -> list[dict[str, str]]:
    return [{"date_of_service": f"2026-03-{2 + 2 * place:02d}", "text": text} for place in range(count)]


_BOTH = "S: Neck and low back pain 4/10, was 5/10.\nO: C5 and L4 restricted.\nP: Adjusted C5 and L4."


@check(
    "EPI971",
    "info",
    "the same regions at every visit, the re-examination included",
    source=SOURCE,
    remedy="Was the need for each region looked at anew at each visit?",
    fails=[note("Re-examination today.\n" + _BOTH, date_of_service="2026-03-30", earlier=_visits(5, _BOTH))],
    passes=[
        note(
            "Re-examination today.\n" + _BOTH,
            date_of_service="2026-03-30",
            earlier=_visits(5, _BOTH.replace("C5 and L4.", "C5.")),
        ),
        note(_BOTH, date_of_service="2026-03-30", earlier=_visits(3, _BOTH)),
    ],
)
def same_regions(case: Case) -> Iterator[Defect]:
    """One and the same set of treated regions at six visits or more, with a re-examination among them."""
    notes = [item.facts for item in episode(case).visits]
    sets = {_treated(facts) for facts in (*notes, case.facts) if _treated(facts)}
    treated = sum(bool(_treated(facts)) for facts in (*notes, case.facts))
    if treated < ENOUGH_VISITS or len(sets) > 1 or not case.treated:
        return
    if any(examined(facts, initial=False) for facts in (*notes, case.facts)):
        yield Defect(
            f"The same regions ({', '.join(sets.pop())}) were treated at all {treated} visits of the episode.",
            case.treatment_evidence,
        )


@check(
    "EPI972",
    "warning",
    "a region was added without a complaint or a finding of its own",
    source=SOURCE + " (OIG: region creep)",
    remedy="What was found in the region that was added, and where is it recorded?",
    fails=[
        note(
            "S: Neck and low back pain 4/10, was 5/10.\nO: C5 and L4 restricted.\nP: Adjusted C5, T6 and L4.",
            earlier=_visits(2, _BOTH),
        )
    ],
    passes=[
        note(
            "S: Neck and low back pain 4/10, was 5/10. Mid back sore.\nO: C5, T6 and L4 restricted.\nP: Adjusted C5, T6 and L4.",
            earlier=_visits(2, _BOTH),
        )
    ],
)
def region_creep(case: Case) -> Iterator[Defect]:
    """Three regions or more, fewer at the beginning, and one of those added has neither complaint nor finding."""
    before = [_treated(item.facts) for item in episode(case).visits if _treated(item.facts)]
    if len(case.treated) < REGIONS_OF_98941 or not before or len(before[0]) >= len(case.treated):
        return
    added = [region for region in case.treated if region not in before[0] and not _has_reason(case, region)]
    if added:
        evidence = tuple(item for region in added for item in case.evidence_of_treated(region))
        yield Defect(
            f"{', '.join(added).capitalize()} was added since the episode began, without a complaint or finding.",
            evidence,
        )


def _has_reason(case: Case, region: str) -> bool:
    facts = case.facts
    told = any(region in item.regions for item in facts.mentions if item.role in (Role.COMPLAINT, Role.FINDING))
    return told or any(region in item.regions for item in facts.part)


@check(
    "EPI973",
    "warning",
    "the side changed without a word",
    source=SOURCE + ", laterality flip",
    remedy="Which side was it at this visit?",
    fails=[
        note(
            "S: «Right low back pain» 4/10, was 5/10.\nO: L4 restricted.\nP: Adjusted L4.",
            date_of_service="2026-03-20",
            earlier=_visits(2, "S: Left low back pain 5/10.\nO: L4 restricted.\nP: Adjusted L4."),
        ),
    ],
    passes=[
        note(
            "S: Left low back pain 4/10, was 5/10.\nO: L4 restricted.\nP: Adjusted L4.",
            date_of_service="2026-03-20",
            earlier=_visits(2, "S: Left low back pain 5/10.\nO: L4 restricted.\nP: Adjusted L4."),
        ),
        note(
            "S: Low back pain has moved to the right, right low back pain 4/10.\nO: L4 restricted.\nP: Adjusted L4.",
            date_of_service="2026-03-20",
            earlier=_visits(2, "S: Left low back pain 5/10.\nO: L4 restricted.\nP: Adjusted L4."),
        ),
    ],
)
def side_changed(case: Case) -> Iterator[Defect]:
    """A complaint or painful finding on one side in the earlier notes, on the other one today; or so within the note."""
    if case.facts.moved:
        return
    for region, zone in dict.fromkeys((item.region, item.zone) for item in case.facts.sided):
        today = _one_side(case.facts, region, zone)
        before = [side for note in episode(case).visits if (side := _one_side(note.facts, region, zone))]
        found = _one_side(case.facts, region, "O") if zone == "S" else None
        named_by_patient = zone == "O" and _one_side(case.facts, region, "S") is not None
        against = None if named_by_patient else before[0] if len(before) >= 2 and len(set(before)) == 1 else None
        evidence = tuple(item.evidence for item in case.facts.sided if item.region == region)
        name = region.replace("_", " ")
        if today and against and {today, against} == {"left", "right"}:
            yield Defect(f"{name.capitalize()}: {today} today, {against} in the notes before.", evidence)
        elif today and found and {today, found} == {"left", "right"}:
            yield Defect(f"{name.capitalize()}: {today} in the subjective, {found} in the findings.", evidence)


def _one_side(facts: Facts, region: str, zone: str) -> str | None:
    """The only side that a note gives a region; None where it gives none, or both."""
    sides = {item.side for item in facts.sided if item.region == region and item.zone == zone}
    return sides.pop() if len(sides) == 1 else None


@check(
    "EPI974",
    "warning",
    "the note contradicts itself",
    source=SOURCE + ", S-O-A contradiction",
    remedy="Which of the two statements holds for this visit?",
    fails=[
        "S: «Low back pain is worse today.»\nO: L4 restricted.\nA: «Low back pain is improving.»\nP: Adjusted L4.",
        "S: Low back pain 4/10. Denies neck pain.\nO: Neck pain 5/10 on examination, C5 restricted.\nP: Adjusted C5 and L4.",
    ],
    passes=["S: Low back pain is better today.\nO: L4 restricted.\nA: Low back pain is improving.\nP: Adjusted L4."],
)
def contradiction(case: Case) -> Iterator[Defect]:
    """Worse in the subjective and better in the assessment or the reverse; pain denied and then found."""
    said = [item for item in case.facts.changes if item.evidence.section == "subjective"]
    since_start = any(item.since_baseline == "better" for item in comparisons(case))
    judged = [
        item for item in case.facts.changes if item.evidence.section == "assessment" and (item.firm or not since_start)
    ]
    ours, theirs = ({item.direction for item in side} & {"better", "worse"} for side in (said, judged))
    if len(ours) == len(theirs) == 1 and ours != theirs and not case.facts.causes:
        yield Defect(
            f"The subjective says {ours.pop()}, the assessment {theirs.pop()}.",
            tuple(item.evidence for item in (*said, *judged) if item.direction in ("better", "worse")),
        )
    for region, denied in case.facts.denied:
        found = [evidence for place, evidence in case.facts.pain_found if place == region]
        if found:
            yield Defect(
                f"{region.capitalize()} pain is denied in the subjective and found in the examination.",
                (denied, *found),
            )
