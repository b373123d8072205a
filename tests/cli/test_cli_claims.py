"""``auditor audit`` with claim files, remittances, a fee schedule and columns of the user's own."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from auditor.cli import app

NOTE = "S: Neck pain 4/10, was 6/10. O: C5 restricted and tender. A: C5 segmental dysfunction. P: Adjusted C5."
SECRET = "Quillfeather"
HEAD = (
    "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260310*1200*^*00501*000000001*0*T*:~"
    "GS*{group}*SENDER*RECEIVER*20260310*1200*1*X*{guide}~ST*{number}*0001*{guide}~"
)
CLAIMS = (
    HEAD.format(group="HC", guide="005010X222A1", number="837")
    + "BHT*0019*00*1*20260310*1200*CH~NM1*41*2*CLINIC*****46*1~PER*IC*OFFICE*TE*5555550100~NM1*40*2*PAYER*****46*2~"
    "HL*1**20*1~NM1*85*1*ROE*JANE****XX*1999999984~N3*1 MAIN ST~N4*TOWN*OH*43001~"
    "HL*2*1*22*0~SBR*P*18*******MB~NM1*IL*1*{secret}*ANN****MI*MEMBER1~NM1*PR*2*MEDICARE*****PI*99~"
    "CLM*ACCT1*105***11:B:1*Y*A*Y*Y~HI*ABK:M9901*ABF:M542~"
    "LX*1~SV1*HC:98941:AT*65*UN*1***1:2~DTP*472*D8*20260302~LX*2~SV1*HC:97110*40*UN*1***2~DTP*472*D8*20260302~"
    "HL*3*1*22*0~SBR*P*18*******MB~NM1*IL*1*OTHER*BOB****MI*MEMBER2~NM1*PR*2*MEDICARE*****PI*99~"
    "CLM*ACCT2*65***11:B:1*Y*A*Y*Y~HI*ABK:M9901~LX*1~SV1*HC:98940:AT*65*UN*1***1~DTP*472*D8*20260303~"
    "SE*31*0001~GE*1*1~IEA*1*000000001~"
).replace("{secret}", SECRET.upper())
ANSWERS = (
    HEAD.format(group="HP", guide="005010X221A1", number="835")
    + "BPR*I*40*C*CHK************20260320~TRN*1*1*1999999984~N1*PR*MEDICARE~N1*PE*ROE*XX*1999999984~LX*1~"
    "CLP*ACCT1*1*105*40*0*MB*777~NM1*QC*1*{secret}*ANN****MI*MEMBER1~"
    "SVC*HC:98941:AT*65*40**1~DTM*472*20260302~CAS*CO*45*25~"
    "SVC*HC:97110*40*0**1~DTM*472*20260302~CAS*CO*96*40~LQ*HE*N180~SE*16*0001~GE*1*1~IEA*1*000000001~"
).replace("{secret}", SECRET.upper())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [
        {"id": "one", "text": NOTE, "patient_id": "MEMBER1", "date_of_service": "2026-03-02"},
        {"id": "two", "text": NOTE, "patient_id": "MEMBER9", "date_of_service": "2026-03-02"},
    ]
    (tmp_path / "notes.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    (tmp_path / "claims.837").write_text(CLAIMS, "utf-8")
    (tmp_path / "answers.835").write_text(ANSWERS, "utf-8")
    return tmp_path


def run(folder: Path, *words, notes="notes.jsonl"):
    return CliRunner().invoke(app, ["audit", str(folder / notes), "--out", str(folder / "out"), *map(str, words)])


def audits(folder: Path) -> dict[str, dict]:
    lines = (folder / "out" / "audits.jsonl").read_text("utf-8").splitlines()
    return {one["id"]: one for one in map(json.loads, lines)}


def left(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "out" / "unmatched.jsonl").read_text("utf-8").splitlines()]


def test_notes_get_their_claims_and_both_sides_say_what_is_left(folder):
    done = run(folder, "--claims", folder / "claims.837")
    assert done.exit_code == 1, done.output
    assert "Notes with a claim: 1; left over: 1 note and 1 claim, see" in " ".join(done.output.split())
    found = audits(folder)
    assert found["one"]["region_check"]["billed"] == "98941"
    assert found["two"]["region_check"]["billed"] is None
    assert [(one["side"], one["reason"]) for one in left(folder)] == [
        ("note", "there is no claim of this patient in the claim files."),
        ("claim", "there is no note of this patient and date of service."),
    ]
    assert SECRET.lower() not in json.dumps(left(folder)).lower()


def test_the_payers_answer_stands_beside_the_prediction(folder):
    done = run(folder, "--claims", folder / "claims.837", "--remits", folder / "answers.835", "--payer", "medicare")
    assert "Prediction beside the payers' answers" in done.output
    lines = audits(folder)["one"]["outcomes"]
    assert [(line["cpt"], line["denied"], line["carcs"], line["remarks"]) for line in lines] == [
        ("98941", False, ["CO-45"], []),
        ("97110", True, ["CO-96"], ["N180"]),
    ]
    assert "CO-150" in lines[0]["predicted"]
    with (folder / "out" / "summary.csv").open(encoding="utf-8") as stream:
        row = next(csv.DictReader(stream))
    assert (row["payer_carcs"], row["lines_denied"]) == ("CO-45 CO-96", "1")


def test_dollars_are_for_some_roles_only_and_always_in_the_record(folder):
    claims = "--claims", folder / "claims.837"
    run(folder, *claims)
    shown = {name: (folder / "out" / name).read_text("utf-8") for name in ("report.html", "summary.csv")}
    assert "$" not in shown["report.html"]
    assert "overpayment" not in shown["summary.csv"]
    assert audits(folder)["one"]["money"]["lines"][0]["allowed"] == 38.41
    run(folder, *claims, "--role", "compliance", "--force")
    assert "$38.41" in (folder / "out" / "report.html").read_text("utf-8")
    assert "overpayment" in (folder / "out" / "summary.csv").read_text("utf-8")


def test_a_fee_schedule_of_the_users_own(folder):
    (folder / "fees.csv").write_text("Code,Amount,Payer\n98941,$80.50,medicare\n98940,60,\n", "utf-8")
    run(folder, "--claims", folder / "claims.837", "--fees", folder / "fees.csv")
    money = audits(folder)["one"]["money"]
    assert money["schedule"] == "fees.csv"
    assert money["lines"][0]["allowed"] == 80.5


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Code,Price\n98941,3\n", "there is no column amount"),
        ("code,amount\n98941,much\n", "line 2, column amount: write dollars a unit"),
        ("code,amount\n9894,1\n", "line 2, column code: write a CPT or HCPCS code"),
        ("code,amount,valid_from\n98941,1,3/4/26\n", "line 2, column valid_from: write a date"),
        ("code,amount,valid_from,valid_to\n98941,1,2026-02-01,2026-01-01\n", "valid_to lies before valid_from"),
        ("code,amount,colour\n98941,1,red\n", "column 3 has another name than"),
        ("", "there is no column code"),
    ],
)
def test_a_faulty_fee_schedule_is_one_sentence(folder, text, says):
    (folder / "fees.csv").write_text(text, "utf-8")
    done = run(folder, "--fees", folder / "fees.csv")
    assert done.exit_code == 2
    assert says in " ".join(done.output.split())
    assert not (folder / "out").exists()


def test_columns_are_mapped_and_remembered(folder):
    notes = [["Chart #", "Body", "MRN", "DOS"], ["one", NOTE, "MEMBER1", "2026-03-02"]]
    with (folder / "notes.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(notes)
    claims = "Acct,Svc Date,Code,ICD\nMEMBER1,3/2/2026,98941-AT,M99.01 M54.2\n"
    (folder / "claims.csv").write_text(claims, "utf-8")
    maps = ["id=Chart #", "text=Body", "patient_id=MRN", "patient_id=Acct", "date_of_service=DOS"]
    maps += ["date_of_service=Svc Date", "cpt=Code", "dx=ICD"]
    words = [word for one in maps for word in ("--map", one)]
    done = run(folder, "--claims", folder / "claims.csv", *words, notes="notes.csv")
    assert "Notes with a claim: 1" in done.output
    assert audits(folder)["one"]["region_check"]["billed"] == "98941"
    remembered = folder / "columns.toml"
    (folder / "out" / "columns.toml").replace(remembered)
    again = run(folder, "--claims", folder / "claims.csv", "--map", remembered, "--force", notes="notes.csv")
    assert "Notes with a claim: 1" in again.output


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("txt=Body", "'txt' is no field; the fields are id, text,"),
        ("Body", "is neither FIELD=HEADING nor the file of a map"),
        ("text=", "is neither FIELD=HEADING nor the file of a map"),
    ],
)
def test_a_faulty_map_is_one_sentence(folder, entry, says):
    done = run(folder, "--map", entry)
    assert done.exit_code == 2
    assert says in " ".join(done.output.split())


def test_a_heading_that_no_file_has_is_told(folder):
    (folder / "notes.csv").write_text("text\nAdjusted C5.\n", "utf-8")
    done = run(folder, "--map", "payer=Insurrance", notes="notes.csv")
    assert "no file has the column 'Insurrance' of --map" in " ".join(done.output.split())


def test_a_claim_file_that_is_not_there_is_one_sentence(folder):
    done = run(folder, "--claims", folder / "nowhere.837")
    assert done.exit_code == 2
    assert "nowhere.837: there is no such file; correct --claims" in " ".join(done.output.split())


@pytest.mark.parametrize("name", ["notes.jsonl", "answers.835", "empty"])
@pytest.mark.parametrize("option", ["--claims", "--remits"])
def test_a_file_without_a_claim_ends_the_command_with_its_fault(folder, name, option):
    (folder / "empty").write_bytes(b"")
    wrong = "claims.837" if (name, option) == ("answers.835", "--remits") else name
    done = run(folder, option, folder / wrong)
    assert done.exit_code == 2
    assert wrong in done.output
    assert "Neck" not in done.output
    assert SECRET.lower() not in done.output.lower()
    assert not list(folder.glob("out/audits*"))


def test_claims_to_two_payers_are_not_joined(folder):
    rows = "patient_id,date_of_service,payer,control_number,cpt,dx\n"
    rows += "MEMBER1,3/2/2026,Medicare,A1,98940-AT,M99.01 M54.2\nMEMBER1,3/2/2026,Aetna,A2,98940,M99.01 M54.2\n"
    (folder / "claims.csv").write_text(rows, "utf-8")
    run(folder, "--claims", folder / "claims.csv")
    codes = {item["code"] for item in audits(folder)["one"]["findings"]}
    assert "CPT703" not in codes
    assert "billed to another payer first" in " ".join(one["reason"] for one in left(folder))


def test_a_pointer_to_nothing_reaches_the_check(folder):
    (folder / "claims.837").write_text(CLAIMS.replace("***1:2~", "***1:9~"), "utf-8")
    run(folder, "--claims", folder / "claims.837")
    assert "CLM842" in {item["code"] for item in audits(folder)["one"]["findings"]}
