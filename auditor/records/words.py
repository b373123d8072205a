"""Closed sets of words that the records use."""

from typing import Literal

VisitType = Literal["initial", "subsequent"]
Status = Literal["met", "partial", "not_met", "not_applicable"]
Severity = Literal["error", "warning", "info"]
Disposition = Literal["ready", "review", "hold"]
Verdict = Literal["match", "overcoded", "undercoded", "unsupported", "not_billed"]
ElementName = Literal["subluxation", "part", "regions", "progress", "plan", "signature"]
Criterion = Literal["P", "A", "R", "T"]
FactKind = Literal[
    "place", "treatment", "part", "subluxation", "normal", "image", "measure", "change", "cause", "maintenance", "plan",
    "signature", "date_of_service", "visit",
]  # fmt: skip
SignatureStatus = Literal["accepted", "weak", "rejected", "absent"]
ELEMENTS: tuple[ElementName, ...] = ("subluxation", "part", "regions", "progress", "plan", "signature")
