"""All vocabulary of all families found in one pass."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from auditor.reading.document import Concept
from auditor.reading.vocabulary import Entry, entries, load

_CASED = frozenset(
    [
        "US",
        "ART",
        "MET",
        "IST",
        "LB",
        "SD",
        "UT",
        "UTS",
        "MB",
        "UB",
        "FS",
        "SC",
        "EMS",
        "TENS",
        "LLI",
        "LLD",
        "PT",
        "ER",
        "OK",
        "AC",
        "GH",
        "NP",
        "FU",
        "NV",
        "CT",
        "FH",
        "NEW",
        "ES",
        "SIS",
        "FRI",
    ]
)
"""Abbreviations that are words of another meaning in small letters: they count only in capitals."""

_LAYER = {
    "place": "place",
    "finding": "finding",
    "subluxation": "finding",
    "normal": "normal",
    "act": "act",
    "bare": "bare",
    "pointer": "pointer",
    "shows": "shows",
    "image": "image",
}


class PhraseIndex:
    """One PhraseMatcher over the phrases of every family, and over the context modifiers."""

    def __init__(self, nlp: Any) -> None:  # noqa: ANN401 - spacy.Language
        from spacy.matcher import PhraseMatcher

        meanings: dict[str, list[Entry]] = defaultdict(list)
        for entry in (*entries(), *context_entries()):
            for words in entry.words:
                meanings[words.lower()].append(entry)
        self._matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._meanings: dict[int, list[tuple[Entry, str]]] = {}
        self._cased: set[int] = set()
        for words, found in meanings.items():
            self._matcher.add(words, [nlp.make_doc(words)])
            key = nlp.vocab.strings[words]
            self._meanings[key] = [(entry, _LAYER.get(entry.family, entry.family + entry.kind)) for entry in found]
            if words.upper() in _CASED:
                self._cased.add(key)

    def find(self, doc: Any, text: str) -> list[Concept]:  # noqa: ANN401 - a spaCy Doc
        """The concepts of a Doc, longest first within a family, in order of the text."""
        matches = self._matcher(doc)
        if not matches:
            return []
        starts, lengths = doc.to_array("IDX").tolist(), doc.to_array("LENGTH").tolist()
        matches.sort(key=_by_place)
        reached: dict[str, int] = {}
        concepts = []
        for key, first, last in matches:
            begin = starts[first]
            end = starts[last - 1] + lengths[last - 1]
            if key in self._cased and not text[begin:end].removesuffix("s").isupper():
                continue
            if (
                first
                and starts[first - 1] + lengths[first - 1] == begin
                and text[begin - 1].isalpha()
                and text[begin].isalpha()
            ):
                continue  # the tail of a word that the tokenizer split: "hasnt" holds no "nt" (nontender)
            for entry, layer in self._meanings[key]:
                if first >= reached.get(layer, -1):
                    concepts.append(Concept(begin, end, entry, entry.regions, entry.levels, kind=entry.kind))
                    reached[layer] = last
        return concepts


def _by_place(match: tuple[int, int, int]) -> tuple[int, int]:
    return match[1], -match[2]


def context_entries() -> Iterable[Entry]:
    """The context modifiers as vocabulary entries: ``kind`` is the direction, ``criterion`` the category."""
    for row in load("context")["rule"]:
        yield Entry(
            family="context",
            kind=row["direction"],
            criterion=row["category"],
            words=tuple(row["words"]),
            example=row["example"],
            source=str(row.get("max_scope", "")),
        )
