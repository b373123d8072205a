"""Episodes, and today's measures against those before (verdicts §3.4, rulebook §4.1)."""

from datetime import date, timedelta
from itertools import permutations

import pytest

from auditor import Auditor, Encounter
from auditor.facts import Measure
from auditor.judging.instruments import instruments, meaningful
from auditor.records import Audit, Evidence, parse_encounter

FIRST = "New patient. Low back pain {pain}/10.\nO: L4 restricted and tender.\nP: Adjusted L4. 2x/week for 4 weeks, goal: pain 2/10."
VISIT = "S: Low back pain {pain}/10.\nO: L4 restricted and tender.\nP: Adjusted L4.{more}"


@pytest.fixture(scope="module")
def auditor() -> Auditor:
    return Auditor()


def visit(day: str, pain: int | None = 5, more: str = "", *, first: bool = False, **known: object) -> Encounter:
    text = (FIRST if first else VISIT).format(pain=pain, more=f" {more}" if more else "")
    return parse_encounter({"id": day, "date_of_service": day, "patient_id": "P1", "text": text, **known})


def audited(auditor: Auditor, *visits: Encounter) -> Audit:
    return auditor.audit_episodes(visits)[-1]


@pytest.mark.parametrize(
    ("visits", "began_with", "started", "number"),
    [
        ([visit("2026-03-02", first=True), visit("2026-03-05")], "initial_visit", "2026-03-02", 2),
        ([visit("2026-03-02"), visit("2026-03-05")], "first_note", "2026-03-02", 2),
        ([visit("2026-03-02", first=True), visit("2026-03-06", first=True)], "initial_visit", "2026-03-02", 2),
        ([visit("2026-03-02", first=True), visit("2026-04-06", first=True)], "initial_visit", "2026-04-06", 1),
        ([visit("2026-01-05"), visit("2026-04-20")], "gap", "2026-04-20", 1),
        ([visit("2026-01-05"), visit("2026-04-20", more="Visit 7 of 12.")], "first_note", "2026-01-05", 2),
        ([visit("2026-01-05"), visit("2026-04-20", care_started="2026-01-05")], "first_note", "2026-01-05", 2),
        ([visit("2026-03-02", more="Discharged from care today."), visit("2026-03-16")], "discharge", "2026-03-16", 1),
        ([visit("2026-03-02"), visit("2026-03-16", care_started="2026-03-16")], "initial_visit", "2026-03-16", 1),
    ],
)
def test_where_an_episode_begins(
    auditor: Auditor, visits: list[Encounter], began_with: str, started: str, number: int
) -> None:
    place = audited(auditor, *visits).episode
    assert place is not None
    assert (place.began_with, str(place.started), place.visit_number) == (began_with, started, number)


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ("Re-examination performed today.", "re_examination"),
        ("Re-examination in 4 weeks.", "subsequent"),
        ("Since the last re-exam she is better.", "subsequent"),
        ("Goals met, discharged from care today.", "discharge"),
        ("Discharge when goals are met.", "subsequent"),
        ("Anticipate being discharged from care next month.", "subsequent"),
    ],
)
def test_kinds_of_visits(auditor: Auditor, more: str, kind: str) -> None:
    place = audited(auditor, visit("2026-03-02", first=True), visit("2026-03-05", more=more)).episode
    assert place is not None
    assert place.kind == kind


@pytest.mark.parametrize(
    ("pains", "status"),
    [
        ([7, 5], "met"),
        ([5, 5], "partial"),
        ([5, 7], "partial"),
        ([7, 5, 5], "met"),
        ([7, 3, 5], "partial"),
        ([5, 7, 5], "met"),
        ([5, 5, 5], "partial"),
    ],
)
def test_progress_against_the_last_visit_and_the_baseline(auditor: Auditor, pains: list[int], status: str) -> None:
    start = date(2026, 3, 2)
    visits = [visit(str(start + timedelta(days=4 * n)), pain, first=n == 0) for n, pain in enumerate(pains)]
    # The same words at every visit would be copies.
    told = [
        one.model_copy(
            update={
                "text": f"{one.text} Walked {n + 2} blocks on the {('beach', 'hill', 'road')[n]} after {('lunch', 'work', 'church')[n]}."
            }
        )
        for n, one in enumerate(visits)
    ]
    assert audited(auditor, *told).elements[3].status == status


def test_direction_follows_the_instrument(auditor: Auditor) -> None:
    earlier = [
        {
            "date_of_service": "2026-03-02",
            "text": "PSFS 4. NDI 30%. SLR R 40 deg. Sits 20 min. Cervical rotation right 40 degrees.",
        }
    ]
    text = "S: PSFS 6. NDI 20%. Sits 45 min.\nO: SLR R 60 deg. Cervical rotation right 60 degrees."
    audit = auditor.audit(parse_encounter({"text": text, "date_of_service": "2026-03-30", "earlier": earlier}))
    assert audit.episode is not None
    found = {item.instrument: item.since_last for item in audit.episode.measures}
    assert found == dict.fromkeys(("PSFS", "NDI", "SLR", "FUNCTION", "ROM"), "better")


def test_activities_and_motions_are_not_mixed_up(auditor: Auditor) -> None:
    earlier = [{"date_of_service": "2026-03-02", "text": "Walks 20 min. Cervical rotation left 40 degrees."}]
    text = "S: Sits 45 min.\nO: Cervical rotation right 60 degrees."
    audit = auditor.audit(parse_encounter({"text": text, "date_of_service": "2026-03-30", "earlier": earlier}))
    assert audit.episode is not None
    assert [item.last for item in audit.episode.measures] == [None, None]


@pytest.mark.parametrize(
    ("instrument", "value", "before", "enough"),
    [
        ("NPRS", 3, 5, True), ("NPRS", 4, 5, False), ("NPRS", 2, 3, True), ("ODI", 30, 40, True), ("ODI", 35, 40, False),
        ("NDI", 20, 30, True), ("NDI", 42, 50, False), ("PSFS", 6, 4, True), ("FUNCTION", 60, 20, None),
    ],
)  # fmt: skip
def test_meaningful_change(instrument: str, value: float, before: float, enough: bool | None) -> None:
    measure = Measure(instrument, value, Evidence(start=0, end=0, text=""))
    assert meaningful(measure, before) is enough


def test_every_instrument_has_its_source() -> None:
    assert all(known.source and known.says for known in instruments().values())


def course() -> list[Encounter]:
    return [
        visit("2026-03-02", 7, first=True),
        visit("2026-03-05", 6, "Visit 2 of 8. Slept through for once."),
        visit("2026-03-09", 6, "Visit 3 of 8. Raked leaves on Sunday."),
        visit("2026-03-23", 4, "Visit 7 of 8. Drove to the coast."),
        visit("2026-04-06", 4, "Visit 9 of 8. Left knee sore from the stairs."),
    ]


def test_the_order_of_the_input_does_not_matter(auditor: Auditor) -> None:
    audits = {audit.id: audit for audit in auditor.audit_episodes(course())}
    for order in list(permutations(course()))[::17]:
        assert {audit.id: audit for audit in auditor.audit_episodes(order)} == audits


def test_visit_by_visit_gives_the_same_audits_as_all_at_once() -> None:
    visits = course()
    at_once = Auditor().audit_episodes(reversed(visits))
    for place, (encounter, audit) in enumerate(zip(visits, reversed(at_once), strict=True)):
        before = [{"date_of_service": one.date_of_service, "text": one.text} for one in visits[:place]]
        alone = Auditor().audit(parse_encounter({**encounter.model_dump(), "earlier": before[::-1]}))
        assert alone == audit


def test_a_later_note_changes_nothing(auditor: Auditor) -> None:
    *before, last = course()
    later = visit("2026-05-04", 1, "Discharged from care today.")
    assert auditor.audit_episodes([*before, last])[-1] == auditor.audit_episodes([later, *before, last])[-1]


def test_another_patient_changes_nothing(auditor: Auditor) -> None:
    mine = course()
    others = [one.model_copy(update={"patient_id": "P2", "id": f"other-{one.id}"}) for one in mine]
    assert auditor.audit_episodes([*others, *mine])[len(others) :] == auditor.audit_episodes(mine)


def across(auditor: Auditor, *visits: Encounter, **known: object) -> set[str]:
    audit = auditor.audit_episodes(visits)[-1]
    return {finding.code for finding in audit.findings if finding.code.startswith("EPI")}


AT = {"claim": {"diagnoses": ["M99.03"], "lines": [{"cpt": "98940", "modifiers": ["AT"]}]}}


@pytest.mark.parametrize(
    ("ends", "finding"),
    [
        ("Continue 2x/week.", True),
        ("D/C.", False),
        ("Discharge today.", False),
        ("Released. Home program given.", False),
        ("No further visits scheduled.", False),
        ("One more visit in 2 weeks, then release.", False),
        ("Transition to home exercise over 2 visits.", False),
        ("Next goal is turning the head fully.", False),
    ],
)
def test_goals_reached_is_silent_where_care_ends(auditor: Auditor, ends: str, finding: bool) -> None:
    found = across(auditor, visit("2026-03-02", 7, first=True), visit("2026-03-20", 1, ends))
    assert ("EPI963" in found) is finding


@pytest.mark.parametrize(
    ("says", "finding"),
    [
        ("RTC PRN.", True),
        ("Return as needed.", True),
        ("Ibuprofen as needed.", False),
        ("Continue care plan. Ice PRN.", False),
        ("Call if symptoms worsen, return if pain increases.", False),
    ],
)
def test_as_needed_must_be_said_of_visits(auditor: Auditor, says: str, finding: bool) -> None:
    found = across(auditor, visit("2026-03-02", 7, first=True), visit("2026-03-09", 6, says, **AT))
    assert ("EPI965" in found) is finding


@pytest.mark.parametrize(
    ("says", "finding"),
    [
        ("She is better.", True),
        ("Hopes to feel better soon.", False),
        ("Mood improved.", False),
        ("Sleeping better.", False),
        ("Maybe a touch better.", False),
    ],
)
def test_only_a_plain_word_contradicts_the_numbers(auditor: Auditor, says: str, finding: bool) -> None:
    today = visit("2026-03-09").model_copy(
        update={"text": f"S: {says} Low back pain 7/10.\nO: L4 restricted.\nP: Adjusted L4."}
    )
    assert ("EPI955" in across(auditor, visit("2026-03-02", 7, first=True), today)) is finding


@pytest.mark.parametrize(
    ("between", "finding"),
    [("Continue care.", True), ("Extend care by 4 weeks.", False), ("Care on hold until April.", False)],
)
def test_an_extended_plan_has_no_known_end(auditor: Auditor, between: str, finding: bool) -> None:
    visits = visit("2026-03-02", 7, first=True), visit("2026-03-23", 5, between), visit("2026-04-20", 4)
    assert ("EPI961" in across(auditor, *visits)) is finding


def test_a_new_plan_with_the_same_number_of_visits_counts_anew(auditor: Auditor) -> None:
    renewed = visit("2026-04-02", 5, "Re-examination today. Visit 4 of 12. New plan: 1x/week, 12 visits.")
    assert "EPI967" not in across(
        auditor, visit("2026-03-02", 7, first=True), renewed, visit("2026-04-09", 4, "Visit 2 of 12.")
    )


def test_missed_appointments_are_no_visits(auditor: Auditor) -> None:
    missed = [
        visit(f"2026-03-{day:02d}").model_copy(update={"text": "No show. Called patient, left message."})
        for day in range(2, 14)
    ]
    assert "EPI976" not in across(auditor, *missed, visit("2026-03-20", 4))


def test_the_last_day_of_the_calendar_is_a_day(auditor: Auditor) -> None:
    visits = visit("9999-12-01", 7, first=True), visit("9999-12-31", 4)
    assert len(auditor.audit_episodes(visits)) == 2


def test_visit_one_of_a_new_plan_begins_no_episode(auditor: Auditor) -> None:
    audit = audited(auditor, visit("2026-03-02", 7, first=True), visit("2026-03-30", 4, "Visit 1 of 6."))
    assert audit.visit == "subsequent"
