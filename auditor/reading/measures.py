"""Progress measures of today: pain ratings, questionnaires, straight-leg raise, function, each with its previous value."""

import re
from collections.abc import Iterator
from dataclasses import replace

from auditor.facts import Measure, PartFinding
from auditor.reading.activities import activity_at
from auditor.reading.document import Concept, Reading, Sentence
from auditor.reading.forms.card_entries import card_ratings
from auditor.reading.forms.value_tables import read_value_tables
from auditor.reading.motion import limited_motions
from auditor.reading.rating_expressions import POINTS_OF_CHANGE, SMALL_NUMBERS
from auditor.reading.ratings import number_of, read_ratings
from auditor.reading.values import Timing, timing_of

_INSTRUMENTS = {
    "ODI": r"ODI|RODI|Oswestry", "NDI": r"NDI|Neck Disability(?: Index)?", "RMDQ": r"RMDQ|RMQ|RDQ|Roland[- ]Morris|Roland",
    "BQ": r"(?:N?BQ)|Bournemouth", "PSFS": r"PSFS|Patient[- ]Specific(?: Functional)?(?: Scale)?", "PROMIS": r"PROMIS",
    "QBPDS": r"QBPDS|Quebec", "FRI": r"(?-i:FRI)|Functional Rating Index", "HIT-6": r"HIT-6",
}  # fmt: skip
_INSTRUMENT = re.compile(
    "|".join(rf"(?P<{k.replace('-', '_')}>\b(?:{v})\b)" for k, v in _INSTRUMENTS.items()), re.IGNORECASE
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_WORDS100 = rf"(?:{_TENS})(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|{'|'.join(SMALL_NUMBERS)}"
_SCORE = re.compile(
    rf"(?<![\d/.#-])(?P<value>\d{{1,3}}(?:\.\d)?|{_WORDS100})(?P<unit>\s?(?:%|percent|per cent|points?|pts)|\s?(?:/|of|out of)\s?(?:50|100|24|23|70|10|fifty|ten))?(?!\d|:\d|/\d|-\d|\s?(?:x\b|st\b|nd\b|rd\b|th\b|weeks?|wks?|days?|months?|visits?|min|hours?|hrs?|miles?|lbs?|blocks?|items?|activities|questions|sections|a\.?m|p\.?m|years?))",
)
_ROW_OF_BEFORE = re.compile(
    r"[ .:-]*(?:score[ .:-]*)?(?:\(?(?:baseline|initial|intake|previous|prior|prev|last(?: visit)?)\)?)[ .:=-]*(?P<value>\d{1,3}(?:\.\d)?)(?=\s*(?:%|percent|/\s?(?:50|24|100)\b|[.,;)]|$))"
)
_AT_INTAKE = re.compile(r"\b(?:eval|initial|intake|baseline|last|prev\w*|prior|first|starting)\s*[:(]?\s*$")
_SLR = re.compile(r"\b(?:slr|straight[- ]leg[- ]rais(?:e|ing)(?: test)?)\b")
_SLR_VALUE = re.compile(
    rf"(?<![\d/])(?P<value>[1-9]\d|(?:{_TENS})(?:[- ]five)?(?= deg)|(?:{_TENS})(?:[- ]five)?(?= on))\s?(?P<deg>°|deg(?:rees?)?\b)?(?:/(?P<other>[3-9]\d)\b)?(?!/|\d|%)",
)
_CALLED_SCORE = re.compile(r"\b(?:score|total|result)\s*(?:is|of|was|:|=)?\s*$")
_OTHER_SIDE = re.compile(r"\W{0,3}(?:l|r|left|right)\s+\d\d\b")
"""The other side in a sentence of its own: "SLR R 62, was 40. L 80."."""
_FULL_RAISE = frozenset(("80", "90"))
"""Degrees of a full straight-leg raise: behind a slash they are the norm; any other number is the other side."""
_FUNCTION = re.compile(
    r"(?P<value>\d{1,4}(?:\.\d)?|(?:an?|half an?|one|two|three|four|five|six|eight|ten|fifteen|twenty|thirty|forty|forty-five|fifty|sixty|ninety)(?:\s+and\s+a\s+half)?)[\s-]?(?P<unit>min(?:ute)?s?|hours?|hrs?|hr|miles?|mi|blocks?|lbs?|pounds?|kg|km|flights?|steps|metres|meters|feet|ft|reps|stairs|laps|holes|secs?|seconds?)\b",
)
_UNIT = re.compile(r"min|hour|hr| mi|block|lb|pound|kg|km|flight|step|met|feet|ft|rep|stair|lap|hole|sec")
_ACTIVITY = re.compile(
    r"\b(?:sit|sat|sits|sitting|stand|stands|stood|standing|walk|walks|walked|walking|driv\w+|drove|sle\w+|lift\w*|carr\w+|run|runs|ran|running|hold\w*|held|type|typing|kneel\w*|climb\w*|work\w*|bend\w*|reach\w*|read\w*|cook\w*|garden\w*|ride|rode|riding|swim\w*|swam|bike\w*|cycl\w+|cycle|push\w*|vacuum\w*|plank|dance\w*|play\w*|tolera\w+|nurs\w+|rock\w*|hike\w*|jog\w*|squat\w*|lectur\w+|desk|car|mass|rehears\w+|stairs)\b"
)
_IN_PERCENT = frozenset(("ODI", "NDI"))
_OF_AN_ITEM = re.compile(r"\b(?:item|statement|question|no\.?|line|section)\s*#?\s*$")
"""The number of one item of a questionnaire is no score of it."""
_RATE = re.compile(
    r"\b(?P<daily>daily|every day|each day)\b|\b(?P<times>\d{1,2}|once|twice|one|two|three|four|five|six)\s?(?:x|times|days|nights)?\s?(?:/|a|per|in a|each)\s?(?P<per>week|wk|month|day|night)",
)
_OFTEN = re.compile(r"daily|day|night|w(?:ee)?k|month")
_BARE_BEFORE = re.compile(
    r"\b(?:was|were|from|up from|had been|previously|instead of)\s+(?P<value>\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty)\b(?!\s?(?:/|%|x|weeks?|days?|of|out|to))"
)
_NOW_SO_OFTEN = re.compile(r"\bnow\s+(?:about\s+|only\s+|down to\s+|maybe\s+)?$")
_COMPARES = re.compile(r"\b(?:now|was|were|down|from|today|this week|used to|instead of|had been)\b")
_PER_WEEK = {"day": 7.0, "night": 7.0, "week": 1.0, "wk": 1.0, "month": 0.25}
_ZONES = frozenset("HXIB")


def find_measures(
    reading: Reading, complaint: tuple[str, ...], limb_only: bool
) -> tuple[list[Measure], list[PartFinding]]:
    """Today's measures of a note, and the pain that its ratings document (criterion P of the region rated).

    Args:
        reading: the note.
        complaint: spinal regions complained of; the only one takes a rating that names no place.
        limb_only: whether only an extremity, jaw or head is complained of.
    """
    measures, pain, rows = read_value_tables(reading)
    ratings = card_ratings(reading)
    measures += ratings
    pain += [PartFinding("P", (m.region,), (), m.evidence) for m in ratings if m.region and m.value]
    if reading.card is not None:
        rows |= {sentence.start for sentence in reading.sentences_in(reading.card.start, reading.card.end)}
    heading: list[Concept] = []
    heading_line = -1
    for sentence in reading.sentences:
        places = [
            c
            for c in sentence.of("place")
            if c.kind in ("region", "level", "joint", "sided", "extraspinal", "junction")
        ]
        if places and (places[0].start - sentence.start < 30 or sentence.zone == "S"):
            heading = places[:1] if len({region for place in places for region in place.regions}) == 1 else []
            heading_line = sentence.line
        elif sentence.line == heading_line and sentence.zone in ("S", ""):
            pass
        elif not sentence.text[:1].isspace() and not sentence.text.lstrip().startswith(("-", "*", "•")):
            heading = heading if _looks_like_detail(sentence) else []
        if not sentence.numbers or sentence.zone in _ZONES or sentence.start in rows:
            continue
        read_ratings(reading, sentence, heading, complaint, limb_only, measures, pain)
        if sentence.has("instrument"):
            measures += _questionnaires(reading, sentence)
            _complete_score(reading, sentence, measures)
        if sentence.has("legraise"):
            measures += _leg_raise(reading, sentence)
        measures += _function(reading, sentence)
        measures += [
            Measure("ROM", m.value, m.evidence, m.previous, "degrees", m.regions[0] if m.regions else None, m.about)
            for m in limited_motions(reading, sentence, heading, complaint)
            if sentence.zone != "G"
        ]
    return _once(measures), pain


def _looks_like_detail(sentence: Sentence) -> bool:
    return bool(
        re.match(
            r"\s*(?:vas|nprs|nrs|pain|scale|severity|intensity|rating|current|today|now|it |quality)",
            sentence.lowered,
        )
    )


def _once(measures: list[Measure]) -> list[Measure]:
    kept: dict[tuple[object, ...], Measure] = {}
    for item in measures:
        key = (item.instrument, item.value, item.region, item.unit, item.about)
        if key not in kept or (kept[key].previous is None and item.previous is not None):
            kept[key] = item
    return list(kept.values())


def _questionnaires(reading: Reading, sentence: Sentence) -> Iterator[Measure]:
    mentions = list(_INSTRUMENT.finditer(reading.plain, sentence.start, sentence.end))
    for position, mention in enumerate(mentions):
        name = (mention.lastgroup or "").replace("_", "-")
        same = mentions[position + 1 :]
        end = min(same[0].start() if same else sentence.end, mention.end() + 160)
        if name == "BQ" and not mention.group().isupper() and "ournemouth" not in mention.group():
            continue
        if _AT_INTAKE.search(reading.lowered, max(sentence.start, mention.start() - 14), mention.start()):
            continue
        values = [
            (match, timing_of(reading.lowered, sentence, match.start(), match.end()))
            for match in _SCORE.finditer(reading.lowered, mention.end(), end)
            if _is_score(reading.lowered, mention.end(), match, name)
        ]
        today = [m for m, timing in values if timing is Timing.NOW]
        earlier = [m for m, timing in values if timing is Timing.BEFORE and not _in_percent(reading.lowered, m)]
        if not today and position and values:
            continue
        if not today:
            continue
        chosen = today[0]
        percent = [
            m
            for m in today[1:2]
            if "%" in (m["unit"] or "") and "/" in (chosen["unit"] or "") and m.start() - chosen.end() < 6
        ]
        if percent and name != "PSFS":
            chosen = percent[0]
        elif name in _IN_PERCENT and not chosen["unit"]:
            chosen = next((m for m in today if "%" in (m["unit"] or "")), chosen)  # its items come before its total
        previous = number_of(earlier[0]["value"]) if earlier else None
        yield Measure(
            name,
            number_of(chosen["value"]),
            reading.evidence(mention.start(), chosen.end()),
            previous,
            (chosen["unit"] or "").strip() or None,
        )


def _complete_score(reading: Reading, sentence: Sentence, measures: list[Measure]) -> None:
    """Give today's score the one of a row of its own for another day: "NDI BASELINE: 40%" below "NDI SCORE: 26%"."""
    mention = _INSTRUMENT.search(reading.plain, sentence.start, sentence.end)
    row = _ROW_OF_BEFORE.match(reading.lowered, mention.end(), sentence.end) if mention else None
    name = (mention.lastgroup or "").replace("_", "-") if mention else ""
    for position, item in enumerate(measures) if row else ():
        if (item.instrument, item.previous) == (name, None) and row is not None:
            measures[position] = replace(item, previous=float(row["value"]))


def _in_percent(text: str, match: re.Match[str]) -> bool:
    """Whether a value in brackets only says the score before it in percent: "20/50 (40%)"."""
    return "%" in (match["unit"] or "") and bool(
        re.search(r"/\s?\d{2,3}\s?\($", text[max(0, match.start() - 8) : match.start()])
    )


def _is_score(text: str, start: int, match: re.Match[str], name: str) -> bool:
    between = text[start : match.start()]
    if _OF_AN_ITEM.search(between):
        return False
    if POINTS_OF_CHANGE.match(text, match.start("unit") if match["unit"] and "p" in match["unit"] else match.end()):
        return False
    if match["unit"]:
        return True
    if not match["value"][0].isdigit():
        return bool(
            re.search(
                r"\b(?:is|at|was|of|comes to|came to|amounts to|a|an|scored|score|to|from|ticked|checked|marked|endorsed|averages?|averaged|reads|by)\s+$",
                between,
            )
        )
    if re.search(
        r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\.? $",
        between,
    ):
        return False
    if re.search(r"\b(?:on|the)\s+$", between) or text[match.end() : match.end() + 1] == "/":
        return False
    return len(between) < 60 or bool(_CALLED_SCORE.search(between))


def _leg_raise(reading: Reading, sentence: Sentence) -> Iterator[Measure]:
    for mention in _SLR.finditer(reading.lowered, sentence.start, sentence.end):
        after = reading.lowered[mention.end() : mention.end() + 60].split("\n", 1)[0]
        own = min(sentence.end - mention.end(), len(after))
        tail = after if _OTHER_SIDE.match(after, own) else after[:own]
        tail = re.split(
            r";(?!\s*(?:[lr]|left|right)\b)|\bkemp|\breflex|\bflex|\bext\b|\brot|\bdtr|\bfaber|\byeoman|\bbraggard|\blumbar\b|\brom\b",
            tail,
            maxsplit=1,
            flags=re.IGNORECASE,
        )[0]
        for match in _SLR_VALUE.finditer(tail):
            start, end = mention.end() + match.start(), mention.end() + match.end()
            if start >= sentence.end or timing_of(reading.lowered, sentence, start, end) is Timing.NOW:
                was = re.match(r"[\s,;(]*(?:was|from|prev\w*|up from)\s+(\d{2})", reading.lowered[end : end + 24])
                yield Measure(
                    "SLR",
                    number_of(match["value"]),
                    reading.evidence(mention.start(), end),
                    float(was.group(1)) if was else None,
                    "degrees",
                )
                if match["other"] and match["other"] not in _FULL_RAISE:
                    evidence = reading.evidence(mention.start(), end)
                    yield Measure("SLR", float(match["other"]), evidence, None, "degrees")


def _function(reading: Reading, sentence: Sentence) -> Iterator[Measure]:
    """Timed or counted function with its value before: "sat 50 min, 30 min 2 wks ago"; "headaches daily, now 2 a week"."""
    if sentence.zone == "T":
        return
    if _UNIT.search(sentence.lowered) and _ACTIVITY.search(sentence.lowered):
        yield from _timed(reading, sentence)
    if sentence.zone in ("S", "", "A") and _OFTEN.search(sentence.lowered):
        yield from _counted(reading, sentence)


def _timed(reading: Reading, sentence: Sentence) -> Iterator[Measure]:
    """The first amount of today, with the amount of the same unit that was before."""
    now: list[tuple[float, str, re.Match[str]]] = []
    then: list[tuple[float, str]] = []
    for match in _FUNCTION.finditer(reading.lowered, sentence.start, sentence.end):
        unit = match["unit"].rstrip("s").replace("minute", "min").replace("hour", "hr")
        value = _amount(match["value"]) * (60 if unit == "hr" else 1)
        unit = "min" if unit == "hr" else unit
        timing = timing_of(reading.lowered, sentence, match.start(), match.end())
        if timing is Timing.NOW:
            now.append((value, unit, match))
        elif timing is Timing.BEFORE:
            then.append((value, unit))
    for value, unit, match in now[:1]:
        bare = _BARE_BEFORE.search(sentence.lowered)
        previous = next(
            (before for before, its in then if its == unit), _bare(bare["value"], unit, match) if bare else None
        )
        evidence = reading.evidence(match.start(), match.end())
        yield Measure(
            "FUNCTION",
            value,
            evidence,
            previous,
            unit,
            about=activity_at(sentence.lowered, match.start() - sentence.start),
        )


def _bare(words: str, unit: str, now: re.Match[str]) -> float:
    """An earlier amount without its unit: of today's unit, "six hours a night; it was three"."""
    return number_of(words) * (60 if unit == "min" and now["unit"].startswith("h") else 1)


def _counted(reading: Reading, sentence: Sentence) -> Iterator[Measure]:
    """Two rates in one sentence, one of which was before: "headaches daily, now 2 a week"."""
    rates = list(_RATE.finditer(sentence.lowered))
    if (
        len(rates) == 1
        and "headache" in sentence.lowered
        and _NOW_SO_OFTEN.search(sentence.lowered, 0, rates[0].start())
    ):
        evidence = reading.evidence(sentence.start + rates[0].start(), sentence.start + rates[0].end())
        yield Measure("FREQUENCY", _per_week(rates[0]), evidence, None, "per week")
        return
    if len(rates) != 2 or not _COMPARES.search(sentence.lowered):
        return
    first, second = rates
    later = re.search(r"\bnow\b", sentence.lowered[first.end() : second.start()])
    from_first = re.search(r"\bfrom\s+(?:\w+\s+)?$", sentence.lowered[: first.start()])
    now, before = (second, first) if later or from_first else (first, second)
    evidence = reading.evidence(sentence.start + first.start(), sentence.start + second.end())
    yield Measure("FREQUENCY", _per_week(now), evidence, _per_week(before), "per week")


def _amount(words: str) -> float:
    lowered = words.lower()
    half = 0.5 if "and a half" in lowered else 0.0
    lowered = lowered.replace(" and a half", "").strip()
    if lowered in ("half a", "half an"):
        return 0.5
    if lowered in ("a", "an"):
        return 1.0 + half
    return number_of("forty five" if lowered == "forty-five" else lowered) + half


def _per_week(match: re.Match[str]) -> float:
    if match["daily"]:
        return 7.0
    times = match["times"].lower()
    count = {"once": 1.0, "twice": 2.0}.get(times) or number_of(times)
    return count * _PER_WEEK[match["per"].lower()]
