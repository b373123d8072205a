"""What today's row of a travel card says: segments adjusted, findings, ratings with those of the visit before, initials."""

import re
from collections.abc import Iterator

from auditor.anatomy import SPINAL
from auditor.facts import Measure, Mention, PartFinding, Role, Signature, Treatment, TreatmentKind
from auditor.reading.document import Concept, Reading
from auditor.reading.forms.cells import Cell
from auditor.reading.forms.key_grids import key_of, read_keyed
from auditor.reading.forms.tables import Tables, column_kind
from auditor.reading.forms.travel_cards import Row

_RATING = re.compile(r"(?P<value>10|\d(?:\.\d)?)(?:\s?/\s?10)?")
_PAIN = re.compile(r"\W*(?:pain|vas|nprs|nrs)\W*", re.IGNORECASE)
_SIGNED_IN = re.compile(r"\W*(?:by|init\w*|initials|dr\.?|doc|doctor|dc|sig\w*|provider)\W*", re.IGNORECASE)
_INITIALS = re.compile(r"(?P<who>[A-Z]\.?[A-Z]\.?(?:[A-Z]\.?)?|[a-z]{2,3})")
_PRINTED = re.compile(
    r"\s*\(?(?:printed|print|name)\s*[:=]?\s*(?P<name>(?:Dr\.?\s+)?[A-Z][\w'.-]+(?:\s+[A-Z][\w'.-]+){0,3}),?\s+(?P<credential>D\.?C\.?|D\.?O\.?|M\.?D\.?|P\.?T\.?|DPT)(?![A-Za-z])"
)
"""A name printed beside the initials of a row."""
_PIECES = re.compile(r"[^,;.]+")


def read_card(reading: Reading, tables: Tables) -> None:
    """Add the segments adjusted and the findings of today's row; no row of the card is to be read as prose."""
    card = reading.card
    if card is None:
        return
    tables.rows.update(sentence.start for sentence in reading.sentences_in(card.start, card.end))
    key = key_of(reading)
    for heading, cell in card.today.cells:
        kind = "found" if re.match(r"\W*(?:found|finding)", heading.text, re.IGNORECASE) else column_kind(heading.text)
        places = [p for p in reading.places_in(cell.start, cell.end) if not p.marks]
        if kind == "adj" and places and not _says_free(reading, cell):
            mentions = tuple(
                Mention(p.regions, p.levels, Role.TREATED, reading.evidence(p.start, p.end), p.possible) for p in places
            )
            tables.treated.append(Treatment(TreatmentKind.NAMED, reading.evidence(cell.start, cell.end), mentions))
        elif key and places and reading.places_in(heading.start, heading.end):
            read_keyed(reading, (cell.start, cell.end), key, tables)
        elif kind == "found":
            tables.findings += _findings(reading, cell)
        elif kind in ("P", "A", "R", "T"):
            evidence = reading.evidence(cell.start, cell.end)
            tables.findings += [PartFinding(kind, _spinal(p), p.levels, evidence, kind in "AR") for p in places]


def _says_free(reading: Reading, cell: Cell) -> bool:
    """Whether a cell tells of what was found to be free: a long row has slipped under the next heading."""
    said = [c for s in reading.sentences_in(cell.start - 80, cell.end) for c in s.concepts if cell.start <= c.start < cell.end]
    return any(c.family == "normal" for c in said) and not any(c.family == "act" for c in said)


def _findings(reading: Reading, cell: Cell) -> Iterator[PartFinding]:
    """The findings of a cell, piece by piece: "L4 fix tend, lumb ps spasm, R SI fix. C5 T7 clear"."""
    concepts = [c for s in reading.sentences_in(cell.start - 80, cell.end) for c in s.concepts]
    for piece in _PIECES.finditer(reading.plain, cell.start, cell.end):
        here = [c for c in concepts if piece.start() <= c.start < piece.end()]
        places = [c for c in here if c.family == "place" and c.regions]
        regions = tuple(dict.fromkeys(region for place in places for region in _spinal(place)))
        levels = tuple(level for place in places for level in place.levels)
        for found in here:
            if found.family == "finding" and found.asserted and regions and found.entry.criterion:
                segmental = found.entry.segmental and bool(levels)
                evidence = reading.evidence(min(found.start, places[0].start), max(found.end, places[-1].end))
                yield PartFinding(found.entry.criterion, regions, levels, evidence, segmental)


def card_ratings(reading: Reading) -> list[Measure]:
    """The pain ratings of today's row, with the rating that the visit before has in the same column."""
    card = reading.card
    if card is None:
        return []
    ratings = []
    key = key_of(reading)
    for heading, cell in card.today.cells:
        rating = _RATING.fullmatch(cell.text) if cell.text not in key else None
        place = next(iter(reading.places_in(heading.start, heading.end)), None)
        if rating and (place is not None or _PAIN.fullmatch(heading.text)):
            region = _spinal(place)[0] if place is not None and _spinal(place) else None
            previous = _previous(card.before, heading)
            evidence = reading.evidence(cell.start, cell.end)
            ratings.append(Measure("NPRS", float(rating["value"]), evidence, previous, "0-10", region))
    return ratings


def _previous(row: Row | None, heading: Cell) -> float | None:
    cells = [cell for head, cell in row.cells if head is heading] if row else []
    rating = _RATING.fullmatch(cells[0].text) if cells else None
    return float(rating["value"]) if rating else None


def _spinal(place: Concept) -> tuple[str, ...]:
    return tuple(region for region in place.regions if region in SPINAL)


def card_initials(reading: Reading) -> Signature | None:
    """Initials in today's row: a signature where the card says whose they are, weak where it does not."""
    card = reading.card
    if card is None:
        return None
    for heading, cell in card.today.cells:
        initials = _INITIALS.fullmatch(cell.text)
        if not initials or not _SIGNED_IN.fullmatch(heading.text):
            continue
        letters = initials["who"].replace(".", "")
        evidence = (reading.evidence(cell.start, cell.end),)
        known = _key_of(letters).search(reading.plain) or _PRINTED.match(reading.plain, cell.end)
        if known is None:
            return Signature("weak", "initials", letters, evidence=evidence)
        return Signature("accepted", "initials", known["name"], known["credential"], card.today.day, evidence)
    return None


def _key_of(letters: str) -> re.Pattern[str]:
    """Where initials are explained: ``MB = Maribel Burgos, DC``."""
    spelled = r"\.?".join(letters)
    return re.compile(
        rf"\b{spelled}\.?(?:\s*(?:=|:|-)\s*|[ \t]{{2,}})(?P<name>(?:Dr\.?\s+)?[A-Z][\w'.-]+(?:\s+[A-Z][\w'.-]+){{0,3}}),?\s+(?P<credential>D\.?C\.?|D\.?O\.?|M\.?D\.?|P\.?T\.?|DPT)(?![A-Za-z])"
    )
