"""What the components of the pipeline share about one note: its plain text, sentences, sections and concepts.

It travels in ``doc.user_data["auditor"]``. Nothing of it leaves this room: ``assemble`` turns it into facts.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from auditor.facts import Facts, PartFinding, Role, SectionSpan, Treatment
from auditor.reading.forms.part_labels import PartLabel
from auditor.reading.forms.travel_cards import Card, find_card
from auditor.reading.plain.dates import WrittenDate, find_dates
from auditor.reading.plain.lines import Span, lines_of, may_be_a_row
from auditor.reading.plain.text import NoteText, make_plain
from auditor.reading.vocabulary import Entry
from auditor.records import Evidence

KEY = "auditor"
_LABEL = re.compile(r"[\s*#>\[(-]*[A-Za-z][A-Za-z/& ]{0,28}(?:\*\*)?[:)\]](?:\*\*)?\s+(?=\S)")
LOOSE = frozenset(("", "header", "other"))
"""Sections that tell nothing of what kind of statement stands in them: there the words decide."""


_NONE: list["Concept"] = []
"""Nothing found; nobody adds to it."""


@dataclass(slots=True, eq=False)
class Concept:
    """One phrase, level or place found in the note, with offsets into the plain text."""

    start: int
    end: int
    entry: Entry
    regions: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()
    """ConText categories that hold for it: NEGATED, HISTORICAL, HYPOTHETICAL, PLANNED, OTHER_PERSON."""
    modifiers: tuple["Concept", ...] = ()
    """The modifiers whose scope it stands in: what ``marks`` come from."""
    kind: str = ""
    family: str = field(init=False)
    """Family of the vocabulary entry."""

    def __post_init__(self) -> None:
        self.family = self.entry.family

    @property
    def asserted(self) -> bool:
        """Whether it is said of this patient today, and not denied."""
        return not self.marks

    @property
    def negated(self) -> bool:
        """Whether it is denied."""
        return "NEGATED" in self.marks


@dataclass(frozen=True, slots=True)
class Refined:
    """What a model answered where the rules left a question open."""

    answer: str
    model: str
    probability: float


@dataclass(slots=True, eq=False)
class Sentence:
    """A sentence, line or bullet, with the concepts in it in order."""

    start: int
    end: int
    text: str
    section: str = ""
    zone: str = ""
    """What kind of statement it is: S, O, A, T (treatment), P, G (goals), H (history), I (imaging), X (signature, page
    header) or empty where nothing tells."""
    concepts: list[Concept] = field(default_factory=list)
    line: int = 0
    numbers: bool = True
    """Whether a number stands in it, in digits or words: without one most grammars need not look."""
    by_family: dict[str, list[Concept]] = field(default_factory=dict)
    """The concepts again, by their family; filled together with ``concepts``."""
    lowered: str = field(init=False)
    """The text in small letters: expressions over it need not ignore case, which costs several times the time."""

    def __post_init__(self) -> None:
        self.lowered = self.text.lower()

    def of(self, family: str) -> list[Concept]:
        """The concepts of a family, in order."""
        return self.by_family.get(family, _NONE)

    def has(self, family: str, kind: str = "") -> bool:
        """Whether a concept of that family (and kind) stands in it."""
        found = self.by_family.get(family)
        return found is not None and (not kind or any(concept.entry.kind == kind for concept in found))


@dataclass(slots=True, eq=False)
class Reading:
    """Everything read so far in one note."""

    text: NoteText
    sentences: list[Sentence] = field(default_factory=list)
    sections: tuple[SectionSpan, ...] = ()
    concepts: list[Concept] = field(default_factory=list)
    found: dict[str, Any] = field(default_factory=dict)
    """What each family component found, by the name of the field of Facts."""
    done: set[str] = field(default_factory=set)
    """Names of the components that have read it."""
    token_starts: list[int] = field(default_factory=list)
    refined: dict[int, Refined] = field(default_factory=dict)
    """Zones that a model gave, by the start of the sentence."""
    refined_roles: dict[int, Refined] = field(default_factory=dict)
    """Roles that a model gave, by where the mention begins in the note as given."""
    maybe_treated: list[tuple[Sentence, Refined]] = field(default_factory=list)
    """Lists of levels that may be the treatment, as far as a model tells."""
    roles: dict[int, Role] = field(default_factory=dict)
    """Role of each place, by the identity of its concept."""
    pain: list[PartFinding] = field(default_factory=list)
    """Pain that ratings document."""
    table_treated: list[Treatment] = field(default_factory=list)
    table_rows: set[int] = field(default_factory=set)
    table_goals: list[Evidence] = field(default_factory=list)
    """Targets in tables of values: goals that can be measured."""
    part_labels: list[PartLabel] = field(default_factory=list)
    rated_before: dict[str | None, float] = field(default_factory=dict)
    """Ratings of another day, by region, that stood before today's."""
    """Labels that say a criterion of PART for what stands behind them."""
    signature_spans: list[tuple[int, int]] = field(default_factory=list)
    """Spans of signature lines."""
    is_plain: bool = False
    """Whether the Doc was made from the plain text itself."""
    _lowered: str | None = None
    _card: Card | bool | None = False
    _lines: list[Span] | None = None
    _rows: set[int] | None = None
    value_headings: dict[int, Any] | None = None
    """Columns of tables of values, by the start of their heading; filled by ``value_tables.headings_of``."""
    _starts: list[int] = field(default_factory=list)
    _dates: list[WrittenDate] | None = None
    _places: list[Concept] | None = None
    _place_starts: list[int] = field(default_factory=list)
    _date_starts: list[int] = field(default_factory=list)

    @property
    def plain(self) -> str:
        """The text that offsets of concepts and sentences refer to."""
        return self.text.plain

    @property
    def lowered(self) -> str:
        """The plain text in small letters, with the same offsets: expressions over it need not ignore case."""
        if self._lowered is None:
            self._lowered = self.plain.lower()
        return self._lowered

    @property
    def card(self) -> Card | None:
        """The travel card that the note is or holds, found once."""
        if isinstance(self._card, bool):
            self._card = find_card(self.plain, self.lines)
        return self._card

    @property
    def lines(self) -> list[Span]:
        """Spans of the lines that are not blank, found once."""
        if self._lines is None:
            self._lines = lines_of(self.plain)
        return self._lines

    @property
    def rows(self) -> set[int]:
        """Starts of the lines that may be rows of a table."""
        if self._rows is None:
            self._rows = {line[0] for line in self.lines if may_be_a_row(self.plain, line)}
        return self._rows

    @property
    def dates(self) -> list[WrittenDate]:
        """All dates of the note, found once."""
        if self._dates is None:
            self._dates = list(find_dates(self.plain))
            self._date_starts = [written.start for written in self._dates]
        return self._dates

    def places_in(self, start: int, end: int) -> list[Concept]:
        """The places of the body that begin between two offsets."""
        if self._places is None:
            self._places = [concept for concept in self.concepts if concept.entry.family == "place"]
            self._place_starts = [place.start for place in self._places]
        return self._places[bisect_left(self._place_starts, start) : bisect_left(self._place_starts, end)]

    def dates_in(self, start: int, end: int) -> list[WrittenDate]:
        """The dates between two offsets."""
        if not self.dates:
            return []
        first = bisect_left(self._date_starts, start)
        last = bisect_left(self._date_starts, end)
        return [date for date in self.dates[first:last] if date.end <= end]

    def sentences_in(self, start: int, end: int) -> list[Sentence]:
        """The sentences that begin between two offsets."""
        if not self._starts:
            self._starts = [sentence.start for sentence in self.sentences]
        return self.sentences[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def sentence_at(self, place: int) -> Sentence | None:
        """The sentence that holds an offset."""
        if not self._starts:
            self._starts = [sentence.start for sentence in self.sentences]
        position = bisect_right(self._starts, place) - 1
        return self.sentences[position] if position >= 0 else None

    def section_at(self, place: int) -> str | None:
        """The name of the section that holds an offset."""
        for section in self.sections:
            if section.start <= place < section.end:
                return section.name
        return None

    def evidence(self, start: int, end: int) -> Evidence:
        """Evidence for a span of the plain text, in offsets and characters of the note as given."""
        first, last = self.text.original(start, end)
        return _trusted(start=first, end=last, text=self.text.raw[first:last], section=self.section_at(start))

    def whole(self, sentence: Sentence) -> Evidence:
        """Evidence for a whole sentence without the blanks around it."""
        start = sentence.start
        label = _LABEL.match(self.plain, start, sentence.end)
        if label and (
            len(label.group().strip(" *#:)]>")) == 1 or any(start <= s.start < label.end() for s in self.sections)
        ):
            start = label.end()
        return self.evidence(*trimmed(self.plain, start, sentence.end))

    def in_zone(self, *zones: str) -> Iterator[Sentence]:
        """The sentences of some zones."""
        return (sentence for sentence in self.sentences if sentence.zone in zones)

    def facts(self) -> Facts:
        """The facts that the components found."""
        return Facts(**{"sections": self.sections, **self.found})


_EVIDENCE_FIELDS = set(Evidence.model_fields)
"""One set for all: evidence is never changed, so neither is what it says of its fields."""


def _trusted(**values: object) -> Evidence:
    """Evidence of values that are right by construction. ``model_construct`` does the same in four times the time, and a
    note has dozens of them.
    """
    evidence = object.__new__(Evidence)
    object.__setattr__(evidence, "__dict__", values)
    object.__setattr__(evidence, "__pydantic_fields_set__", _EVIDENCE_FIELDS)
    object.__setattr__(evidence, "__pydantic_extra__", None)
    object.__setattr__(evidence, "__pydantic_private__", None)
    return evidence


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the blanks and bullets at its ends."""
    while start < end and text[start] in " \t\n*-•|#>":
        start += 1
    while end > start and text[end - 1] in " \t\n|*":
        end -= 1
    return start, end


def reading_of(doc: Any) -> Reading:  # noqa: ANN401 - a spaCy Doc
    """The reading that a Doc carries; started from its text where none is there yet."""
    reading = doc.user_data.get(KEY)
    if reading is None:
        reading = doc.user_data[KEY] = Reading(make_plain(doc.text))
    return reading  # type: ignore[no-any-return]
