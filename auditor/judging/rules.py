"""What a payer's rule is: its kind, its value, the dates of service it holds for, its source and its examples.

A pack (one TOML file in ``policies/``) is a payer's or contractor's list of such rules. The kinds are a closed set:
each is read by the check named here, and a new kind of rule is one line in :data:`KINDS` and one check that reads it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from auditor.judging import rule_shapes as shape
from auditor.records import Rule as RuleRecord
from auditor.records import Severity

WEIGHT = {"info": 0, "warning": 1, "error": 2}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rule: what its value looks like, and the check that reads it (None: the rule names one)."""

    says: str
    check: str | None
    fits: Callable[[Any], bool]
    written: str
    """The value's shape in words, for the message about one that does not fit."""
    looser: Callable[[Any, Any], bool] = shape.never
    """Whether the second value asks for less than the first, which a nearer pack must not."""
    code: bool = True
    """Whether the value holds codes, which are read in capitals."""


CODES = 'a list of codes such as ["98943"]'
DAY = "a date such as 2029-03-31, without quotes"

KINDS: dict[str, Kind] = {
    "subluxation_families": Kind(
        "ICD-10-CM families whose codes for head to pelvis count as subluxation codes",
        "DXC812",
        shape.are_codes,
        CODES,
        shape.other_families,
    ),
    "active_treatment_modifier": Kind(
        "a spinal CMT line carries one of these modifiers",
        "MOD801",
        shape.are_codes,
        'a list of modifiers such as ["AT"]',
        shape.more,
    ),
    "separate_modifiers": Kind(
        "modifiers that mark a service as given in a separate region",
        "NCC822",
        shape.are_codes,
        'a list such as ["59"]',
        shape.more,
    ),
    "modifier_pairs": Kind(
        "modifiers that exclude each other on one line",
        "CLM848",
        shape.are_pairs,
        'a list of pairs such as [["GA", "GZ"]]',
        shape.fewer,
    ),
    "modifier_never_on": Kind(
        "codes on which a modifier never stands",
        "CLM848",
        shape.are_placements,
        'a table such as { "25" = ["98940"] }',
        shape.fewer,
    ),
    "modifier_only_on": Kind(
        "the only codes on which a modifier stands",
        "CLM848",
        shape.are_placements,
        'a table such as { "AT" = ["98940"] }',
        shape.fewer,
    ),
    "not_covered": Kind(
        "codes that the payer never covers from a chiropractor", "CPT705", shape.are_codes, CODES, shape.fewer
    ),
    "covered_only": Kind(
        "the only codes that the payer covers from a chiropractor", "CLM846", shape.are_codes, CODES, shape.more
    ),
    "code_replaced": Kind(
        "codes for which the payer takes another",
        "NCC824",
        shape.are_replacements,
        'a table such as { "97014" = "G0283" }',
        shape.fewer,
    ),
    "region_diagnosis": Kind(
        "each treated spinal region needs a diagnosis of its own", "DXC813", shape.is_true, "true"
    ),
    "region_complaint": Kind(
        "each treated spinal region needs a complaint of its own", "PAY851", shape.is_true, "true"
    ),
    "improvement_within": Kind(
        "days of care after which an improvement must be documented",
        "PAY852",
        shape.is_count,
        f"a whole number of days up to {shape.MOST:,}",
        shape.greater,
    ),
    "stage_stated": Kind("the note says acute or chronic", "PAY853", shape.is_true, "true"),
    "evaluation_modifier": Kind(
        "an evaluation on the date of a manipulation carries one of these modifiers",
        "CLM845",
        shape.are_codes,
        CODES,
        shape.more,
    ),
    "evaluation_reason": Kind(
        "an evaluation billed beside a manipulation has a reason of its own in the note",
        "CLM847",
        shape.is_true,
        "true",
    ),
    "timed_units": Kind(
        "how units follow from minutes: cms (all timed minutes of the date) or midpoint (each code by itself)",
        "CLM844",
        shape.is_time_rule,
        '"cms" or "midpoint"',
        code=False,
    ),
    "most_pointers": Kind(
        "diagnoses that one line may point to", "CLM843", shape.is_count, "a whole number", shape.greater
    ),
    "most_diagnoses": Kind(
        "diagnoses that one claim may hold", "CLM843", shape.is_count, "a whole number", shape.greater
    ),
    "excludes1": Kind("codes that the tabular list excludes from one another", "CLM841", shape.is_true, "true"),
    "abn_form": Kind("printed expiry date that an ABN signed in this span must carry", "MOD803", shape.is_day, DAY),
    "abn_form_extended": Kind(
        "printed expiry dates of ABN forms that stayed in use past that date",
        "MOD803",
        shape.are_days,
        f"a list of {DAY}",
    ),
    "severity": Kind("a check weighs more than in the base", None, shape.is_weight, "error or warning", code=False),
}


@dataclass(frozen=True, slots=True)
class RuleExample:
    """A note in a rule's own file, with what is known about it, in the words of an encounter."""

    note: str
    given: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One dated rule. Both ends are dates of service, inclusive; None: no end is known."""

    pack: str
    id: str
    kind: str
    value: Any
    check: str
    """The check that reads it, or, of the kind ``severity``, the one that weighs more."""
    severity: Severity | None
    """What its findings weigh; None: what the check says."""
    source: str
    says: str
    valid_from: date | None = None
    valid_to: date | None = None
    verified: bool = True
    """False where nobody could read the rule in its own source."""
    fails: tuple[RuleExample, ...] = ()
    passes: tuple[RuleExample, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What a rule of a nearer pack, or of a later date, takes the place of."""
        return (self.kind, self.check if self.kind == "severity" else "")

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on a date of service."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def record(self) -> RuleRecord:
        """The rule as a finding cites it."""
        return RuleRecord(
            id=f"{self.pack}/{self.id}",
            source=self.source,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            verified=self.verified,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A payer's or contractor's rules, and the names by which claims call it."""

    name: str
    title: str
    extends: str | None
    names: tuple[str, ...] = ()
    """Beginnings of payers' names, in lower case."""
    unless: tuple[str, ...] = ()
    """Words that make such a name another payer's."""
    rules: tuple[Rule, ...] = ()
    file: str = ""
