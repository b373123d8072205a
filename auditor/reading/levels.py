"""The grammar of vertebral levels: every way in which people write C5, C5-6, "fifth lumbar" or "see five".

Reads characters, not tokens: single bones first, then joins what a dash, a slash, "to" or "through" binds into a range.
"""

import re
from dataclasses import dataclass

from auditor.anatomy import COLUMN, expand

_NUMBERS = {
    name: number
    for number, names in enumerate(
        (
            "one first 1st",
            "two second 2nd",
            "three third 3rd",
            "four fourth 4th",
            "five fifth 5th",
            "six sixth 6th",
            "seven seventh 7th",
            "eight eighth 8th",
            "nine ninth 9th",
            "ten tenth 10th",
            "eleven eleventh 11th",
            "twelve twelfth 12th",
        ),
        start=1,
    )
    for name in names.split()
}
_LETTER = {
    **dict.fromkeys(("cervical", "see", "sea", "cee", "c", "cerv"), "C"),
    **dict.fromkeys(("thoracic", "dorsal", "tee", "tea", "t", "d", "thor"), "T"),
    **dict.fromkeys(("lumbar", "el", "ell", "elle", "l", "lumb"), "L"),
    **dict.fromkeys(("sacral", "ess", "s"), "S"),
}
_SPOKEN = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_ORDINAL = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|1st|2nd|3rd|4th|5th|6th|7th|8th|9th|10th|11th|12th"
_LISTING = r"(?:(?P<listing>(?:P[RL](?:[SI])?(?:-?[A-Z]{1,3})?|A[SI][RL][AP]?|BR|BL|RP|LP|[RLPB]))(?![A-Za-z0-9]))?"
_BONE = re.compile(
    r"(?P<letter>[CTLSDctlsd])(?<![A-Za-z0-9.'].)(?P<dash>-?)(?P<number>1[0-2lIO]|[0-9OlI])(?![0-9])"
    + _LISTING
    + r"(?![A-Za-z0-9%°]|\.\d|'[A-Za-z])"
)
_SPACED = re.compile(
    r"(?P<letter>[CTL])(?<![A-Za-z0-9.'].)(?P<dash> )(?P<number>1[0-2]|[1-9])(?P<listing>)(?:(?=-(?:1[0-2]|[1-9])(?![\d/]))|"
    r"(?<=[CT].[2-9])(?=[ ,;.)\n]|$)(?![ ]?(?:to|out|of|\d|visits?|tab|pill|mg|gm?\b|yrs?|years?|wks?|weeks?|days?|months?|hours?|min|times|x\b|%))"
    r"|(?=(?:[ ]?[,&+]| and)[ ](?:[CTL][ ]?\d|S[ ]?1)\b(?![/%°]))"
    r"|(?:(?<=\d, L \d)|(?<=\d and L \d)|(?<=\d & L \d)|(?<=\d \+ L \d))(?![/%°\d]|\.\d|[ ]?(?:to|out|of)\b))"
)
"""A bone with a space in it, "C 5": where a range goes on, beside other bones, and otherwise C and T alone; "L 5" may be a
pain of five on the left."""
_OCR_LIST = re.compile(
    r"\bL[1-5]\s{0,2}(?:,|\+|&|-|/|and)\s{0,2}(?P<bone>LS)\b|\bC[1-7]\s{0,2}(?:,|\+|&|-|/|and)\s{0,2}(?P<bone2>CS)\b"
)
_OCR_BONE = re.compile(
    r"(?P<letter>[TL])(?<![A-Za-z0-9].)(?P<number>[lI]|[lI][0-2]|1[lI]|(?<=T)[ ][lI][0-2])(?![A-Za-z0-9])"
)
_UNIT = r"(?:x\b|%|°|deg|min|wk|week|day|visit|time|mm|cm|sec|rep|out\b|lb|month|hour|hr|region|area|pt|of\s)"
_RANGE_ON = re.compile(
    rf"(?P<join>[ \t]{{0,2}}[-/][ \t]{{0,2}}|[ \t]+(?:to|thru|through)[ \t]+)(?P<number>1[0-2O]|[0-9])(?![0-9A-Za-z%°]|\.\d|:\d|[ \t]?{_UNIT}|/(?:10|5)\b)"
)
_LIST_ON = re.compile(
    rf"(?P<join>[ \t]{{0,2}}[,+&][ \t]{{0,2}}(?:and[ \t]+)?|[ \t]+and[ \t]+)(?P<number>1[0-2]|[0-9])(?![0-9A-Za-z/%°]|\.\d|:\d|-\d{{1,2}}[ \t]?{_UNIT}|[ \t]?/|[ \t]?{_UNIT}|[ \t](?:level|segment|joint|point|adj))"
)
_WORDS = re.compile(
    rf"\b(?P<numbers>(?:{_ORDINAL})(?:(?:,| and| through| to| thru|,? and)(?: the)? (?:{_ORDINAL}))*) (?P<letter>cervical|thoracic|lumbar|sacral|dorsal)\b(?! (?:visit|session|adjustment|treatment|region|injection|epidural|nerve|root))(?: (?:vertebrae|vertebra|segments?|levels?|joints?|motion segment))?"
)
_SPOKEN_BONE = re.compile(
    rf"\b(?:(?P<letter>see|sea|cee|tee|tea|el|ell|elle|ess) (?P<number>{_SPOKEN})\b(?! (?:joint eye))(?: (?:(?:dash|slash|through|thru) )?(?P<last>{_SPOKEN})\b(?! (?:out|of|or|to ten|weeks?|days?|visits?|times)))?|(?P<letter4>tee|tea|el|ell) (?P<number4>for|fore)\b)"
)
_LETTER_WORD = re.compile(
    rf"(?P<letter>[CTL])(?<![A-Za-z].) (?P<number>{_SPOKEN})\b(?! (?:out|of|or|to ten|hours?|minutes?|times|weeks?|days?))"
)
_WORDED_BONE = re.compile(
    rf"\b(?P<letter>cervical|thoracic|lumbar|dorsal) (?P<number>{_SPOKEN})\b(?: (?:(?:dash|slash|through|thru) )?(?P<last>{_SPOKEN})\b)(?! (?:out|of|or|to ten|weeks?|days?|visits?|times|regions?|areas?|levels?|segments?|hours?|minutes?|months?))(?P<letter4>)(?P<number4>)"
)
"""A dictation that says the region for the letter: "lumbar four five"; one number may rate a pain, "lumbar four"."""
_SPOKEN_CUE = re.compile(
    rf"\b(?:tee|tea|el|ell|elle|cee|ess eye|see|sea|ess) (?:{_SPOKEN}|joint)\b|\b(?:tea|tee) for\b|\bess eye\b"
)
_NUMBERED = re.compile(
    r"\b(?P<letter>cervical|thoracic|lumbar|dorsal|cerv|thor|lumb) (?P<number>1[0-2]|[1-9])(?![0-9/%°.:-]|\s?(?:/|x\b|%|°|deg|out|min|visit|of))"
)
_RANGE = re.compile(
    r"[ \t]{0,2}(?:-|--|/|to|thru|through|down to|over|on|up to|dash|slash)(?:[ \t]{0,2}the)?[ \t]{0,2}$", re.IGNORECASE
)
_REGION_WORDS = ("cervical", "thoracic", "lumbar", "sacral", "dorsal", "cerv ", "thor ", "lumb ")
_HIGHEST = {"C": 7, "T": 12, "L": 5, "S": 5}


@dataclass(slots=True)
class Level:
    """A bone, or a range of bones bound together, with the span of its text."""

    start: int
    end: int
    bones: tuple[str, ...]
    listing: str | None = None
    dorsal: bool = False

    @property
    def bound(self) -> bool:
        """Whether it is a range or joint, to which the junction rule applies."""
        return len(self.bones) > 1


def find_levels(text: str) -> list[Level]:
    """All levels written in a plain text, in order. Look-alikes are told apart later, by the words around them."""
    lowered = text.lower()
    found = [level for match in _BONE.finditer(text) for level in _written(text, match)]
    found += [level for match in _OCR_BONE.finditer(text) for level in _single(match)]
    found += [level for match in _SPACED.finditer(text) for level in _written(text, match)]
    if "LS" in text or "CS" in text:
        for match in _OCR_LIST.finditer(text):
            name = "bone" if match["bone"] else "bone2"
            found.append(Level(match.start(name), match.end(name), (f"{match[name][0]}5",)))
    if any(name in lowered for name in _REGION_WORDS):
        found += [level for match in _WORDS.finditer(lowered) for level in _worded(match)]
        found += [level for match in _NUMBERED.finditer(lowered) for level in _single(match)]
        found += [level for match in _WORDED_BONE.finditer(lowered) for level in _spoken(match)]
    if len(_SPOKEN_CUE.findall(lowered)) > 1:
        found += [level for match in _SPOKEN_BONE.finditer(lowered) for level in _spoken(match)]
    found += [level for match in _LETTER_WORD.finditer(text) for level in _single(match)]
    found.sort(key=lambda level: (level.start, -level.end))
    return _bind(text, _without_overlaps(found))


def _bone(letter: str, number: str) -> str | None:
    name = _LETTER.get(letter.lower(), letter.upper())
    if name == "S" and "I" in number:
        return None
    digits = number.strip().translate(str.maketrans("OlI", "011"))
    value = int(digits) if digits.isdigit() else _NUMBERS.get(number.lower(), 99)
    if name == "C" and value == 0:
        return "C0"
    if name == "L" and value == 6:
        value = 5
    return f"{name}{value}" if 1 <= value <= _HIGHEST.get(name, 0) else None


def _single(match: re.Match[str]) -> list[Level]:
    bone = _bone(match["letter"], match["number"])
    return [Level(match.start(), match.end(), (bone,))] if bone else []


def _spoken(match: re.Match[str]) -> list[Level]:
    """A bone as a dictation machine heard it: "see five", "tea for"."""
    bone = _bone(match["letter"] or match["letter4"], "four" if match["number4"] else match["number"])
    last = _bone(match["letter"], match["last"]) if match["last"] else None
    if bone and last and COLUMN.index(last) <= COLUMN.index(bone):
        return []
    run = expand(bone, last) if bone and last else (bone,) if bone else ()
    return [Level(match.start(), match.end(), run)] if run else []


def _written(text: str, match: re.Match[str]) -> list[Level]:
    """A bone and the bare numbers that go on from it: ``C5, 6``, ``T4-6``, ``L4/5``."""
    bone = _bone(match["letter"], match["number"])
    dorsal = match["letter"] in "Dd"
    if bone is None or (match["letter"] in "sd" and match["dash"]):
        return []
    levels = [Level(match.start(), match.end(), (bone,), match["listing"], dorsal)]
    while not levels[-1].listing and (
        more := _RANGE_ON.match(text, levels[-1].end) or _LIST_ON.match(text, levels[-1].end)
    ):
        last = levels[-1].bones[-1]
        following = _bone(last[0], more["number"])
        if following is None or COLUMN.index(following) <= COLUMN.index(last):
            break
        if more["join"].strip() in ("-", "/", "to", "thru", "through"):
            levels[-1] = Level(
                levels[-1].start, more.end(), levels[-1].bones[:-1] + expand(last, following), None, dorsal
            )
        else:
            levels.append(Level(more.start("number"), more.end(), (following,), None, dorsal))
    return levels


def _worded(match: re.Match[str]) -> list[Level]:
    """Levels in words: "second through fourth thoracic", "fifth lumbar", "third and fourth cervical"."""
    parts = re.split(r"(\s+(?:through|to|thru)\s+|,?\s+and\s+|,\s*)", match["numbers"].lower().replace(" the ", " "))
    bones: list[tuple[str, ...]] = []
    for place in range(0, len(parts), 2):
        bone = _bone(match["letter"], parts[place].strip())
        if bone is None:
            return []
        if place and parts[place - 1].strip() in ("through", "to", "thru"):
            bones[-1] = bones[-1][:-1] + expand(bones[-1][-1], bone)
        else:
            bones.append((bone,))
    return [Level(match.start(), match.end(), run) for run in bones]


def _one_joint(text: str, above: Level, below: Level) -> bool:
    """Whether two neighbours said one after the other are one joint: "the el five ess one joint"."""
    neighbours = COLUMN.index(below.bones[0]) - COLUMN.index(above.bones[-1]) == 1
    return neighbours and bool(
        re.match(r"\s(?:joint|segment|level|junction|disc|disk)s?\b", text[below.end : below.end + 10])
    )


def _without_overlaps(levels: list[Level]) -> list[Level]:
    kept: list[Level] = []
    for level in levels:
        same_words = (
            kept and kept[-1].start == level.start and kept[-1].end == level.end and kept[-1].bones != level.bones
        )
        if not kept or level.start >= kept[-1].end or same_words:
            kept.append(level)
    return kept


def _bind(text: str, levels: list[Level]) -> list[Level]:
    """Join neighbours that the text between them makes a range (``C5-C6``, ``L4 to S1``, ``L4/L5/S1``)."""
    joined: list[Level] = []
    for level in levels:
        last = joined[-1] if joined else None
        bound = last is not None and level.start - last.end == 1 and _one_joint(text, last, level)
        if last and (bound or (0 < level.start - last.end <= 14 and _RANGE.fullmatch(text, last.end, level.start))):
            run = expand(last.bones[0], level.bones[-1])
            apart = COLUMN.index(level.bones[0]) - COLUMN.index(last.bones[-1]) > 1
            listed = apart and " / " in text[last.end : level.start]  # "C6 / T5 / L3" are three bones
            if run and not listed:
                joined[-1] = Level(last.start, level.end, run, level.listing, last.dorsal)
                continue
        joined.append(level)
    return joined
