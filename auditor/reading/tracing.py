"""A reading that remembers which grammar asked for each piece of evidence, so that it can be explained.

Everything else that explains a reading stands in it anyway. A traced reading gives the same facts as a silent one.
"""

import sys
from dataclasses import dataclass, field
from inspect import getdoc
from types import FrameType

from auditor.reading.document import Reading
from auditor.records import Evidence

_PACKAGE = "auditor.reading."
_SHARED = frozenset((f"{_PACKAGE}document", f"{_PACKAGE}tracing"))
_HELPERS = ("<", "_evidence")
"""Comprehensions, and what only cuts the evidence out for a grammar."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """A function of a grammar: its name in this room, and the first sentence of what it says of itself."""

    name: str
    says: str


@dataclass(slots=True, eq=False)
class TracedReading(Reading):
    """A reading that remembers which grammar asked for each piece of evidence."""

    grammars: dict[int, tuple[Evidence, Grammar]] = field(default_factory=dict)
    """The evidence itself, which keeps its identity taken, and the grammar that asked for it."""

    def evidence(self, start: int, end: int) -> Evidence:
        """Evidence for a span of the plain text; its asker is noted."""
        found = Reading.evidence(self, start, end)
        self.grammars[id(found)] = found, _asker(sys._getframe(1))
        return found


def _asker(frame: FrameType | None) -> Grammar:
    """The nearest documented function of a grammar on the way to a piece of evidence."""
    innermost = None
    while frame is not None:
        module, name = frame.f_globals.get("__name__", ""), frame.f_code.co_qualname
        if not module.startswith(_PACKAGE):
            break
        if module not in _SHARED and not frame.f_code.co_name.startswith(_HELPERS):
            label = f"{module.removeprefix(_PACKAGE)}.{name}"
            innermost = innermost or label
            says = _says(frame.f_globals, name)
            if says:
                return Grammar(innermost, says)
        frame = frame.f_back
    return Grammar(innermost or "", "")


def _says(names: dict[str, object], qualified: str) -> str:
    """The first sentence of a function's docstring."""
    first, *rest = qualified.split(".")
    found = names.get(first)
    for name in rest:
        found = getattr(found, name, None)
    return (getdoc(found) or "").split("\n\n", 1)[0].replace("\n", " ") if found is not None else ""
