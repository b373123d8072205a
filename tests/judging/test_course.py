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
