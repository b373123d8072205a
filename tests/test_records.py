"""The public records: what comes in is checked, named where it is wrong, and never quoted."""

import warnings

import pytest
from pydantic import ValidationError

from auditor.records import Audit, Encounter, EncounterError, Evidence, UnknownFieldWarning, parse_encounter

SECRET = "Zanzibar Q. Patientname"

WRONG = [
    # field given, its value, what the message must name
    ("text", 7, "text"),
    ("text", [SECRET], "text"),
    ("text", {"note": SECRET}, "text"),
    ("id", 12, "id"),
    ("date_of_service", "2026-02-30", "date_of_service"),
    ("date_of_service", SECRET, "date_of_service"),
    ("date_of_service", "03/02/2026", "date_of_service"),
    ("date_of_service", 20260302, "date_of_service"),
    ("date_of_service", 0, "date_of_service"),
    ("date_of_service", "1772409600", "date_of_service"),
    ("visit", "first", "visit"),
    ("payer", 3, "payer"),
    ("provider", ["x"], "provider"),
    ("care_started", "yesterday", "care_started"),
    ("claim", "98941", "claim"),
    ("claim", {"lines": [{"cpt": 98941}]}, "claim.lines.0.cpt"),
    ("claim", {"lines": [{"cpt": "9894"}]}, "claim.lines.0.cpt"),
    ("claim", {"lines": [{}]}, "claim.lines.0.cpt"),
    ("claim", {"lines": [{"cpt": "98940"}, {"cpt": "98941", "units": -1}]}, "claim.lines.1.units"),
    ("claim", {"lines": [{"cpt": "98941", "units": "many"}]}, "claim.lines.0.units"),
    ("claim", {"lines": [{"cpt": "98941", "pointers": ["A"]}]}, "claim.lines.0.pointers.0"),
    ("claim", {"diagnoses": "M99.01"}, "claim.diagnoses"),
    ("abn", {"signed": "2026-13-01"}, "abn.signed"),
    ("earlier", SECRET, "earlier"),
    ("earlier", [{"date_of_service": "2026-01-01"}], "earlier.0.text"),
    ("earlier", [{"text": SECRET, "date_of_service": "2026-02-29"}], "earlier.0.date_of_service"),
]


@pytest.mark.parametrize(("field", "value", "named"), WRONG)
def test_a_wrong_value_names_its_field_and_quotes_nothing(field, value, named):
    with pytest.raises(EncounterError) as fault:
        parse_encounter({"text": f"{SECRET}: C5 adjusted.", field: value})
    assert f"field {named}:" in str(fault.value)
    assert SECRET not in str(fault.value)
    assert fault.value.__cause__ is None
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize("data", [None, [], "C5 adjusted.", 7, [{"text": "x"}]])
def test_what_is_no_object_is_refused(data):
    with pytest.raises(EncounterError, match="JSON object"):
        parse_encounter(data)


def test_text_is_required_and_an_empty_one_is_taken():
    with pytest.raises(EncounterError, match="field text"):
        parse_encounter({})
    with pytest.raises(EncounterError, match="field text"):
        parse_encounter({"text": None})
    assert parse_encounter({"text": ""}).text == ""


def test_several_faults_are_counted():
    with pytest.raises(EncounterError, match=r"\(and 1 more\)"):
        parse_encounter({"text": "x", "visit": "no", "date_of_service": "no"})


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ({"text": "x", "colour": SECRET}, "Encounter: left out unknown field colour"),
        ({"text": "x", "b": 1, "a": 2}, "a, b"),
        ({"text": "x", "claim": {"payer": SECRET}}, "Claim: left out unknown field payer"),
        ({"text": "x", "earlier": [{"text": "y", "note": SECRET}]}, "EarlierNote: left out unknown field note"),
    ],
)
def test_an_unknown_field_is_left_out_with_a_warning(data, named):
    with pytest.warns(UnknownFieldWarning) as caught:
        encounter = parse_encounter(data)
    assert any(named in str(warning.message) for warning in caught)
    assert not any(SECRET in str(warning.message) for warning in caught)
    assert not hasattr(encounter, "colour")


def test_a_known_encounter_gives_no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        parse_encounter({"text": "x", "payer": None, "earlier": [], "claim": {"diagnoses": [], "lines": []}})


def test_null_is_the_same_as_left_out():
    assert parse_encounter({"text": "x", "id": None, "payer": None, "earlier": None}, default_id="n1") == Encounter(
        id="n1", text="x"
    )


def test_an_id_given_stands_before_the_default():
    assert parse_encounter({"text": "x", "id": "a"}, default_id="n1").id == "a"


@pytest.mark.parametrize("text", ["", "\x00", "é\u0301", "\u200b", "😀 C5", "a\r\nb", " lead"])
def test_text_is_kept_as_it_is(text):
    assert parse_encounter({"text": text}).text == text


def test_records_are_frozen():
    encounter = Encounter(text="x")
    with pytest.raises(ValidationError):
        encounter.text = "y"
    evidence = Evidence(start=0, end=1, text="x")
    with pytest.raises(ValidationError):
        evidence.start = 5


def test_output_takes_no_unknown_field():
    with pytest.raises(ValidationError, match="surprise"):
        Evidence(start=0, end=1, text="x", surprise=1)
    with pytest.raises(ValidationError):
        Audit.model_validate({"id": "x"})


def test_a_fault_inside_pydantic_quotes_no_note():
    with pytest.raises(ValidationError) as fault:
        Encounter(text=[SECRET])
    assert SECRET not in str(fault.value)


def test_an_encounter_survives_json():
    encounter = parse_encounter(
        {
            "id": "a", "text": "C5 adjusted.", "date_of_service": "2026-03-02", "visit": "subsequent", "payer": "medicare",
            "claim": {"diagnoses": ["M99.01"], "lines": [{"cpt": "98940", "modifiers": ["AT"], "pointers": [1], "charge": 40.5}]},
            "abn": {"signed": "2026-03-02", "form_expires": None}, "earlier": [{"text": "C4", "date_of_service": "2026-02-02"}],
        }
    )  # fmt: skip
    assert Encounter.model_validate_json(encounter.model_dump_json()) == encounter
