"""Where the patient stands, said as so much of what is wanted: "visit 4 of 8, sits 25 of 60 min", "18 minutes of the 45"."""

import re

_OF_WANTED = re.compile(
    r"(?<![\d/v#.-])(?P<at>\d{1,3})\s?(?P<unit>min\w*|hours?|hrs?|h\b|miles?|mi\b|lbs?|pounds|°|deg\w*|%|blocks?|flights?|steps|stairs|nights?|laps|holes)?"
    r",?\s+(?:out )?of\s+(?:the |her |his |a |an |those )?(?P<of>\d{1,3})(?![\d/-])\s?(?P<behind>min\w*|hours?|hrs?|h\b|miles?|mi\b|lbs?|pounds|°|deg\w*|%|blocks?|flights?|steps|stairs|nights?|laps|holes|visits?|treatments?|sessions?|weeks?|wks?|days?|ten\b)?"
)
_A_COUNT_BEFORE = re.compile(r"(?:visits?|tx|treatments?|sessions?|appt|appointment|week|wk|day|no\.?|number|#|pain|score|scored|nprs|vas|rated|odi|ndi)\s*:?\s*$")
_SCALES = frozenset((10, 24, 50, 70, 100))
"""Ends of scales: "4 of 10" rates, and says nothing of a goal."""
_NO_AMOUNT = re.compile(r"visit|treat|session|week|wk|day|ten")
_GOAL_BEHIND = re.compile(r"\d\s?(?:min\w*|hrs?|hours?|°|deg\w*|%|/10|lbs?|miles?)?,?\s+(?:\w+\s+)?goal\s+(?:is |of |still |remains )?\d")
_FAR_OFF = re.compile(r"\bfar off\b|\ba way off\b|\byet to reach\b|\bstill short\b|\bwell short\b|\bwithin reach\b")


def stands_against_a_target(sentence: str) -> bool:
    """Whether a sentence of a plan, in small letters, gives today's value beside the one that is wanted."""
    if _GOAL_BEHIND.search(sentence) or _FAR_OFF.search(sentence):
        return True
    return any(_is_amount(sentence, match) for match in _OF_WANTED.finditer(sentence))


def _is_amount(sentence: str, match: re.Match[str]) -> bool:
    if _A_COUNT_BEFORE.search(sentence, max(0, match.start() - 14), match.start()):
        return False
    if match["behind"] and _NO_AMOUNT.match(match["behind"]):
        return False
    if match["unit"] or match["behind"]:
        return True
    named = sentence[max(0, match.start() - 2) : match.start()]
    return int(match["of"]) not in _SCALES and named[:1].isalpha() and named[1:] == " "
