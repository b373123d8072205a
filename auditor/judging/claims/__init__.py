"""Checks of the claim against the note: regions and code, modifiers, diagnoses, bundling. Importing registers them."""

from auditor.judging.claims import bundling, diagnoses, modifiers, regions

__all__ = ["bundling", "diagnoses", "modifiers", "regions"]
