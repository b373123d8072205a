"""Audit chiropractic SOAP notes: what the note says, what that means for six documentation elements and the claim.

The front door: ``audit()``, ``Auditor``, ``Encounter``, ``Audit``. Names are imported when first used, so that
``import auditor`` costs nothing and loads no spaCy.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from auditor.auditor import Auditor, audit
    from auditor.records import Audit, Claim, ClaimLine, Encounter, EncounterError

__version__ = "0.1.0"
__all__ = ["Audit", "Auditor", "Claim", "ClaimLine", "Encounter", "EncounterError", "audit"]

_HOMES = {"Auditor": "auditor.auditor", "audit": "auditor.auditor"}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name not in __all__:
        raise AttributeError(f"module 'auditor' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES.get(name, "auditor.records")), name)
