"""Prediction beside outcome: each claim line with what the findings invite and what the payer did."""

import pytest

from auditor import Auditor
from auditor.records import parse_encounter

NECK = "S: Neck pain 4/10. O: C5 restricted and tender. A: C5 segmental dysfunction. P: Adjusted C5."


@pytest.fixture(scope="module")
def auditor():
    return Auditor(models=False)


def outcomes(auditor, remittance, *codes):
    claim = {"diagnoses": ["M99.01"], "lines": [{"cpt": code, "pointers": [1]} for code in codes or ("98941",)]}
    given = {"text": NECK, "payer": "aetna", "claim": claim, "remittance": remittance}
    return auditor.audit(parse_encounter(given)).outcomes


def paid(cpt, amount, *reasons):
    adjustments = [{"group": group, "carc": carc, "amount": dollars} for group, carc, dollars in reasons]
    return {"cpt": cpt, "charge": 65.0, "paid": amount, "adjustments": adjustments, "remarks": ["N115"]}


def test_a_denied_line_stands_beside_its_prediction(auditor):
    (line,) = outcomes(auditor, {"status": "1", "lines": [paid("98941", 0, ("CO", "150", 65.0))]})
    assert line.denied is True
    assert "CO-150" in line.predicted
    assert "CPT701" in line.findings
    assert (line.carcs, line.remarks) == (("CO-150",), ("N115",))


@pytest.mark.parametrize(
    ("amount", "reasons", "denied"),
    [
        (40.0, [("CO", "45", 25.0)], False),
        (0, [("CO", "45", 25.0), ("PR", "1", 40.0)], False),
        (0, [("CO", "45", 25.0), ("CO", "50", 40.0)], True),
        (10.0, [("CO", "50", 40.0)], False),
        (0, [], False),
    ],
)
def test_deductibles_and_fee_schedules_are_no_denials(auditor, amount, reasons, denied):
    (line,) = outcomes(auditor, {"status": "1", "lines": [paid("98941", amount, *reasons)]})
    assert line.denied is denied


def test_a_line_that_the_payer_does_not_mention_is_unknown(auditor):
    lines = outcomes(auditor, {"status": "1", "lines": [paid("98941", 40.0)]}, "98941", "97110")
    assert [line.denied for line in lines] == [False, None]


def test_a_claim_denied_as_a_whole_denies_its_lines(auditor):
    whole = {"status": "4", "adjustments": [{"group": "CO", "carc": "16", "amount": 65.0}]}
    (line,) = outcomes(auditor, whole)
    assert (line.denied, line.carcs) == (True, ("CO-16",))


def test_without_a_remittance_there_is_nothing_beside(auditor):
    assert outcomes(auditor, None) == ()


def test_two_lines_of_one_code_are_matched_in_order(auditor):
    answers = [paid("97140", 0, ("CO", "97", 30.0)), paid("97140", 30.0)]
    lines = outcomes(auditor, {"status": "1", "lines": answers}, "97140", "97140")
    assert [line.denied for line in lines] == [True, False]
