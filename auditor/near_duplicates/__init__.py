"""Notes that repeat a note of another patient: search over prints that stays fast at a million notes.

The index holds hashes only (:class:`SeenNotes`); whether a match is a finding is for judging to say.
"""

from auditor.near_duplicates.hashed_notes import SeenNote
from auditor.near_duplicates.index import Match, SeenNotes
from auditor.near_duplicates.minhash import keys
from auditor.near_duplicates.opening import SeenNotesError

__all__ = ["Match", "SeenNote", "SeenNotes", "SeenNotesError", "keys"]
