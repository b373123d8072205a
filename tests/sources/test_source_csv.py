"""CSV: named columns, claims in words, broken rows rejected one by one."""

import warnings
from datetime import date
from pathlib import Path

import pytest

from auditor.records import Claim, ClaimLine, Encounter, EncounterError
from auditor.sources import Item, Rejected, SourceWarning, read
from auditor.sources.claim_words import WordError, claim_of
from auditor.sources.records import MAX_CHARACTERS

SECRET = "Zebulon"


def rows(folder: Path, text: str) -> list[Item]:
    file = folder / "visits.csv"
    file.write_text(text, encoding="utf-8", newline="")
    return list(read(file))


def test_all_columns(tmp_path: Path) -> None:
    text = (
        "id,text,date_of_service,visit,payer,provider,patient_id,care_started,cpt,dx\n"
        '7,"C5, ""adjusted""\r\nL4 too",2026-03-04,initial,medicare,"Roe, Jane",p1,2026-01-02,98941-AT 97140-59;97110,M99.01;m9903\n'
    )
    lines = (
        ClaimLine(cpt="98941", modifiers=("AT",)),
        ClaimLine(cpt="97140", modifiers=("59",)),
        ClaimLine(cpt="97110"),
    )
    assert rows(tmp_path, text) == [
        Encounter(
            id="7",
            text='C5, "adjusted"\r\nL4 too',
            date_of_service="2026-03-04",
            visit="initial",
            payer="medicare",
            provider="Roe, Jane",
            patient_id="p1",
            care_started="2026-01-02",
            claim=Claim(diagnoses=("M99.01", "M9903"), lines=lines),
        )
    ]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("text\nC5\nL4\n", ["visits-2", "visits-3"]),
        ("\ufeffText\nC5", ["visits-2"]),
        ("ID;TEXT\na;C5, L4\n", ["a"]),
        ("id\ttext\na\tC5, L4\n", ["a"]),
        ('"Date of service ",text\n2026-03-04,C5\n', ["visits-2"]),
        ("id,text\n\n,,\na,C5\n , \nb,L4\n", ["a", "b"]),
        ("id,text\r\na,C5\r\n", ["a"]),
        ('text,id\n"C5\nL4",a\nx,\n', ["a", "visits-4"]),
    ],
)
def test_rows_are_encounters(tmp_path: Path, text: str, ids: list[str]) -> None:
    items = [item for item in rows(tmp_path, text) if isinstance(item, Encounter)]
    assert [item.id for item in items] == ids


@pytest.mark.parametrize(
    ("row", "says", "record_id"),
    [
        (f"b,{SECRET},2026-02-30,", "field date_of_service: there is no such date", "b"),
        (f"b,{SECRET},{SECRET},", "field date_of_service: there is no such date", "b"),
        ("b,,2026-03-04,98941", "the column text is empty", "b"),
        ("b", "the column text is empty", "b"),
        (f"b,{SECRET},,,x,{SECRET}", "the row has 6 cells for 4 columns", "b"),
        (f"b,{SECRET},,{SECRET}", "is no CPT or HCPCS code", "b"),
        (f"b,{SECRET},,98941-{SECRET}", "is no modifier", "b"),
        (f'b,"{SECRET} "C5" adjusted",,', "a quotation mark is not closed", None),
        (f"b,{'x' * (MAX_CHARACTERS + 1)},,", "a cell is longer than 200,000 characters", None),
    ],
)
def test_a_bad_row_is_rejected_and_the_rest_goes_on(tmp_path: Path, row: str, says: str, record_id: str | None) -> None:
    header = "id,text,date_of_service,cpt"
    first, bad, last = rows(tmp_path, f'{header}\na,"C5\nL4",,98940\n{row}\nc,T4,,\n')
    assert [item.id for item in (first, last) if isinstance(item, Encounter)] == ["a", "c"]
    assert isinstance(bad, Rejected)
    assert bad.reason.startswith(f"{tmp_path / 'visits.csv'}, line 4: ")
    assert says in bad.reason
    assert (bad.line, bad.record_id) == (4, record_id)
    assert SECRET not in bad.reason


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id,note,dob\na,C5,x\n", "there is no column text among 3 columns (id); name the column"),
        ("note\nC5\n", "there is no column text among 1 columns (none that are known)"),
        (",".join(f"c{n}" for n in range(30)), "among 30 columns (none that are known)"),
        ("text,text\na,b\n", "there are two columns text"),
        ("text,id,id\na,b,c\n", "there are two columns id"),
        ("", "the file is empty"),
        ("id,text\n,\n\n", "there is no row below the column names"),
        ("\n\n", "the file is empty"),
        (f"1,2026-03-04,{SECRET} hurts at L4 since the fall\n", "among 3 columns (none that are known)"),
        ('"text\n', "line 1: a quotation mark is not closed"),
    ],
)
def test_a_file_without_its_columns_is_refused(tmp_path: Path, text: str, says: str) -> None:
    [item] = rows(tmp_path, text)
    assert isinstance(item, Rejected)
    assert item.line is None
    assert says in item.reason
    assert SECRET not in item.reason


def test_the_lines_of_a_broken_note_are_no_records(tmp_path: Path) -> None:
    text = f'id,text,dx\na,"C5,\nb,"{SECRET}\nneck, back\n{SECRET}, ,\n"\nc,L4,\n'
    kinds = [item.line if isinstance(item, Rejected) else item.id for item in rows(tmp_path, text)]
    assert kinds == [2, 4, 5, 6]


def test_a_broken_note_in_the_only_column(tmp_path: Path) -> None:
    items = rows(tmp_path, f'text\nC5\n"L4 "{SECRET}\nT4\n')
    assert [isinstance(item, Rejected) for item in items] == [False, True, True]


def test_unknown_columns_are_named_once(tmp_path: Path) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        rows(tmp_path, "id,text,dob,Home phone\na,C5,x,y\nb,L4,x,y\n")
    assert [str(item.message) for item in caught if item.category is SourceWarning] == [
        f"{tmp_path / 'visits.csv'}: left out columns dob, Home phone"
    ]


@pytest.mark.parametrize(
    ("codes", "modifiers", "lines"),
    [
        (["98941"], ["AT"], [("98941", ("AT",))]),
        (["98941-at, 97140-59"], [], [("98941", ("AT",)), ("97140", ("59",))]),
        (["98941-AT-GA"], ["AT"], [("98941", ("AT", "GA"))]),
        (["98943", "g0283"], ["59,XS"], [("98943", ("59", "XS")), ("G0283", ())]),
        (["0101T"], [], [("0101T", ())]),
    ],
)
def test_claim_in_words(codes: list[str], modifiers: list[str], lines: list[tuple[str, tuple[str, ...]]]) -> None:
    claim = claim_of(codes, ["m99.03 M54.50;A01"], modifiers=modifiers)
    assert claim is not None
    assert claim.diagnoses == ("M99.03", "M54.50", "A01")
    assert [(line.cpt, line.modifiers) for line in claim.lines] == lines
    assert not any(line.pointers for line in claim.lines)


@pytest.mark.parametrize(
    ("codes", "diagnoses", "modifiers", "says"),
    [
        (["9894"], [], [], "'9894' is no CPT"),
        (["9894X"], [], [], "'9894X' is no CPT"),
        (["98941x"], [], [], "'98941X' is no CPT"),
        (["AB123"], [], [], "'AB123' is no CPT"),
        (["98941-A"], [], [], "'A' is no modifier"),
        ([], ["99.03"], [], "'99.03' is no ICD-10-CM code"),
        ([], ["abcdefghijklmnop"], [], "'ABCDEFGHIJKL…' is no ICD-10-CM code"),
    ],
)
def test_words_that_are_no_codes(codes: list[str], diagnoses: list[str], modifiers: list[str], says: str) -> None:
    with pytest.raises(WordError, match=says.replace(".", r"\.")):
        claim_of(codes, diagnoses, modifiers=modifiers)


def test_a_modifier_needs_a_cmt_line() -> None:
    with pytest.raises(EncounterError, match="needs a CMT line"):
        claim_of(["97140"], [], modifiers=["AT"])


def test_no_words_no_claim() -> None:
    assert claim_of([" "], [""]) is None


@pytest.mark.parametrize("written", ["2026-03-04", "3/4/2026", "03/04/2026", "2026-03-04 00:00:00", "3/4/2026 12:00 AM"])
def test_a_date_may_be_written_as_tables_write_it(tmp_path: Path, written: str) -> None:
    (tmp_path / "notes.csv").write_text(f"text,date_of_service\nAdjusted C5.,{written}\n", "utf-8")
    [item] = read(tmp_path / "notes.csv")
    assert isinstance(item, Encounter)
    assert item.date_of_service == date(2026, 3, 4)
