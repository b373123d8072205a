"""What every component of the pipeline does: prepare what it needs, read once, show its spans where they are wanted."""

from abc import ABC, abstractmethod
from typing import Any

from auditor.reading.document import Reading, reading_of
from auditor.records import Evidence

Doc = Any
"""A spaCy Doc; spaCy is imported only when a pipeline is built."""


class Component(ABC):
    """A step of the pipeline. ``name`` is its name in spaCy's registry and of its span group."""

    name = ""
    needs: tuple[type["Component"], ...] = ()

    def __init__(self, nlp: Any, *, spans: bool = True) -> None:  # noqa: ANN401 - spacy.Language
        self.nlp, self.spans = nlp, spans

    def __call__(self, doc: Doc) -> Doc:
        """Read the Doc and return it."""
        reading = reading_of(doc)
        self._prepare(doc, reading)
        if self.name not in reading.done:
            self.read(doc, reading)
            reading.done.add(self.name)
        if self.spans:
            self._show(doc, reading)
        return doc

    @abstractmethod
    def read(self, doc: Doc, reading: Reading) -> None:
        """Add this component's findings to the reading."""

    def shown(self, reading: Reading) -> list[tuple[int, int, str]]:
        """What goes into ``doc.spans``: (start, end, label) in the plain text."""
        return []

    def facts(self, reading: Reading) -> list[tuple[Evidence, str]]:
        """Facts that go into ``doc.spans``: their evidence, and a label."""
        return []

    def _prepare(self, doc: Doc, reading: Reading) -> None:
        for needed in self.needs:
            if needed.name not in reading.done:
                needed(self.nlp, spans=False)(doc)

    def _show(self, doc: Doc, reading: Reading) -> None:
        spans = []
        for start, end, label in self.shown(reading):
            spans.append(doc.char_span(*reading.text.original(start, end), label=label, alignment_mode="expand"))
        for evidence, label in self.facts(reading):
            spans.append(doc.char_span(evidence.start, evidence.end, label=label, alignment_mode="expand"))
        doc.spans[self.name] = [span for span in spans if span is not None]
