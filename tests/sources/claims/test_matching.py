"""Notes and claims, notes and remittances: by patient, date and provider, and what is left on either side."""

from datetime import date
from pathlib import Path

import pytest

from auditor.records import Claim, ClaimLine, Encounter, PaidLine, Remittance
from auditor.sources import Rejected
from auditor.sources.claims import (
    BilledClaim,
    ClaimIndex,
    Matched,
    RemittanceIndex,
    RemittedClaim,
    Unmatched,
    attach_remittances,
    match,
    read_835,
    read_837p,
    read_claim_table,
)
from auditor.sources.claims.identity import same_provider
from auditor.sources.claims.joining import join
from auditor.sources.claims.rejecting import SegmentError

SAMPLES = Path(__file__).parent / "samples"
DAY = date(2026, 3, 4)
ROE = ("1234567893", "ROE, JANE")
COE = ("1987654324", "COE, JIM")


def claim(
    *codes: str, number: str | None = "C1", dx: tuple[str, ...] = ("M99.03",), pointers: tuple[int, ...] = (1,)
) -> Claim:
    return Claim(
        diagnoses=dx, lines=tuple(ClaimLine(cpt=code, pointers=pointers) for code in codes), control_number=number
    )


def billed(
    made: Claim | None = None,
    *,
    patients: tuple[str, ...] = ("C1", "M123", "DOE, ZEBULON"),
    day: date | None = DAY,
    providers: tuple[str, ...] = ROE,
    frequency: str = "1",
) -> BilledClaim:
    made = made or claim("98941")
    return BilledClaim(made, day, patients, providers, "Example Plan", date(2026, 2, 1), "a.837", "claim 1", frequency)


def note(**fields: object) -> Encounter:
    return Encounter.model_validate({"id": "n1", "text": "x", "patient_id": "M123", "date_of_service": DAY, **fields})


def claimed(encounter: Encounter, *claims: BilledClaim) -> Matched:
    return ClaimIndex(claims).claimed(encounter)


def test_a_note_gets_its_claim_and_what_it_lacks() -> None:
    found = claimed(note(), billed())
    assert found.unmatched is None
    assert found.joined == 1
    assert found.encounter == note(
        claim=claim("98941"), payer="Example Plan", provider="ROE, JANE", care_started="2026-02-01"
    )


def test_what_the_note_has_it_keeps() -> None:
    own = note(claim=claim("98940"), payer="aetna", provider="Jane Roe DC", care_started="2026-01-01")
    index = ClaimIndex([billed()])
    assert index.claimed(own) == Matched(own)
    assert list(index.left_over()) == []


def test_a_firm_does_not_become_the_provider() -> None:
    assert claimed(note(), billed(providers=("1234567893", "BACK IN MOTION"))).encounter.provider is None


@pytest.mark.parametrize("patient", ["M123", "m123 ", "C1", "Doe, Zebulon", "DOE,ZEBULON", " doe ,  zebulon"])
def test_patients_are_known_by_any_of_their_names(patient: str) -> None:
    assert claimed(note(patient_id=patient), billed()).unmatched is None


@pytest.mark.parametrize(
    ("fields", "claims", "says"),
    [
        ({"patient_id": None}, [billed()], "the note has no patient_id"),
        ({"patient_id": " "}, [billed()], "the note has no patient_id"),
        ({"date_of_service": None}, [billed()], "the note has no date_of_service"),
        ({"patient_id": "M124"}, [billed()], "there is no claim of this patient"),
        ({}, [], "there is no claim of this patient"),
        ({}, [billed(day=date(2026, 3, 5))], "of other dates of service"),
        ({}, [billed(day=None)], "of other dates of service"),
        ({"provider": "Jim Coe, DC"}, [billed()], "of another provider"),
        ({}, [billed(), billed(providers=COE)], "several providers billed that patient"),
        ({}, [billed(), billed(patients=("C2", "M123", "DOE, TIMOTHY"))], "more than one patient"),
        ({"patient_id": "Doe, Zebulon"}, [billed(), billed(patients=("C2", "M9", "DOE, ZEBULON"))], "more than one patient"),
        ({}, [billed(), billed(frequency="8")], "was taken back"),
        ({}, [billed(claim("98941", number="A")), billed(claim("97140", number="B")), billed(frequency="7")], "could not be told apart"),
        ({}, [billed(), billed(claim("97140", pointers=(2,)))], "could not be told apart or joined"),
    ],
)  # fmt: skip
def test_a_note_without_a_claim_says_why(fields: dict[str, object], claims: list[BilledClaim], says: str) -> None:
    found = claimed(note(**fields), *claims)
    assert found.encounter == note(**fields)
    assert found.unmatched is not None
    assert (found.unmatched.side, found.unmatched.place) == ("note", "n1")
    assert says in found.unmatched.reason
    assert not any(name in found.unmatched.reason for name in ("M123", "ZEBULON", "ROE", "Coe"))


@pytest.mark.parametrize(
    ("provider", "names", "same"),
    [
        ("Jane Roe, D.C.", ROE, True),
        ("Dr. Jane Roe", ROE, True),
        ("roe, jane dc", ROE, True),
        ("Jim Coe", ROE, False),
        ("Coe, Jim", ROE, False),
        ("Jane van der Berg", ("VAN DER BERG, JANE",), True),
        ("Jane Berg", ("VAN DER BERG, JANE",), False),
        ("1234567893", ROE, True),
        ("Jane Roe NPI 1234567893", ROE, True),
        ("1987654324", ROE, False),
        ("1987654324", ("ROE, JANE",), None),
        ("", ROE, None),
        ("Jane Roe", (), None),
        ("Jane Roe", ("1234567893",), None),
        ("Jane Roe", ("1234567893", "BACK IN MOTION"), None),
        ("1987654324", ("1234567893", "BACK IN MOTION"), None),
        ("Spine Clinic", ROE, None),
        ("Spine Clinic", ("SPINE CLINIC",), True),
        ("Jane Roe", ("Jim Coe DC",), False),
    ],
)
def test_providers(provider: str, names: tuple[str, ...], same: bool | None) -> None:
    assert same_provider(provider, names) is same


def test_the_provider_chooses_among_claims_of_one_day() -> None:
    index = ClaimIndex([billed(), billed(claim("98940", number="C2"), providers=COE)])
    codes = []
    for name in ("Jim Coe DC", "Jane Roe DC"):
        made = index.claimed(note(provider=name)).encounter.claim
        assert made is not None
        codes.append(made.lines[0].cpt)
    assert codes == ["98940", "98941"]
    assert list(index.left_over()) == []


def test_claims_of_one_visit_are_joined_and_said_so() -> None:
    first = claim("98941", "97140", number="A", dx=("M99.03", "M54.50"), pointers=(2, 1))
    second = claim("97110", number="B", dx=("R51.9", "M54.50"), pointers=(1, 2))
    found = claimed(note(), billed(first), billed(second))
    assert found.joined == 2
    assert found.encounter.claim == Claim(
        diagnoses=("M99.03", "M54.50", "R51.9"),
        lines=(
            ClaimLine(cpt="98941", pointers=(2, 1)),
            ClaimLine(cpt="97140", pointers=(2, 1)),
            ClaimLine(cpt="97110", pointers=(3, 2)),
        ),
    )


@pytest.mark.parametrize(
    ("claims", "codes"),
    [
        ([billed(), billed()], ["98941"]),
        ([billed(), billed(claim("98940"), frequency="7")], ["98940"]),
        ([billed(), billed(claim("98940", number="C9"), frequency="7")], ["98940"]),
        ([billed(), billed(claim("97140", number="B")), billed(claim("98940"), frequency="7")], ["97140", "98940"]),
        ([billed(), billed(frequency="8"), billed(claim("98940", number="C2"))], ["98940"]),
        ([billed(claim("98940"), frequency="7"), billed()], ["98940"]),
        ([billed(frequency="8"), billed(), billed(claim("98940", number="C2"))], ["98940"]),
    ],
)
def test_copies_and_replacements_do_not_count_twice(claims: list[BilledClaim], codes: list[str]) -> None:
    made = claimed(note(), *claims).encounter.claim
    assert made is not None
    assert [line.cpt for line in made.lines] == codes


def test_a_pointer_to_nothing_cannot_be_joined() -> None:
    with pytest.raises(SegmentError, match="cannot be joined"):
        join([claim("98941"), claim("98940", pointers=(3,))])


def test_what_is_left_over_says_why() -> None:
    rejected = Rejected("a.837", None, "a.837, segment 9: x.")
    claims = [
        billed(),
        billed(patients=("M777",)),
        billed(patients=("M888",), day=None),
        billed(patients=("M999",)),
        rejected,
    ]
    index = ClaimIndex(claims)
    index.claimed(note())
    index.claimed(note(patient_id="M999", provider="Jim Coe"))
    again = index.claimed(note(id="n2"))
    assert again.unmatched is not None
    assert "went to an earlier note" in again.unmatched.reason
    assert list(index.left_over()) == [
        Unmatched("claim", "a.837, claim 1", "there is no note of this patient and date of service."),
        Unmatched("claim", "a.837, claim 1", "the claim has no date of service (DTP*472), by which notes are found."),
        Unmatched("claim", "a.837, claim 1", "the note of this patient and date is of another provider."),
    ]
    assert index.rejected == [rejected]


def test_match_streams_the_notes() -> None:
    taken = []

    def notes() -> object:
        for number in range(3):
            taken.append(number)
            yield note(id=f"n{number}", patient_id=f"M{number}")

    results = match(notes(), [billed(patients=("M1",)), billed(patients=("M7",))])  # type: ignore[arg-type]
    first = next(results)
    assert taken == [0]
    assert isinstance(first, Matched)
    rest = list(results)
    assert [type(item) for item in rest] == [Matched, Matched, Unmatched]


def answer(
    number: str = "C1",
    status: str = "1",
    day: date | None = DAY,
    codes: tuple[str, ...] = ("98941",),
    patients: tuple[str, ...] = ("M123", "DOE, ZEBULON"),
) -> RemittedClaim:
    lines = tuple(PaidLine(cpt=code) for code in codes)
    return RemittedClaim(
        number, (number, *patients), day, Remittance(status=status, lines=lines), "a.835", "claim 1", codes
    )


@pytest.mark.parametrize(
    ("fields", "answers", "status"),
    [
        ({"claim": claim("98941")}, [answer(status="4")], "4"),
        ({"claim": claim("98941"), "patient_id": None}, [answer(status="4")], "4"),
        ({"claim": claim("98941"), "patient_id": None}, [answer(status="4", day=None)], "4"),
        ({"claim": claim("98940"), "patient_id": None}, [answer(day=None)], None),
        ({"claim": claim("98941"), "patient_id": None}, [answer(day=date(2026, 3, 5))], None),
        ({"claim": claim("98941", number="other")}, [answer(status="4")], "4"),
        ({"claim": claim("98940", number="other")}, [answer(status="4")], None),
        ({}, [answer(status="4")], "4"),
        ({}, [answer(status="4"), answer("C2", patients=("M123", "DOE, TIM"))], None),
        ({"claim": claim("98941")}, [answer(), answer(status="22"), answer(status="4")], "4"),
        ({"claim": claim("98941")}, [answer(), answer(status="22")], "22"),
        ({"claim": claim("98941")}, [answer(status="4"), answer(status="2")], "4"),
        ({"claim": claim("98941")}, [answer(status="2")], "2"),
        ({"remittance": Remittance(status="3")}, [answer()], "3"),
        ({"claim": claim("98941")}, [], None),
    ],
)
def test_the_answer_of_a_note(fields: dict[str, object], answers: list[RemittedClaim], status: str | None) -> None:
    found = RemittanceIndex(answers).answered(note(**fields)).remittance
    assert (found.status if found else None) == status


def test_answers_to_joined_claims_are_joined() -> None:
    made = claim("98941", "97140", number=None)
    found = RemittanceIndex([answer("A"), answer("B", "4", codes=("97140",))]).answered(note(claim=made)).remittance
    assert found == Remittance(lines=(PaidLine(cpt="98941"), PaidLine(cpt="97140")))


def test_answers_that_no_note_took() -> None:
    rejected = Rejected("a.835", None, "a.835, segment 9: x.")
    *notes, left = attach_remittances(
        [note(claim=claim("98941"))], [answer(), answer("C7", patients=("M7",)), rejected]
    )
    assert len(notes) == 1
    assert left == Unmatched(
        "claim", "a.835, claim 1", "there is no note of that claim, or of this patient and date of service."
    )


def test_the_samples_from_file_to_note() -> None:
    index = ClaimIndex(read_837p(SAMPLES / "chiropractic.837"))
    answers = RemittanceIndex(read_835(SAMPLES / "chiropractic.835"))
    found = answers.answered(
        index.claimed(note(patient_id="Anderson, William", date_of_service="2025-02-06")).encounter
    )
    assert found.claim is not None
    assert found.remittance is not None
    assert (found.payer, found.claim.lines[0].cpt) == ("TEST BENEFIT TRUST", "98940")
    assert found.remittance.lines[0].adjustments[0].carc == "50"
    assert len(list(index.left_over())) == 2
    assert len(list(answers.left_over())) == 1


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (2, 0, 1)])
def test_equal_rows_of_one_table_count_alike_wherever_they_stand(tmp_path: Path, order: tuple[int, ...]) -> None:
    rows = ["M1,3/4/2026,98940,M99.01", "M1,3/4/2026,98940,M99.01", "M2,3/4/2026,98941,M99.01"]
    text = "patient_id,date_of_service,cpt,dx\n" + "".join(f"{rows[place]}\n" for place in order)
    (tmp_path / "claims.csv").write_text(text, "utf-8")
    columns = {name: name for name in ("patient_id", "date_of_service", "cpt", "dx")}
    index = ClaimIndex(read_claim_table(tmp_path / "claims.csv", columns))
    given = Encounter(text="Adjusted C5.", patient_id="M1", date_of_service=date(2026, 3, 4))
    made = index.claimed(given).encounter.claim
    assert made is not None
    assert [line.cpt for line in made.lines] == ["98940", "98940"]
