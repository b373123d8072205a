"""The families of checks, by the first letters of their codes, in the order of the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from auditor.judging.checks import Check

FAMILIES = {
    "SUB": "Subluxation with its level",
    "PRT": "PART findings, or an image",
    "REG": "Treated regions named",
    "PRG": "Active-treatment progress",
    "PLN": "Treatment plan",
    "SIG": "Signature and date of service",
    "CPT": "The billed code and the regions",
    "MOD": "Modifiers",
    "DXC": "Diagnoses on the claim",
    "NCC": "Other services on the same date",
    "CLM": "The claim as a whole",
    "PAY": "What single payers and contractors ask",
    "EPI": "The episode: what several notes tell together",
    "TXT": "The note as a text",
}


def families(checks: Mapping[str, Check]) -> Iterator[tuple[str, list[Check]]]:
    """The title of each family with its checks by code, families in the order of the reference."""
    prefixes = sorted({code[:3] for code in checks}, key=lambda name: [*FAMILIES, name].index(name))
    for prefix in prefixes:
        members = sorted((check for code, check in checks.items() if code[:3] == prefix), key=lambda check: check.code)
        yield FAMILIES.get(prefix, prefix), members
