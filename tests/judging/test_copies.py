"""What counts as a copy, and what never counts as change (verdicts §3.4, rulebook §13)."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor import Auditor
from auditor.judging.comparison import Repeat, novelty, other_facts, repeat
from auditor.reading.pipeline import reader
from auditor.reading.prints import note_print
from auditor.records import parse_encounter

NOTE = """Willow Chiropractic   page 3
Name: Ada Brandt   Date: 3/2/2026   Visit 4 of 12
S: Patient reports low back pain 5/10, worse with sitting at the desk and on getting out of the car. No leg pain.
O: L4 restricted in left rotation, tender. Left lumbar paraspinals in spasm. Lumbar flexion 40 of 60 degrees.
A: Segmental dysfunction L4, low back pain.
P: Adjusted L4 in side posture. Continue 2x/week, goal to sit 60 min.
Electronically signed by Jane Roe, DC 3/2/2026 10:14"""
TERSE = "LBP 4/10. L4 L5 restr, tender. Adj L4 L5. RTC Fri."


def alike(today: str, earlier: str) -> Repeat:
    one, other = (reader().read(text, compared=True) for text in (today, earlier))
    return repeat(one.print, other.print, other_facts=lambda: other_facts(one, other))


@pytest.mark.parametrize(
    ("changed", "to"),
    [
        ("3/2/2026", "3/5/2026"),
        ("Visit 4 of 12", "Visit 5 of 12"),
        ("page 3", "page 4"),
        ("10:14", "16:40"),
        ("Electronically signed by Jane Roe, DC 3/2/2026 10:14", "[signature] Tom Poe, DC"),
        ("Name: Ada Brandt", "Name: Brandt, Ada   DOB: 4/5/1971   MRN: 40417"),
        ("side posture.", "side posture. Patient tolerated the treatment well. Risks and benefits were discussed."),
        ("Patient reports", "Pt states"),
        ("low back pain 5/10", "LBP 5/10"),
        ("No leg pain", "Denies leg pain"),
        (
            "Left lumbar paraspinals in spasm. Lumbar flexion 40 of 60 degrees.",
            "Lumbar flexion 40 of 60 degrees. Left lumbar paraspinals in spasm.",
        ),
        ("tender", "tenderness"),
    ],
)
def test_what_never_counts_as_change(changed: str, to: str) -> None:
    assert changed in NOTE
    assert alike(NOTE.replace(changed, to), NOTE) is Repeat.COPY


@pytest.mark.parametrize(("changed", "to"), [("5/10", "4/10"), ("40 of 60", "45 of 60"), ("5/10", "four out of ten")])
def test_a_number_alone_is_told_apart(changed: str, to: str) -> None:
    assert alike(NOTE.replace(changed, to), NOTE) is Repeat.NUMBER


@pytest.mark.parametrize(
    ("changed", "to"),
    [
        ("L4", "L5"),
        ("left rotation, tender. Left", "right rotation, tender. Right"),
        ("No leg pain.", "Pain down the left leg to the knee since Sunday."),
        ("in spasm", "no longer in spasm, less tight than before"),
        (
            "worse with sitting at the desk and on getting out of the car",
            "much better, drove four hours to the coast without a stop",
        ),
    ],
)
def test_another_fact_is_no_copy(changed: str, to: str) -> None:
    assert changed in NOTE
    assert alike(NOTE.replace(changed, to), NOTE) not in (Repeat.COPY, Repeat.NUMBER)


def test_terse_notes_are_alike_without_being_copies() -> None:
    assert alike(TERSE.replace("4/10", "3/10"), TERSE) is Repeat.NO
    assert alike(TERSE, TERSE) is Repeat.COPY


def test_what_may_stay_is_told_from_what_must_change() -> None:
    today = NOTE.replace("worse with sitting at the desk and on getting out of the car", "walked three miles on Sunday")
    new = novelty(note_print(today), note_print(NOTE))
    assert new.must > new.whole > new.stay == 0


@settings(deadline=None, max_examples=40)
@given(st.dates(date(2015, 1, 1), date(2035, 1, 1)), st.sampled_from(["%m/%d/%Y", "%Y-%m-%d", "%B %d, %Y", "%d %b %Y"]))
def test_a_date_is_never_a_change(day: date, way: str) -> None:
    assert note_print(NOTE.replace("3/2/2026", day.strftime(way))) == note_print(NOTE)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    new = novelty(note_print(one), note_print(other))
    assert all(0 <= share <= 1 for share in (new.must, new.stay, new.whole))
    assert novelty(note_print(one), note_print(one)).whole == 0


def test_a_print_holds_no_text() -> None:
    printed = note_print(NOTE)
    assert all(isinstance(item, int) and abs(item) < 2**31 for item in (*printed.must, *printed.stay))


def test_a_copy_is_no_progress_and_a_changed_number_keeps_its_verdict() -> None:
    auditor = Auditor()
    earlier = [{"date_of_service": "2026-03-02", "text": NOTE}]
    audits = {
        text: auditor.audit(parse_encounter({"text": text, "date_of_service": "2026-03-05", "earlier": earlier}))
        for text in (NOTE, NOTE.replace("5/10", "4/10"))
    }
    copy, number = audits.values()
    assert copy.elements[3].status == "not_met"
    assert number.elements[3].status == "met"
    assert "PRG405" in {f.code for f in copy.findings}
    assert {f.code for f in number.findings} & {"PRG405", "EPI951"} == {"EPI951"}
    assert number.episode is not None
    assert number.episode.novelty is not None
    assert number.episode.novelty.against == date(2026, 3, 2)
    assert number.episode.novelty.repeats == "number"
