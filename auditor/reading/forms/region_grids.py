"""Grids of the examination turned the other way: columns are regions, rows are criteria of PART, "adjusted" or "normal"."""

import re
from itertools import pairwise

from auditor.anatomy import SPINAL
from auditor.facts import Mention, PartFinding, Role, Treatment, TreatmentKind
from auditor.reading.document import Concept, Reading
from auditor.reading.forms.cells import Cell, cells_of
from auditor.reading.forms.tables import Tables, column_kind, is_negative
from auditor.reading.vocabulary import Entry

_NORMAL = re.compile(r"\b(?:normal|wnl|clear|negative|no findings|unremarkable)\b", re.IGNORECASE)
_THORACIC = re.compile(r"[ \t|]+(?P<name>Tx|T|Th|TX)[ \t|]+")
_FEWEST_COLUMNS = 2
_MOST_ROWS = 14


def read_grids(reading: Reading, tables: Tables) -> None:
    """Add what the grids of a note say to its tables."""
    lines = reading.lines
    for position, line in enumerate(lines):
        columns = _columns(reading, line)
        if not columns:
            continue
        for row in lines[position + 1 : position + 1 + _MOST_ROWS]:
            if not _row(reading, [(column.start - line[0], column) for column in columns], row, tables):
                break


def _columns(reading: Reading, line: tuple[int, int]) -> list[Concept]:
    """The regions that head the columns of a grid: three at least, set apart by blanks or bars, and nothing between them."""
    if line[0] not in reading.rows:
        return []
    places = [p for p in reading.places_in(*line) if p.kind in ("region", "joint", "sided") and p.regions[:1]]
    if len(places) < _FEWEST_COLUMNS or len({p.regions for p in places}) < len(places):
        return []
    places = _with_thoracic(reading, places)
    gaps = [reading.plain[one.end : other.start] for one, other in pairwise(places)]
    if any(gap.strip(" \t|") or len(gap) < 2 for gap in gaps) or reading.plain[places[-1].end : line[1]].strip(" |\t:"):
        return []
    return places


def _with_thoracic(reading: Reading, places: list[Concept]) -> list[Concept]:
    """The columns with the one called ``Tx`` or ``T``, which elsewhere is a treatment: between the neck and the low back."""
    for position, (one, other) in enumerate(pairwise(places)):
        between = _THORACIC.fullmatch(reading.plain, one.end, other.start)
        if between and one.regions == ("cervical",) and other.regions == ("lumbar",):
            entry = Entry(family="place", kind="region", regions=("thoracic",))
            found = Concept(*between.span("name"), entry, entry.regions, kind="region")
            return [*places[: position + 1], found, *places[position + 1 :]]
    return places


def _row(reading: Reading, columns: list[tuple[int, Concept]], line: tuple[int, int], tables: Tables) -> bool:
    """Read one row, and tell whether it is one; each column and cell goes with its place in the line."""
    bars = "|" in reading.plain[slice(*line)]
    cells = cells_of(reading.plain, *line, bars=bars)
    if not cells or not cells[0].text.strip("-=+:|"):
        return bool(cells)
    label = cells[0]
    kind = column_kind(label.text)
    normal = bool(_NORMAL.search(label.text))
    if (kind not in ("P", "A", "R", "T", "adj") and not normal) or label.start - line[0] >= columns[0][0]:
        return False
    tables.rows.update(s.start for s in reading.sentences_in(*line))
    for column, cell in _aligned(columns, [(cell.start - line[0], cell) for cell in cells[1:]], bars=bars):
        if is_negative(kind or "", cell.text.strip("[]() ") or "-"):
            continue
        _mark(reading, column, label, cell, "normal" if normal else kind or "", tables)
    return True


def _aligned(
    columns: list[tuple[int, Concept]], cells: list[tuple[int, Cell]], *, bars: bool
) -> list[tuple[Concept, Cell]]:
    """Cells under their columns: one to one where the numbers agree, else the nearest column by place in the line."""
    if len(cells) == len(columns):
        return [(column, cell) for (_, column), (_, cell) in zip(columns, cells, strict=True)]
    if bars:
        return []
    return [(min(columns, key=lambda item: abs(item[0] - place))[1], cell) for place, cell in cells]


def _mark(reading: Reading, column: Concept, label: Cell, cell: Cell, kind: str, tables: Tables) -> None:
    regions = tuple(region for region in column.regions if region in SPINAL)
    evidence = reading.evidence(label.start, cell.end)
    if kind == "normal":
        sentence = reading.sentence_at(label.start)
        tables.normal += [(region, sentence) for region in regions if sentence is not None]
    elif kind == "adj":
        places = [p for p in reading.places_in(cell.start, cell.end) if p.levels] or [column]
        mentions = tuple(
            Mention(p.regions, p.levels, Role.TREATED, reading.evidence(p.start, p.end), p.possible) for p in places
        )
        tables.treated.append(Treatment(TreatmentKind.NAMED, evidence, mentions))
    elif regions:
        tables.findings.append(PartFinding(kind, regions, (), evidence, kind in "AR"))
