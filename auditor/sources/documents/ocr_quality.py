"""Whether OCR read a page well enough to be audited: confidence, odd characters, and ink that it did not read.

The bounds were set on one invented note in thirteen states from clean to blurred: only the two clean ones are above
them, and there every word was right; the next had a mean of 0.984 and one word in seven wrong. Confidence alone is not
enough: of a blurred page six of sixteen lines were found, those with a mean of 0.972, and 94% of the ink was not read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from auditor.sources.documents.plausibility import implausible_share
from auditor.sources.records import UnreadableError

MIN_CONFIDENCE = 0.988
"""Mean confidence, weighted by the length of the lines."""
LOW_CONFIDENCE = 0.96
"""A line with less than this may have wrong words in it."""
MAX_LOW_SHARE = 0.10
MAX_IMPLAUSIBLE = 0.01
MAX_UNREAD_INK = 0.15
_DARK = 128


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line as OCR read it: its confidence from 0 to 1, and its box in pixels, from the left and from the top."""

    text: str
    confidence: float
    left: float
    right: float
    top: float
    bottom: float


def check_quality(lines: Sequence[ReadLine], unread: float, number: int) -> None:
    """Refuse a page that was not read well. ``unread`` is the share of its ink outside of all lines.

    Raises:
        UnreadableError: it was not; the message says what is poor, and never what was read.
    """
    letters = max(sum(len(line.text) for line in lines), 1)
    mean = sum(line.confidence * len(line.text) for line in lines) / letters
    low = sum(len(line.text) for line in lines if line.confidence < LOW_CONFIDENCE) / letters
    odd = implausible_share("".join(line.text for line in lines))
    faults = [
        (not lines, "no line was found"),
        (bool(lines) and mean < MIN_CONFIDENCE, f"mean confidence {mean:.3f} is below {MIN_CONFIDENCE}"),
        (low > MAX_LOW_SHARE, f"{low:.0%} of the text is of low confidence"),
        (odd > MAX_IMPLAUSIBLE, f"{odd:.0%} of the characters are odd"),
        (unread > MAX_UNREAD_INK, f"{unread:.0%} of the ink was not read"),
    ]
    if poor := [what for is_poor, what in faults if is_poor]:
        raise UnreadableError(f"OCR could not read page {number} well ({'; '.join(poor)}); a human must read it")


def unread_ink(picture: Any, lines: Sequence[ReadLine]) -> float:  # noqa: ANN401 - a numpy array of pixels
    """Share of the dark pixels that lie outside of all lines: lines that were missed, drawings, dirt."""
    ink = (picture.min(axis=2) if picture.ndim == 3 else picture) < _DARK
    dark = int(ink.sum())
    for line in lines:
        ink[max(int(line.top), 0) : int(line.bottom) + 1, max(int(line.left), 0) : int(line.right) + 1] = False
    return int(ink.sum()) / max(dark, 1)
