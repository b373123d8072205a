"""Pain ratings on 0-10 (or 0-100 mm): which numbers rate pain, of when, and of which region."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from auditor.facts import Measure, PartFinding
from auditor.reading.document import Concept, Reading, Sentence
from auditor.reading.motion import number
from auditor.reading.rating_places import place_of_rating
from auditor.reading.values import Timing, timing_of

SMALL_NUMBERS = {
    w: i for i, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])
}
_N = rf"(?:10|\d(?:\.\d)?|{'|'.join(SMALL_NUMBERS)})"
_OUT_OF_TEN = re.compile(
    rf"(?<![\d/.-])(?:(?P<low>{_N})(?:\s?(?:-|to)\s?))?(?P<value>{_N}|for(?=\s+out\s+of\s+ten))\s?(?:\(?/|(?:out\s+)?of|outta|over)\s?(?:a\s+possible\s+)?(?:10|ten)(?![\d/%]|\.\d|\s?(?:/|reps|visits|lb|min))\b",
)
_ON_SCALE = re.compile(
    rf"(?<![\d/.-])(?P<value>{_N})\s?\(?\s?(?:on\s+(?:a|the|her|his)?\s*(?:scale\s+(?:of|from)\s+)?|scale\s+(?:of\s+)?)(?:0|zero|1|one)?\s?(?:-|to|through)?\s?(?:10|ten)(?:[- ]point)?(?:\s+scale)?\b",
)
_SET_CURRENT = re.compile(
    rf"\b(?:now|current(?:ly)?|average|avg|today|usual(?:ly)?|on average)\b\s*(?:is|it is|:|at|about|=)?\s*(?:a\s+|an\s+)?(?P<value>{_N})(?![\d/%]|\.\d|\s?(?:min|weeks?))\b|(?<![/\d.])\b(?P<value2>{_N})\s+(?:on average|at present|right now|today|now)\b",
)
_STATE = re.compile(
    rf"\b(?:is|are|'s|remains|stands|sits|stays|was|were|had been|had called|called|calls|call|had (?:it |her |him )?at|had)\s+(?:it\s+|now\s+|still\s+|down\s+|up\s+|about\s+|around\s+|at\s+|only\s+|back\s+|to\s+|today\s+|maybe\s+|perhaps\s+|probably\s+|roughly\s+){{0,3}}(?:a|an)\s+(?:{_N}\s+(?:or|to)\s+(?:a\s+|an\s+)?)?(?P<value>{_N})(?![\w/%-]|\.\d)(?=\s*(?:[.,;:)]|$|today|now|when|after|at|on|this|with|and|but|in|out|last|by|as|since|a (?:week|month)|two|three|for))",
)
_MM = re.compile(r"\b(?:vas|scale|pain line|line)\b[^.;\n\d]{0,24}(?!100\s?mm)(?P<value>\d{1,3})\s?(?:mm\b|/\s?100\b)")
_SAID = re.compile(
    rf"\b(?:vas|nprs|nrs|nrps|vnrs|pain (?:scale|level|rating|score|intensity|severity)|pain)(?:\s*(?:today|now|currently|current|is|at|of|rated|down|remains|still|about|around|as|:|=|a|an|-|\(|level|score)){{0,5}}\s*(?:(?P<low>\d)\s?-\s?)?(?P<value>{_N})(?![\d/%°-]|\.\d|\s?(?:/|%|°|x\b|deg|min|mm|hours?|hrs?|days?|weeks?|wks?|months?|visits?|times|years?|yrs?|mo\b|out|of|percent|lb|reps|degrees|or five|blocks|miles|am\b|pm\b|to the|at the|in the|th\b))",
)
_VERB = re.compile(
    rf"\b(?:puts?|rates?|rated|calls?|called|gives?|grades?|scores?|scored|says?|ranks?|reports?)\b[^.;\d]{{0,45}}?\b(?:at|as|a|an|it)\s+(?:a\s+|an\s+)?(?P<value>{_N})(?![\d/%-]|\.\d|\s?(?:/|%|x\b|min|deg|hours?|days?|weeks?|months?|visits?|times|out|of|percent|block|mile|pound|year|-))\b",
)
_SAYS = re.compile(rf"\b(?:says|said|gives)\s+(?P<value>{_N})(?=\s+(?:at|today|now|when|on)\b|\s*[.,;])")
_ELLIPSIS = re.compile(
    rf"(?:\s*(?:0to10|pain|ache|region|area|joint|joints|is|was|at|a|an|to|today|now|,|:|=|-|still|about|had been|has been|\(|\[)){{0,5}}\s*(?P<value>{_N})(?![\d/%°x-]|\.\d|\s?(?:/|%|°|x\b|deg|min|mm|hours?|hrs?|days?|weeks?|wks?|months?|visits?|times|out|of\b|percent|weeks|cm|lbs?\b|fixed|restr|joints|levels|segments|plus|inches))\b",
)
_NOT_PAIN = re.compile(
    r"\b(?:strength|power|motor|sleep quality|stress|energy|mood|satisf\w+|confidence|importance|difficulty|grip|apgar|gleason|mobility|self-care|self care|psfs|patient[- ]specific|function(?:al)? (?:score|scale|level)|readiness|fatigue|anxiety|standing ability|work ability)\b[^.;,|]{0,22}$",
)
_ANOTHERS = re.compile(
    r"\b(?:mother|mum|mom|father|dad|wife|husband|sister|brother|son|daughter|friend|neighbou?r|coworker|partner)(?:\s+(?:also\s+|now\s+)?(?:has|had|suffers|complains|lives with|rates (?:hers|his))|'s)\b"
)
"""Somebody else's pain; "mum says back pain 6/10" tells the patient's."""
_VISIT_BEFORE = re.compile(
    r"(?:visits?|treatments?|tx|sessions?|appt|appointment|\bv|#|no\.|number|day|week|this is)\s*#?\s*$"
)
_VISITS_AFTER = re.compile(r"\s*(?:planned |scheduled )?(?:visits|treatments|sessions|weeks)")
_DATE_BEFORE = re.compile(
    r"\b(?:by|on|since|until|till|dated|thru|through|from|the|before|exam|visit|seen)\s+(?:the\s+)?$"
)
_THAT_VISIT = re.compile(r"\b(?:last|previous|prev\.?|prior|first|initial) (?:visit|exam)\s*$")
_RATED = re.compile(r"\d\s?/\s?10\b|pain|ache|sore|out of (?:10|ten)|\b(?:nprs|nrs|vas)\b")
_SCALE_NAMED = re.compile(
    r"\bpain line\b|\b100\s?mm\b|\b(?:vas|nprs|nrs|vnrs)\b|\b(?:0|zero)\s?(?:\([^)\n]{0,20}\)\s?)?(?:-|to)\s?(?:10|ten)\b|\bpain (?:scale|ratings?|scores?|levels?)\b|\bout of (?:10|ten)\b"
)
"""A scale named in the sentence, so that bare numbers behind places rate them: "VAS: neck 3, low back 5"."""
_SCALE_HEADING = re.compile(r"\b(?:0|zero)\s?(?:\([^)\n]{0,20}\)\s?)?(?:-|to)\s?(?:10|ten)\b")
_AGO = r"(?:ago|last (?:week|visit|time|month|treatment)|yesterday|(?:first|initial|last|previous) (?:visit|day)|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_IT_WAS = re.compile(
    rf"\b{_AGO},?\s+(?:it|that|this)\s+was\s+(?:at\s+)?(?:a\s+|an\s+)(?P<value>{_N})\b(?!\s?(?:min|hour|day|week|mile))|\b(?:it|that|this)\s+was\s+(?:at\s+)?(?:a\s+|an\s+)(?P<value2>{_N})\s+(?:on\s+|at\s+)?(?:the\s+|her\s+|his\s+)?(?:\w+\s+(?:weeks?|days?|visits?|months?)\s+)?{_AGO}\b"
)
"""A sentence of its own after a rating: "Two weeks ago it was a six."."""
_SHEET_ROW = re.compile(r"[a-z][a-z /,()]{2,30}?\s*[:.=\s]\s*(?:10|\d)(?:\s*/\s*10)?")
_SHEET_ROWS = 8
_NOW_AND_LAST = re.compile(
    r"\b(?:now|today)\s*(?:/|vs\.?|-)\s*(?:last|prev\w*|prior|before|then|start|initial|intake)\b"
)
_PAIR = re.compile(r"\s*[:=]?\s*(?P<now>10|\d)\s*/\s*(?P<last>10|\d)(?!\s?/|\d)")
_EXTREME = re.compile(
    r"\b(?:worst|best|least|lowest|highest|at its (?:worst|best)|max|peak|minimum|at most|as (?:high|bad|low|much|little) as)\b",
)
_EXTREME_OF_NEXT = re.compile(r"\s*\(\s*(?:at )?(?:worst|best|least|lowest|highest|max|peak)\b[^)\d]{0,24}\d")
"""Behind "2/10 (worst 4/10)" the worst is the next number."""
_COMPARED = re.compile(
    rf"\b(?:it was|was|had been|from|compared (?:with|to)|compared with|today|now|and|down to|up to)\s+(?:a|an|the|at a|at an|at)?\s*(?P<value>{_N})(?![\d/%-]|\.\d|\s?(?:/|%|x\b|min|deg|hours?|days?|weeks?|months?|visits?|times|out|of|percent|lb|block|mile|feet|nights?|mornings?|pillow|flight|years?|other|or|and a half|more|lumbar|cervical|thoracic|joint|tylenol|advil|aleve|ibuprofen|pills?|doses?|capsules?|tablet|reps|children|kids|a\.?m|p\.?m|am|pm))\b",
)
_LINE_OF_100 = re.compile(r"\bvas\b|\bpain (?:line|scale)\b|\b100\s?mm\b")
_MM_BEHIND = re.compile(r"[^.;\n\d]{0,16}?(?!100\s?mm)(?P<value>\d{1,3})\s?mm\b")
_BARE_BEFORE = re.compile(
    rf"[,;(]\s*(?P<value>{_N})\s+(?=(?:last|prev\w*|prior|before|yesterday|day one|at (?:the )?(?:start|intake|eval\w*|first)|on (?:\d|day one|the))\b)",
)
"""A bare number told to be of another day: "neck 3/10, 4 last visit", "LB 4 (6 last wk)"."""
_TOLD_BEFORE = re.compile(
    rf"\b(?:last (?:visit|time|vs|tx)|previous|prev\.?|prior)\s*[:=]?\s*(?P<value>{_N})(?![\d/%-]|\.\d|\s?(?:/|min|deg|x\b|visits?|weeks?|days?))",
)
_BARE_NOW = re.compile(rf"\band\s+(?:a|an)\s+(?P<value>{_N})\s+(?=(?:when|with|while|after)\b)")
"""A second rating of activity: "three out of ten sitting still and a seven when she turns"."""
_TODAY_AFTER = re.compile(r"\s*(?:today|now|this (?:morning|week|visit|afternoon))\b")
_BY_NOW = re.compile(
    r"\s*[,;(-]*\s*(?:but\s+|and\s+|is\s+)?(?:now|today)\s*(?:is\s+|at\s+|it is\s+|it's\s+|down to\s+|up to\s+)?(?:a\s+|an\s+)?[:=]?\s*"
)
"""Between two ratings of one place: "3/10, now 6/10"."""
_OF_ANOTHER_UNIT = re.compile(
    r"\d\s?(?:min\w*|hours?|hrs?|miles?|blocks?|lbs?|pounds?|kg|%|degrees|deg|°|steps|reps)\s*[,;(]?\s*$"
)
"""An amount of something else right before: "30 minutes (now 10)" are minutes too."""
_NOW_WORD = re.compile(r"today|now|down to|up to")
_BY_WORDS = (
    (_OUT_OF_TEN, re.compile(r"(?:/|of|outta|over)\s*(?:a\s+possible\s+)?(?:10|ten)")),
    (_ON_SCALE, re.compile(r"scale|on\s+(?:a|the|her|his)?\s*(?:0|zero|1|one|10|ten)")),
    (_MM, re.compile(r"mm\b|/\s?100")),
    (_SAID, re.compile(r"pain|vas|nprs|nrs|nrps")),
)
"""Patterns, each with what stands in every sentence (in small letters) that it matches."""


@dataclass(slots=True)
class _Value:
    start: int
    end: int
    value: float
    timing: Timing
    extreme: bool = False


def number_of(words: str) -> float:
    """A number in digits or in words up to ninety-nine."""
    lowered = words.lower()
    if lowered[:1].isdigit():
        return float(lowered)
    if lowered == "for":
        return 4.0  # as a dictation machine hears "four out of ten"
    if lowered in SMALL_NUMBERS:
        return float(SMALL_NUMBERS[lowered])
    teens = {"eleven": 11, "thirteen": 13, "fourteen": 14, "sixteen": 16, "seventeen": 17, "nineteen": 19}
    return float(teens.get(lowered) or number(lowered))


def read_ratings(
    reading: Reading, sentence: Sentence, heading: list[Concept], complaint: tuple[str, ...], limb_only: bool,
    measures: list[Measure], pain: list[PartFinding],
) -> None:  # fmt: skip
    """Add the pain ratings of a sentence to the measures, and the pain that they document (criterion P)."""
    values = sorted(_Ratings(reading, sentence).find(), key=lambda item: item.start)
    values = _without_extremes(values)
    for one, other in pairwise(values):
        listed = re.fullmatch(r"\s*(?:and|,|&)\s*(?:a\s+|an\s+)?", reading.plain[one.end : other.start])
        between, said = reading.plain[one.end : other.start], reading.plain[other.start : other.end]
        goes_on = (
            "/" not in said
            and "out" not in said
            and re.match(r"\s*,?\s*and (?:the|her|his)\b(?!.*\b(?:today|now|is)\b)", between)
        )
        if one.timing is Timing.BEFORE and (listed or goes_on):
            other.timing = Timing.BEFORE
        if one.timing is other.timing is Timing.NOW and _BY_NOW.fullmatch(reading.lowered, one.end, other.start):
            one.timing = Timing.BEFORE
    today = [item for item in values if item.timing is Timing.NOW]
    earlier = [item for item in values if item.timing is Timing.BEFORE]
    if earlier and not today and measures:
        _complete_last(reading, sentence, measures, earlier[0].value)
    for position, item in enumerate(today):
        regions, limb = place_of_rating(reading, sentence, (item.start, item.end), heading, complaint, limb_only)
        later = [
            e
            for e in earlier
            if e.start > item.start and (position + 1 >= len(today) or e.start < today[position + 1].start)
        ]
        prior = [e for e in earlier if e.end <= item.start and item.start - e.end < 40]
        if not later and not prior and len(earlier) == len(today):
            later = [earlier[position]]
        previous = next(iter(later or prior), None)
        evidence = reading.evidence(item.start, item.end)
        region = limb or (regions[0] if regions else None)
        measures.append(Measure("NPRS", item.value, evidence, previous.value if previous else None, "0-10", region))
        if item.value > 0 and not limb:
            pain.append(PartFinding("P", regions, (), evidence))


def _complete_last(reading: Reading, sentence: Sentence, measures: list[Measure], previous: float) -> None:
    """Give the last rating of the same line its previous value: "Neck 4/10. It was 6/10 last week."."""
    last = measures[-1]
    line_start = reading.plain.rfind("\n", 0, sentence.start) + 1
    same_line = reading.text.original(line_start, line_start + 1)[0] <= last.evidence.start
    named = {region for place in sentence.of("place") for region in place.regions}
    if last.instrument == "NPRS" and last.previous is None and same_line and named <= {last.region}:
        measures[-1] = replace(last, previous=previous)


class _Ratings:
    """Finds the numbers of a sentence that rate pain; each number is taken once, by the surest pattern."""

    def __init__(self, reading: Reading, sentence: Sentence) -> None:
        self.text, self.sentence = reading.lowered, sentence
        self.lowered = sentence.lowered
        self.taken: list[tuple[int, int]] = []

    def find(self) -> Iterator[_Value]:
        """The ratings, surest first."""
        yield from self._written()
        if self.sentence.zone in ("S", "", "A", "O"):
            yield from self._sets()
            yield from self._spoken()
        if self.sentence.zone in ("S", "", "A", "O"):
            yield from self._pairs()
        if self.taken or (self._may_rate_places() and _SCALE_NAMED.search(self._line())):
            yield from self._elliptic()

    def _may_rate_places(self) -> bool:
        return self.sentence.zone in ("S", "", "A", "O") and self.sentence.has("place")

    def _line(self) -> str:
        """The whole line that the sentence stands on, in small letters: the scale may be named in its next sentence."""
        sheet = self._sheet()
        if sheet:
            return sheet
        end = self.text.find("\n", self.sentence.end)
        start = self.text.rfind("\n", 0, self.sentence.start) + 1
        above = self.text[self.text.rfind("\n", 0, max(0, start - 1)) + 1 : max(0, start - 1)].lower()
        own = self.text[start : end if end != -1 else len(self.text)].lower()
        return f"{above}\n{own}" if _SCALE_HEADING.search(above) else own

    def _sheet(self) -> str:
        """The heading of a sheet of ratings, where the sentence is one of the rows right below it: "Low back ..... 4"."""
        if not _SHEET_ROW.fullmatch(self.lowered.strip()):
            return ""
        end = self.text.rfind("\n", 0, self.sentence.start)
        for _ in range(_SHEET_ROWS):
            start = self.text.rfind("\n", 0, max(0, end)) + 1
            line, end = self.text[start : max(0, end)], start - 1
            if _SCALE_HEADING.search(line):
                return line
            if not _SHEET_ROW.fullmatch(line.strip()):
                return ""
        return ""

    def _pairs(self) -> Iterator[_Value]:
        """Today's and the last rating side by side, where the line says so: "(0-10, now / last): low back 2 / 5"."""
        if not _NOW_AND_LAST.search(self.lowered):
            return
        for place in self.sentence.of("place"):
            match = _PAIR.match(self.text, place.end, self.sentence.end)
            if match and self._take(match.span("now")) and self._take(match.span("last")):
                yield _Value(*match.span("now"), float(match["now"]), Timing.NOW)
                yield _Value(*match.span("last"), float(match["last"]), Timing.BEFORE)

    def _patterns(self) -> Iterator[re.Pattern[str]]:
        """The patterns that this sentence may match, by its words."""
        for pattern, cue in _BY_WORDS:
            if cue.search(self.lowered):
                yield pattern

    def _written(self) -> Iterator[_Value]:
        """7/10, seven out of ten, three on the ten scale, VAS 54 mm, pain 5."""
        for pattern in self._patterns():
            if pattern is _SAID and self.sentence.zone in ("P", "G", "T"):
                continue
            for match in pattern.finditer(self.text, self.sentence.start, self.sentence.end):
                scale = match.groupdict().get("low") == "0" and match["value"] == "10"
                if (
                    not scale
                    and not _is_no_pain(self.text, self.sentence, match, pattern)
                    and self._take(match.span("value"))
                ):
                    value = number_of(match["value"])
                    yield _timed(self.text, self.sentence, match, value / 10 if pattern is _MM else value)

    def _sets(self) -> Iterator[_Value]:
        """The current or average one of "worst 8, best 2, now 5"."""
        if not _EXTREME.search(self.lowered):
            return
        for match in _SET_CURRENT.finditer(self.text, self.sentence.start, self.sentence.end):
            name = "value" if match["value"] else "value2"
            if self._take(match.span(name)):
                yield _Value(*match.span(name), number_of(match[name]), Timing.NOW)

    def _spoken(self) -> Iterator[_Value]:
        """Ratings in sentences: "the low back is a six today"; "she puts the neck at a four"."""
        told = " was " in self.lowered and (
            "ago" in self.lowered or "last" in self.lowered or "day" in self.lowered or "visit" in self.lowered
        )
        for match in _IT_WAS.finditer(self.text, self.sentence.start, self.sentence.end) if told else ():
            name = "value" if match["value"] else "value2"
            if self._take(match.span(name)):
                yield _Value(*match.span(name), number_of(match[name]), Timing.BEFORE)
        if not (self.taken or self.sentence.has("place") or "pain" in self.lowered):
            return
        for pattern in (_STATE, _VERB, _SAYS):
            for match in pattern.finditer(self.text, self.sentence.start, self.sentence.end):
                if self._take(match.span("value")):
                    yield _timed(self.text, self.sentence, match, number_of(match["value"]))

    def _elliptic(self) -> Iterator[_Value]:
        """Beside a rating, a bare number behind a place or a comparison: "and the low back a three, it was a six"."""
        millimetres = bool(_LINE_OF_100.search(self._line()))
        for place in self.sentence.of("place"):
            if place.kind not in ("region", "joint", "sided", "extraspinal"):
                continue
            line = _MM_BEHIND.match(self.text, place.end, self.sentence.end) if millimetres else None
            if line and self._take(line.span("value")):
                yield _Value(*line.span("value"), number_of(line["value"]) / 10, Timing.NOW)
                continue
            match = _ELLIPSIS.match(self.text, place.end, self.sentence.end)
            if (
                match
                and not _is_no_pain(self.text, self.sentence, match, _ELLIPSIS)
                and self._take(match.span("value"))
            ):
                yield _timed(self.text, self.sentence, match, number_of(match["value"]))
        for match in _COMPARED.finditer(self.text, self.sentence.start, self.sentence.end):
            timing = timing_of(self.text, self.sentence, *match.span("value"))
            today = _NOW_WORD.match(match.group()) or _TODAY_AFTER.match(self.text, match.end())
            amount = _OF_ANOTHER_UNIT.search(self.text, max(self.sentence.start, match.start() - 20), match.start())
            if amount or (timing is Timing.NOW and not today):
                continue
            if self._take(match.span("value")):
                yield _Value(*match.span("value"), number_of(match["value"]), timing)
        for pattern, timing in ((_BARE_BEFORE, Timing.BEFORE), (_TOLD_BEFORE, Timing.BEFORE), (_BARE_NOW, Timing.NOW)):
            for match in pattern.finditer(self.text, self.sentence.start, self.sentence.end):
                if self._take(match.span("value")):
                    yield _Value(*match.span("value"), number_of(match["value"]), timing)

    def _take(self, span: tuple[int, int]) -> bool:
        """Take a number, unless a surer pattern has it."""
        if any(start < span[1] and span[0] < end for start, end in self.taken):
            return False
        self.taken.append(span)
        return True


def _timed(text: str, sentence: Sentence, match: re.Match[str], value: float) -> _Value:
    start, end = match.start("low") if match.groupdict().get("low") else match.start("value"), match.end()
    timing = timing_of(text, sentence, start, end)
    before, after = text[max(sentence.start, start - 28) : start], text[end : min(sentence.end, end + 20)]
    others = bool(_EXTREME_OF_NEXT.match(after))
    extreme = not others and bool(
        _EXTREME.search(re.split(r"[,;/(]", before)[-1])
        or _EXTREME.match(
            after.lstrip(" (")
            .removeprefix("at its ")
            .removeprefix("at ")
            .removeprefix("on the ")
            .removeprefix("on a ")
            .removeprefix("on ")
        )
    )
    return _Value(start, end, value, timing, extreme)


def _is_no_pain(text: str, sentence: Sentence, match: re.Match[str], pattern: re.Pattern[str]) -> bool:
    start = match.start()
    before = text[max(sentence.start, start - 40) : start]
    if _NOT_PAIN.search(before) or _ANOTHERS.search(text, sentence.start, start):
        return True
    if pattern is _OUT_OF_TEN:
        slash = "/" in match.group()
        if (
            not slash
            and "out" not in match.group()
            and (_VISIT_BEFORE.search(before) or _VISITS_AFTER.match(text, match.end()))
        ):
            return True
        value = number_of(match["value"])
        if value > 10 or (slash and _is_date(text, sentence, match, before)):
            return True
        if slash and re.match(
            r"\s*(?:biceps|triceps|quad|strength|grip|motor|power|sleep|stress)", text[match.end() :]
        ):
            return True
    return False


def _is_date(text: str, sentence: Sentence, match: re.Match[str], before: str) -> bool:
    """Whether "5/10" is the tenth of May: "on 5/10", "visit 5/10", but not "4/10 today, last visit 5/10"."""
    if not _DATE_BEFORE.search(before) or before.endswith("from "):
        return False
    rest = text[sentence.start : match.start()] + text[match.end() : sentence.end]
    return not (_THAT_VISIT.search(before) and _RATED.search(rest))


def _without_extremes(values: list[_Value]) -> list[_Value]:
    """Of a worst/best/current set only the current (or average) value; "8/10 at worst" alone stays."""
    extreme = [item for item in values if item.extreme]
    if not extreme:
        return values
    plain = [item for item in values if not item.extreme and item.timing is Timing.NOW]
    if plain:
        return [item for item in values if not item.extreme]
    highest = max(extreme, key=lambda item: item.value)
    return [item for item in values if not item.extreme or item is highest]
