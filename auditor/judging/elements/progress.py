"""Element 4: active-treatment progress (verdicts §3.4; Medicare Benefit Policy Manual ch. 15 §240.1.2-240.1.3)."""

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.facts import Facts, Measure
from auditor.judging.case import Case, once
from auditor.judging.checks import Defect, check, note, searched
from auditor.records import ElementVerdict, Evidence

SOURCE = "verdicts §3.4; Medicare Benefit Policy Manual ch. 15 §240.1.2-240.1.3"
HIGHER_IS_BETTER = frozenset({"ROM", "PSFS", "SLR", "FUNCTION"})
COPY = 0.97
"""Share of equal word sequences from which a note is a copy: all but dates and signature, which are left out before."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A measure of today against its previous value: ``better``, ``same`` or ``worse``."""

    measure: Measure
    previous: float
    direction: str


def comparisons(case: Case) -> list[Comparison]:
    """Every measure that has a previous value, in the note or else in the latest earlier note that gives one."""
    found = []
    for measure in case.facts.measures:
        previous = measure.previous if measure.previous is not None else _earlier_value(case, measure)
        if previous is not None:
            found.append(Comparison(measure, previous, _direction(measure, previous)))
    return found


def _direction(measure: Measure, previous: float) -> str:
    if measure.value == previous:
        return "same"
    higher = measure.value > previous
    return "better" if higher == (measure.instrument in HIGHER_IS_BETTER) else "worse"


def _earlier_value(case: Case, measure: Measure) -> float | None:
    """The value of the same instrument and place in the newest earlier note; another place only where one is unnamed."""
    if measure.instrument in ("ROM", "FREQUENCY"):
        return None
    for earlier in reversed(case.earlier):
        same = [
            item
            for item in earlier.facts.measures
            if (item.instrument, item.unit) == (measure.instrument, measure.unit)
        ]
        if measure.instrument not in ("NPRS", "FUNCTION") and same:
            return same[0].value
        for item in same:
            if item.region == measure.region or item.region is None or measure.region is None:
                return item.value
    return None


def copied(case: Case) -> bool:
    """Whether the note repeats an earlier one beyond date and signature."""
    today = case.facts.fingerprint
    return len(today) > 5 and any(_alike(today, earlier.facts) for earlier in case.earlier)


def _alike(today: frozenset[int], earlier: Facts) -> bool:
    both = today | earlier.fingerprint
    return len(today & earlier.fingerprint) >= COPY * len(both)


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
    if copied(case):
        return _say("not_met", "The note repeats an earlier one beyond date and signature.", ())
    compared = comparisons(case)
    better = [item for item in compared if item.direction == "better"]
    gains = [item for item in case.facts.changes if item.direction == "gain"]
    worse = [item for item in compared if item.direction == "worse"]
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
    place = f" {item.measure.region.replace('_', ' ')}" if item.measure.region else ""
    word = {"better": "improved", "worse": "worse", "same": "unchanged"}[item.direction]
    return f"{item.measure.instrument}{place} {item.measure.value:g}, was {item.previous:g}: {word}"


def _say(status: str, reason: str, evidence: tuple[Evidence, ...]) -> ElementVerdict:
    return ElementVerdict(element="progress", status=status, reasons=(reason,), evidence=evidence)  # type: ignore[arg-type]


def _active(case: Case) -> bool:
    return not case.initial and not case.facts.maintenance and not copied(case)


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
    if copied(case):
        days = [
            str(e.date_of_service)
            for e in case.earlier
            if _alike(case.facts.fingerprint, e.facts) and e.date_of_service
        ]
        of = f" of {days[-1]}" if days else ""
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
