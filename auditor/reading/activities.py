"""Activities of daily life that a timed or counted function tells of, each by one name."""

import re

_NAMES = {
    "sit": "sit|sat", "stand": "stand|stood", "walk": "walk|hike|hiking", "drive": "driv|drove", "sleep": "sleep|slept",
    "lift": "lift", "carry": "carr", "run": "run|ran|jog", "work": "work|desk|typ", "bend": "bend", "reach": "reach",
    "read": "read", "cook": "cook", "garden": "garden", "ride": "ride|rode|riding|bik|cycl", "swim": "swim|swam",
    "climb": "climb|stairs|flight", "kneel": "kneel|squat", "hold": "hold|held|plank", "push": "push|vacuum",
}  # fmt: skip
_ACTIVITY = re.compile("|".join(rf"(?P<{name}>\b(?:{words})\w*)" for name, words in _NAMES.items()))


def activity_at(sentence: str, place: int) -> str | None:
    """The activity that an amount at ``place`` of a sentence in small letters is about: the nearest one before it, else
    the first one behind.
    """
    before = [match.lastgroup for match in _ACTIVITY.finditer(sentence, 0, place)]
    if before:
        return before[-1]
    behind = _ACTIVITY.search(sentence, place)
    return behind.lastgroup if behind else None
