"""Travel cards: a row a visit, of which the latest is today's."""

from datetime import date

import pytest

from auditor.reading.forms.travel_cards import find_card
from auditor.reading.pipeline import reader
from auditor.reading.plain.lines import lines_of

BARS = """TRAVEL CARD   BELLOWS, Ignatius   care start 9/1/26
DATE    | LB | NK | FINDINGS                               | ADJ           | INIT
9/4/26  | 6  | 5  | C5 fix tend, T7 fix, L4 fix tend spasm | C5 T7 L4      | HV
9/11/26 | 5  | 3  | L4 fix tend, R SI fix. C5 T7 clear.    | L4 R SI       | HV
        |    |    | stands 30 min                          |               |
9/15/26 |    |    |                                        |               |
Initials: HV = Hollis Vane, DC"""
BLANKS = """DATE      VISIT  NECK  LOW BK  RESTRICTED           ADJUSTED            BY
09/24/26  6      4     6       C4 T6 L5 R ilium     C4, T6, L5          MB
10/01/26  7      4     5       C4 T6 L5 R ilium     C4, R ilium         MB

Remarks 10/01: T6 and L5 to wait a week."""


@pytest.mark.parametrize(
    ("text", "today", "before"),
    [(BARS, date(2026, 9, 11), date(2026, 9, 4)), (BLANKS, date(2026, 10, 1), date(2026, 9, 24))],
)
def test_the_latest_row_with_an_entry_is_today(text, today, before):
    card = find_card(text, lines_of(text))
    assert card is not None
    assert (card.today.day, card.before.day) == (today, before)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "DATE ADJ",
        "Date of service: 3/4/2026   adjusted C5   ok",
        "DATE | ADJ | BY\n9/4/26 | C5 | HV",
        "Date      Score   Note\n9/4/26    5       x\n9/8/26    4       y",
    ],
)
def test_one_visit_or_no_column_of_adjustments_is_no_card(text):
    assert find_card(text, lines_of(text)) is None


@pytest.mark.parametrize(("text", "levels"), [(BARS, {"L4", "SI-R"}), (BLANKS, {"C4", "IL-R"})])
def test_only_todays_row_was_treated(text, levels):
    treatments = reader().read(text).treatments
    assert {level for item in treatments for place in item.places for level in place.levels} == levels


@pytest.mark.parametrize(
    ("text", "ratings"),
    [(BARS, {("lumbar", 5.0, 6.0), ("cervical", 3.0, 5.0)}), (BLANKS, {("lumbar", 5.0, 6.0), ("cervical", 4.0, 4.0)})],
)
def test_ratings_of_today_with_those_of_the_visit_before(text, ratings):
    found = {(m.region, m.value, m.previous) for m in reader().read(text).measures if m.instrument == "NPRS"}
    assert found == ratings


def test_findings_of_todays_row_only():
    found = {(item.criterion, region) for item in reader().read(BARS).part for region in item.regions}
    assert {("R", "lumbar"), ("P", "lumbar"), ("R", "pelvic")} <= found
    assert ("R", "cervical") not in found
    assert ("R", "thoracic") not in found


@pytest.mark.parametrize(("text", "status"), [(BARS, "accepted"), (BLANKS, "weak")])
def test_initials_sign_where_the_card_says_whose_they_are(text, status):
    assert reader().read(text).signature.status == status


def test_a_card_with_groups_of_columns_and_a_key():
    text = (
        "TRAVEL CARD\n"
        "DATE     NECK  MB  LB | CERV     THOR    LUMB   | ADJ         | DR\n"
        "6/1/26    6    3   5  | C2 f,t   T6 f    L5 f,t | C2 T6 L5    | kw\n"
        "6/8/26    4    -   5  | C2 f     0       L5 f,t | C2 L5       | kw\n"
        "key  f fixation   t tender   sp spasm   0 checked, clear\n"
        "initials: kw = Kirsten Wahlberg, DC\n"
    )
    read = reader().read(text)
    assert {level for item in read.treatments for place in item.places for level in place.levels} == {"C2", "L5"}
    assert {(item.criterion, *item.levels) for item in read.part if item.levels} == {
        ("R", "C2"),
        ("R", "L5"),
        ("P", "L5"),
    }
    assert [(item.value, item.previous) for item in read.measures] == [(4, 6), (5, 5)]
    assert (read.signature.status, read.signature.signer) == ("accepted", "Kirsten Wahlberg")
