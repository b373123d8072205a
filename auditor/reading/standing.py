"""Where the patient stands, said as so much of what is wanted: "visit 4 of 8, sits 25 of 60 min", "18 minutes of the 45"."""

import re

_NUMBER = r"\d{1,3}(?:\.\d)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety"
_OF_WANTED = re.compile(
    rf"(?<![\w/#.-])(?P<at>{_NUMBER})\s?(?P<unit>min\w*|hours?|hrs?|h\b|miles?|mi\b|lbs?|pounds|°|deg\w*|%|blocks?|flights?|steps|stairs|nights?|laps|holes)?"
    rf",?\s+(?:out )?of\s+(?:the |her |his |a |an |those )?(?P<of>{_NUMBER})(?![\w/-])\s?(?P<behind>min\w*|hours?|hrs?|h\b|miles?|mi\b|lbs?|pounds|°|deg\w*|%|blocks?|flights?|steps|stairs|nights?|laps|holes|visits?|treatments?|sessions?|weeks?|wks?|days?|ten\b)?"
)
_A_COUNT_BEFORE = re.compile(
    r"(?:visits?|tx|treatments?|sessions?|appt|appointment|week|wk|day|no\.?|number|#|pain|score|scored|nprs|vas|rated|odi|ndi)\s*:?\s*$"
)
_ACTIVITY_BEFORE = re.compile(
    r"\b(?:rotation|flexion|extension|bending|rot|flex|ext|[a-z]{2,}ing|sits?|stands?|walks?|drives?|lifts?|reads?|sleeps?)\s$"
)
_SCALES = frozenset((10, 24, 50, 70, 100))
"""Ends of scales: "4 of 10" rates, and says nothing of a goal."""
_NO_AMOUNT = re.compile(r"visit|treat|session|week|wk|day|ten")
_UNIT = r"\s?(?:min\w*|hrs?|hours?|°|deg\w*|%|/10|lbs?|miles?)?"
_BESIDE_GOAL = re.compile(
    rf"\b\d{{1,3}}{_UNIT},?\s+\(?(?:\w+\s+){{0,2}}(?:goal|target)\s*(?:of|is|still|remains|at|:)?\s*\d"
    rf"|\b\d{{1,3}}{_UNIT},?\s+(?:with|against)\s+(?:a |the )?\d{{1,3}}{_UNIT}\s*(?:as (?:the |a |our )?(?:goal|target)|wanted|hoped for)"
    rf"|\b(?:pain|neck|back|low back|lbp|odi|ndi|psfs|rmdq|rotation|flexion|extension|sits?|stands?|walks?|drives?|\w+ing)\s+\d{{1,3}}{_UNIT}\s+against\s+(?:a |the )?\d"
    r"|\b(?:sit|stand|walk|drive|sleep|lift|type|read|run|carry|ride)(?:s|ing)?\s+\d{1,3}/\d{1,3}\b(?!\s?(?:/|x))"
    r"|(?:\b[a-z]{3,}|[;,.]|^)\s+\d{1,3}/\d{2,3}\s?(?:min\w*|hrs?|hours?|lbs?|miles?|°|deg\w*|steps|yards)\b"
)
"""Today's value beside the goal's: "pain 5, goal 2", "pain 5 with 2 as the target", "NDI 28 against 10", "stand 15/40"."""
_FAR_OFF = re.compile(
    r"\bgoals? (?:still )?open\b|\bgoals? (?:still|remains?)\b[^.;]{0,24}\bis at\b|\bfar off\b|\ba way off\b|\byet to reach\b|\bstill short\b|\bwell short\b|\bwithin reach\b"
)


def stands_against_a_target(sentence: str) -> bool:
    """Whether a sentence of a plan, in small letters, gives today's value beside the one that is wanted."""
    if _BESIDE_GOAL.search(sentence) or _FAR_OFF.search(sentence):
        return True
    return any(_is_amount(sentence, match) for match in _OF_WANTED.finditer(sentence))


def _is_amount(sentence: str, match: re.Match[str]) -> bool:
    if _A_COUNT_BEFORE.search(sentence, max(0, match.start() - 14), match.start()):
        return False
    if match["behind"] and _NO_AMOUNT.match(match["behind"]):
        return False
    if match["unit"] or match["behind"]:
        return True
    if _ACTIVITY_BEFORE.search(sentence, 0, match.start()):
        return True
    named = sentence[max(0, match.start() - 2) : match.start()]
    return match["of"].isdigit() and int(match["of"]) not in _SCALES and named[:1].isalpha() and named[1:] == " "
