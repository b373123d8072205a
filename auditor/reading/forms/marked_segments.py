"""Segments that carry a mark of their own, explained somewhere in the note: ``(* = adjusted today)`` and ``T8*``."""

import re

from auditor.facts import Mention, Role, Treatment, TreatmentKind
from auditor.reading.document import Reading
from auditor.reading.forms.tables import Tables, column_kind

_EXPLAINED = re.compile(
    r"(?<![\w*^#†‡+])(?P<mark>[*^#†‡+]{1,2}|[Xx](?=[ \t]*=))[ \t]*(?:=|:|means|indicates|denotes)[ \t]*(?P<means>[A-Za-z][A-Za-z ]{1,30})"
)
_EXPLAINS = ("= adj", "=adj", "= treat", "= manip", "= cmt", ": adj", "means", "indicates", "denotes")
_SIDE = r"[ \t]{0,2}(?:[LRB]|left|right)?[ \t]{0,1}"


def read_marked_segments(reading: Reading, tables: Tables) -> None:
    """Add the segments that carry the mark of an adjustment to what the tables of a note say."""
    if not any(word in reading.lowered for word in _EXPLAINS):
        return
    known: set[str] = set()
    for explained in _EXPLAINED.finditer(reading.plain):
        if explained["mark"] in known or column_kind(explained["means"]) != "adj":
            continue
        known.add(explained["mark"])
        tables.rows.update(sentence.start for sentence in reading.sentences_in(explained.start() - 2, explained.end()))
        mark = re.escape(explained["mark"])
        marked = re.compile(rf"{_SIDE}(?:\[[ \t]?{mark}[ \t]?\]|{mark})" if mark.isalpha() else _SIDE + mark)
        for place in reading.places_in(0, len(reading.plain)):
            inside = explained.start() <= place.start < explained.end()
            found = marked.match(reading.plain, place.end)
            if found is None or inside or not place.levels or place.marks:
                continue
            mention = Mention(
                place.regions, place.levels, Role.TREATED, reading.evidence(place.start, found.end()), place.possible
            )
            tables.treated.append(Treatment(TreatmentKind.NAMED, mention.evidence, (mention,)))
