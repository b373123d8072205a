"""The claim as a whole (CLM), payers' own rules (PAY), ICD-10-CM codes (DXC814, DXC815): one detail decides."""

import pytest

from auditor import Auditor
from auditor.judging.checks import note
from auditor.judging.claims.timed_units import units_of
from auditor.records import parse_encounter

NECK = "S: Neck pain 4/10, was 6/10. O: C5 restricted and tender. A: C5 segmental dysfunction. P: Adjusted C5."
BACK = "S: Low back pain 4/10, was 6/10. O: L4 restricted and tender. A: L4 segmental dysfunction. P: Adjusted L4."
TWO = (
    "S: Neck pain 4/10, was 6/10. O: C5 and L4 restricted and tender. A: Segmental dysfunction of C5 and L4. "
    "P: Adjusted C5 and L4."
)
WORKED = f"{NECK} Myofascial release of the lumbar paraspinals, 24 minutes."
FAMILIES = ("CLM", "PAY", "DXC814", "DXC815")
ON = {"date_of_service": "2026-03-02"}
MEDICARE = {"payer": "medicare", **ON}


@pytest.fixture(scope="module")
def auditor():
    return Auditor(models=False)


def found(auditor, text, **given):
    example = note(text, **given)
    audit = auditor.audit(parse_encounter({"visit": "subsequent", **ON, "text": example.text, **example.given}))
    return {item.code: item for item in audit.findings if item.code.startswith(FAMILIES)}


def lines(*given, dx="M99.01 M54.59"):
    return {"claim": {"diagnoses": dx.split(), "lines": [dict(one) for one in given]}}


CMT = {"cpt": "98940", "pointers": [1]}
THERAPY = {"cpt": "97140", "modifiers": ["59"], "pointers": [2]}
EXERCISE = {"cpt": "97110", "pointers": [2]}


@pytest.mark.parametrize(
    ("text", "given", "codes"),
    [
        (NECK, {"cpt": "98940", "dx": "M99.01 M54.2"}, set()),
        (NECK, {}, set()),
        # Excludes1
        (BACK, {"cpt": "98940", "dx": "M99.03 M54.59 M51.360"}, {"CLM841"}),
        (BACK, {"cpt": "98940", "dx": "M99.03 M54.59 S39.012A"}, {"CLM841"}),
        (BACK, {"cpt": "98940", "dx": "M99.03 M54.59 M51.369"}, {"DXC814"}),
        (BACK, {"cpt": "98940", "dx": "M99.03 M51.360"}, set()),
        # pointers
        (NECK, lines({"cpt": "98940", "pointers": [1, 0]}), {"CLM842"}),
        (NECK, lines({"cpt": "98940", "pointers": [1, 2]}), set()),
        (NECK, lines({"cpt": "98940", "pointers": [1, 1, 1, 1, 2]}), {"CLM843"}),
        # the 8-minute rule
        (WORKED, lines(CMT, {**THERAPY, "units": 2}), set()),
        (WORKED, lines(CMT, {**THERAPY, "units": 3}), {"CLM844"}),
        (WORKED, lines(CMT, THERAPY, {**EXERCISE, "units": 2, "minutes": 12}), {"CLM844"}),
        (WORKED, lines(CMT, THERAPY, {**EXERCISE, "units": 1, "minutes": 12}), set()),
        (WORKED, lines(CMT, THERAPY, {**EXERCISE, "units": 4}), set()),
        (WORKED.replace("24", "15"), lines(CMT, THERAPY, {**THERAPY, "cpt": "97124"}), {"CLM844"}),
        (WORKED.replace("24", "30"), lines(CMT, THERAPY, {**THERAPY, "cpt": "97124"}), set()),
        # evaluations
        (NECK, {"cpt": "98940 99213", "dx": "M99.01"}, {"CLM845"}),
        (NECK, {"cpt": "98940 99213-25", "dx": "M99.01"}, {"CLM847"}),
        (f"{NECK} Flare-up after a fall yesterday.", {"cpt": "98940 99213-25", "dx": "M99.01"}, set()),
        (f"{NECK} Re-exam in 4 weeks.", {"cpt": "98940 99213-25", "dx": "M99.01"}, {"CLM847"}),
        (f"Re-exam today. {NECK}", {"cpt": "98940 99213-25", "dx": "M99.01"}, set()),
        (NECK, {"cpt": "99213", "dx": "M54.2"}, set()),
        # Medicare's benefit
        (NECK, {**MEDICARE, "cpt": "98940-AT 97110", "dx": "M99.01"}, {"CLM846"}),
        (NECK, {**MEDICARE, "cpt": "98940-AT 97110-GY", "dx": "M99.01"}, set()),
        (NECK, {"payer": "Medicare Advantage Humana", "cpt": "98940 97110", "dx": "M99.01"}, set()),
        # modifiers
        (NECK, {"cpt": "98940-25", "dx": "M99.01"}, {"CLM848"}),
        (NECK, {**MEDICARE, "cpt": "98940-AT-GP", "dx": "M99.01"}, {"CLM848"}),
        (NECK, {"cpt": "98940-GP", "dx": "M99.01"}, set()),
        # active care
        (f"{NECK} Return PRN.", {**MEDICARE, "cpt": "98940-AT", "dx": "M99.01"}, {"CLM849"}),
        (NECK.replace("4/10, was 6/10", "0/10"), {**MEDICARE, "cpt": "98940-AT", "dx": "M99.01"}, {"CLM849"}),
        (f"Maintenance care. {NECK} PRN.", {**MEDICARE, "cpt": "98940-AT", "dx": "M99.01"}, set()),
        # payers and contractors
        (TWO, {**MEDICARE, "payer": "noridian", "cpt": "98940-AT", "dx": "M99.01 M99.03"}, {"PAY851"}),
        (TWO, {**MEDICARE, "cpt": "98940-AT", "dx": "M99.01 M99.03"}, set()),
        (f"{NECK} No acute distress.", {**MEDICARE, "payer": "novitas", "cpt": "98940-AT", "dx": "M99.01"}, {"PAY853"}),
        (NECK.replace("S: ", "S: Subacute "), {**MEDICARE, "payer": "novitas", "cpt": "98940-AT", "dx": "M99.01"}, set()),
        # ICD-10-CM
        (BACK, {"cpt": "98940", "dx": "M99.03 M54.5"}, {"DXC815"}),
        (BACK, {"cpt": "98940", "dx": "M99.03 M54.5", "date_of_service": "2021-05-01"}, set()),
        (BACK, {"cpt": "98940", "dx": "M99.03 S33.5XX"}, {"DXC815"}),
        (BACK, {"cpt": "98940", "dx": "m9903 m5459"}, set()),
        (BACK, {"cpt": "98940", "dx": "M99.03 Q99.999"}, {"DXC815"}),
        (f"{BACK} Right shoulder aches.", {"cpt": "98940", "dx": "M99.03 M25.519"}, {"DXC814"}),
        (f"{BACK} Left and right shoulder ache, left shoulder worse.", {"cpt": "98940", "dx": "M99.03 M25.511"}, set()),
    ],
)
def test_one_detail_decides(auditor, text, given, codes):
    assert set(found(auditor, text, **given)) == codes


def test_outside_the_releases_a_code_is_never_called_invalid(auditor):
    between = found(auditor, BACK, cpt="98940", dx="M99.03 M54.28", date_of_service="2023-05-01")["DXC815"]
    assert between.severity == "warning"
    later = found(auditor, BACK, cpt="98940", dx="M99.03 M54.5", date_of_service="2026-11-02")["DXC815"]
    assert later.severity == "warning"
    assert "not a valid" not in later.message
    assert "is not in the release of April 2026 (dates of service 2025-10-01 to 2026-09-30)" in later.message
    within = found(auditor, BACK, cpt="98940", dx="M99.03 M54.5")["DXC815"]
    assert within.severity == "error"
    assert "is not a valid ICD-10-CM code on 2026-03-02" in within.message
    assert "M54.50, M54.51, M54.59" in within.message


def test_an_excludes1_note_with_a_condition_says_so(auditor):
    said = found(auditor, BACK, cpt="98940", dx="M99.03 M54.59 M51.26")["CLM841"].message
    assert "so both may be right" in said
    assert "(M51.2-)" in said


def test_a_payers_rule_is_cited_with_its_mark(auditor):
    given = {"payer": "uhc", "cpt": "98940", "dx": "M99.01 M54.2", **ON, "visit": "subsequent"}
    example = note(TWO, **given)
    audit = auditor.audit(parse_encounter({"text": example.text, **example.given}))
    rule = next(item.rule for item in audit.findings if item.code == "DXC813")
    assert (rule.id, rule.verified) == ("uhc/diagnosis-of-each-region", False)


def test_a_payers_rule_makes_a_check_weigh_more(auditor):
    words = "S: Neck pain is severe but feels better. O: C5 restricted and tender. A: C5 segmental dysfunction. P: Adjusted C5."
    weights = {}
    for payer in ("aetna", "cigna"):
        audit = auditor.audit(parse_encounter({"text": words, "payer": payer, "visit": "subsequent"}))
        weights[payer] = next(item.severity for item in audit.findings if item.code == "PRG402")
    assert weights == {"aetna": "warning", "cigna": "error"}


def test_last_years_visit_is_judged_by_last_years_rules(auditor):
    form = {"signed": "2026-05-11", "form_expires": "2026-01-31"}
    given = {"payer": "medicare", "cpt": "98940-GA", "dx": "M99.01 M54.2", "abn": form}
    codes = []
    for day in ("2026-05-11", "2026-05-12"):
        example = note(NECK, **{**given, "abn": {**form, "signed": day}}, date_of_service=day)
        audit = auditor.audit(parse_encounter({"text": example.text, **example.given}))
        codes.append("MOD803" in {item.code for item in audit.findings})
        assert audit.meta["packs"] == ["base", "medicare"]
    assert codes == [False, True]


@pytest.mark.parametrize(("minutes", "units"), [(0, 0), (7, 0), (8, 1), (22, 1), (23, 2), (37, 2), (38, 3), (53, 4)])
def test_units_of_minutes(minutes, units):
    assert units_of(minutes) == units


def test_for_and_against_active_treatment_is_listed_without_a_verdict(auditor):
    text = f"{NECK} Return PRN. Goal: pain to 2/10."
    example = note(text, **MEDICARE, cpt="98940-AT", dx="M99.01 M54.2", visit="subsequent")
    care = auditor.audit(parse_encounter({"text": example.text, **example.given})).active_care
    assert [one.says for one in care.speaks_against] == ["The patient is to come as needed."]
    assert [one.says.split(":")[0] for one in care.speaks_for] == [
        "Progress",
        "The plan has a goal that can be measured.",
    ]
    assert all(text[item.start : item.end] == item.text for one in care.speaks_for for item in one.evidence)
