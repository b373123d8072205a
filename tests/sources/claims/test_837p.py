"""Professional claim files: against x12sdk's own model, by hand where its generator has no word for it, and broken."""

import random
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from auditor.records import Claim, ClaimLine
from auditor.sources import Rejected
from auditor.sources.claims import BilledClaim, read_837p

SAMPLES = Path(__file__).parent / "samples"
HEADER = "ISA*00*          *00*          *30*SENDER         *30*RECEIVER       *260101*1200*^*00501*000000001*0*T*:~"
PROVIDER = "HL*1**20*1~NM1*85*1*ROE*JANE****XX*1234567893~"
SUBSCRIBER = "HL*2*1*22*0~SBR*P*18*******CI~NM1*IL*1*DOE*ZEBULON****MI*M123~NM1*PR*2*EXAMPLE PLAN~"
CLAIM = (
    "CLM*PCN1*85***11:B:1*Y*A*Y*Y~REF*EA*MRN9~HI*ABK:M9903*ABF:M5450~"
    "LX*1~SV1*HC:98941:AT*45*UN*1***1:2~DTP*472*D8*20260304~"
    "LX*2~SV1*HC:97140:59:GP*40*UN*2***2~DTP*472*D8*20260304~"
)
SECRETS = ("PCN1", "ZEBULON", "M123", "MRN9", "ROE", "98941", "1234567893", "20260304", "M9903")


def file_of(body: str, guide: str = "005010X222A1", number: str = "837") -> str:
    inner = f"ST*{number}*0001*{guide}~BHT*0019*00*1*20260304*1200*CH~{body}"
    return f"{HEADER}GS*HC*A*B*20260304*1200*1*X*{guide}~{inner}SE*{inner.count('~') + 1}*0001~GE*1*1~IEA*1*1~"


def read(text: str | bytes) -> list[BilledClaim | Rejected]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "claims.837")
        file.write_bytes(text.encode("utf-8", "replace") if isinstance(text, str) else text)
        return list(read_837p(file))


def claims(text: str) -> list[BilledClaim]:
    items = read(text)
    assert [item.reason for item in items if isinstance(item, Rejected)] == []
    return [item for item in items if isinstance(item, BilledClaim)]


def one(body: str) -> BilledClaim:
    [found] = claims(file_of(PROVIDER + SUBSCRIBER + body))
    return found


def test_one_claim_whole() -> None:
    found = one(CLAIM)
    assert found.claim == Claim(
        diagnoses=("M99.03", "M54.50"),
        lines=(
            ClaimLine(cpt="98941", modifiers=("AT",), pointers=(1, 2), charge=45.0),
            ClaimLine(cpt="97140", modifiers=("59", "GP"), units=2, pointers=(2,), charge=40.0),
        ),
        control_number="PCN1",
    )
    assert found.date_of_service == date(2026, 3, 4)
    assert found.patients == ("PCN1", "M123", "DOE, ZEBULON", "MRN9")
    assert found.providers == ("1234567893", "ROE, JANE")
    assert (found.payer, found.care_started, found.frequency) == ("EXAMPLE PLAN", None, "1")
    assert found.position == "segment 11, claim 1"


def test_the_sample() -> None:
    first, second, third = claims((SAMPLES / "chiropractic.837").read_text())
    assert [line.cpt for found in (first, second, third) for line in found.claim.lines] == [
        *("98941", "97140", "98940", "98942", "98943")
    ]
    assert first.patients == ("PCN000001", "MILLER, JANE")
    assert second.patients == ("PCN000002", "Y294559905", "ANDERSON, WILLIAM")
    assert third.claim.diagnoses == ("M99.03", "M99.01", "M54.50")
    assert third.claim.lines[1] == ClaimLine(cpt="98943", modifiers=("51",), pointers=(1, 3), charge=40.0)
    assert (third.date_of_service, third.payer) == (date(2025, 11, 1), "DEMO CARE NETWORK")
    assert third.providers == ("1719274973", "EXAMPLE MEDICAL GROUP")


@pytest.mark.parametrize("delimiters", ["*:~^", "|>'&", "*:\n^", "\x1d\x1f\x1c\x1e", "!;#%"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_claim_is_that_of_the_oracle(seed: int, delimiters: str) -> None:
    from x12sdk.generate import generate_837p
    from x12sdk.io import X12ModelReader

    text = generate_837p(seed=seed, claims=40, dependent_rate=0.5).replace("\n", "")
    with X12ModelReader(text) as reader:
        [model] = reader.models()
    expected = list(model.claims())
    found = claims(text.translate({ord(old): new for old, new in zip("*:~^", delimiters, strict=True)}))
    assert len(found) == len(expected) == 40
    assert any(claim.is_dependent for claim in expected)
    for ours, theirs in zip(found, expected, strict=True):
        name = f"{theirs.patient_name[0]}, {theirs.patient_name[1]}"
        member = () if theirs.is_dependent else (theirs.member_id,)
        assert ours.patients == (theirs.patient_control_number, *member, name)
        assert ours.claim.control_number == theirs.patient_control_number
        assert ours.payer == theirs.payer_name
        assert ours.providers == (theirs.billing_provider_npi, theirs.billing_provider_name)
        codes = [code[1] for segment in theirs.claim.hi_segment for code in [segment.health_care_code_1]]
        assert [code.replace(".", "") for code in ours.claim.diagnoses] == codes
        assert sum(round(100 * (line.charge or 0)) for line in ours.claim.lines) == 100 * theirs.charge
        for line, loop in zip(ours.claim.lines, theirs.service_lines, strict=True):
            service = loop.sv1_segment
            assert f"HC:{line.cpt}" == service.product_service_id_qualifier
            assert (line.charge, line.units) == (float(service.line_item_charge_amount), service.service_unit_count)
            assert [str(pointer) for pointer in line.pointers] == [service.composite_diagnosis_code_pointer]
            assert ours.date_of_service == loop.dtp_segment[0].date_time_period
        assert ours.care_started == theirs.claim.dtp_segment[0].date_time_period


def test_two_transactions_of_two_providers_and_a_dependent() -> None:
    other = PROVIDER.replace("ROE*JANE", "COE*JIM").replace("1234567893", "1987654324")
    dependent = "HL*3*2*23*0~PAT*19~NM1*QC*1*DOE*TIMOTHY~"
    body = PROVIDER + SUBSCRIBER + CLAIM + dependent + CLAIM.replace("PCN1", "PCN2")
    third = "HL*3*1*22*0~SBR*P*18~NM1*IL*1*POE*ANN****MI*M777~" + CLAIM.replace("REF*EA*MRN9~", "")
    found = claims(file_of(body) + file_of(other + SUBSCRIBER + CLAIM + third))
    assert [claim.patients for claim in found] == [
        ("PCN1", "M123", "DOE, ZEBULON", "MRN9"),
        ("PCN2", "DOE, TIMOTHY", "MRN9"),
        ("PCN1", "M123", "DOE, ZEBULON", "MRN9"),
        ("PCN1", "M777", "POE, ANN"),
    ]
    assert [claim.providers[1] for claim in found] == ["ROE, JANE", "ROE, JANE", "COE, JIM", "COE, JIM"]
    assert [claim.payer for claim in found] == ["EXAMPLE PLAN"] * 3 + [None]
    assert [claim.position.split(", ")[1] for claim in found] == ["claim 1", "claim 2", "claim 3", "claim 4"]


def test_each_date_and_rendering_provider_is_a_claim() -> None:
    body = (
        "CLM*PCN1*160***11:B:7~DTP*431*D8*20260201~DTP*454*D8*20260210~HI*ABK:M9903*ABF:M5450~"
        "NM1*82*1*POE*ANN****XX*1111111112~"
        "LX*1~SV1*HC:98941*45*UN*1***1~DTP*472*RD8*20260304-20260304~"
        "LX*2~SV1*HC:98941*45*UN*1***2:1~DTP*472*D8*20260306~DTP*454*D8*20260306~"
        "LX*3~SV1*HC:97110*30*MJ*23***2~DTP*472*D8*20260304~"
        "LX*4~SV1*HC:97140*40*UN*1***2~DTP*472*D8*20260304~NM1*82*1*COE*JIM****XX*1222222223~"
    )
    found = claims(file_of(PROVIDER + SUBSCRIBER + body))
    assert [(claim.date_of_service, claim.providers[1]) for claim in found] == [
        (date(2026, 3, 4), "POE, ANN"),
        (date(2026, 3, 6), "POE, ANN"),
        (date(2026, 3, 4), "COE, JIM"),
    ]
    first, second, _ = found
    assert first.claim.lines[1] == ClaimLine(cpt="97110", minutes=23.0, pointers=(2,), charge=30.0)
    assert second.claim.lines == (ClaimLine(cpt="98941", pointers=(2, 1), charge=45.0),)
    assert [claim.care_started for claim in found] == [date(2026, 2, 10), date(2026, 3, 6), date(2026, 2, 10)]
    assert {claim.claim.diagnoses for claim in found} == {("M99.03", "M54.50")}
    assert {claim.frequency for claim in found} == {"7"}


@pytest.mark.parametrize(
    ("old", "new", "attribute", "value"),
    [
        ("REF*EA", "DTP*439*D8*20260105~DTP*431*D8*20260201~REF*EA", "care_started", date(2026, 1, 5)),
        ("REF*EA", "DTP*431*D8*20260201~REF*EA", "care_started", date(2026, 2, 1)),
        ("REF*EA*MRN9~", "", "patients", ("PCN1", "M123", "DOE, ZEBULON")),
        ("LX*1~", "NM1*82*2*SPINE CLINIC, INC****XX*123~LX*1~", "providers", ("SPINE CLINIC INC",)),
        ("LX*1~", "SBR*S*18~OI***Y~NM1*IL*1*X*Y****MI*Z~NM1*PR*2*OTHER~NM1*82*1*X*Y~LX*1~", "payer", "EXAMPLE PLAN"),
        ("LX*1~", "SBR*S*18~NM1*82*1*X*Y~LX*1~", "providers", ("1234567893", "ROE, JANE")),
        ("HI*", "HI*BP:12345~NTE*ADD*x~HI*", "frequency", "1"),
        ("DTP*472*D8*20260304~", "", "date_of_service", None),
    ],
)
def test_what_else_a_claim_says(old: str, new: str, attribute: str, value: object) -> None:
    assert getattr(one(CLAIM.replace(old, new)), attribute) == value


def test_twelve_diagnoses_with_their_dots() -> None:
    codes = [f"ABF:M54{n:02}" for n in range(11)]
    found = one(CLAIM.replace("ABK:M9903*ABF:M5450", "*".join(["ABK:R51", *codes])))
    assert found.claim.diagnoses == ("R51", *(f"M54.{n:02}" for n in range(11)))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("SV1*HC:98941:AT*45", "SV1*HC:98941:AT*x", "segment 15, claim 1: SV102 is no number"),
        ("*UN*1*", "*UN*", "segment 15, claim 1: SV104 is no number"),
        ("*UN*1*", "*UN*1.5*", "segment 15, claim 1: SV104 is no whole number"),
        ("*UN*1*", "*DA*1*", "segment 15, claim 1: SV103 is neither UN"),
        ("HC:98941", "ER:98941", "segment 15, claim 1: SV101 is not coded by CPT"),
        ("HC:98941", "HC:9894", "segment 15, claim 1: SV101 holds no CPT"),
        ("98941:AT", "98941:ATT", "segment 15, claim 1: SV101 holds a modifier that is none"),
        ("***1:2", "***A", "segment 15, claim 1: SV107 holds something else"),
        ("***1:2", "***1:13", "segment 15, claim 1: SV107 holds something else"),
        ("DTP*472*D8*20260304~LX*2", "DTP*472*D8*20260230~LX*2", "segment 16, claim 1: DTP03 is no date"),
        ("DTP*472*D8*20260304~LX*2", "DTP*472*RD8*20260304-20260306~LX*2", "DTP03 is a period of several days"),
        ("DTP*472*D8*20260304~LX*2", "LX*2", "segment 11, claim 1: a service line has no date"),
        ("LX*1~SV1*HC:98941:AT*45*UN*1***1:2~", "LX*1~", "segment 11, claim 1: a service line has no SV1"),
        ("LX*2~", "", "segment 17, claim 1: a second SV1 in one service line"),
        ("LX*2~SV1*HC:97140:59:GP*40*UN*2***2~DTP*472*D8*20260304~", "", "do not add up to its total"),
        ("CLM*PCN1*85", "CLM*PCN1*85.01", "do not add up to its total"),
        ("CLM*PCN1*85", "CLM*PCN1*", "segment 11, claim 1: CLM02 is no number"),
        ("CLM*PCN1", "CLM*", "segment 11, claim 1: CLM01 is empty"),
        ("HI*ABK:M9903*ABF:M5450~", "", "segment 11, claim 1: it has no diagnosis"),
        ("M9903", "739.3", "segment 13, claim 1: a diagnosis (HI) is no ICD-10-CM code"),
        ("HI*ABK:M9903", "HI*ABK:M9903~HI*ABK:M9903", "segment 14, claim 1: diagnoses (HI) of another claim"),
        ("ABF:M5450", "*".join(["ABF:M5450"] * 12), "HI holds more than 12 diagnoses"),
        ("SV1*HC:98941:AT*45", "SV2*HC:98941:AT*45", "segment 15, claim 1: this is no segment of"),
        ("REF*EA*MRN9", "REF*EA*" + "x" * 70_000, "segment 12, claim 1: this segment is longer than 65,536"),
        ("LX*1~SV1", "SV1", "segment 14, claim 1: this is no segment of"),
    ],
)
def test_a_broken_claim_is_rejected_by_its_place_and_the_rest_goes_on(old: str, new: str, says: str) -> None:
    assert old in CLAIM
    items = read(file_of(PROVIDER + SUBSCRIBER + CLAIM.replace(old, new, 1) + CLAIM.replace("PCN1", "PCN2")))
    bad, good = items
    assert isinstance(bad, Rejected)
    assert says in bad.reason
    assert bad.reason.endswith("; this claim was left out.")
    assert isinstance(good, BilledClaim)
    assert good.claim.control_number == "PCN2"
    assert not any(secret in bad.reason for secret in SECRETS)


SECOND = "HL*3*1*22*0~SBR*P*18~NM1*IL*1*POE*ANN****MI*M777~" + CLAIM.replace("PCN1", "PCN2")
THIRD = "HL*4*1*22*0~SBR*P*18~NM1*IL*1*COE*EVE****MI*M888~" + CLAIM.replace("PCN1", "PCN3")
CHILD = "HL*5*4*23*0~PAT*19~NM1*QC*1*COE*TIM~" + CLAIM.replace("PCN1", "PCN4")
TREE = PROVIDER + SUBSCRIBER + CLAIM + SECOND + THIRD + CHILD
OWNERS = {"PCN1": "DOE, ZEBULON", "PCN2": "POE, ANN", "PCN3": "COE, EVE", "PCN4": "COE, TIM"}


def owners(items: list[BilledClaim | Rejected]) -> dict[str | None, str]:
    """Each claim's control number with the patient's name that it came out under."""
    return {
        item.claim.control_number: next((name for name in item.patients if ", " in name), "")
        for item in items
        if isinstance(item, BilledClaim)
    }


@pytest.mark.parametrize(
    ("old", "left"),
    [
        ("HL*2*1*22*0~", {"PCN2", "PCN3", "PCN4"}),
        ("HL*3*1*22*0~", {"PCN3", "PCN4"}),
        ("HL*4*1*22*0~", {"PCN1"}),
        ("HL*5*4*23*0~", {"PCN1", "PCN2"}),
        ("HL*1**20*1~", set()),
    ],
)
def test_a_lost_level_gives_no_claim_to_another_patient(old: str, left: set[str]) -> None:
    items = read(file_of(TREE.replace(old, "")))
    found = owners(items)
    assert found == {number: OWNERS[number] for number in left}
    assert any(isinstance(item, Rejected) and "level" in item.reason for item in items)


def test_runs_of_lost_segments_give_no_claim_to_another_patient() -> None:
    """Every run of one to twelve segments is left out of the file in turn."""
    parts = file_of(TREE).split("~")
    for length in (1, 2, 3, 5, 8, 12):
        for start in range(4, len(parts) - length):
            kept = parts[:start] + parts[start + length :]
            for number, name in owners(read("~".join(kept))).items():
                assert name in ("", OWNERS[str(number)]), (start, length)


@pytest.mark.parametrize(
    ("guide", "number", "says"),
    [
        ("005010X223A2", "837", "here begins an institutional claim file (837I)"),
        ("005010X224A2", "837", "here begins a dental claim file (837D)"),
        ("004010X098A1", "837", "of the old version 4010"),
        ("005010X221A1", "835", "here begins a remittance advice (835)"),
        ("005010X231A1", "999", "here begins an acknowledgment (999)"),
        ("", "837", "a claim file (837) of another guide"),
    ],
)
def test_other_kinds_are_one_sentence(guide: str, number: str, says: str) -> None:
    [item] = read(file_of(TREE, guide, number) + file_of(TREE, guide, number))
    assert isinstance(item, Rejected)
    assert "claims.837, segment 3: " in item.reason
    assert says in item.reason


def test_the_guide_of_the_group_stands_in() -> None:
    assert len(claims(file_of(TREE).replace("ST*837*0001*005010X222A1", "ST*837*0001"))) == 4


@pytest.mark.parametrize(
    ("cut", "says", "left"),
    [
        ("SE*", "the file breaks off inside this claim", 3),
        ("DTP*472*D8*20260304~SE*", "the file breaks off inside this claim", 3),
    ],
)
def test_a_file_that_breaks_off(cut: str, says: str, left: int) -> None:
    text = file_of(TREE)
    *found, last, ending = read(text[: text.rindex(cut)])
    assert len(owners(found)) == left
    assert isinstance(last, Rejected)
    assert says in last.reason
    assert isinstance(ending, Rejected)
    assert "segment 3: this transaction breaks off without its end (SE)" in ending.reason


def test_segments_that_are_missing_are_seen_by_their_number() -> None:
    *found, doubtful, item = read(file_of(TREE).replace("BHT*0019*00*1*20260304*1200*CH~", ""))
    assert len(owners(found)) == 3
    assert isinstance(doubtful, Rejected)
    assert "claim 4: segments after the level (HL) above it are missing" in doubtful.reason
    assert isinstance(item, Rejected)
    assert "SE01 is not the number of segments since segment 3" in item.reason


@pytest.mark.parametrize("text", [HEADER, HEADER + "GS*HC~GE*1~IEA*1~"])
def test_a_file_without_a_transaction_says_so(text: str) -> None:
    [item] = read(text)
    assert isinstance(item, Rejected)
    assert "no transaction (ST to SE)" in item.reason


def test_what_stands_outside_is_named_once(tmp_path: Path) -> None:
    first, *rest = read(HEADER + "NM1*IL~" * 50 + "junk~" * 50 + file_of(TREE))
    assert isinstance(first, Rejected)
    assert "segment 2: what stands here belongs to no transaction" in first.reason
    assert len(owners(rest)) == len(rest) == 4


@pytest.mark.parametrize("name", ["none.837", "\0", "."])
def test_a_file_that_cannot_be_opened(tmp_path: Path, name: str) -> None:
    [item] = list(read_837p(tmp_path / name))
    assert isinstance(item, Rejected)


@settings(max_examples=150, deadline=None)
@given(text=st.one_of(st.text(max_size=300), st.binary(max_size=300), st.text(max_size=200).map(HEADER.__add__)))
@example(text=HEADER + "ST*837**005010X222~CLM~SE~")
def test_anything_gives_claims_or_rejections(text: str | bytes) -> None:
    for item in read(text):
        assert isinstance(item, BilledClaim | Rejected)


def broken(text: str, seed: int) -> str:
    """The text with a few segments dropped, doubled, cut, moved or spoilt, or with other characters in it."""
    chance = random.Random(seed)
    parts = text.split("~")
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(1, len(parts) - 1)
        match chance.randrange(6):
            case 0:
                del parts[at]
            case 1:
                parts.insert(at, parts[at])
            case 2:
                parts[at] = parts[at][: chance.randrange(len(parts[at]) + 1)]
            case 3:
                parts.insert(chance.randrange(1, len(parts)), parts.pop(at))
            case 4:
                parts[at] = parts[at].replace(
                    *chance.choice([("*", ":"), (":", "*"), ("*", "~"), ("1", "9"), ("2", "x")])
                )
            case _:
                parts[at : at + 2] = ["".join(parts[at : at + 2])]
    return "~".join(parts)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32))
def test_a_broken_file_gives_no_wrong_claim_and_no_value_in_a_reason(seed: int) -> None:
    whole = {claim.claim.control_number: claim for claim in claims(file_of(TREE))}
    for item in read(broken(file_of(TREE), seed)):
        assert isinstance(item, BilledClaim | Rejected)
        if isinstance(item, Rejected):
            assert item.reason.endswith(".")
            assert not any(secret in item.reason for secret in (*SECRETS, "POE", "PCN", "COE"))
        elif item.claim.control_number in whole:
            assert len(item.claim.lines) <= len(whole[item.claim.control_number].claim.lines)


@pytest.mark.parametrize(
    ("kind", "name", "payer"),
    [
        ("MB", "NOVITAS SOLUTIONS", "Medicare Part B NOVITAS SOLUTIONS"),
        ("MB", "MEDICARE NORIDIAN", "MEDICARE NORIDIAN"),
        ("CI", "NOVITAS SOLUTIONS", "NOVITAS SOLUTIONS"),
        ("16", "HUMANA", "HUMANA"),
    ],
)
def test_the_kind_of_payer_tells_medicare_from_others(kind, name, payer) -> None:
    level = SUBSCRIBER.replace("*CI~", f"*{kind}~").replace("EXAMPLE PLAN", name)
    assert [claim.payer for claim in claims(file_of(PROVIDER + level + CLAIM))] == [payer]
