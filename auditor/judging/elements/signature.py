"""Element 6: provider's signature and date (verdicts §3.6; Medicare Program Integrity Manual ch. 3 §3.3.2.4)."""

from collections.abc import Iterator
from dataclasses import replace

from auditor.facts import Signature
from auditor.judging.case import Case, once
from auditor.judging.checks import Defect, check, note, searched
from auditor.records import ElementVerdict, Evidence

SOURCE = "verdicts §3.6; Medicare Program Integrity Manual ch. 3 §3.3.2.4"
_GROUP = frozenset(
    {
        "clinic",
        "chiropractic",
        "center",
        "centre",
        "pllc",
        "llc",
        "inc",
        "pc",
        "associates",
        "group",
        "health",
        "wellness",
    }
)
"""Words of a practice's name: a group that bills names no person to compare with."""
LATE_DAYS = 10
"""Days after which a signature is long after the service (rulebook §6.2; CMS gives no number)."""

_REJECTED = {
    "typed": "A typed name alone is no signature.",
    "stamp": "A stamp is no signature.",
    "on_file": "'Signature on file' is no signature of this note.",
    "draft": "The note is marked as a draft, unsigned, pending or signed automatically.",
    "dictated_not_read": "The note was dictated and not read.",
    "clinic": "Only the clinic's name stands there.",
}


def service_date(case: Case) -> Evidence | None:
    """Where the note gives its date of service: the encounter's date where that is known, else any it gives as such."""
    known = case.date_of_service
    for item in case.facts.service_dates:
        if known is None or item.day == known:
            return item.evidence
    return None


def judged(case: Case) -> Signature:
    """The note's signature, weak where an electronic one is dated before the service."""
    signature = case.facts.signature
    if signature.status == "accepted" and _signed_before(case):
        return replace(signature, status="weak")
    return signature


def _signed_before(case: Case) -> bool:
    signed = case.facts.signature.signed_on
    return signed is not None and case.date_of_service is not None and signed < case.date_of_service


@once
def verdict(case: Case) -> ElementVerdict:
    """Met, partial or not met, with the reasons."""
    signature = judged(case)
    if signature.status == "absent":
        return _say("not_met", "The note is not signed.", signature)
    if signature.status == "rejected":
        return _say(
            "not_met", _REJECTED.get(signature.kind or "", "What stands there is no acceptable signature."), signature
        )
    reasons = _weaknesses(case, signature)
    if service_date(case) is None:
        reasons.append("The note gives no date of service.")
    if reasons:
        return _say("partial", " ".join(reasons), signature)
    by = f" by {signature.signer}" if signature.signer else ""
    return _say("met", f"Signed{by}, with credential and date of service.", signature)


def _weaknesses(case: Case, signature: Signature) -> list[str]:
    reasons = []
    if signature.kind == "slash_s":
        reasons.append("/s/ with a name needs the practice's electronic signature log.")
    if signature.kind == "initials" and signature.status == "weak":
        reasons.append("Initials stand without a printed name beside them.")
    if signature.kind not in ("slash_s", "initials") and signature.credential is None:
        reasons.append("The signature gives no credential.")
    if _signed_before(case):
        reasons.append("The signature is dated before the service.")
    return reasons


def _say(status: str, reason: str, signature: Signature) -> ElementVerdict:
    return ElementVerdict(element="signature", status=status, reasons=(reason,), evidence=signature.evidence)  # type: ignore[arg-type]


@check(
    "SIG601",
    "error",
    "unsigned",
    element="signature",
    carc="CO-16",
    at_risk="treatment",
    source=SOURCE,
    remedy="Did the treating provider sign this note? If not, an attestation statement by that provider may be considered.",
    fails=["3/4/2026\nO: L4 restricted.\nP: Adjusted L4.\nSignature: ____________"],
    passes=["3/4/2026\nO: L4 restricted.\nP: Adjusted L4.\nElectronically signed by Jane Roe, DC 3/4/2026"],
)
def unsigned(case: Case) -> Iterator[Defect]:
    """Nothing that could be a signature, or a blank line."""
    if case.facts.signature.status == "absent":
        terms = ("electronically signed by", "[signature]", "initials", "attestation", "/s/")
        yield Defect("The note is not signed.", searched=searched(case, "signature", *terms))


@check(
    "SIG602",
    "error",
    "a signature that is not acceptable",
    element="signature",
    carc="CO-16",
    at_risk="treatment",
    source=SOURCE,
    remedy="Is there a signed version of this note? If not, an attestation statement by the treating provider may be considered.",
    fails=[
        "3/4/2026\nO: L4 restricted.\nP: Adjusted L4.\n«Jane Roe, DC»",
        "3/4/2026\nP: Adjusted L4.\n«Signature on file»",
    ],
    passes=["3/4/2026\nO: L4 restricted.\nP: Adjusted L4.\n[signature] Jane Roe, DC"],
)
def not_acceptable(case: Case) -> Iterator[Defect]:
    """A bare typed name, stamp, on file, clinic, draft, auto-signed, dictated and not read."""
    signature = case.facts.signature
    if signature.status == "rejected":
        yield Defect(
            _REJECTED.get(signature.kind or "", "What stands there is no acceptable signature."), signature.evidence
        )


@check(
    "SIG603",
    "error",
    "no date of service in the note",
    element="signature",
    carc="CO-16",
    at_risk="treatment",
    source=SOURCE,
    remedy="On which date was this service given, and where does the record show it?",
    fails=["O: L4 restricted.\nP: Adjusted L4.\nElectronically signed by Jane Roe, DC 3/4/2026"],
    passes=["Date of service 3/4/2026\nO: L4 restricted.\nP: Adjusted L4.\nElectronically signed by Jane Roe, DC"],
)
def no_service_date(case: Case) -> Iterator[Defect]:
    """No date of service outside the signature's own time stamp."""
    if service_date(case) is None:
        yield Defect(
            "The note gives no date of service.",
            searched=searched(case, "date", "date of service", "visit date", "a date at the head"),
        )


@check(
    "SIG604",
    "warning",
    "no credential, or a signature that needs a log",
    element="signature",
    carc="CO-16",
    source=SOURCE,
    remedy="Does the practice keep a signature log that identifies this signer?",
    fails=[
        "3/4/2026\nP: Adjusted L4.\n«/s/ Jane Roe, DC»",
        "3/4/2026\nP: Adjusted L4.\n«Electronically signed by Jane Roe»",
    ],
    passes=["3/4/2026\nP: Adjusted L4.\nElectronically signed by Jane Roe, DC"],
)
def needs_a_log(case: Case) -> Iterator[Defect]:
    """Initials alone, ``/s/``, or a signature without credential."""
    signature = case.facts.signature
    if signature.status == "weak":
        reasons = [reason for reason in _weaknesses(case, signature) if "before the service" not in reason]
        if reasons:
            yield Defect(" ".join(reasons), signature.evidence)


@check(
    "SIG605",
    "warning",
    "signed before the service, or long after it",
    element="signature",
    carc="CO-16",
    source=SOURCE + "; contractor guidance on timely signatures",
    remedy="When was the note signed, and is a delay explained in the record?",
    fails=[
        note(
            "3/4/2026\nP: Adjusted L4.\n«Electronically signed by Jane Roe, DC 4/20/2026»", date_of_service="2026-03-04"
        )
    ],
    passes=[
        note("3/4/2026\nP: Adjusted L4.\nElectronically signed by Jane Roe, DC 3/5/2026", date_of_service="2026-03-04")
    ],
)
def signed_at_another_time(case: Case) -> Iterator[Defect]:
    """A date of signature before the service, or more than ten days after it."""
    signature = case.facts.signature
    if signature.signed_on is None or case.date_of_service is None or signature.status == "rejected":
        return
    days = (signature.signed_on - case.date_of_service).days
    if days < 0:
        yield Defect("The signature is dated before the service.", signature.evidence)
    elif days > LATE_DAYS:
        yield Defect(f"The note was signed {days} days after the service.", signature.evidence)


@check(
    "SIG606",
    "warning",
    "the signer is not the billing provider",
    element="signature",
    carc="CO-16",
    source=SOURCE + "; the author signs",
    remedy="Who treated the patient at this visit, and does the claim name that provider?",
    fails=[note("3/4/2026\nP: Adjusted L4.\n«Electronically signed by Jane Roe, DC»", provider="John Smith, DC")],
    passes=[note("3/4/2026\nP: Adjusted L4.\nElectronically signed by Jane Roe, DC", provider="Jane Roe, D.C.")],
)
def another_signer(case: Case) -> Iterator[Defect]:
    """The signer's name and the claim's provider share no word."""
    signature = case.facts.signature
    if (
        not case.provider
        or not signature.signer
        or signature.status not in ("accepted", "weak")
        or signature.kind == "initials"
    ):
        return
    if _GROUP & {word.strip(".,").lower() for word in case.provider.split()}:
        return
    if not _words(case.provider) & _words(signature.signer):
        yield Defect(f"The note is signed by {signature.signer}, the claim names {case.provider}.", signature.evidence)


def _words(name: str) -> set[str]:
    titles = {"dr", "dc", "md", "do", "pt", "doctor", "d.c", "m.d", "d.o", "chiropractor"}
    words = {word.strip(".,").lower() for word in name.replace("-", " ").split()}
    return {word for word in words if len(word) > 2 and word not in titles}
