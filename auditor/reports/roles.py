"""Who reads a report: only some roles see dollars. The audit record itself always holds them."""

from typing import Literal

ReaderRole = Literal["clinician", "billing", "compliance"]
MONEY: frozenset[ReaderRole] = frozenset(("billing", "compliance"))
"""Roles that see dollars: who treats shall document what was done, not what it pays."""


def sees_money(role: ReaderRole) -> bool:
    """Whether a reader in this role sees dollars at risk."""
    return role in MONEY
