"""The words that every report shares, so that the terminal, the page and the summary say the same thing.

Text from a note, an id or a message is untrusted: :func:`visible` makes its control characters harmless.
"""

from auditor.records import Audit, Disposition, ElementName, Evidence, Finding, Searched, Severity, Status, Verdict

ORIGIN = "documentation elements drawn from CMS requirements"

ELEMENT_TITLES: dict[ElementName, str] = {
    "subluxation": "Subluxation with its level",
    "part": "PART findings, or an image",
    "regions": "Treated regions named",
    "progress": "Active-treatment progress",
    "plan": "Treatment plan",
    "signature": "Signature and date of service",
}
STATUS_WORDS: dict[Status, str] = {
    "met": "MET",
    "partial": "PARTIAL",
    "not_met": "NOT MET",
    "not_applicable": "n/a",
}
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
DISPOSITIONS: tuple[Disposition, ...] = ("hold", "review", "ready")
DISPOSITION_MEANINGS: dict[Disposition, str] = {
    "hold": "an error stands, or the score is below 70",
    "review": "a warning stands, or the score is below 90",
    "ready": "no error and no warning stands, and the score is at least 90",
}
VERDICTS: tuple[Verdict, ...] = ("overcoded", "unsupported", "undercoded", "match", "not_billed")
VERDICT_MEANINGS: dict[Verdict, str] = {
    "match": "the billed code is the one that the note supports",
    "overcoded": "the billed code is higher than the note supports",
    "undercoded": "the billed code is lower than the note supports",
    "unsupported": "a spinal CMT code is billed, and the note supports no region",
    "not_billed": "no spinal CMT code is on the claim",
}
CODE_COUNTS = {
    "98940": "1-2 spinal regions",
    "98941": "3-4 spinal regions",
    "98942": "5 spinal regions",
    "98943": "extraspinal only",
}
ROLE_WORDS = {
    "complaint": "complaint",
    "history": "history",
    "finding": "finding",
    "imaging": "image",
    "diagnosis": "diagnosis",
    "treated": "treated today",
    "other_treatment": "other treatment",
    "planned": "planned",
    "declined": "declined",
}

_REPLACEMENT = 0xFFFD
_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_HARMLESS: dict[int, int] = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in "\n\t"},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT),
    **dict.fromkeys(_BIDI, _REPLACEMENT),
    **dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT),
    **dict.fromkeys((0x2028, 0x2029), 0x2424),
}


def visible(text: str) -> str:
    """The text with each control character, direction override and lone surrogate replaced by one visible character.

    Tabs and line feeds stay; the length stays, so offsets into the note stay true.
    """
    return text.translate(_HARMLESS)


def one_line(text: str) -> str:
    """The text made visible, with each run of white space as one blank: for quotes, ids and sentences."""
    return visible(" ".join(text.split()))


def quoted(text: str, most: int = 240) -> str:
    """A quote from the note in quotation marks, on one line, cut after ``most`` characters with the cut marked."""
    line = one_line(text)
    return f"“{line}”" if len(line) <= most else f"“{line[:most].rstrip()} …”"


def words(name: str) -> str:
    """A name of the contract in plain words: ``upper_extremity`` is "upper extremity"."""
    return one_line(name.replace("_", " "))


def listed(names: tuple[str, ...], *, nothing: str = "none") -> str:
    """Names of the contract as a list in plain words; ``nothing`` where there is none."""
    return ", ".join(words(name) for name in names) or nothing


def where(evidence: Evidence) -> str:
    """The section that a quote stands in, in brackets; empty where it is not known."""
    return f"({words(evidence.section)})" if evidence.section else ""


def searched_words(searched: Searched) -> str:
    """What was looked for in vain: where, for what wording, and the nearest miss."""
    nearest = f"nearest miss: {quoted(searched.nearest)}" if searched.nearest else "no near miss"
    terms = ", ".join(one_line(term) for term in searched.terms) or "any wording of it"
    return f"searched in {listed(searched.sections, nothing='the whole note')} for {terms}; {nearest}"


def by_severity(audit: Audit) -> tuple[Finding, ...]:
    """The findings, errors first; within one severity in the order of the audit."""
    return tuple(sorted(audit.findings, key=lambda finding: SEVERITIES.index(finding.severity)))


def severity_counts(audit: Audit) -> str:
    """How many findings of each severity: "2 errors, 1 warning"; "no findings" where there is none."""
    counts = [(name, sum(finding.severity == name for finding in audit.findings)) for name in SEVERITIES]
    said = [f"{n} {name}{'s' if n > 1 and name != 'info' else ''}" for name, n in counts if n]
    return ", ".join(said) or "no findings"


def code_words(code: str | None, *, nothing: str = "none") -> str:
    """A CMT code with the number of regions that it stands for: "98941 (3-4 spinal regions)"."""
    if code is None:
        return nothing
    return f"{one_line(code)} ({CODE_COUNTS[code]})" if code in CODE_COUNTS else one_line(code)
