"""Payer rules as dated rows: loaded from ``policies/PAYER.toml``, picked by payer and date of service.

Source of each row stands in the row. Payers without a file, and no payer at all, get ``default`` (commercial rules).
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

DEFAULT = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One payer's rules for a span of dates of service (both ends inclusive; ``valid_to`` None: still in force)."""

    payer: str
    valid_from: date
    valid_to: date | None = None
    source: str
    needs_at: bool
    """A spinal CMT line for active treatment carries modifier AT."""
    covers_98943: bool
    bundle_97014: str | None = None
    """The code that this payer takes in place of 97014, where it does not take 97014."""
    region_diagnosis: bool
    """Each treated spinal region needs a diagnosis of its own on the claim."""
    subluxation_families: tuple[str, ...]
    """ICD-10-CM families, such as ``M99.0``, whose codes for head to pelvis count as subluxation codes."""
    abn_form: date | None = None
    """Printed expiry date that an ABN signed in this span must carry; None: any form that had not expired."""
    abn_extended: tuple[date, ...] = ()
    """Printed expiry dates of ABN forms that stayed in use past that date."""


def payer_name(payer: str | None) -> str:
    """A payer's short name: "Medicare Part B" is ``medicare``, Advantage is not; "UnitedHealthcare" is ``uhc``."""
    name = " ".join((payer or DEFAULT).lower().split())
    if name.startswith(("medicare", "mcr")) and "advantage" not in name:
        return "medicare"
    return "uhc" if name.startswith(("united healthcare", "unitedhealth", "uhc")) else name


def policy_for(payer: str | None, on: date | None) -> Policy:
    """The rules of a payer on a date of service.

    Without a date the newest row holds; before the first row's date the first one does.

    Raises:
        ValueError: a policy file is faulty (see :func:`parse_rows`).
    """
    known = _policies()
    rows = known.get(payer_name(payer), known[DEFAULT])
    if on is None:
        return rows[-1]
    return next((row for row in reversed(rows) if row.valid_from <= on), rows[0])


@cache
def _policies() -> dict[str, tuple[Policy, ...]]:
    folder = files("auditor.judging").joinpath("policies")
    texts = {item.name: item.read_text("utf-8") for item in folder.iterdir() if item.name.endswith(".toml")}
    return {name.removesuffix(".toml"): parse_rows(name.removesuffix(".toml"), texts[name]) for name in sorted(texts)}


def parse_rows(payer: str, text: str) -> tuple[Policy, ...]:
    """The rows of one policy file, oldest first.

    Raises:
        ValueError: the text is no TOML, holds no row, a row has an unknown or lacks a needed field, two rows overlap or
            leave days between them, or the newest row is not open-ended. The message names payer and dates.
    """
    try:
        given = tomllib.loads(text).get("row", [])
    except tomllib.TOMLDecodeError as fault:
        raise ValueError(f"policy {payer}: {fault}") from None
    rows = tuple(sorted((_row(payer, fields) for fields in given), key=lambda row: row.valid_from))
    if not rows:
        raise ValueError(f"policy {payer} has no row")
    for older, newer in pairwise(rows):
        _refuse_unless_adjoining(older, newer)
    if rows[-1].valid_to is not None:
        raise ValueError(f"policy {payer}: the newest row ends on {rows[-1].valid_to} and no row follows it")
    return rows


def _row(payer: str, fields: dict[str, Any]) -> Policy:
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
    for name in ("valid_from", "valid_to"):
        if name in plain and type(plain[name]) is not date:
            raise ValueError(f"policy {payer}: {name} must be a date such as 2026-05-12, without quotes")
    try:
        return Policy(payer=payer, **plain)
    except TypeError as fault:
        raise ValueError(f"policy {payer}, row from {plain.get('valid_from')}: {fault}") from None


def _refuse_unless_adjoining(older: Policy, newer: Policy) -> None:
    if older.valid_to is None or older.valid_to >= newer.valid_from:
        end = older.valid_to or "no end"
        raise ValueError(
            f"policy {older.payer}: the row from {older.valid_from} to {end} overlaps the row from {newer.valid_from}"
        )
    if older.valid_to + timedelta(days=1) != newer.valid_from:
        raise ValueError(f"policy {older.payer}: no row holds between {older.valid_to} and {newer.valid_from}")
