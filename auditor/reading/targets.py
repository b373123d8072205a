"""The values that an objective goal wants to reach, so that they can be held against today's."""

import re
from collections.abc import Iterator

from auditor.facts import Target
from auditor.reading.activities import activity_at
from auditor.reading.rating_expressions import SMALL_NUMBERS
from auditor.reading.ratings import number_of

_NUMBER = rf"\d{{1,3}}(?:\.\d)?|{'|'.join(SMALL_NUMBERS)}|fifteen|twenty|thirty|forty(?:[- ]five)?|fifty|sixty|ninety"
_RATING = re.compile(rf"(?<![\d/])(?P<value>{_NUMBER})\s?(?:/\s?10|out of (?:10|ten))\b")
_BARE_RATING = re.compile(
    r"\bpain\b[^.;\d\n]{0,24}?(?:to|at|below|under|less than|<=?|≤|no more than|of)\s?(?P<value>\d{1,2})\b(?!\s?(?:%|min|/|deg))"
)
_SCORE = re.compile(
    rf"\b(?P<name>odi|oswestry|ndi|neck disability index|rmdq|roland[- ]morris|psfs|promis)\b[^.;\d\n]{{0,24}}?(?P<value>{_NUMBER})(?!\s?(?:weeks?|visits?))"
)
_NAMES = {"oswestry": "ODI", "neck disability index": "NDI", "roland-morris": "RMDQ", "roland morris": "RMDQ"}
_AMOUNT = re.compile(
    rf"(?<![\d/])(?P<value>{_NUMBER}|an?|half an)\s?-?(?P<unit>min(?:ute)?s?|hours?|hrs?|lbs?|pounds?|miles?|mi|blocks?|flights?)\b"
)
_MOTION = re.compile(
    r"\b(?P<side>left|right|l|r)?\s?(?P<motion>flex|ext|rot|lat)\w*[^.;\d\n]{0,16}?(?P<value>\d{2})\s?(?:°|deg|\b)"
)
_SIDES = {"l": "left", "r": "right", None: ""}


def targets_of(goal: str) -> tuple[Target, ...]:
    """The values that a goal in words names: "pain 2/10, sit 60 min" wants NPRS 2 and FUNCTION 60 of sitting."""
    return tuple(dict.fromkeys(_targets(goal.lower())))


def _targets(goal: str) -> Iterator[Target]:
    rating = _RATING.search(goal) or _BARE_RATING.search(goal)
    if rating:
        yield Target("NPRS", number_of(rating["value"]))
    for match in _SCORE.finditer(goal):
        yield Target(_NAMES.get(match["name"], match["name"].upper()), number_of(match["value"]))
    for match in _AMOUNT.finditer(goal):
        hours = match["unit"][0] == "h"
        yield Target(
            "FUNCTION", _amount(match["value"]) * (60 if hours else 1), activity_at(goal, match.start()) or None
        )
    for match in _MOTION.finditer(goal):
        yield Target(
            "ROM", float(match["value"]), f"{_SIDES.get(match['side'], match['side'])} {match['motion']}".strip()
        )


def _amount(words: str) -> float:
    return {"a": 1.0, "an": 1.0, "half an": 0.5}.get(words) or number_of(words.replace("-", " "))
