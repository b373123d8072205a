"""Whether a number in a note is of today, of an earlier date, or a goal."""

import re
from enum import Enum

from auditor.reading.document import LOOSE, Sentence


class Timing(Enum):
    """When a value holds."""

    NOW = "now"
    BEFORE = "before"
    GOAL = "goal"


_MARK = re.compile(r"[;|]|\.\s|\s{3,}")
_NOW_BEFORE = re.compile(
    r"\b(?:today|now|currently|current|this (?:morning|afternoon|visit|week|evening)|presently|to(?!\s+(?:reach|get))|down to|up to|is|today's)\s*(?:at\s+|is\s+|a\s+|an\s+|:\s*)?$|(?:->|→|-->|=>)\s*$",
)
_THEN_BEFORE = re.compile(
    r"\b(?:was|were|had been|has been|been|from|previously|prev\.?|previous|last(?:\s+(?:visit|vs|vst|wk|mo|time|week|month|tx|seen|session|score|rating|(?:mon|tues|wednes|thurs|fri|satur|sun)day))?|prior|compared (?:with|to)|initially|initial|intake|baseline|at start|start|down from|up from|started at|began at|vs\.?|versus|instead of|before|then|formerly|used to(?: be)?|pre-?tx|pre|had called it|had rated it|originally|at first|entry|eval\.?|evaluation|i/e|first visit|against|had called(?: it)?|had rated(?: it)?|had (?:it|her|him) at|(?:at|on) the visit before|which (?:she|he|they) had|(?:she|he) had|said|where it had been|it stood at|stood at|ago (?:she|he|they) (?:called|rated|put|gave|had)(?: (?:it|her|him))?(?: at)?)\b[\s:=(,]*(?:(?:a|an|at|at a|at an|rated|about|around|it|visit|(?:on )?\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?|score|rating|pain|of|the|\([^()]{0,16}\))\s*[:=]?\s*){0,4}$",
)
_THEN_AFTER = re.compile(
    r"\s*(?:%|percent|min(?:utes?)?|mins?|hrs?|hours?|mm|degrees|deg|°|miles?|mi|blocks?|lbs?|points?)?(?:\s*\((?=on\b)|\s*\((?![^)]*\d\s*[/%)])|\s*)(?:on (?:\d{1,2}[/.-]\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\s+\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|the (?:\d|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|ten|eleven|twel|thirt|fif|six|twent)|\d{4}-)|on (?:her|his|the) (?:first|last|previous|initial)|last (?:visit|vs\b|vst|v\b|time|wk|week|month|mon|tues|wed|thurs|fri|year)|at (?:the )?(?:initial )?(?:eval\w*|start|intake|baseline|initial|first|last|previous|beginning|outset|onset)|(?:(?:a|one|two|three|four|five|six|\d+)\s*(?:wks?|weeks?|days?|months?|visits?|mos?|years?|yrs?)\s+(?:ago|before|earlier|back))|ago\b|previously|initially|to start|when (?:she|he|care|we) (?:first|started|began)|before (?:care|treatment|tx|today)|yesterday|after (?:the |her |his )?last (?:tx|treatment|visit|adjustment|session)|in (?:january|february|march|april|may|june|july|august|september|october|november|december)\b|at intake|the (?:week|month|visit) before|then\b)",
)
_WEEKDAY_AFTER = re.compile(
    r"\s*\(?(?:on )?(?:mon|tues?|wed|thur?s?|fri|sat|sun)(?:(?:nes|ur)?day)?\b(?!\s?(?:-|to\b|thru|/))"
)
"""Behind a rating: "3/10, 5/10 Mon"."""
_GOAL_BEFORE = re.compile(
    r"\b(?:goals?|targets?|aim\w*|want\w*|hope\w*|until|less than|no more than|reach|get (?:\w+ )?to|expect\w*|so that|stg|ltg|discharge (?:at|when)|decrease (?:\w+ ){0,3}to|reduce (?:\w+ ){0,3}to|bring (?:\w+ ){0,3}to|lower (?:\w+ ){0,3}to|increase (?:\w+ ){0,3}to|improve (?:\w+ ){0,3}to|restore (?:\w+ ){0,3}to|return (?:\w+ ){0,3}to|able to|back to|looking for|working toward\w*)\b[^;]*$|\b(?:under|below)\b(?!\s+(?:the|her|his|my|both|each|left|right)\b)[^;]*$|[<≤]\s*$",
)
_GOAL_AFTER = re.compile(r"\s*(?:/10|%)?\s*(?:or (?:less|below|better|under)|by (?:re-?exam|discharge|visit|week))")
_STANDS = re.compile(
    r"\b(?:now|today|currently|at present|was|from|stands? at)\s*(?:at\s+|is\s+|:\s*|a\s+|an\s+)?$|[-–]\s*$",
)
_STANDS_AFTER = re.compile(
    r"\s*(?:min\w*|%|/10|deg\w*|°|miles?|mi|lbs?|hrs?|hours?)?\s*(?:now|today|currently|so far|at present)\b",
)
_PAREN = re.compile(
    r"(?:\d|ten|percent|%)\s*(?:today|now)?\s*[(\[]\s*(?:(?:on\s+)?(?:\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?|(?:mon|tues?|wed\w*|thur?s?|fri|sat|sun)\w*|[a-z]{3,9} \d{1,2})\s*[:,=-]?\s*)?$"
)
_DAY = r"(?:\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}|last \w+|prev\w*)"
_IN_BRACKETS_OF_A_DAY = re.compile(rf"[(\[]\s*(?:(?:on\s+)?{_DAY}\s*)+[:,=-]?\s*$")
_TODAY_BEHIND = re.compile(
    r"\s*(?:%|/\s?\d{2,3}|deg\w*|°|min\w*)?\s*(?:today|now|currently|this (?:visit|morning|afternoon))\b"
)
_ARROW_AFTER = re.compile(r"\s*(?:/\s?10|%|percent|/50|°)?\s*(?:->|→|-->|=>|>)\s*\d")
_OWN_VALUE = re.compile(r"\s*[:=]?\s*(?:was\s+|a\s+)?\d")
"""A number right behind "last visit": that one is of the last visit, and not the one before it."""
_ASKED_OF_LAST = re.compile(r"\b(?:last|previous|prior) (?:visit|time)\s*\?\s")
"""The question of a form: "Pain at last visit?   low back 5"."""
_FROM = re.compile(r"\bfrom\s+(?:a\s+|an\s+)?$")


def timing_of(text: str, sentence: Sentence, start: int, end: int) -> Timing:
    """Tell when a value holds, from the words around it in its sentence.

    Args:
        text: the plain text in small letters.
        sentence: the sentence that holds the value.
        start: first character of the value.
        end: one past its last character.
    """
    before = text[sentence.start : start]
    marks = list(_MARK.finditer(before))
    clause = before[marks[-1].end() :] if marks else before
    after = text[end : min(sentence.end, end + 60)]
    goal_cue = next((cue.start for cue in sentence.of("cue") if cue.kind == "goal"), None)
    told_before_goal = (
        goal_cue is not None and start < goal_cue and sentence.section in LOOSE | {"subjective", "objective"}
    )
    if sentence.zone in ("G", "P") and not told_before_goal:
        if (_STANDS.search(clause[-14:]) and not clause.rstrip().endswith("-")) or _STANDS_AFTER.match(after):
            return Timing.BEFORE if re.search(r"\b(?:was|from)\b[^\d]*$", clause[-14:]) else Timing.NOW
        return Timing.GOAL
    if _goal(clause, after):
        return Timing.GOAL
    if _TODAY_BEHIND.match(after):
        return Timing.NOW
    if (
        _ASKED_OF_LAST.search(text, text.rfind("\n", 0, start) + 1, start)
        or _FROM.search(clause)
        or _ARROW_AFTER.match(after)
    ):
        return Timing.BEFORE
    if _IN_BRACKETS_OF_A_DAY.search(before) or (_PAREN.search(before) and not re.search(r"[a-z]", clause[-3:])):
        return Timing.BEFORE
    if _THEN_BEFORE.search(clause[-46:]) and not re.search(r"\b(?:today|now|currently)\b[^\d,;(]*$", clause[-20:]):
        return Timing.BEFORE
    then = _THEN_AFTER.match(after)
    its_own = then is not None and "last" in then.group().lower() and _OWN_VALUE.match(after, then.end())
    told_then = bool(then) and not its_own and not _NOW_BEFORE.search(clause[-22:])
    rated_then = text.endswith("10", start, end) and _WEEKDAY_AFTER.match(after)
    return Timing.BEFORE if told_then or rated_then else Timing.NOW


def _goal(clause: str, after: str) -> bool:
    tail = clause[-60:]
    if _GOAL_AFTER.match(after):
        return True
    found = _GOAL_BEFORE.search(tail)
    if not found:
        return False
    return not re.search(r"\b(?:now|today|currently)\s*(?:at\s+|is\s+|:\s*)?$|\bcan\b|\bable to\b", tail) or (
        bool(re.search(r"\bgoal", tail)) and not re.search(r"\b(?:now|today)\W*$", tail)
    )
