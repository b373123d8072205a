"""Odd characters change neither what is read nor where its evidence points."""

import pytest

import auditor

NOTE = (
    "Date: 03/04/2026\nS: Low back pain 3/10.\nO: C5 restricted. L4 restricted and tender.\nA: Segmental dysfunction C5 and L4.\n"
    "P: Adjusted C5 and L4.\nElectronically signed by Jane Roe, DC 03/04/2026"
)
WAYS = {
    "cyrillic": "С5",
    "full width": "Ｃ５",
    "nul": "C\x005",
    "terminal colour": "\x1b[31mC5\x1b[0m",
    "zero width": "C\u200b5",
    "soft hyphen": "C\u00ad5",
    "right to left mark": "\u200fC5",
}


@pytest.mark.parametrize("written", WAYS.values(), ids=WAYS)
def test_a_level_is_read_and_its_evidence_is_the_notes_own(written):
    text = NOTE.replace("C5", written)
    audit = auditor.audit(text)
    assert audit.region_check.treated == ("cervical", "lumbar")
    evidence = [item for element in audit.elements for item in element.evidence]
    assert evidence
    assert all(text[item.start : item.end] == item.text for item in evidence)


def test_half_a_character_is_no_crash():
    assert auditor.audit(NOTE + "\ud800").region_check.treated == ("cervical", "lumbar")


def test_decomposed_accents_in_the_signers_name():
    assert auditor.audit(NOTE.replace("Jane Roe", "Jose\u0301 Roe")).facts.signature.status == "accepted"


@pytest.mark.parametrize(
    ("payer", "finds"), [("Medicare Part B", True), ("MEDICARE", True), ("Medicare Advantage", False), (None, False)]
)
def test_names_of_a_payer(payer, finds):
    claim = {"diagnoses": ["M99.01", "M99.03"], "lines": [{"cpt": "98940"}]}
    codes = {finding.code for finding in auditor.audit(NOTE, payer=payer, claim=claim).findings}
    assert ("MOD801" in codes) is finds


def test_a_french_note_is_not_english():
    text = (
        "Le patient se plaint de douleurs lombaires depuis trois jours. Ajustement de L4. Il se sent mieux après le traitement."
        " Signé par le Dr Dupont."
    )
    assert "TXT901" in {finding.code for finding in auditor.audit(text).findings}


def test_shorthand_of_the_field_is_english():
    text = "C5 hypo R, C6 hypo R, TTP ++, levator tight. L5 hypo, TTP. Dx: SD C5/C6 L5. Tx: CMT C5, C6, L5. Elbow not adj. Cont 2x/wk, POC thru 5/28."
    assert "TXT901" not in {finding.code for finding in auditor.audit(text).findings}


def test_a_later_note_is_no_earlier_one():
    audit = auditor.audit(NOTE, date_of_service="2026-03-04", earlier=[{"date_of_service": "2027-01-01", "text": NOTE}])
    assert "PRG405" not in {finding.code for finding in audit.findings}
