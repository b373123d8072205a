"""Notes that repeat others without being plain copies (EPI951 to EPI953); a plain copy is PRG405."""

from collections.abc import Iterator

from auditor.judging.case import Case
from auditor.judging.checks import Defect, check, note
from auditor.judging.comparison import Repeat
from auditor.judging.copies import Likeness, most_alike

SOURCE = "rulebook §13, cloned note (NGS, Palmetto and First Coast on cloned documentation)"
_BEFORE = (
    "S: Low back pain 5/10, worse with sitting at the desk and getting out of the car. No leg pain.\n"
    "O: L4 restricted in left rotation and tender, left lumbar paraspinals in spasm, lumbar flexion 40 of 60 degrees.\n"
    "A: Segmental dysfunction L4.\nP: Adjusted L4. Continue 2x/week."
)
_EARLIER = [{"date_of_service": "2026-03-02", "text": _BEFORE}]
_FRESH = (
    "S: Low back pain 3/10, drove two hours on Sunday without a stop. Left knee stiff since then.\n"
    "O: L4 and L5 restricted, right gluteal trigger points, spasm gone, lumbar flexion 55 of 60 degrees.\n"
    "A: Segmental dysfunction L4, L5.\nP: Adjusted L4 and L5. Reduce to 1x/week."
)


def _alike(case: Case, kind: Repeat) -> Likeness | None:
    alike = most_alike(case)
    return alike if alike and alike.repeat is kind else None


def _of(alike: Likeness) -> str:
    day = alike.note.date_of_service
    return f" of {day}" if day else ""


@check(
    "EPI951",
    "warning",
    "the note repeats an earlier one but for a number",
    source=SOURCE,
    remedy="Was everything else found again as it is written, and where is what was specific to this visit?",
    fails=[note(_BEFORE.replace("5/10", "4/10"), date_of_service="2026-03-05", earlier=_EARLIER)],
    passes=[
        note(_FRESH, date_of_service="2026-03-05", earlier=_EARLIER),
        note(_BEFORE, date_of_service="2026-03-05", earlier=_EARLIER),
    ],
)
def number_changed(case: Case) -> Iterator[Defect]:
    """A copy in which only a value or two changed: the progress verdict stands, and a person should look."""
    if alike := _alike(case, Repeat.NUMBER):
        values = tuple(item.evidence for item in case.facts.measures)
        yield Defect(f"But for a value or two, the note repeats the earlier note{_of(alike)} word for word.", values)


@check(
    "EPI952",
    "warning",
    "what must change from visit to visit repeats an earlier note",
    source=SOURCE,
    remedy="What did the patient say and what was found at this visit, and where is it recorded?",
    fails=[
        note(
            _BEFORE.replace("Continue 2x/week.", "Reduce to 1x/week, ice at home, new desk chair advised, walk daily."),
            date_of_service="2026-03-05",
            earlier=_EARLIER,
        )
    ],
    passes=[note(_FRESH, date_of_service="2026-03-05", earlier=_EARLIER)],
)
def nothing_new(case: Case) -> Iterator[Defect]:
    """Subjective and findings repeat an earlier note, with at most a few other words and no other fact."""
    if alike := _alike(case, Repeat.NEARLY):
        part = (
            "Subjective and findings repeat" if alike.novelty.must <= alike.novelty.stay else "The note all but repeats"
        )
        yield Defect(f"{part} the earlier note{_of(alike)}; hardly a word is another.")


@check(
    "EPI953",
    "warning",
    "the note repeats a note of another patient",
    source=SOURCE,
    remedy="Which of the two patients do these findings belong to, and is there a record of what was found in each?",
    fails=[note(_BEFORE, similar=[{"encounter_id": "visit-17", "date_of_service": "2026-03-02"}])],
    passes=[note(_FRESH)],
)
def another_patients_note(case: Case) -> Iterator[Defect]:
    """What must change is that of a note of another patient of the same provider, of the same day or before."""
    if case.similar:
        first = case.similar[0]
        day = f" of {first.date_of_service}" if first.date_of_service else ""
        more = f" and {len(case.similar) - 1} more" if len(case.similar) > 1 else ""
        yield Defect(
            f"Subjective and findings repeat those of another patient of this provider (encounter {first.encounter_id}{day}{more})."
        )
