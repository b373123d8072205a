"""Dates in notes: written any way, day or month first, with the letters that a scanner takes for digits."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = {name: number for number, names in enumerate(
    ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
     "september sept sep", "october oct", "november nov", "december dec"), start=1) for name in names.split()}  # fmt: skip
_CAPITAL = "|".join(name.capitalize() for name in sorted(_MONTHS, key=len, reverse=True))
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DIGITS = str.maketrans("OoIlSB", "001158")
_ORDINAL_WORDS = {
    name: day
    for day, name in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
            "twenty-first",
            "twenty-second",
            "twenty-third",
            "twenty-fourth",
            "twenty-fifth",
            "twenty-sixth",
            "twenty-seventh",
            "twenty-eighth",
            "twenty-ninth",
            "thirtieth",
            "thirty-first",
        ],
        start=1,
    )
}
_SPOKEN_DAY = "|".join(name.replace("-", "[ -]") for name in sorted(_ORDINAL_WORDS, key=len, reverse=True))
_SPOKEN_YEAR = r"(?:two thousand(?: and)?|twenty)[ -]twenty(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?"
_NUMERIC = re.compile(
    r"(?<![\dA-Za-z/.])(?:(?P<iso>(?:19|20)\d\d)[-/.](?P<isom>\d{1,2})[-/.](?P<isod>\d{1,2})"
    r"|(?P<a>[\dOoIl]{1,2})[-/.](?P<b>[\dOoIlSB]{1,2})[-/.](?P<y>[\dOoIl]{4}|[\dOoIl]{2})"
    r"|(?P<m6>\d{1,2})/(?P<y6>(?:19|20)\d\d))(?![\dA-SU-Za-z]|T(?!\d))"
)
_BETWEEN = re.compile(r"[-/.](?:[\dOoIlSB]{1,2}[-/.][\dOoIl]|(?:19|20)\d\d)")
"""What every date in digits holds: "/26/2" of 3/26/26, "/2026" of 3/2026."""
_YEAR_FIRST = 4
"""Digits that may stand before the first mark."""
_REST_OF_DATE = 8
_MONTH_NAME = re.compile(rf"(?:{_NAME})(?![a-z])")
"""A month's name in a text in small letters; the letter before it is looked at afterwards, which is faster."""
_MONTH_NEAR = 26
"""Characters before a month's name in which its day may stand ("the twenty-eighth of May")."""
_NAMED_DATE = re.compile(
    rf"(?<![\dA-Za-z/.])(?:"
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?[ -]{{0,2}}(?:of )?(?P<m1>{_NAME})\.?,?[ -]{{0,2}}(?P<y1>(?:19|20)?\d\d)(?!:\d)"
    rf"|(?P<m2>{_NAME})\.?[ -]{{1,2}}(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:, ?|[ -]{{1,2}})(?P<y2>(?:19|20)\d\d)"
    rf"|(?:the )?(?P<d6>{_SPOKEN_DAY}|\d{{1,2}}(?:st|nd|rd|th)) of (?P<m7>{_NAME})(?:,? (?P<y7>(?:19|20)\d\d|{_SPOKEN_YEAR}))?"
    rf"|(?P<m8>{_NAME}) (?:the )?(?P<d8>{_SPOKEN_DAY}),? (?P<y8>{_SPOKEN_YEAR})"
    rf"|(?P<m4>{_NAME}) (?:the )?(?P<d4>{_SPOKEN_DAY}),?(?: (?P<y4>(?:19|20)\d\d))?"
    rf"|(?P<m3>{_NAME})\.? (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[:/])(?:,? ?'(?P<y3>\d\d))?"
    rf"|(?P<d9>\d{{1,2}})(?:st|nd|rd|th)?[ -](?P<m9>(?-i:{_CAPITAL}))(?![a-z])"
    rf"|(?P<m5>{_NAME})\.?,? (?P<y5>(?:19|20)\d\d)"
    r")(?![\dA-Za-z])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in the text. ``day`` is None where only month and year, or no year, are given; ``other`` is the day-first
    or month-first reading where both are possible.
    """

    start: int
    end: int
    day: date | None
    other: date | None = None
    month_year: str | None = None
    month_day: tuple[int, int] | None = None

    def may_be(self, day: date) -> bool:
        """Whether it may stand for that day."""
        if self.month_day is not None and self.day is None:
            return self.month_day == (day.month, day.day)
        return day in (self.day, self.other)


def find_dates(text: str) -> Iterator[WrittenDate]:
    """All dates in a text, in order."""
    found = [written for match in _numeric(text) if (written := _read_numeric(match)) is not None]
    numeric, ends = list(found), [written.end for written in found]
    reached = 0
    lowered = text.lower()
    for month in _MONTH_NAME.finditer(lowered):
        if month.start() < reached or (month.start() and lowered[month.start() - 1].isalpha()):
            continue
        match = _NAMED_DATE.search(text, max(reached, month.start() - _MONTH_NEAR), min(len(text), month.end() + 40))
        if match is not None and match.start() <= month.start() < match.end():
            reached = match.end()
            written = _read_named(match)
            if written is not None and not _overlaps(numeric, ends, written):
                found.append(written)
    yield from sorted(found, key=lambda written: written.start)


def _numeric(text: str) -> Iterator[re.Match[str]]:
    """The dates in digits: looked for around the marks between their numbers, which are rarer than digits."""
    reached = 0
    for mark in _BETWEEN.finditer(text):
        start = max(reached, mark.start() - _YEAR_FIRST)
        match = _NUMERIC.search(text, start, min(len(text), mark.end() + _REST_OF_DATE))
        if match is not None:
            yield match
            reached = match.end()


def _overlaps(numeric: list[WrittenDate], ends: list[int], written: WrittenDate) -> bool:
    """Whether a named date lies over a numeric one; both in order of the text."""
    place = bisect_right(ends, written.start)
    return place < len(numeric) and numeric[place].start < written.end


def _day(year: str | int, month: int, day: int) -> date | None:
    year = int(year)
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _read_numeric(match: re.Match[str]) -> WrittenDate | None:
    start, end = match.span()
    if match["iso"]:
        day = _day(match["iso"], int(match["isom"]), int(match["isod"]))
        return WrittenDate(start, end, day) if day else None
    if match["a"]:
        one, two, year = (match[name].translate(_DIGITS) for name in ("a", "b", "y"))
        if not (one.isdigit() and two.isdigit() and year.isdigit()):
            return None
        us, uk = _day(year, int(one), int(two)), _day(year, int(two), int(one))
        return WrittenDate(start, end, us or uk, uk) if us or uk else None
    month = int(match["m6"])
    return WrittenDate(start, end, None, month_year=f"{match['y6']}-{month:02d}") if 1 <= month <= 12 else None


def _year(words: str | None) -> str | None:
    """A year in digits, or spoken as "two thousand twenty-six" or "twenty twenty-six"."""
    if words is None or words[:1].isdigit():
        return words
    units = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    last = re.split(r"[ -]", words.lower())[-1]
    return str(2020 + (units.index(last) + 1 if last in units else 0))


def _read_named(match: re.Match[str]) -> WrittenDate | None:
    start, end = match.span()
    if match["y5"]:
        month = _MONTHS[match["m5"].lower()]
        return WrittenDate(start, end, None, month_year=f"{match['y5']}-{month:02d}")
    for suffix, month_name in (
        ("1", "m1"),
        ("2", "m2"),
        ("3", "m3"),
        ("4", "m4"),
        ("6", "m7"),
        ("8", "m8"),
        ("9", "m9"),
    ):
        if match[month_name]:
            month = _MONTHS[match[month_name].lower()]
            words = match[f"d{suffix}"].lower().replace(" ", "-")
            number = _ORDINAL_WORDS.get(words) or int(re.sub(r"\D", "", words))
            year = _year(match.groupdict().get({"6": "y7"}.get(suffix, f"y{suffix}")))
            if year is None:
                if _day(2024, month, number) is None:
                    return None
                return WrittenDate(start, end, None, month_day=(month, number))
            day = _day(year, month, number)
            return WrittenDate(start, end, day) if day else None
    return None
