"""Dollars at risk: each line once, at the fee that says most; over- and underpayment apart."""

from datetime import date

import pytest

from auditor import Auditor
from auditor.judging.fees import FeeSchedule, Place
from auditor.judging.remedies import lint
from auditor.records import Fee, parse_encounter

NECK = "S: Neck pain 4/10. O: C5 restricted and tender. A: C5 segmental dysfunction. P: Adjusted C5."
THREE = (
    "S: Neck, mid back and low back pain 4/10. O: C5, T6 and L4 restricted and tender. "
    "A: Segmental dysfunction of C5, T6 and L4. P: Adjusted C5, T6 and L4. Signed, Jane Roe, DC 3/2/2026"
)
SIGNED = "DOS 3/2/2026. " + NECK + " Electronically signed by Jane Roe, DC 3/2/2026"


@pytest.fixture(scope="module")
def auditor():
    return Auditor(models=False)


def money(auditor, text, *lines, payer="medicare", on="2026-03-02", dx=("M99.01", "M54.2"), **more):
    billed = [{"cpt": code, "modifiers": [*marks], "pointers": [1], **given} for code, marks, given in lines]
    claim = {"diagnoses": list(dx), "lines": billed}
    given = {"text": text, "payer": payer, "date_of_service": on, "claim": claim, **more}
    return auditor.audit(parse_encounter(given)).money


def test_an_overcoded_line_risks_the_difference(auditor):
    found = money(auditor, SIGNED, ("98941", ["AT"], {}))
    assert (found.lines[0].allowed, found.lines[0].overpayment, found.underpayment) == (38.41, 11.69, 0)
    assert found.lines[0].because == ("CPT701",)
    assert found.schedule == "Medicare national 2026"


def test_a_line_that_is_denied_whole_counts_once(auditor):
    found = money(auditor, SIGNED, ("98941", [], {}))
    assert found.overpayment == found.lines[0].overpayment == 38.41
    assert set(found.lines[0].because) == {"MOD801", "CPT701"}


def test_undercoding_is_never_netted_against_overpayment(auditor):
    dx = ("M99.01", "M99.02", "M99.03")
    signed = "DOS 3/2/2026. " + THREE.replace("Signed,", "Electronically signed by")
    found = money(auditor, signed, ("98940", ["AT"], {}), dx=dx)
    assert (found.overpayment, found.underpayment) == (0, 11.69)


def test_units_too_many_risk_their_own_amount(auditor):
    found = money(auditor, SIGNED, ("98940", ["AT"], {"units": 3}))
    assert (found.lines[0].allowed, found.lines[0].overpayment) == (80.16, 53.44)


def test_a_payer_without_amounts_is_said_to_be_unknown(auditor):
    found = money(auditor, SIGNED, ("98941", [], {}), payer="aetna")
    assert (found.lines[0].allowed, found.lines[0].overpayment, found.unknown) == (None, None, 1)
    assert found.overpayment == 0


def test_amounts_of_another_year_are_not_used(auditor):
    assert money(auditor, SIGNED, ("98941", ["AT"], {}), on="2025-03-02").lines[0].allowed is None


def test_without_a_claim_there_is_no_money(auditor):
    assert auditor.audit(parse_encounter({"text": NECK})).money is None


def test_a_note_without_signature_risks_the_manipulation_only(auditor):
    lines = ("98940", [], {}), ("97110", [], {})
    found = money(auditor, "DOS 3/2/2026. " + NECK, *lines, payer="medicare")
    assert "SIG601" in found.lines[0].because
    assert "SIG601" not in found.lines[1].because


FEES = [
    Fee(code="98941", amount=1),
    Fee(code="98941", amount=2, payer="uhc"),
    Fee(code="98941", amount=3, payer="uhc", locality="Ohio 00"),
    Fee(code="98941", amount=4, payer="uhc", contract="Gold"),
    Fee(code="98941", amount=5, payer="uhc", valid_from="2026-07-01"),
]


@pytest.mark.parametrize(
    ("payers", "contract", "locality", "on", "amount"),
    [
        (["aetna"], None, None, date(2026, 1, 1), 1),
        (["uhc"], None, None, date(2026, 1, 1), 2),
        (["uhc"], None, "ohio-00", date(2026, 1, 1), 3),
        (["uhc"], "gold", "Ohio 00", date(2026, 1, 1), 4),
        (["uhc"], None, None, date(2026, 7, 1), 5),
        (["uhc"], None, None, None, 5),
    ],
)
def test_the_row_that_says_most_holds(payers, contract, locality, on, amount):
    place = Place(payers.__contains__, contract, locality, on)
    assert FeeSchedule("x", tuple(FEES)).fee("98941", place).amount == amount


def test_a_code_without_a_row_has_no_fee():
    assert FeeSchedule("x", tuple(FEES)).fee("98942", Place(bool, None, None, None)) is None


def test_no_remedy_and_no_message_names_money(auditor):
    text = auditor.audit(
        parse_encounter({"text": NECK, "payer": "medicare", "claim": {"diagnoses": [], "lines": [{"cpt": "98942"}]}})
    )
    assert text.findings
    assert all("$" not in item.remedy + item.message and not lint(item.remedy) for item in text.findings)


def test_a_code_too_high_and_units_too_many_are_both_at_risk(auditor):
    found = money(auditor, SIGNED, ("98942", ["AT"], {"units": 2}))
    assert (found.lines[0].allowed, found.lines[0].overpayment) == (99.54, 72.82)


def test_units_of_time_are_never_at_risk_above_what_their_line_is_worth():
    fees = FeeSchedule("x", (Fee(code="97110", amount=30), Fee(code="97530", amount=40)))
    lines = [
        {"cpt": "97110", "modifiers": ["GY"], "minutes": 8},
        {"cpt": "97530", "modifiers": ["GY"], "units": 3, "minutes": 8},
    ]
    given = {"text": SIGNED, "payer": "medicare", "date_of_service": "2026-03-02", "claim": {"lines": lines}}
    found = Auditor(models=False, fees=fees).audit(parse_encounter(given)).money
    assert [(line.allowed, line.overpayment) for line in found.lines] == [(30, 30), (120, 80)]


def test_half_a_cent_is_rounded_up():
    fees = FeeSchedule("x", (Fee(code="98940", amount=26.725),))
    claim = {"diagnoses": ["M99.01"], "lines": [{"cpt": "98940", "pointers": [1]}]}
    found = Auditor(models=False, fees=fees).audit(parse_encounter({"text": SIGNED, "claim": claim})).money
    assert found.lines[0].allowed == 26.73


@pytest.mark.parametrize(("row", "payer"), [("UnitedHealthcare", "UHC"), ("Medicare Noridian", "Noridian")])
def test_a_row_of_a_schedule_knows_the_payer_by_its_pack(row, payer):
    fees = FeeSchedule("x", (Fee(code="98940", amount=10, payer=row),))
    claim = {"diagnoses": ["M99.01"], "lines": [{"cpt": "98940", "pointers": [1]}]}
    auditor = Auditor(models=False, fees=fees)
    for name, allowed in ((payer, 10), ("Humana", None)):
        given = {"text": SIGNED, "payer": name, "claim": claim}
        assert auditor.audit(parse_encounter(given)).money.lines[0].allowed == allowed
