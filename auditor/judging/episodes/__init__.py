"""Checks of what only several notes of a patient tell: repeats, plateau, the plan in force, patterns, counts."""

from auditor.judging.episodes import copies, pace, patterns, plans, progress, visits

__all__ = ["copies", "pace", "patterns", "plans", "progress", "visits"]
