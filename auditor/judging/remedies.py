"""The lint that keeps remedies compliant: a remedy asks, it never supplies clinical content and never names money.

Source: the compliant-query principle (a query asks and does not lead) and Medicare Program Integrity Manual chapter 3
§3.3.2.4-3.3.2.5 (late entries are dated and labelled; a missing signature is cured by an attestation, never added).
"""

FORBIDDEN = {
    "$": "names money",
    "revenue": "names money",
    "reimburse": "names money",
    "payment": "names money",
    "get paid": "names money",
    "write that": "supplies content",
    "add the finding": "supplies content",
    "document that": "supplies content",
    "sign the note now": "asks for a signature after the fact",
    "sign it now": "asks for a signature after the fact",
    "backdate": "asks for a signature after the fact",
    "change the note": "alters the record",
    "edit the note": "alters the record",
    "add at": "supplies content",
}


def lint(remedy: str) -> str | None:
    """Why a remedy may not be shown, or None where it may."""
    lowered = f"{remedy.lower()} "
    for phrase, fault in FORBIDDEN.items():
        if phrase in lowered and not (phrase == "add at" and "add at " not in lowered):
            return f"{fault}: {phrase!r}"
    return None
