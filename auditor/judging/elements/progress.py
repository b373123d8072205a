"""Element 4: active-treatment progress (verdicts §3.4; Medicare Benefit Policy Manual ch. 15 §240.1.2-240.1.3)."""

from collections.abc import Iterator

from auditor.judging.case import Case, once
from auditor.judging.checks import Defect, check, note, searched
from auditor.judging.copies import copied_from
from auditor.judging.measured import Before, Comparison, comparisons
from auditor.records import ElementVerdict, Evidence

SOURCE = "verdicts §3.4; Medicare Benefit Policy Manual ch. 15 §240.1.2-240.1.3"


@once
def verdict(case: Case) -> ElementVerdict:
    """Met, partial, not met or not applicable, with the reasons."""
    if case.initial:
        return ElementVerdict(
            element="progress", status="not_applicable", reasons=("An initial visit shows no progress yet.",)
        )
    if case.facts.maintenance:
        return _say(
            "not_met",
            "The note calls the care maintenance, wellness, supportive or preventive.",
            case.facts.maintenance,
        )
    if copied_from(case):
        return _say("not_met", "The note repeats an earlier one beyond date and signature.", ())
    compared = comparisons(case)
    better = [item for item in compared if item.better]
    gains = [item for item in case.facts.changes if item.direction == "gain"]
    worse = [item for item in compared if item.since_last == "worse"]
    if better:
        return _say(
            "met",
            "; ".join(_told(item) for item in better + worse) + ".",
            tuple(i.measure.evidence for i in better + worse),
        )
    if gains:
        return _say("met", "A concrete functional gain is documented.", tuple(item.evidence for item in gains))
    if worse and case.facts.causes:
        return _say(
            "met",
            "; ".join(_told(i) for i in worse) + ", with its cause documented.",
            (*(i.measure.evidence for i in worse), *case.facts.causes),
        )
    if compared:
        return _say("partial", "; ".join(_told(i) for i in compared) + ".", tuple(i.measure.evidence for i in compared))
    return _uncompared(case)


def _uncompared(case: Case) -> ElementVerdict:
    if case.facts.measures:
        return _say(
            "partial", "A measure is given without a comparison.", tuple(item.evidence for item in case.facts.measures)
        )
    if case.facts.changes:
        return _say(
            "partial", "The change is given only in words.", tuple(item.evidence for item in case.facts.changes)
        )
    return _say("not_met", "Neither a measure nor a change since the last visit is documented.", ())


def _told(item: Comparison) -> str:
    """One comparison in words: "NPRS lumbar 3, was 6: improved"."""
    name = " ".join(filter(None, (item.measure.instrument, item.measure.region, item.measure.about))).replace("_", " ")
    word = {"better": "improved", "worse": "worse", "same": "unchanged"}
    told = f"{name} {item.measure.value:g}, {_was(item.last)}: {word[item.since_last]}"
    if item.since_last == "same" and item.since_baseline == "better" and item.baseline:
        told += f"; {_was(item.baseline)} at the start of the episode: improved"
    return told


def _was(before: Before) -> str:
    return f"was {before.value:g} on {before.day}" if before.day else f"was {before.value:g}"


def _say(status: str, reason: str, evidence: tuple[Evidence, ...]) -> ElementVerdict:
    return ElementVerdict(element="progress", status=status, reasons=(reason,), evidence=evidence)  # type: ignore[arg-type]


def _active(case: Case) -> bool:
    return not case.initial and not case.facts.maintenance and not copied_from(case)


@check(
    "PRG401",
    "error",
    "no measure and no change since the last visit",
    element="progress",
    carc="CO-50",
    at_risk="treatment",
    source=SOURCE,
    remedy="Was anything measured or compared at this visit, and where is it recorded?",
    fails=["Visit note.\nO: L4 restricted and tender.\nP: Adjusted L4."],
    passes=["S: Low back pain 3/10, was 5/10.\nO: L4 restricted and tender.\nP: Adjusted L4."],
)
def no_measure_no_change(case: Case) -> Iterator[Defect]:
    """A follow-up without a measure and without a word on change."""
    if _active(case) and verdict(case).status == "not_met":
        terms = ("pain rating", "outcome questionnaire", "range of motion", "timed function", "better, worse, the same")
        yield Defect(
            "Neither a measure nor a change since the last visit is documented.",
            searched=searched(case, "progress", *terms),
        )


@check(
    "PRG402",
    "warning",
    "a measure without a comparison, or change only in words",
    element="progress",
    carc="CO-50",
    source=SOURCE,
    remedy="What was the value at the previous visit or at the start of care?",
    fails=[
        "S: Low back pain «3/10».\nO: L4 restricted.\nP: Adjusted L4.",
        "S: Low back feels better.\nO: L4 restricted.\nP: Adjusted L4.",
    ],
    passes=["S: Low back pain 3/10, was 5/10.\nO: L4 restricted.\nP: Adjusted L4."],
)
def without_comparison(case: Case) -> Iterator[Defect]:
    """Nothing to compare with, or no numbers."""
    if _active(case) and not comparisons(case) and verdict(case).status == "partial":
        result = verdict(case)
        yield Defect(result.reasons[0], result.evidence)


@check(
    "PRG403",
    "warning",
    "no improvement since the last visit",
    element="progress",
    carc="CO-50",
    source=SOURCE,
    remedy="Is there a cause for the lack of improvement, and was the plan reviewed?",
    fails=["S: Low back pain «5/10», was 5/10.\nO: L4 restricted.\nP: Adjusted L4."],
    passes=["S: Low back pain 3/10, was 5/10.\nO: L4 restricted.\nP: Adjusted L4."],
)
def no_improvement(case: Case) -> Iterator[Defect]:
    """Compared, and nothing is better: unchanged, or worse without a documented cause."""
    compared = comparisons(case)
    if _active(case) and compared and verdict(case).status == "partial":
        yield Defect(verdict(case).reasons[0], tuple(item.measure.evidence for item in compared))


@check(
    "PRG404",
    "error",
    "maintenance, wellness or supportive care",
    element="progress",
    carc="CO-50",
    at_risk="treatment",
    source=SOURCE,
    remedy="Is this visit active treatment or maintenance care? The claim and its modifiers should follow from the answer.",
    fails=["S: Here for monthly «wellness visit».\nO: L4 restricted.\nP: Adjusted L4."],
    passes=["S: Low back pain 3/10, was 5/10.\nO: L4 restricted.\nP: Adjusted L4."],
)
def maintenance_care(case: Case) -> Iterator[Defect]:
    """The note itself calls the care maintenance, wellness, supportive or preventive."""
    if case.facts.maintenance:
        yield Defect("The note calls the care maintenance, wellness, supportive or preventive.", case.facts.maintenance)


_SAME = "S: Low back pain 5/10.\nO: L4 restricted and tender on the right.\nP: Adjusted L4. Continue care."


@check(
    "PRG405",
    "error",
    "the note repeats an earlier one",
    element="progress",
    carc="CO-50",
    at_risk="treatment",
    source=SOURCE + "; contractor education on cloned documentation",
    remedy="What was different at this visit, and where is it recorded?",
    fails=[note(_SAME, earlier=[{"date_of_service": "2026-03-02", "text": _SAME}])],
    passes=[
        note(
            "S: Low back pain 3/10, better after the walk.\nO: L4 restricted, less tender.\nP: Adjusted L4. Continue care.",
            earlier=[{"date_of_service": "2026-03-02", "text": _SAME}],
        )
    ],
)
def repeats_earlier(case: Case) -> Iterator[Defect]:
    """A copy of an earlier note but for date and signature."""
    if original := copied_from(case):
        of = f" of {original.date_of_service}" if original.date_of_service else ""
        yield Defect(
            f"The note repeats the earlier note{of} beyond date and signature.",
            searched=searched(case, "progress", "wording that differs"),
        )


@check(
    "PRG406",
    "warning",
    "initial visit without a baseline measure",
    element="progress",
    carc="CO-50",
    source=SOURCE,
    remedy="Was a baseline measured at this visit, and where is it recorded?",
    fails=[note("New patient. Low back pain.\nO: L4 restricted and tender.\nP: Adjusted L4.", visit="initial")],
    passes=[note("New patient. Low back pain 5/10.\nO: L4 restricted and tender.\nP: Adjusted L4.", visit="initial")],
)
def no_baseline(case: Case) -> Iterator[Defect]:
    """An initial visit without any measure to compare later visits with."""
    if case.initial and not case.facts.measures:
        yield Defect(
            "The initial visit gives no baseline measure.",
            searched=searched(case, "progress", "pain rating", "questionnaire", "range of motion"),
        )
