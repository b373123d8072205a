"""Checks of the claim against the note: regions and code, modifiers, diagnoses, bundling. Importing registers them."""

from auditor.judging.claims import (
    active_care,
    bundling,
    diagnoses,
    evaluations,
    icd_codes,
    modifier_places,
    modifiers,
    payer_rules,
    pointers,
    regions,
    timed_units,
)

__all__ = [
    "active_care",
    "bundling",
    "diagnoses",
    "evaluations",
    "icd_codes",
    "modifier_places",
    "modifiers",
    "payer_rules",
    "pointers",
    "regions",
    "timed_units",
]
