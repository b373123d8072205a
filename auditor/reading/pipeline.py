"""Builds the pipeline and reads a note with it."""

from functools import cache
from typing import Any

from auditor.facts import Facts
from auditor.models import versions
from auditor.reading.document import KEY, Reading
from auditor.reading.plain.text import make_plain
from auditor.reading.prints import print_of
from auditor.reading.tokens import CachedWords, blank_pipeline
from auditor.records import Explanation


class Reader:
    """Reads notes: text in, facts out. Building one loads spaCy and the vocabulary (about a second); keep it.

    Args:
        models: whether models answer what the rules leave open; False: rules alone.
    """

    def __init__(self, *, models: bool = True) -> None:
        from auditor.reading.components import MODELLED, ORDER

        self.nlp = blank_pipeline()
        self._words = CachedWords(self.nlp)
        chosen = [component for component in ORDER if models or component not in MODELLED]
        self.models = versions() if models else {}
        """Versions of the models in use, by name."""
        self._components = [component(self.nlp, spans=False) for component in chosen]

    def doc(self, text: str, kind: type[Reading] = Reading) -> Any:  # noqa: ANN401 - a spaCy Doc
        """The Doc of a note after all components; its reading, of the given kind, stands in ``doc.user_data``."""
        note = make_plain(text)
        self._words.prepare(note.plain)
        doc = self.nlp.make_doc(note.plain)
        doc.user_data[KEY] = kind(note, is_plain=True)
        for component in self._components:
            component(doc)
        return doc

    def read(self, text: str, *, compared: bool = False) -> Facts:
        """The facts of one note.

        Args:
            text: the note as it came.
            compared: whether it is to be compared with other notes, and so needs its print.

        Returns:
            Facts whose evidence points into exactly that text.
        """
        return _facts(self.doc(text).user_data[KEY], compared)

    def explain(self, text: str, *, compared: bool = False) -> tuple[Facts, tuple[Explanation, ...]]:
        """The facts of one note as ``read`` gives them, and why each was read so."""
        from auditor.reading.explaining import explain
        from auditor.reading.tracing import TracedReading

        reading: TracedReading = self.doc(text, TracedReading).user_data[KEY]
        facts = _facts(reading, compared)
        return facts, explain(reading, facts)


def _facts(reading: Reading, compared: bool) -> Facts:
    if compared:
        reading.found["print"] = print_of(reading.plain, reading.sections, reading.dates)
    return reading.facts()


@cache
def reader(*, models: bool = True) -> Reader:
    """The one reader of this process with models, or the one without."""
    return Reader(models=models)
