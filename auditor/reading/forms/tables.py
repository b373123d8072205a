"""Tables of the examination: a heading of columns, rows that begin with a segment, cells with marks."""

import re
from dataclasses import dataclass, field

from auditor.anatomy import SPINAL
from auditor.facts import Mention, PartFinding, Role, Subluxation, Treatment, TreatmentKind
from auditor.reading.document import Concept, Reading, Sentence
from auditor.reading.forms.cells import Cell, cells_of

_COLUMN = {
    "P": re.compile(r"\b(?:tender\w*|tend|ttp|pain|palp\w*|palpation pain|palp pain|pain on palp|sore)\b", re.IGNORECASE),
    "R": re.compile(r"\b(?:fix\w*|restr\w*|motion|rom|mobility|end[- ]?feel|joint play|hypo\w*|movement|glide)\b", re.IGNORECASE),
    "T": re.compile(r"\b(?:spasm\w*|tone|hyperton\w*|muscle\w*|tissue|edema|tension|soft tissue|texture|tight\w*|swelling|trp|tp|temp\w*|thermograph\w*|scope)\b", re.IGNORECASE),
    "A": re.compile(r"\b(?:listing|listings|direction|misalign\w*|alignment|position|posn|rotat\w*|malposition|asymm\w*|asym)\b", re.IGNORECASE),
    "adj": re.compile(r"\b(?:adj|adjusted|adjustment|adj'd|cmt|treated|manip\w*|tx|thrust|corrected|adj\.? today|adjusted today|done)\b", re.IGNORECASE),
    "sublux": re.compile(r"\b(?:sublux\w*|dysfunction|dysf\w*)\b", re.IGNORECASE),
    "normal": re.compile(r"\b(?:wnl|normal|nl|within normal limits|unremarkable)\b", re.IGNORECASE),
    "segment": re.compile(r"\b(?:seg\w*|levels?|area|region|spine|vertebra\w*|joint|bone|site)\b", re.IGNORECASE),
    "found": re.compile(r"\b(?:found|findings?|palpation findings|exam)\b", re.IGNORECASE),
    "other": re.compile(r"\b(?:technique|side|notes?|comments?|vas|nprs|today|last|how long|freq\w*|severity|response|code|grade|prev\w*|prior|date|method|dx|status)\b", re.IGNORECASE),
}  # fmt: skip
_ANY_COLUMN = re.compile(
    r"tend|ttp|pain|palp|sore|fix|restr|motion|rom\b|mobil|feel|play|hypo|move|glide|spasm|tone|hyperton|musc|tissue|edema|tens|textur|tight|swell|trp|tp\b|listing|direct|align|posit|rotat|asym|adj|cmt|treat|manip|tx\b|thrust|correct|done|sublux|dysf|\b[part]\b"
)
_KEY = re.compile(r"\bblank\b")
"""The key of a form is no heading of a table: "x done    d declined    blank not done"."""
_WIDEST_HEADING = 200
_INDENT = 3
_WIDE_INDENT = 8
_FEWEST_BESIDE_FOUND = 2
_LETTER = {"P": "P", "A": "A", "R": "R", "T": "T"}
_NO = re.compile(
    r"\s*(?:-+|–|0|no|none|n|n\s?\(.*|no[ ,].*|moves?|nil|neg\w*|normal|nl|nml|free|wnl|ok|full|good|clear|absent|n/a|/|\.|\(-\)|\[\s*\]|(?:legs? |crests? )?(?:level|even|equal)(?:,? (?:and )?(?:legs? |crests? |psis )?(?:level|even|equal))*|symm\w*|soft|no\b.*|moves well|unrestricted|within normal.*|no change|not (?:adj\w*|examined|assessed|tested|checked|done|palpated)|held|declined|deferred|skip\w*|later|next.*|○|—)?\s*$",
    re.IGNORECASE,
)
_MOVES = re.compile(r"\b(?:rom|rot\w*|flex\w*|ext\w*|bend\w*)\b", re.IGNORECASE)
"""A row of a motion in degrees below a table of segments is none of its rows."""
_CHECKED = re.compile(r"\s*legs?\b", re.IGNORECASE)
"""The leg check below a table of segments is none of its rows either."""
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_NOT_ADJUSTED = re.compile(
    r"\s*(?:\[\s*\]|\(\s*\)|☐|□|n\b|no\b|held|hold\b|declin\w*|deferr?\w*|massage|stretch\w*|soft tissue|heat|ice|skip\w*|refused|not\b)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Tables:
    """What the tables of a note say."""

    findings: list[PartFinding] = field(default_factory=list)
    treated: list[Treatment] = field(default_factory=list)
    subluxations: list[Subluxation] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    """Starts of the sentences that are rows of a table and are not to be read as prose."""
    normal: list[tuple[str, Sentence]] = field(default_factory=list)


def read_tables(reading: Reading) -> Tables:
    """Read every table whose columns are PART criteria or "adjusted": marks, words or listings in the cells."""
    tables = Tables()
    lines = reading.lines
    position = 0
    while position < len(lines):
        header = _header(reading, lines[position])
        if header is None:
            position += 1
            continue
        tables.rows.update(s.start for s in reading.sentences_in(*lines[position]))
        position += 1
        blanks = 0
        while position < len(lines):
            row = _cells_of(reading.plain, lines[position])
            if _separator(row):
                position += 1
                continue
            if not _row(reading, header, row, tables):
                blanks += 1
                if blanks > 0:
                    break
            position += 1
    return tables


def _cells_of(text: str, line: tuple[int, int]) -> list[Cell]:
    """The cells of a line of a table; a single bar is a rule between two blocks of columns, and cuts nothing."""
    bars = text.count("|", *line) > 1
    return [cell for cell in cells_of(text, *line, bars=bars) if cell.text != "|"]


def _separator(cells: list[Cell]) -> bool:
    return all(not cell.text.strip("-=:+ |") for cell in cells)


def _header(reading: Reading, line: tuple[int, int]) -> list[tuple[str, Cell]] | None:
    text = reading.plain
    if line[1] - line[0] > _WIDEST_HEADING or line[0] not in reading.rows:
        return None
    words = text[line[0] : line[1]]
    if not _ANY_COLUMN.search(words.lower()) or _KEY.search(words.lower()):
        return None
    bars = words.count("|") > 1
    cells = _heading_cells(text, line, bars=bars)
    if len(cells) < 2 or len(cells) > 12 or any(len(cell.text) > 24 for cell in cells[1:]):
        return None
    if any(re.search(r"[:.;,\d]", _BRACKETS.sub("", cell.text).rstrip(".")) for cell in cells[1:]) or any(
        c.kind in ("level", "sided", "extraspinal", "region", "joint") for c in reading.places_in(*line)
    ):
        return None
    if re.match(r"^[SOAP]:$" if bars else r"^[SOAP]:?$", cells[0].text) and (bars or cells[1].text not in _LETTER):
        cells = cells[1:]
    kinds = [column_kind(cell.text) for cell in cells]
    letters = [kind for kind in kinds if kind in ("P", "A", "R", "T", "adj")]
    if len(letters) > 2 and kinds[: len(letters)] == letters and set(kinds) <= {*"PART", "adj", "segment", "other"}:
        start = line[0]
        return [
            ("segment", Cell(start, start, "")),
            *((kind or "other", cell) for kind, cell in zip(kinds, cells, strict=True)),
        ]
    useful = sum(kind in ("P", "A", "R", "T", "adj", "found") for kind in kinds)
    if kinds[0] == "found" and useful > _FEWEST_BESIDE_FOUND and cells[0].start == line[0]:
        kinds[0] = "segment"  # "FINDINGS TODAY   tender   restricted": the first heading names the table
    if useful < 1 or len(cells) < 2 or kinds[0] not in ("segment", None, "other"):
        return None
    if kinds[0] != "segment" and useful < 2:
        return None
    if any(kind is None for kind in kinds[1:]) and useful < 2:
        return None
    kinds[0] = "segment"
    return [(kind or "other", cell) for kind, cell in zip(kinds, cells, strict=True)]


def _heading_cells(text: str, line: tuple[int, int], *, bars: bool) -> list[Cell]:
    """The cells of a heading, with an empty one in front where no name stands over the column of the segments."""
    cells = _cells_of(text, line)
    before = text[line[0] : line[1]].split("|", 1)[0] if bars else ""
    indented = not bars and bool(cells) and cells[0].start - line[0] >= _WIDE_INDENT
    unnamed = (len(before) > _INDENT and not before.strip()) or (
        indented and column_kind(cells[0].text) in ("found", "P", "R", "normal")
    )
    return [Cell(line[0], line[0], ""), *cells] if unnamed else cells


def column_kind(words: str) -> str | None:
    """What a heading of a table stands for: a criterion of PART, ``adj``, ``sublux``, ``segment``, ``other`` or nothing known."""
    words = _BRACKETS.sub("", words)
    bare = words.strip(" :*.").upper()
    if bare in _LETTER:
        return _LETTER[bare]
    if bare == "X":
        return "adj"
    if re.search(r"\d", words):
        return None
    if re.search(r"\b(?:last|prev\w*|prior|was|goal|target)\b", words, re.IGNORECASE):
        return "other"
    for kind in ("adj", "sublux", "normal", "R", "segment", "A", "T", "P", "found", "other"):
        if _COLUMN[kind].search(words):
            return kind
    return None


def _row(reading: Reading, header: list[tuple[str, Cell]], cells: list[Cell], tables: Tables) -> bool:
    cells = [cell for cell in cells if not re.fullmatch(r"[SOAP]:", cell.text)]
    if len(cells) < 1:
        return False
    first = cells[0]
    place = next(iter(reading.places_in(first.start, max(first.end, first.start + 1))), None)
    sentence = reading.sentence_at(first.start)
    if place is None or sentence is None or not place.regions:
        return False
    spinal = [region for region in (*place.regions, *place.possible) if region in SPINAL]
    if place.start - first.start > 14 or len(first.text) > 40 or _MOVES.search(first.text) or _CHECKED.match(first.text):
        return False
    pairs = _aligned(header, cells)
    if not pairs:
        return False
    tables.rows.update(s.start for s in reading.sentences_in(first.start - 8, max(c.end for c in cells)))
    if len(cells) > 1 and len(header) > 1 and header[1][0] == "segment":
        second = next((c for c in reading.places_in(cells[1].start, cells[1].end) if c.levels), None)
        place = second or place
        spinal = [region for region in (*place.regions, *place.possible) if region in SPINAL] or spinal
    marked_normal = any(kind == "normal" and not _NO.match(cell.text) for kind, cell in pairs)
    if not _cells(reading, place, pairs, first, tables) and (marked_normal or any(kind == "R" for kind, _ in pairs)):
        tables.normal += [(region, sentence) for region in spinal]
    for other in reading.places_in(place.end, first.end):  # "C1, C2" share a row
        if other.levels and place.levels:
            _cells(reading, other, pairs, first, tables)
    return True


def _cells(reading: Reading, place: Concept, pairs: list[tuple[str, Cell]], first: Cell, tables: Tables) -> bool:
    """Add what the cells of a row say of its segment; tells whether any of them is a finding."""
    spinal = tuple(dict.fromkeys(region for region in (*place.regions, *place.possible) if region in SPINAL))
    positive = False
    adjusted = None
    for kind, cell in pairs:
        evidence = reading.evidence(first.start, cell.end)
        if kind == "adj" and not _NO.match(cell.text) and not _NOT_ADJUSTED.match(cell.text):
            adjusted = cell
        elif kind == "sublux" and not _NO.match(cell.text):
            named = tuple(level for p in reading.places_in(cell.start, cell.end) for level in p.levels)
            tables.subluxations.append(Subluxation(spinal, named or place.levels, evidence))
        elif kind == "found":
            positive = _found(reading, place, first, cell, tables) or positive
        elif kind in ("P", "A", "R", "T") and not is_negative(kind, cell.text):
            positive = True
            if spinal:
                tables.findings.append(PartFinding(kind, spinal, place.levels, evidence, kind in "AR"))
    if adjusted is not None:
        _treated(reading, place, first, adjusted, tables)
    return positive


def _found(reading: Reading, place: Concept, first: Cell, cell: Cell, tables: Tables) -> bool:
    """The findings named in a cell of a column "found": "fixed, tender, spasm"."""
    spinal = tuple(region for region in place.regions if region in SPINAL)
    said = [
        c
        for s in reading.sentences_in(first.start - 8, cell.end)
        for c in s.of("finding")
        if cell.start <= c.start < cell.end and c.asserted
    ]
    if spinal:
        tables.findings += [
            PartFinding(
                c.entry.criterion, spinal, place.levels, reading.evidence(first.start, c.end), c.entry.segmental
            )
            for c in said
        ]
    return bool(said)


def is_negative(kind: str, words: str) -> bool:
    """Whether a cell says that nothing was found."""
    if _NO.match(words):
        return True
    return bool(re.match(r"\s*(?:normal|free|full|no\b|non)", words, re.IGNORECASE)) and not re.search(
        r"\bbut\b", words
    )


def _treated(reading: Reading, place: Concept, first: Cell, cell: Cell, tables: Tables) -> None:
    named = [p for p in reading.places_in(cell.start, cell.end) if p.levels and not p.marks] or [place]
    mentions = tuple(
        Mention(p.regions, p.levels, Role.TREATED, reading.evidence(p.start, p.end), p.possible) for p in named
    )
    tables.treated.append(Treatment(TreatmentKind.NAMED, reading.evidence(first.start, cell.end), mentions))


def _aligned(header: list[tuple[str, Cell]], cells: list[Cell]) -> list[tuple[str, Cell]]:
    """Cells under their columns: one to one where the numbers agree, else by place in the line."""
    if len(cells) == len(header):
        return [(kind, cell) for (kind, _), cell in zip(header[1:], cells[1:], strict=True)]
    if len(cells) < 2:
        return []
    base = header[0][1].start
    offset = cells[0].start
    pairs: list[tuple[str, Cell]] = []
    for cell in cells[1:]:
        column = min(header[1:], key=lambda item: abs((item[1].start - base) - (cell.start - offset)))
        if column[0] not in {kind for kind, _ in pairs} or column[0] == "other":
            pairs.append((column[0], cell))
    return pairs
