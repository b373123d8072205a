"""medspaCy's tokenizer and rule class, imported without medspaCy's side effects.

``import medspacy`` pulls in QuickUMLS (and with it nltk, scikit-learn and GPL code) which nothing here uses, and silences
every warning of the process. Both are kept out here, in the one place that imports medspaCy.
"""

import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

_UNUSED = ("quickumls", "quickumls.spacy_component")


@contextmanager
def _without_quickumls() -> Iterator[None]:
    stubs = [name for name in _UNUSED if name not in sys.modules]
    for name in stubs:
        sys.modules[name] = ModuleType(name)
    if stubs:
        sys.modules["quickumls"].spacy_component = sys.modules["quickumls.spacy_component"]  # type: ignore[attr-defined]
    try:
        yield
    finally:
        for name in stubs:
            sys.modules.pop(name, None)


def import_medspacy() -> Any:  # noqa: ANN401 - an untyped module
    """The medspacy module, imported once, with warning filters as they were and without QuickUMLS."""
    with warnings.catch_warnings(), _without_quickumls():
        import medspacy.context
        import medspacy.custom_tokenizer
    return medspacy


def blank_pipeline() -> Any:  # noqa: ANN401 - spacy.Language
    """An empty English pipeline with medspaCy's tokenizer, which splits at every punctuation mark but the full stop."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import spacy

        nlp = spacy.blank("en")
    nlp.max_length = 20_000_000
    nlp.tokenizer = import_medspacy().custom_tokenizer.create_medspacy_tokenizer(nlp)
    # "R rhomboid TrP." and "adj L/S." end sentences: spaCy keeps a full stop behind a single capital, as of a name.
    suffixes = nlp.tokenizer.suffix_search.__self__.pattern
    nlp.tokenizer.suffix_search = re.compile(rf"{suffixes}|(?<=[a-z/-][A-Z])\.$").search
    return nlp


def context_rules(rows: list[dict[str, Any]]) -> list[Any]:
    """MedspaCy ``ConTextRule`` objects of the rows of ``context.toml``: one rule for each phrase."""
    rule_class = import_medspacy().context.ConTextRule
    return [
        rule_class(words, row["category"], direction=row["direction"].upper(), max_scope=row.get("max_scope"))
        for row in rows
        for words in row["words"]
    ]


class CachedWords:
    """Tokenises every new word once by itself, so that spaCy has it cached.

    spaCy stops caching the words of a text behind its first special case ("Dr.", "don't"); then nearly every word of a note
    is split anew, note after note. The tokens are the same either way; tokenising takes a quarter of the time.
    """

    _MOST = 100_000
    _LONGEST = 16

    def __init__(self, nlp: Any) -> None:  # noqa: ANN401 - spacy.Language
        self._tokenizer = nlp.tokenizer
        self._seen: set[str] = set()

    def prepare(self, text: str) -> None:
        """Have the words of a text cached; long ones seldom come again."""
        new = set(text.split()) - self._seen
        if not new or len(self._seen) > self._MOST:
            return
        for word in new:
            if len(word) <= self._LONGEST:
                self._tokenizer(word)
        self._seen |= new
