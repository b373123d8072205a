"""Element 2: PART, or an image (verdicts §3.2; Medicare Benefit Policy Manual ch. 15 §240.1.2)."""

from collections.abc import Iterator
from datetime import date, timedelta

from auditor.facts import Image
from auditor.judging.case import Case, once
from auditor.judging.checks import Defect, check, note, searched
from auditor.records import ElementVerdict, Evidence

SOURCE = "verdicts §3.2; Medicare Benefit Policy Manual ch. 15 §240.1.2"
NAMES = {
    "P": "pain or tenderness",
    "A": "asymmetry or misalignment",
    "R": "range-of-motion abnormality",
    "T": "tissue or tone change",
}


def criteria(case: Case, region: str | None = None) -> str:
    """The PART criteria documented today, as letters in order; only those of one region where it is given."""
    present = {item.criterion for item in case.facts.part if region is None or region in item.regions}
    return "".join(letter for letter in "PART" if letter in present)


def satisfied(letters: str) -> bool:
    """Two or more criteria, one of them A or R."""
    return len(letters) >= 2 and bool(set(letters) & {"A", "R"})


@once
def verdict(case: Case) -> ElementVerdict:
    """Met, partial, not met or not applicable, with the reasons."""
    if case.treated_extraspinal and not case.treated and not case.possible:
        return ElementVerdict(
            element="part", status="not_applicable", reasons=("Only extraspinal regions were adjusted.",)
        )
    letters = criteria(case)
    evidence = tuple(item.evidence for item in case.facts.part)
    if satisfied(letters):
        return _say("met", f"Documented today: {_named(letters)}.", evidence)
    valid = [image for image in case.facts.images if in_window(case, image)]
    if valid:
        return _say(
            "met",
            f"A dated image shows the subluxation ({valid[0].modality}, {valid[0].taken}).",
            (valid[0].evidence, *evidence),
        )
    images = [image for image in case.facts.images if image.shows_subluxation or not image.has_finding]
    if letters in ("A", "R") or letters == "PT":
        wanting = "one criterion alone" if len(letters) == 1 else "neither asymmetry nor range of motion"
        return _say("partial", f"Documented today: {_named(letters)}: {wanting}.", evidence)
    if images:
        return _say(
            "partial",
            "An image is cited without its date or finding, or out of its window.",
            tuple(i.evidence for i in images),
        )
    if letters:
        return _say("not_met", f"Only {_named(letters)} is documented.", evidence)
    return _say("not_met", "No PART finding and no image are documented.", ())


def _say(status: str, reason: str, evidence: tuple[Evidence, ...]) -> ElementVerdict:
    return ElementVerdict(element="part", status=status, reasons=(reason,), evidence=evidence)  # type: ignore[arg-type]


def _named(letters: str) -> str:
    return ", ".join(f"{letter} ({NAMES[letter]})" for letter in letters)


def in_window(case: Case, image: Image) -> bool:
    """Whether an image shows the subluxation and was taken from 12 months before to 3 months after the start of care.
    Older ones count where the note says that the condition is chronic and permanent.
    """
    if not image.shows_subluxation or image.taken is None:
        return False
    start = case.care_started or case.date_of_service
    if start is None:
        return True
    earliest, latest = _span(image.taken)
    if latest < _months_before(start, 12):
        return bool(case.facts.chronic_permanent)
    return earliest <= start + timedelta(days=92)


def _span(taken: str) -> tuple[date, date]:
    parts = [int(part) for part in taken.split("-")]
    if len(parts) == 3:
        return date(*parts), date(*parts)
    if len(parts) == 2:
        return date(parts[0], parts[1], 1), date(parts[0], parts[1], 28)
    return date(parts[0], 1, 1), date(parts[0], 12, 31)


def _months_before(day: date, months: int) -> date:
    return day.replace(year=day.year - months // 12, day=min(day.day, 28))


def _image_helps(case: Case) -> bool:
    return any(in_window(case, image) for image in case.facts.images)


def _judged(case: Case) -> bool:
    return verdict(case).status != "not_applicable" and not _image_helps(case)


@check(
    "PRT201",
    "error",
    "no PART finding and no image",
    element="part",
    carc="CO-50",
    at_risk="treatment",
    source=SOURCE,
    remedy="Was an examination done at this visit, and where is it recorded? A dated, labelled addendum can record what was omitted.",
    fails=["S: Low back pain.\nP: Adjusted L4.\n"],
    passes=["O: L4 restricted and tender.\nP: Adjusted L4."],
)
def nothing_found(case: Case) -> Iterator[Defect]:
    """No criterion is positive today and no image is cited."""
    if _judged(case) and not criteria(case) and not case.facts.images:
        yield Defect(
            "No PART finding is documented today, and no image is cited.",
            searched=searched(case, "part", *(f"{letter}: {name}" for letter, name in NAMES.items()), "x-ray, CT, MRI"),
        )


@check(
    "PRT202",
    "error",
    "findings, but neither A nor R",
    element="part",
    carc="CO-50",
    at_risk="treatment",
    source=SOURCE,
    remedy="Were alignment and motion examined at this visit, and with what result?",
    fails=["O: Lumbar paraspinals in spasm, L4 tender.\nP: Adjusted L4."],
    passes=["O: L4 restricted and tender.\nP: Adjusted L4."],
)
def neither_a_nor_r(case: Case) -> Iterator[Defect]:
    """Something was found, but no asymmetry and no range-of-motion abnormality."""
    letters = criteria(case)
    if _judged(case) and letters and not set(letters) & {"A", "R"}:
        yield Defect(f"Only {_named(letters)} is documented.", tuple(item.evidence for item in case.facts.part))


@check(
    "PRT203",
    "error",
    "fewer than two criteria",
    element="part",
    carc="CO-50",
    at_risk="treatment",
    source=SOURCE,
    remedy="Were further findings made at this visit, and where are they recorded?",
    fails=["O: «L4 restricted».\nP: Adjusted L4."],
    passes=["O: L4 restricted and tender.\nP: Adjusted L4."],
)
def fewer_than_two(case: Case) -> Iterator[Defect]:
    """One criterion only, though it is A or R (a lone P or T is PRT202)."""
    letters = criteria(case)
    if _judged(case) and letters in ("A", "R"):
        yield Defect(f"Only {_named(letters)} is documented.", tuple(item.evidence for item in case.facts.part))


@check(
    "PRT204",
    "warning",
    "a treated region has no PART support of its own",
    element="part",
    carc="CO-50",
    source=SOURCE,
    remedy="Which findings of this visit belong to this region?",
    fails=["O: C5 restricted and tender. L4 tender.\nP: Adjusted C5 and «L4»."],
    passes=["O: C5 restricted and tender. L4 restricted and tender.\nP: Adjusted C5 and L4."],
)
def region_without_support(case: Case) -> Iterator[Defect]:
    """A treated region without two criteria of its own, one of them A or R, while the note as a whole has them."""
    if not satisfied(criteria(case)):
        return
    shown = {region for image in case.facts.images if in_window(case, image) for region in image.regions}
    for region in case.treated:
        letters = criteria(case, region)
        if not satisfied(letters) and region not in shown:
            has = f"only {_named(letters)} {'is' if len(letters) == 1 else 'are'}" if letters else "no PART finding is"
            lacks = "a second criterion" if letters and set(letters) & set("AR") else "A or R beside another criterion"
            yield Defect(
                f"In the treated {region} region {has} documented; {lacks} is lacking.",
                case.evidence_of_treated(region),
            )


@check(
    "PRT205",
    "warning",
    "an image is cited without its date or its finding",
    element="part",
    carc="CO-50",
    source=SOURCE,
    remedy="When was the image taken, and what does the report say?",
    fails=["O: L4 tender. «X-rays reviewed.»\nP: Adjusted L4."],
    passes=["O: L4 tender. X-rays of 3/2/2026 show L4 rotated right.\nP: Adjusted L4."],
)
def image_without_date_or_finding(case: Case) -> Iterator[Defect]:
    """An image that PART needs, cited without a date or without what it shows."""
    if satisfied(criteria(case)):
        return
    for image in case.facts.images:
        if image.taken is None or not image.has_finding:
            wanting = "its date" if image.taken is None else "what it shows"
            yield Defect(f"The {image.modality} is cited without {wanting}.", (image.evidence,))


@check(
    "PRT206",
    "warning",
    "the image is outside its window",
    element="part",
    carc="CO-50",
    source=SOURCE,
    remedy="Is there an image from within the window, or does the record show that the condition is chronic and permanent?",
    fails=[
        note(
            "O: L4 tender. «X-rays of 3/2/2020 show L4 rotated right.»\nP: Adjusted L4.",
            date_of_service="2026-03-09",
            care_started="2026-03-02",
        )
    ],
    passes=[
        note(
            "O: L4 tender. X-rays of 3/2/2026 show L4 rotated right.\nP: Adjusted L4.",
            date_of_service="2026-03-09",
            care_started="2026-03-02",
        )
    ],
)
def image_out_of_window(case: Case) -> Iterator[Defect]:
    """An image that shows the subluxation, but was taken too early or too late."""
    if satisfied(criteria(case)):
        return
    for image in case.facts.images:
        if image.shows_subluxation and image.taken and not in_window(case, image):
            yield Defect(
                f"The {image.modality} of {image.taken} is outside the window around the start of care.",
                (image.evidence,),
            )
