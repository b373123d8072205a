"""Pain ratings on 0-10 (or 0-100 mm): which numbers rate pain, of when, and of which region."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from auditor.facts import Measure, PartFinding
from auditor.reading.document import Concept, Reading, Sentence
from auditor.reading.motion import number
from auditor.reading.rating_expressions import (
    ANOTHERS,
    BARE_BEFORE,
    BARE_NOW,
    BEGINS_A_CLAUSE,
    BRACKETED_SCALE,
    BY_NOW,
    BY_TO,
    BY_WORDS,
    COMPARED,
    DATE_BEFORE,
    ELLIPSIS,
    EXTREME,
    EXTREME_OF_NEXT,
    HEADACHE,
    IS_RATED,
    IT_WAS,
    LINE_OF_100,
    MM,
    MM_BEHIND,
    NOT_PAIN,
    NOW_AND_LAST,
    NOW_WORD,
    NUMBERED_LIST,
    OF_ANOTHER_DAY,
    OF_ANOTHER_UNIT,
    OPENS_WITH_PAIN,
    OUT_OF_TEN,
    PAIR,
    PLACE_A,
    POINTS_OF_CHANGE,
    RATED,
    RESPECTIVELY,
    SAID,
    SAYS,
    SCALE_HEADING,
    SCALE_NAMED,
    SET_CURRENT,
    SHEET_ROW,
    SHEET_ROWS,
    SMALL_NUMBERS,
    STATE,
    TERSE,
    TERSE_BEFORE,
    THAT_VISIT,
    TODAY_AFTER,
    TOLD_BEFORE,
    VERB,
    VISIT_BEFORE,
    VISITS_AFTER,
)
from auditor.reading.rating_places import place_of_rating
from auditor.reading.values import Timing, timing_of

_NTH_VISIT = re.compile(r"\bv#?$")
"""Right before "3/10" it counts visits: "v3/10"."""
_BESIDE_IN_LIST = 40
"""Characters around a sentence in which the numbers of its list stand."""
_LINES_OF_A_SET = 2
"""Lines over which a set of current, worst and best is written."""


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
    if rows := _of_another_day(reading, sentence):
        reading.rated_before.update(item for item in rows if not _completed(measures, *item))
        return
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
        both_now = one.timing is other.timing is Timing.NOW
        if both_now and (
            BY_NOW.fullmatch(reading.lowered, one.end, other.start)
            or BY_TO.fullmatch(reading.lowered, one.end, other.start)
        ):
            one.timing = Timing.BEFORE
    today = [item for item in values if item.timing is Timing.NOW]
    if today and all(item.extreme for item in today) and _rated_just_above(reading, sentence, measures):
        return
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
        before = previous.value if previous else reading.rated_before.get(region)
        measures.append(Measure("NPRS", item.value, evidence, before, "0-10", region))
        if item.value > 0 and not limb:
            pain.append(PartFinding("P", regions, (), evidence))


def _rated_just_above(reading: Reading, sentence: Sentence, measures: list[Measure]) -> bool:
    """Whether the line above rates the pain of today already, so that worst and best in lines of their own do not."""
    last = measures[-1] if measures else None
    if last is None or last.instrument != "NPRS":
        return False
    start = reading.text.original(sentence.start, sentence.start + 1)[0]
    return reading.text.raw.count("\n", last.evidence.end, start) <= _LINES_OF_A_SET


def _complete_last(reading: Reading, sentence: Sentence, measures: list[Measure], previous: float) -> None:
    """Give the last rating of the same line its previous value: "Neck 4/10. It was 6/10 last week."."""
    last = measures[-1]
    line_start = reading.plain.rfind("\n", 0, sentence.start) + 1
    same_line = reading.text.original(line_start, line_start + 1)[0] <= last.evidence.start
    named = {region for place in sentence.of("place") for region in place.regions}
    if last.instrument == "NPRS" and last.previous is None and same_line and named <= {last.region}:
        measures[-1] = replace(last, previous=previous)


def _of_another_day(reading: Reading, sentence: Sentence) -> list[tuple[str | None, float]]:
    """Region and value of each rating in a row of another day: "Last visit   neck 3   low back 5"."""
    row = OF_ANOTHER_DAY.match(sentence.lowered) if sentence.numbers else None
    if row is None:
        return []
    rated = [(place, TERSE.match(reading.lowered, place.end, sentence.end)) for place in sentence.of("place")]
    found = [(place.regions[0], number_of(match["value"])) for place, match in rated if match and place.regions]
    alone = re.fullmatch(r"(?P<value>10|\d)(?:/10)?\W*", sentence.lowered[row.end() :])
    return [*found, (None, number_of(alone["value"]))] if alone else list(found)


def _completed(measures: list[Measure], region: str | None, previous: float) -> bool:
    """Give today's rating of a place the value of another day's row; False where it has not been read yet."""
    for position, measure in enumerate(measures):
        if measure.instrument == "NPRS" and measure.previous is None and region in (measure.region, None):
            measures[position] = replace(measure, previous=previous)
            return True
    return False


class _Ratings:
    """Finds the numbers of a sentence that rate pain; each number is taken once, by the surest pattern."""

    def __init__(self, reading: Reading, sentence: Sentence) -> None:
        self.text, self.sentence = reading.lowered, sentence
        self.lowered = sentence.lowered
        self.taken: list[tuple[int, int]] = []
        around = self.text[max(0, sentence.start - _BESIDE_IN_LIST) : sentence.end + _BESIDE_IN_LIST]
        self.numbered = NUMBERED_LIST.search(around) is not None

    def find(self) -> Iterator[_Value]:
        """The ratings, surest first."""
        yield from self._behind_scales()
        yield from self._respectively()
        yield from self._written()
        if self.sentence.zone in ("S", "", "A", "O"):
            yield from self._sets()
            yield from self._spoken()
        if self.sentence.zone in ("S", "", "A", "O"):
            yield from self._pairs()
        if self._may_rate_places() and self.sentence.numbers:
            yield from self._behind_places()
            yield from self._terse()
        if self.taken or (self._may_rate_places() and SCALE_NAMED.search(self._line())):
            yield from self._elliptic()

    def _behind_scales(self) -> Iterator[_Value]:
        """A number behind a scale in brackets; the numbers of the scale itself are taken by nobody."""
        if "(" not in self.lowered or self.sentence.zone not in ("S", "", "A", "O"):
            return
        for match in BRACKETED_SCALE.finditer(self.text, self.sentence.start, self.sentence.end):
            self.taken.append(match.span("scale"))
            if match["value"] and self._take(match.span("value")):
                yield _timed(self.text, self.sentence, match, number_of(match["value"]))

    def _respectively(self) -> Iterator[_Value]:
        """Two ratings behind two places: "neck and low back are 4 and 6/10"."""
        if " and " not in self.lowered or "10" not in self.lowered:
            return
        for match in RESPECTIVELY.finditer(self.text, self.sentence.start, self.sentence.end):
            places = [p for p in self.sentence.of("place") if p.end <= match.start() and p.kind in ("region", "joint")]
            if len(places) > 1 and self._take(match.span("first")) and self._take((match.start("second"), match.end())):
                yield _Value(*match.span("first"), number_of(match["first"]), Timing.NOW)
                yield _Value(match.start("second"), match.end(), number_of(match["second"]), Timing.NOW)

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
        return f"{above}\n{own}" if SCALE_HEADING.search(above) else own

    def _sheet(self) -> str:
        """The heading of a sheet of ratings, where the sentence is one of the rows right below it: "Low back ..... 4"."""
        if not SHEET_ROW.fullmatch(self.lowered.strip()):
            return ""
        end = self.text.rfind("\n", 0, self.sentence.start)
        for _ in range(SHEET_ROWS):
            start = self.text.rfind("\n", 0, max(0, end)) + 1
            line, end = self.text[start : max(0, end)], start - 1
            if SCALE_HEADING.search(line):
                return line
            if not SHEET_ROW.fullmatch(line.strip()):
                return ""
        return ""

    def _pairs(self) -> Iterator[_Value]:
        """Today's and the last rating side by side, where the line says so: "(0-10, now / last): low back 2 / 5"."""
        if not NOW_AND_LAST.search(self.lowered):
            return
        for place in self.sentence.of("place"):
            match = PAIR.match(self.text, place.end, self.sentence.end)
            if match and self._take(match.span("now")) and self._take(match.span("last")):
                yield _Value(*match.span("now"), float(match["now"]), Timing.NOW)
                yield _Value(*match.span("last"), float(match["last"]), Timing.BEFORE)

    def _patterns(self) -> Iterator[re.Pattern[str]]:
        """The patterns that this sentence may match, by its words."""
        for pattern, cue in BY_WORDS:
            if cue.search(self.lowered):
                yield pattern

    def _written(self) -> Iterator[_Value]:
        """7/10, seven out of ten, three on the ten scale, VAS 54 mm, pain 5."""
        for pattern in self._patterns():
            if pattern is SAID and self.sentence.zone in ("P", "G", "T"):
                continue
            for match in pattern.finditer(self.text, self.sentence.start, self.sentence.end):
                scale = match.groupdict().get("low") == "0" and match["value"] == "10"
                if (
                    not scale
                    and not _is_no_pain(self.text, self.sentence, match, pattern)
                    and self._take(match.span("value"))
                ):
                    value = number_of(match["value"])
                    yield _timed(self.text, self.sentence, match, value / 10 if pattern is MM else value)

    def _sets(self) -> Iterator[_Value]:
        """The current or average one of "worst 8, best 2, now 5"."""
        if not EXTREME.search(self.lowered):
            return
        for match in SET_CURRENT.finditer(self.text, self.sentence.start, self.sentence.end):
            name = "value" if match["value"] else "value2"
            before = self.text[max(self.sentence.start, match.start() - 20) : match.start()]
            if not OF_ANOTHER_UNIT.search(before) and self._take(match.span(name)):
                yield _Value(*match.span(name), number_of(match[name]), Timing.NOW)

    def _spoken(self) -> Iterator[_Value]:
        """Ratings in sentences: "the low back is a six today"; "she puts the neck at a four"."""
        told = " was " in self.lowered and (
            "ago" in self.lowered or "last" in self.lowered or "day" in self.lowered or "visit" in self.lowered
        )
        for match in IT_WAS.finditer(self.text, self.sentence.start, self.sentence.end) if told else ():
            name = "value" if match["value"] else "value2"
            if self._take(match.span(name)):
                yield _Value(*match.span(name), number_of(match[name]), Timing.BEFORE)
        if not (self.taken or self.sentence.has("place") or "pain" in self.lowered or "headache" in self.lowered):
            return
        for pattern in (STATE, VERB, SAYS, IS_RATED):
            for match in pattern.finditer(self.text, self.sentence.start, self.sentence.end):
                if self._take(match.span("value")):
                    yield _timed(self.text, self.sentence, match, number_of(match["value"]))

    def _behind_places(self) -> Iterator[_Value]:
        """A bare number with its article, right behind the place that hurts: "neck a 4 today"."""
        for place in self.sentence.of("place"):
            match = PLACE_A.match(self.text, place.end, self.sentence.end)
            if match and place.kind in ("region", "joint", "sided", "extraspinal") and self._take(match.span("value")):
                yield _timed(self.text, self.sentence, match, number_of(match["value"]))

    def _terse(self) -> Iterator[_Value]:
        """Bare numbers behind places that begin their clauses: of pain by its name, with the last one in brackets, or two of them."""
        if self.sentence.zone not in ("S", ""):
            return
        rated = []
        for place in self.sentence.of("place"):
            match = TERSE.match(self.text, place.end, self.sentence.end)
            begins = BEGINS_A_CLAUSE.search(self.lowered[: place.start - self.sentence.start])
            if match and begins and place.kind in ("region", "joint", "sided", "extraspinal") and not place.levels:
                rated.append((place, match, TERSE_BEFORE.match(self.text, match.end(), self.sentence.end)))
        several = len(rated) > 1 and bool(
            OPENS_WITH_PAIN.fullmatch(self.lowered, 0, rated[0][0].start - self.sentence.start)
        )
        for place, match, before in rated:
            named = self.text[place.start : place.end].endswith(("pain", "lbp", "pn", "ache"))
            bracket = self.text[match.end() : match.end() + 2].strip().startswith("(")
            if (before or (not bracket and (named or several))) and self._take(match.span("value")):
                yield _Value(*match.span("value"), number_of(match["value"]), Timing.NOW)
                if before and self._take(before.span("value")):
                    yield _Value(*before.span("value"), number_of(before["value"]), Timing.BEFORE)

    def _elliptic(self) -> Iterator[_Value]:
        """Beside a rating, a bare number behind a place or a comparison: "and the low back a three, it was a six"."""
        millimetres = bool(LINE_OF_100.search(self._line()))
        for place in self.sentence.of("place"):
            if place.kind not in ("region", "joint", "sided", "extraspinal"):
                continue
            line = MM_BEHIND.match(self.text, place.end, self.sentence.end) if millimetres else None
            if line and self._take(line.span("value")):
                yield _Value(*line.span("value"), number_of(line["value"]) / 10, Timing.NOW)
                continue
            match = ELLIPSIS.match(self.text, place.end, self.sentence.end)
            if match and not _is_no_pain(self.text, self.sentence, match, ELLIPSIS) and self._take(match.span("value")):
                yield _timed(self.text, self.sentence, match, number_of(match["value"]))
        for match in HEADACHE.finditer(self.text, self.sentence.start, self.sentence.end):
            if self._take(match.span("value")):
                yield _timed(self.text, self.sentence, match, number_of(match["value"]))
        for match in COMPARED.finditer(self.text, self.sentence.start, self.sentence.end):
            timing = timing_of(self.text, self.sentence, *match.span("value"))
            today = NOW_WORD.match(match.group()) or TODAY_AFTER.match(self.text, match.end())
            amount = OF_ANOTHER_UNIT.search(self.text, max(self.sentence.start, match.start() - 20), match.start())
            if amount or (timing is Timing.NOW and not today):
                continue
            if self._take(match.span("value")):
                yield _Value(*match.span("value"), number_of(match["value"]), timing)
        for pattern, timing in ((BARE_BEFORE, Timing.BEFORE), (TOLD_BEFORE, Timing.BEFORE), (BARE_NOW, Timing.NOW)):
            for match in pattern.finditer(self.text, self.sentence.start, self.sentence.end):
                name = "value" if match["value"] else "value2"
                if self._take(match.span(name)):
                    yield _Value(*match.span(name), number_of(match[name]), timing)

    def _take(self, span: tuple[int, int]) -> bool:
        """Take a number, unless a surer pattern has it or it numbers a complaint."""
        if self.numbered and self.text[span[1] : span[1] + 1] in (".", ")"):
            return False
        if any(start < span[1] and span[0] < end for start, end in self.taken):
            return False
        self.taken.append(span)
        return True


def _timed(text: str, sentence: Sentence, match: re.Match[str], value: float) -> _Value:
    start, end = match.start("low") if match.groupdict().get("low") else match.start("value"), match.end()
    timing = timing_of(text, sentence, start, end)
    before, after = text[max(sentence.start, start - 28) : start], text[end : min(sentence.end, end + 20)]
    others = bool(EXTREME_OF_NEXT.match(after))
    extreme = not others and bool(
        EXTREME.search(re.split(r"[,;/(]", before)[-1])
        or EXTREME.match(
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
    if (
        POINTS_OF_CHANGE.match(text, match.end())
        or NOT_PAIN.search(before)
        or ANOTHERS.search(text, sentence.start, start)
    ):
        return True
    if pattern is OUT_OF_TEN:
        slash = "/" in match.group()
        if (
            not slash
            and "out" not in match.group()
            and (VISIT_BEFORE.search(before) or VISITS_AFTER.match(text, match.end()))
        ):
            return True
        if _NTH_VISIT.search(before):
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
    if not DATE_BEFORE.search(before) or before.endswith("from "):
        return False
    rest = text[sentence.start : match.start()] + text[match.end() : sentence.end]
    return not (THAT_VISIT.search(before) and RATED.search(rest))


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
