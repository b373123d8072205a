"""From facts, claim and policy to findings, element verdicts and a score. Never touches text."""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.judging.checks import Check


@cache
def all_checks() -> "dict[str, Check]":
    """Every registered check by its code, in the order of the codes' families."""
    from auditor.judging.checks import REGISTRY

    for room in ("elements", "claims", "episodes"):
        import_module(f"auditor.judging.{room}")
    families = ("SUB", "PRT", "REG", "PRG", "PLN", "SIG", "CPT", "MOD", "DXC", "NCC", "CLM", "PAY", "EPI", "TXT")
    return {code: REGISTRY[code] for code in sorted(REGISTRY, key=lambda code: (families.index(code[:3]), code))}
