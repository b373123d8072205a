"""Tables of values: rows of regions, questionnaires or activities, columns of dates, today, last, target."""

import re
from dataclasses import dataclass
from datetime import date

from auditor.anatomy import SPINAL
from auditor.facts import Measure, PartFinding
from auditor.reading.document import Concept, Reading
from auditor.reading.forms.cells import Cell, cells_of
from auditor.reading.plain.dates import find_dates
from auditor.reading.values import Timing

_NOW = re.compile(r"\b(?:today|now|current|this visit|present)\b", re.IGNORECASE)
_THEN = re.compile(
    r"\b(?:last|prev\w*|prior|initial|intake|baseline|start|was|first|before|entry|admission)\b", re.IGNORECASE
)
_GOAL = re.compile(r"\b(?:goals?|targets?|aim)\b", re.IGNORECASE)
_HEADING = re.compile(
    r"today|now|current|visit|present|last|prev|prior|initial|intake|base|start|first|\d[/-]\d|\d[ -][a-z]{3}|[a-z]{3} \d|goal|target|aim|was|before|entry|admission"
)
"""What tells of a time in a heading; two columns at least say when."""
_FEWEST_COLUMNS = 2
_WIDEST_HEADING = 160
_VALUE = re.compile(
    r"(?P<value>\d{1,3}(?:\.\d)?)\s?(?P<unit>%|/\s?10|/\s?100|/\s?50|/\s?24|/\s?70|deg(?:rees)?|°|mm|min(?:utes)?|hrs?|hours?|lbs?|miles?|percent)?(?:\s?\(.{0,12}\))?"
)
_SCALE = re.compile(
    r"\b(?:pain meter|NRS|NPRS|VAS|VNRS|pain)\b|0\s?(?:-|to|=)\s?(?:10|none)|numeric scale", re.IGNORECASE
)
_SCALE_LINE = re.compile(r"pain|nrs|nprs|vas|0\s?(?:-|to|=)\s?(?:10|none)|numeric scale")
_BAR_ROW = re.compile(
    r"[ \t|*-]*(?P<label>[A-Za-z][A-Za-z /().]{1,24}?)[ \t]*[|:\[]+[#=.*o\-_X█░▒▓ \t]*[|\]]?[ \t]*(?P<value>10|\d)[ \t]*(?:/[ \t]*10)?[ \t|]*$"
)
_QUESTIONNAIRE = {
    "ODI": r"\bODI\b|Oswestry", "NDI": r"\bNDI\b|Neck Dis", "RMDQ": r"\bRMD?Q\b|Roland", "BQ": r"\bBQ\b|Bournemouth",
    "PSFS": r"PSFS|Patient[- ]Spec", "PROMIS": r"PROMIS", "SLR": r"\bSLR\b|straight[- ]leg", "QBPDS": r"QBPDS|Quebec",
}  # fmt: skip
_KIND = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _QUESTIONNAIRE.items()}
_MOTION = re.compile(r"\b(?:flex\w*|ext\w*|rot\w*|rom|bend\w*)\b", re.IGNORECASE)


_LONGEST_SUBHEADING = 32


@dataclass(slots=True)
class Column:
    """A column and when its values hold."""

    timing: Timing
    cell: Cell
    day: date | None = None


def read_value_tables(reading: Reading) -> tuple[list[Measure], list[PartFinding], set[int]]:
    """Measures from tables of values.

    Returns:
        Measures of today with previous values, pain documented by ratings (criterion P), and the starts of the sentences
        that are rows of such a table.
    """
    measures: list[Measure] = []
    pain: list[PartFinding] = []
    rows: set[int] = set()
    lines = reading.lines
    headings = headings_of(reading)
    for position, line in enumerate(lines):
        columns = headings.get(line[0])
        if columns:
            near = " ".join(reading.plain[slice(*one)] for one in lines[max(0, position - 2) : position + 1])
            scale = 0.1 if re.search(r"\bmm\b|0\s?-\s?100\b", near) else 1.0 if _SCALE.search(near) else 0.0
            for row in lines[position + 1 : position + 16]:
                found = _row(reading, columns, row, scale)
                if found is None:
                    if not reading.plain[slice(*row)].strip("-=+| \t:") or _is_row(reading.plain, row, columns):
                        continue
                    break
                rows.update(s.start for s in reading.sentences_in(*row))
                measures += found[0]
                pain += found[1]
        elif (lowered := reading.plain[slice(*line)].lower()) and _SCALE_LINE.search(lowered):
            for row in lines[position + 1 : position + 8]:
                if not _bar(reading, row, measures, pain, rows):
                    break
    return measures, pain, rows


def _is_row(text: str, line: tuple[int, int], columns: list[Column]) -> bool:
    """Whether a line without values still belongs to the table: it has a cell for every column."""
    bars = "|" in text[slice(*line)]
    cells = cells_of(text, *line, bars=bars)
    return (
        len(cells) > len(columns)
        if bars
        else len(cells) == len(columns) + 1 and cells[0].start - line[0] < columns[0].cell.start
    )


def headings_of(reading: Reading) -> dict[int, list[Column]]:
    """The columns of every heading of a table of values, by the start of its line; found once a note."""
    if reading.value_headings is None:
        reading.value_headings = {
            line[0]: columns
            for line in reading.lines
            if line[0] in reading.rows
            and line[1] - line[0] <= _WIDEST_HEADING
            and (columns := value_columns(reading.plain, line))
        }
    return reading.value_headings


def value_columns(text: str, line: tuple[int, int]) -> list[Column]:
    """The columns that say when: two or more of today, last, a date, a target, and nothing that is a value."""
    words = text[slice(*line)]
    if len(_HEADING.findall(words.lower())) < _FEWEST_COLUMNS:
        return []
    if re.search(r"(?<!\d)\d\s?/10\b", words):
        return []
    columns = []
    for cell in cells_of(text, *line, bars="|" in words):
        dates = [d for d in find_dates(cell.text) if d.end - d.start >= len(cell.text) - 2] or (
            [d for d in find_dates(f"{cell.text}/2000".replace("-", "/")) if d.day]
            if re.fullmatch(r"\d{1,2}[/-]\d{1,2}", cell.text)
            else []
        )
        if len(cell.text) > (44 if cell.start < line[0] + 8 else 26):
            return []
        if dates:
            day = dates[0].day or (date(2000, *dates[0].month_day) if dates[0].month_day else None)
            columns.append(Column(Timing.BEFORE, cell, day))
        elif _GOAL.search(cell.text):
            columns.append(Column(Timing.GOAL, cell))
        elif _THEN.search(cell.text):
            columns.append(Column(Timing.BEFORE, cell))
        elif _NOW.search(cell.text) and (columns or cell.start > line[0] + 6):
            columns.append(Column(Timing.NOW, cell))
    first = columns[0].cell if columns else None
    if first is not None and not words[: first.start - line[0]].strip(" |") and first.start - line[0] < 4:
        return []
    return _with_today(columns)


def _with_today(columns: list[Column]) -> list[Column]:
    if len(columns) < 2:
        return []
    if not any(column.timing is Timing.NOW for column in columns):
        dated = [column for column in columns if column.day is not None]
        if len(dated) < 2:
            return []
        max(dated, key=lambda column: column.day or date.min).timing = Timing.NOW
    return columns


def _row(
    reading: Reading, columns: list[Column], line: tuple[int, int], scale: float
) -> tuple[list[Measure], list[PartFinding]] | None:
    cells = [
        cell
        for cell in cells_of(reading.plain, *line, bars="|" in reading.plain[slice(*line)])
        if cell.text not in ("/", "|")
    ]
    if len(cells) == 1 and len(cells[0].text) < _LONGEST_SUBHEADING and reading.places_in(cells[0].start, cells[0].end):
        return ([], [])
    if len(cells) < 2:
        return None
    label = cells[0]
    values = [cell for cell in cells[1:] if _VALUE.fullmatch(cell.text) or cell.text in ("-", "--", "n/a")]
    if not values:
        return None
    if len(values) == len(columns):
        pairs = list(zip(columns, values, strict=True))
    else:
        pairs = [
            (min(columns, key=lambda c: abs(c.cell.start - columns[0].cell.start - (v.start - values[0].start))), v)
            for v in values
        ]
    now = next((v for c, v in pairs if c.timing is Timing.NOW and _VALUE.fullmatch(v.text)), None)
    then = [v for c, v in pairs if c.timing is Timing.BEFORE and _VALUE.fullmatch(v.text)]
    reading.table_goals += [
        reading.evidence(label.start, v.end) for c, v in pairs if c.timing is Timing.GOAL and _VALUE.fullmatch(v.text)
    ]
    if now is None:
        return ([], [])
    return _measure(reading, label, now, then[-1] if then else None, scale)


def _measure(
    reading: Reading, label: Cell, now: Cell, then: Cell | None, scale: float
) -> tuple[list[Measure], list[PartFinding]]:
    value, previous = _number(now), _number(then) if then else None
    evidence = reading.evidence(label.start, now.end)
    for name, pattern in _KIND.items():
        if pattern.search(label.text):
            return [Measure(name, value, evidence, previous, _unit(now))], []
    places = reading.places_in(label.start, label.end)
    if _MOTION.search(label.text):
        region = next((r for c in places for r in c.regions), None)
        return [Measure("ROM", value, evidence, previous, "degrees", region)], []
    if scale == 0.1 and (places or _SCALE.search(label.text)):
        value, previous = value / 10, previous / 10 if previous is not None else None
    if (
        value <= 10
        and (scale or "/" in now.text or _SCALE.search(label.text))
        and (places or _SCALE.search(label.text))
    ):
        return [Measure("NPRS", value, evidence, previous, "0-10", _region(places))], _pain(places, value, evidence)
    return [Measure("FUNCTION", value, evidence, previous, _unit(now))], []


def _bar(
    reading: Reading, line: tuple[int, int], measures: list[Measure], pain: list[PartFinding], rows: set[int]
) -> bool:
    """A row of a pain graph: ``neck |######....| 6``."""
    match = _BAR_ROW.fullmatch(reading.plain, *line)
    places = reading.places_in(*line)
    if not places:
        return False
    if match:
        evidence = reading.evidence(line[0] + match.start("label") - match.start(), match.end("value"))
        value = float(match["value"])
        measures.append(Measure("NPRS", value, evidence, None, "0-10", _region(places)))
        pain += _pain(places, value, evidence)
        rows.update(s.start for s in reading.sentences_in(*line))
    return True


def _region(places: list[Concept]) -> str | None:
    return next((region for place in places for region in place.regions), None)


def _pain(places: list[Concept], value: float, evidence: object) -> list[PartFinding]:
    regions = tuple(dict.fromkeys(r for place in places for r in place.regions if r in SPINAL))
    return [PartFinding("P", regions, (), evidence)] if value > 0 and regions else []  # type: ignore[arg-type]


def _number(cell: Cell) -> float:
    match = _VALUE.match(cell.text)
    assert match is not None
    value = float(match["value"])
    return value / 10 if match["unit"] == "mm" else value


def _unit(cell: Cell) -> str | None:
    match = _VALUE.match(cell.text)
    return (match["unit"] or "").strip() or None if match else None
