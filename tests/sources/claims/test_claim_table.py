"""Tables of claims: the user's own column names, rows joined to claims, broken rows named by their line."""

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.records import Claim, ClaimLine
from auditor.sources import Rejected
from auditor.sources.claims import COLUMNS, BilledClaim, read_claim_table

SAMPLES = Path(__file__).parent / "samples"
OWN = {name: name for name in COLUMNS}
SECRET = "Zebulon"


def read(text: str | bytes, columns: dict[str, str] | None = None) -> list[BilledClaim | Rejected]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "claims.csv")
        file.write_bytes(text.encode("utf-8", "replace") if isinstance(text, str) else text)
        return list(read_claim_table(file, columns or OWN))


def rows(header: str, *lines: str) -> list[BilledClaim | Rejected]:
    return read("\n".join([header, *lines]), {name: name for name in header.split(",")})


def claims(header: str, *lines: str) -> list[BilledClaim]:
    items = rows(header, *lines)
    assert [item.reason for item in items if isinstance(item, Rejected)] == []
    return [item for item in items if isinstance(item, BilledClaim)]


def test_the_sample() -> None:
    first, second = read_claim_table(
        SAMPLES / "claims.csv",
        {
            "patient_id": "Acct No",
            "date_of_service": "dos",
            "provider": "Rendering",
            "payer": "Insurance",
            "control_number": "Claim #",
            "cpt": "CPT",
            "modifiers": "Mod",
            "units": "Qty",
            "charge": "Amount",
            "pointers": "Ptr",
            "dx": "ICD",
        },
    )
    assert isinstance(first, BilledClaim)
    assert isinstance(second, BilledClaim)
    assert first.claim == Claim(
        diagnoses=("M99.03", "M54.50"),
        lines=(
            ClaimLine(cpt="98941", modifiers=("AT",), pointers=(1, 2), charge=45.0),
            ClaimLine(cpt="97140", modifiers=("59", "GP"), units=2, pointers=(2,), charge=38.5),
        ),
        control_number="C1",
    )
    assert (first.patients, first.providers, first.payer) == (("C1", "P100"), ("Roe, Jane DC",), "Example Plan")
    assert [claim.date_of_service for claim in (first, second)] == [date(2026, 3, 4), date(2026, 3, 5)]
    assert [claim.position for claim in (first, second)] == ["line 2, claim 1", "line 4, claim 2"]
    assert second.claim.diagnoses == ("M99.01",)


def test_one_row_a_claim() -> None:
    [found] = claims("patient_id,date_of_service,cpt,dx", "p1,2026-03-04,98941-AT 97140-59,M99.03;M54.50")
    assert [(line.cpt, line.modifiers) for line in found.claim.lines] == [("98941", ("AT",)), ("97140", ("59",))]
    assert found.claim.control_number is None


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (["p1,2026-03-04,a,98941", "p1,2026-03-04,a,97140"], [["98941", "97140"]]),
        (["p1,2026-03-04,a,98941", "P1,2026-03-04,A,97140"], [["98941", "97140"]]),
        (["p1,2026-03-04,a,98941", "p1,2026-03-05,a,97140"], [["98941"], ["97140"]]),
        (["p1,2026-03-04,a,98941", "p1,2026-03-04,b,97140"], [["98941"], ["97140"]]),
        (
            ["p1,2026-03-04,a,98941", "p2,2026-03-04,a,98940", "p1,2026-03-04,a,97140"],
            [["98941"], ["98940"], ["97140"]],
        ),
    ],
)
def test_rows_that_stand_together_are_one_claim(lines: list[str], codes: list[list[str]]) -> None:
    found = claims("patient_id,date_of_service,provider,cpt", *lines)
    assert [[line.cpt for line in claim.claim.lines] for claim in found] == codes


def test_one_control_number_over_two_dates() -> None:
    found = claims("control_number,patient_id,date_of_service,cpt", "C1,p1,3/4/2026,98941", "C1,p1,3/6/2026,98941")
    assert [claim.date_of_service for claim in found] == [date(2026, 3, 4), date(2026, 3, 6)]
    assert {claim.claim.control_number for claim in found} == {"C1"}


def test_pointers_follow_the_diagnoses_of_all_rows() -> None:
    [found] = claims(
        "control_number,cpt,pointers,dx", "C1,98941,1,M99.03 M54.50", 'C1,97140,"A,C",R51.9 M25.511 M99.03'
    )
    assert found.claim.diagnoses == ("M99.03", "M54.50", "R51.9", "M25.511")
    assert [line.pointers for line in found.claim.lines] == [(1,), (3, 1)]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-03-04", date(2026, 3, 4)),
        ("2026-03-04T00:00:00", date(2026, 3, 4)),
        ("2026-03-04 00:00:00.000", date(2026, 3, 4)),
        ("3/4/2026", date(2026, 3, 4)),
        ("03/04/2026 0:00", date(2026, 3, 4)),
        ("12/31/2026 12:00:00 AM", date(2026, 12, 31)),
        ("", None),
    ],
)
def test_dates(written: str, day: date | None) -> None:
    [found] = claims("patient_id,date_of_service,cpt", f"p1,{written},98941")
    assert found.date_of_service == day


@pytest.mark.parametrize("written", ["1", "1 2", "A B", "AB", "A;B", "1:2", "L", "12"])
def test_pointers_written(written: str) -> None:
    dx = " ".join(f"M54.{n:02}" for n in range(12))
    expected = {"1": (1,), "L": (12,), "12": (12,)}.get(written, (1, 2))
    [found] = claims("patient_id,cpt,dx,pointers", f"p1,98941,{dx},{written}")
    assert found.claim.lines[0].pointers == expected


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        (
            "date_of_service",
            "13/4/2026",
            "column date_of_service: this is no such date; write it as 2026-03-04 (ISO) or",
        ),
        ("date_of_service", "3/4/26", "column date_of_service"),
        ("date_of_service", "4.3.2026", "column date_of_service"),
        ("date_of_service", "20260304", "column date_of_service"),
        ("date_of_service", "2026-02-30", "column date_of_service"),
        ("date_of_service", SECRET, "column date_of_service"),
        ("cpt", "", "column cpt: it is empty"),
        ("cpt", SECRET, "columns cpt and dx: one word is no CPT"),
        ("dx", SECRET, "columns cpt and dx: one word is no ICD-10-CM"),
        ("modifiers", SECRET, "column modifiers: one word is no modifier"),
        ("units", "1.5", "column units: this is no whole number"),
        ("units", "-1", "column units: this is no number"),
        ("charge", SECRET, "column charge: this is no amount"),
        ("charge", "4,5", "column charge: this is no amount"),
        ("minutes", SECRET, "column minutes: this is no number"),
        ("pointers", "13", "column pointers: write the places"),
        ("pointers", SECRET, "column pointers: write the places"),
        ("patient_id", "", "the row has neither patient_id nor control_number"),
        ("units", "x", "line 4: column units"),
    ],
)
def test_a_bad_row_is_rejected_and_the_rest_goes_on(column: str, cell: str, says: str) -> None:
    header = "patient_id;date_of_service;cpt;dx;modifiers;units;charge;minutes;pointers"
    good = {"patient_id": "p2", "date_of_service": "3/4/2026", "cpt": "98941", "dx": "M99.03 M54.50"}
    bad = {**good, column: cell}
    lines = [";".join(row.get(name, "") for name in header.split(";")) for row in ({**good, "patient_id": "p1"}, bad)]
    items = read(
        "\n".join([header, "", *lines, lines[0].replace("p1", "p3")]), {name: name for name in header.split(";")}
    )
    assert [item.patients for item in items if isinstance(item, BilledClaim)] == [("p1",), ("p3",)]
    [reason] = [item.reason for item in items if isinstance(item, Rejected)]
    assert "claims.csv, line 4: " in reason
    assert says in reason
    assert SECRET not in reason


def test_a_claim_that_lost_a_row_is_left_out() -> None:
    header = "control_number,cpt,units"
    items = rows(header, "C1,98941,1", "C1,97140,x", "C1,97110,1", "C2,98940,1")
    assert [item.claim.control_number for item in items if isinstance(item, BilledClaim)] == ["C2"]
    reasons = [item.reason for item in items if isinstance(item, Rejected)]
    assert "line 3: column units" in reasons[0]
    assert "line 2, claim 1: a row of this claim or one beside it cannot be read" in reasons[1]


def test_a_row_without_shape_takes_its_neighbours_along() -> None:
    items = rows("control_number,cpt,units", "C1,98941,1", "C2,98940,1", 'C2,"97"140,1', "C3,98940,1", "C4,98940,1")
    assert [item.claim.control_number for item in items if isinstance(item, BilledClaim)] == ["C1", "C4"]
    assert (
        sum("line 4: a quotation mark is not closed" in item.reason for item in items if isinstance(item, Rejected))
        == 1
    )


def test_rows_of_two_patients_under_one_number() -> None:
    [item] = rows("control_number,patient_id,cpt", "C1,p1,98941", "C1,p2,98941")
    assert isinstance(item, Rejected)
    assert "several patients" in item.reason


def test_a_charge_for_several_codes_is_refused() -> None:
    [item] = rows("patient_id,cpt,charge", "p1,98941 97140,85.00")
    assert isinstance(item, Rejected)
    assert "column charge: the row has several codes" in item.reason


@pytest.mark.parametrize(
    ("text", "columns", "says"),
    [
        ("a,b\n1,2\n", {"cpt": "CPT", "patient_id": "a"}, "there is no column 'CPT' for cpt; name the column"),
        ("a,a\n1,2\n", {"cpt": "a", "patient_id": "a"}, "there is more than one column 'a' for cpt"),
        ("a,b\n", {"cpt": "a"}, "say which column is cpt, and which is patient_id or control_number"),
        ("a,b\n", {"patient_id": "a"}, "say which column is cpt"),
        ("a,b\n", {"cpt": "a", "patient": "b"}, "there is no field 'patient' of a claim; the fields are patient_id,"),
        ("", {"cpt": "a", "patient_id": "b"}, "line 1 names no columns"),
        ("%PDF-1", {"cpt": "a", "patient_id": "b"}, "a PDF document"),
    ],
)
def test_a_table_without_its_columns_is_one_sentence(text: str, columns: dict[str, str], says: str) -> None:
    [item] = read(text, columns)
    assert isinstance(item, Rejected)
    assert says in item.reason


PIECES = [
    "patient_id",
    "cpt",
    "dx",
    "98941",
    "C1",
    "3/4/2026",
    SECRET,
    ",",
    ",",
    "\n",
    "\n",
    '"',
    ";",
    "M99.03",
    "A",
    "1",
]


@settings(max_examples=300, deadline=None)
@given(text=st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(PIECES), max_size=60).map("".join)))
def test_anything_gives_claims_or_rejections(text: str | bytes) -> None:
    header = "patient_id,date_of_service,cpt,dx,pointers\n"
    for table in (text, header + (text if isinstance(text, str) else text.decode("latin-1"))):
        for item in read(table, {name: name for name in header.strip().split(",")}):
            assert isinstance(item, BilledClaim | Rejected)
            if isinstance(item, Rejected):
                assert SECRET not in item.reason
