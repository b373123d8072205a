"""The provider's signature, and the date of service."""

from datetime import date

import pytest

from auditor.reading.pipeline import reader

NOTE = "Date of service: 3/4/2026\nO: L4 restricted and tender.\nP: Adjusted L4.\n"


def signature(lines):
    return reader().read(NOTE + lines).signature


ACCEPTED = [
    ("electronically signed", "Electronically signed by Jane Roe, DC"),
    ("with a time stamp", "Electronically signed by: Jane Roe, D.C. 03/04/2026 17:42"),
    ("e-signed", "E-signed: Jane Roe, DC, 3/4/2026"),
    ("esigned", "eSigned by Jane Roe DC"),
    ("authenticated", "Authenticated by Jane Roe, DC on 3/4/2026"),
    ("finalized", "Finalized by Jane Roe, DC"),
    ("digitally signed", "Digitally signed by Dr. Jane Roe, DC"),
    ("handwritten as rendered", "[signature] Jane Roe, DC"),
    ("signed in brackets", "(signed) Jane Roe, D.C."),
    ("handwritten in brackets", "[handwritten signature] Jane Roe, DC"),
    ("initials over a printed name", "[initials: JR]\nJane Roe, DC"),
    ("attestation", "I attest that this note is a true record of the care that I gave. Jane Roe, DC"),
    ("physiotherapist", "Electronically signed by Martin Ode, PT"),
    ("osteopath", "Electronically signed by Martin Ode, DO"),
    ("dictated in small letters", "electronically signed by jane a roe d c on march fourth at four oh nine p m"),
    ("signed in a system", "Signed in Kinetix EHR by: Jane Roe, DC"),
]

WEAK = [
    ("slash s", "/s/ Jane Roe, DC"),
    ("no credential", "Electronically signed by Jane Roe"),
    ("initials alone", "Initials: JR"),
    ("initials in brackets", "[JR]"),
]

REJECTED = [
    ("typed name", "Jane Roe, DC", "typed"),
    ("typed after a greeting", "Sincerely,\nJane Roe, DC", "typed"),
    ("on file", "Signature on file", "on_file"),
    ("stamp", "[stamp] Jane Roe, DC", "stamp"),
    ("stamp in words", "Signature stamp: Jane Roe, DC", "stamp"),
    ("draft", "DRAFT - not signed", "draft"),
    ("unsigned", "UNSIGNED NOTE", "draft"),
    ("pending", "Signature pending", "draft"),
    ("awaiting", "Awaiting signature", "draft"),
    ("auto-signed", "Auto-signed after 72 hours", "draft"),
    ("dictated not read", "Dictated but not read. Jane Roe, DC", "dictated_not_read"),
    ("clinic", "Riverside Chiropractic Clinic", "clinic"),
    ("not been signed", "** This chart entry has not been signed **", "draft"),
    ("sig on file", "Dr sig: on file", "on_file"),
]

ABSENT = [
    ("nothing", ""),
    ("blank line", "Signature: ____________________"),
    ("blank line with label", "Provider signature ____________ Date ________"),
    ("patient's", "Patient signature: Tom Reed"),
    ("plan line", "Return Thursday."),
]

SERVICE = [
    ("date of service", "Date of service: 3/4/2026\nP: Adjusted L4.", date(2026, 3, 4)),
    ("dos", "DOS 03/04/2026\nP: Adjusted L4.", date(2026, 3, 4)),
    ("visit date", "Visit date: March 4, 2026\nP: Adjusted L4.", date(2026, 3, 4)),
    ("iso", "Encounter date 2026-03-04\nP: Adjusted L4.", date(2026, 3, 4)),
    ("at the head", "3/4/2026\nP: Adjusted L4.", date(2026, 3, 4)),
    ("after the name", "Tom Reed   3/4/26\nP: Adjusted L4.", date(2026, 3, 4)),
    (
        "below a date of injury",
        "WC DAILY   doi 2/10/26\n3/31/26   Ndiaye, B.   11th tx\nO: L4 restricted",
        date(2026, 3, 31),
    ),
    ("in the blanks of a form", "Date  6 / 9 / 26\nO: L4 restricted", date(2026, 6, 9)),
]

NO_SERVICE = [
    ("none", "P: Adjusted L4."),
    ("birth", "DOB: 3/4/1961\nP: Adjusted L4."),
    ("injury", "Date of injury: 1/12/2026\nP: Adjusted L4."),
    ("signature's time stamp", "P: Adjusted L4.\nElectronically signed by Jane Roe, DC 3/4/2026 17:42"),
    ("printed", "P: Adjusted L4.\nPrinted 3/9/2026"),
    ("next visit", "P: Adjusted L4. Next appointment 3/11/2026."),
]


def by_id(rows):
    return [pytest.param(*row[1:], id=row[0]) for row in rows]


@pytest.mark.parametrize("lines", by_id(ACCEPTED))
def test_accepted(lines):
    found = signature(lines)
    assert found.status == "accepted"
    assert found.evidence


@pytest.mark.parametrize("lines", by_id(WEAK))
def test_weak(lines):
    assert signature(lines).status == "weak"


@pytest.mark.parametrize(("lines", "kind"), by_id(REJECTED))
def test_rejected(lines, kind):
    found = signature(lines)
    assert (found.status, found.kind) == ("rejected", kind)


@pytest.mark.parametrize("lines", by_id(ABSENT))
def test_absent(lines):
    assert signature(lines).status == "absent"


def test_name_credential_and_day_of_a_signature():
    found = signature("Electronically signed by Jane Roe, DC 3/5/2026")
    assert (found.signer, found.credential, found.signed_on) == ("Jane Roe", "DC", date(2026, 3, 5))


@pytest.mark.parametrize(("text", "day"), by_id(SERVICE))
def test_date_of_service(text, day):
    assert [item.day for item in reader().read(text).service_dates][:1] == [day]


@pytest.mark.parametrize("text", by_id(NO_SERVICE))
def test_what_is_no_date_of_service(text):
    assert reader().read(text).service_dates == ()
