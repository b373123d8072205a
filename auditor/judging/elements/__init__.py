"""The six documentation elements: verdict and checks side by side, one file an element."""

from auditor.judging.elements import part, plan, progress, regions, signature, subluxation, text

VERDICTS = {
    "subluxation": subluxation.verdict,
    "part": part.verdict,
    "regions": regions.verdict,
    "progress": progress.verdict,
    "plan": plan.verdict,
    "signature": signature.verdict,
}
"""The verdict of each element, in the order of the audit record."""

__all__ = ["VERDICTS", "part", "plan", "progress", "regions", "signature", "subluxation", "text"]
