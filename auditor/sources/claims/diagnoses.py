"""Diagnosis codes as claim files write them: without the dot."""

import re

from auditor.sources.claims.rejecting import SegmentError

_ICD_10 = re.compile(r"[A-Z][0-9][0-9A-Z]([0-9A-Z]{1,4})?")
_WITHOUT_DOT = 3


def diagnosis(text: str) -> str:
    """The ICD-10-CM code with its dot: ``M9903`` is M99.03.

    Raises:
        SegmentError: this is no such code, as those of ICD-9 are none.
    """
    code = text.strip().upper().replace(".", "")
    if not _ICD_10.fullmatch(code):
        raise SegmentError("a diagnosis (HI) is no ICD-10-CM code; export the claim again")
    return dotted(code)


def dotted(code: str) -> str:
    """The code with its dot, which may be there: ``M9903`` and ``M99.03`` are M99.03."""
    plain = code.replace(".", "")
    return f"{plain[:_WITHOUT_DOT]}.{plain[_WITHOUT_DOT:]}" if len(plain) > _WITHOUT_DOT else plain
