"""Remittance advice: against x12sdk's own model, by hand where its generator has no word for it, and broken."""

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.records import Adjustment, PaidLine, Remittance
from auditor.sources import Rejected
from auditor.sources.claims import RemittedClaim, read_835

SAMPLES = Path(__file__).parent / "samples"
HEADER = "ISA*00*          *00*          *30*SENDER         *30*RECEIVER       *260101*1200*^*00501*000000001*0*T*:~"
CLAIM = (
    "CLP*PCN1*1*85*35**CH*777~CAS*OA*23*5~NM1*QC*1*DOE*ZEBULON****MI*M123~MOA***MA01*N130~DTM*232*20260304~"
    "SVC*HC:98940:AT*45*40**1*HC:98941:AT~DTM*472*20260305~CAS*CO*45*5~LQ*HE*N115~LQ*RX*75~"
    "SVC*HC:97140:59*40*0**1~CAS*CO*97*25**45*15*1~"
)
SECRETS = ("PCN1", "ZEBULON", "DOE", "M123", "98940", "20260304")


def file_of(body: str) -> str:
    inner = f"ST*835*0001~BPR*I*1*C*CHK~N1*PR*EXAMPLE PLAN~LX*1~{body}PLB*1*20261231*WO:X*-3~"
    return f"{HEADER}GS*HP*A*B*20260304*1200*1*X*005010X221A1~{inner}SE*{inner.count('~') + 1}*0001~GE*1*1~IEA*1*1~"


def read(text: str | bytes) -> list[RemittedClaim | Rejected]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "answers.835")
        file.write_bytes(text.encode("utf-8", "replace") if isinstance(text, str) else text)
        return list(read_835(file))


def test_one_answer_whole_for_each_date() -> None:
    first, second = read(file_of(CLAIM))
    assert isinstance(first, RemittedClaim)
    assert isinstance(second, RemittedClaim)
    assert first.remittance == Remittance(
        status="1",
        lines=(
            PaidLine(
                cpt="98940",
                modifiers=("AT",),
                charge=45.0,
                paid=40.0,
                adjustments=(Adjustment(group="CO", carc="45", amount=5.0),),
                remarks=("N115", "MA01", "N130"),
            ),
        ),
        adjustments=(Adjustment(group="OA", carc="23", amount=5.0),),
    )
    assert second.remittance.adjustments == ()
    [line] = second.remittance.lines
    assert [(one.group, one.carc, one.amount) for one in line.adjustments] == [("CO", "97", 25.0), ("CO", "45", 15.0)]
    assert (line.paid, line.remarks) == (0.0, ("MA01", "N130"))
    assert [one.date_of_service for one in (first, second)] == [date(2026, 3, 5), date(2026, 3, 4)]
    assert [one.billed_codes for one in (first, second)] == [("98941",), ("97140",)]
    assert first.patients == ("PCN1", "M123", "DOE, ZEBULON")
    assert first.position == "segment 7, claim 1"


def test_the_sample() -> None:
    paid, denied = read((SAMPLES / "chiropractic.835").read_text())
    assert isinstance(paid, RemittedClaim)
    assert isinstance(denied, RemittedClaim)
    assert [(line.cpt, line.modifiers, line.charge, line.paid) for line in paid.remittance.lines] == [
        ("98941", ("AT",), 45.0, 25.5),
        ("97140", ("59", "GP"), 38.5, 0.0),
    ]
    assert paid.remittance.lines[0].adjustments == (
        Adjustment(group="CO", carc="45", amount=9.5),
        Adjustment(group="PR", carc="3", amount=10.0),
    )
    assert denied.remittance.status == "4"
    assert denied.remittance.lines[0].remarks == ("N115",)
    assert (denied.date_of_service, paid.date_of_service) == (date(2025, 2, 6), None)
    assert denied.position == "segment 18, claim 2"


@pytest.mark.parametrize("delimiters", ["*:~^", "|>'&", "*:\n^"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_answer_is_that_of_the_oracle(seed: int, delimiters: str) -> None:
    from x12sdk.generate import generate_835
    from x12sdk.io import X12ModelReader

    text = generate_835(seed=seed, claims=60).replace("\n", "")
    with X12ModelReader(text) as reader:
        [model] = reader.models()
    expected = list(model.claims())
    found = read(text.translate({ord(old): new for old, new in zip("*:~^", delimiters, strict=True)}))
    assert len(found) == len(expected) == 60
    for ours, theirs in zip(found, expected, strict=True):
        assert isinstance(ours, RemittedClaim)
        assert ours.control_number == theirs.patient_control_number
        assert ours.patients[0] == theirs.patient_control_number
        assert ours.patients[-1] == ", ".join(map(str, theirs.patient_name))
        assert ours.remittance.status == theirs.status
        lines = ours.remittance.lines
        for line, loop in zip(lines, theirs.service_lines, strict=True):
            service = loop.svc_segment
            assert f"HC:{line.cpt}" == service.composite_medical_procedure_identifier_1
            assert line.charge == float(service.line_item_charge_amount)
            assert line.paid == float(service.line_item_provider_payment_amount)
            assert [(one.group, one.carc, one.amount) for one in line.adjustments] == [
                (cas.adjustment_group_code, cas.adjustment_reason_code_1, float(cas.monetary_amount_1))
                for cas in loop.cas_segment or []
            ]
        assert sum(round(100 * (line.paid or 0)) for line in lines) == 100 * theirs.paid


def test_a_claim_without_lines_and_one_taken_back() -> None:
    denied, back = read(
        file_of("CLP*PCN1*4*85*0~CAS*CO*50*85~DTM*232*20260304~LX*2~CLP*PCN1*22*-85*-40~CAS*CO*45*-45~NM1*74*1*X~")
    )
    assert isinstance(denied, RemittedClaim)
    assert isinstance(back, RemittedClaim)
    assert denied.date_of_service == date(2026, 3, 4)
    assert denied.remittance == Remittance(status="4", adjustments=(Adjustment(group="CO", carc="50", amount=85.0),))
    assert back.remittance.status == "22"
    assert back.remittance.adjustments[0].amount == -45.0


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("CLP*PCN1*1", "CLP**1", "segment 7, claim 1: CLP01 is empty"),
        ("CLP*PCN1*1", "CLP*PCN1*x", "segment 7, claim 1: CLP02 is no claim status"),
        ("*85*35**CH", "*x*40**CH", "segment 7, claim 1: CLP03 is no number"),
        ("*85*35**CH", "*85.00*36**CH", "segment 7, claim 1: charge less adjustments is not what was paid (CLP04)"),
        ("CAS*OA*23*5~", "", "segment 7, claim 1: charge less adjustments"),
        ("CAS*OA", "CAS*XX", "segment 8, claim 1: CAS01 is no group"),
        ("CAS*OA*23*5", "CAS*OA**5", "segment 8, claim 1: CAS02 is no reason"),
        ("25**45*15*1", "25**45*x*1", "segment 18, claim 1: CAS06 is no number"),
        ("25**45*15*1", "25", "claim 1: line 2: charge less adjustments is not what was paid"),
        ("SVC*HC:97140:59*40*0**1~CAS*CO*97*25**45*15*1~", "", "do not add up to its charge (CLP03)"),
        ("HC:98940", "HC:", "segment 12, claim 1: SVC01 holds no CPT"),
        ("HC:98941", "NU:98941", "segment 12, claim 1: SVC06 is not coded by CPT"),
        ("472*20260305", "472*20261305", "segment 13, claim 1: DTM02 is no date"),
        ("LQ*RX*75~", "NM1*QC*1*X~", "segment 16, claim 1: a name (NM1) of another claim"),
        ("LQ*RX*75~", "ZZ*QC*1*X~", "segment 16, claim 1: this is no segment of a remittance advice"),
    ],
)
def test_a_broken_answer_is_rejected_by_its_place_and_the_rest_goes_on(old: str, new: str, says: str) -> None:
    assert old in CLAIM
    items = read(file_of(CLAIM.replace(old, new, 1) + "CLP*PCN2*1*10*10~SVC*HC:97012*10*10~"))
    bad, good = items
    assert isinstance(bad, Rejected)
    assert says in bad.reason
    assert isinstance(good, RemittedClaim)
    assert good.control_number == "PCN2"
    assert not any(secret in bad.reason for secret in SECRETS)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_anything_gives_answers_or_rejections(data: st.DataObject) -> None:
    parts = file_of(CLAIM * 3).split("~")
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(1, len(parts) - 1))
        parts[at : at + 1] = data.draw(
            st.sampled_from([[], [parts[at]] * 2, [parts[at][:7]], [parts[at].replace("*", ":")], ["é"]])
        )
    for text in ("~".join(parts), data.draw(st.text(max_size=200)), HEADER + data.draw(st.text(max_size=200))):
        for item in read(text):
            assert isinstance(item, RemittedClaim | Rejected)
            if isinstance(item, Rejected):
                assert not any(secret in item.reason for secret in SECRETS)
