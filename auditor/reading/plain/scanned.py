"""What a scanner mistook in words: ``lNITIAL EXAMINATI0N``, ``Spasrn``, ``tirnes``. Digits are mended in ``text``."""

import re
from collections.abc import Iterator
from functools import cache

from auditor.reading.vocabulary import entries, load

_CAPITALS = re.compile(r"(?<![\w.-])(?=[A-Z0l]*[0l])(?=[0l]?[A-Z][A-Z0l]*[A-Z])[A-Z0l]{4,}(?![\w-])")
_BESIDE_A_CAPITAL = re.compile(r"[0l](?:[A-Z]|(?<=[A-Z].))")
_AS_CAPITALS = str.maketrans("0l", "OI")
_FEWEST_CAPITALS = 3
_FIRST_LETTER = re.compile(
    r"0(?<!\w0)(?=[a-z]{3,})|l(?<!\wl)(?=(?:nitial|mprov|mpression|nterferential|ndex|ce|liac|lium)\b)"
)
_WITH_RN = re.compile(r"[A-Za-z]*rn[A-Za-z]*")
_PLAIN_WORDS = [
    "from",
    "time",
    "times",
    "sometimes",
    "minute",
    "minutes",
    "month",
    "months",
    "movement",
    "movements",
    "some",
    "more",
    "most",
    "home",
    "same",
    "arm",
    "arms",
    "them",
    "him",
    "may",
    "morning",
    "symptom",
    "symptoms",
    "improve",
    "improved",
    "improving",
    "improvement",
    "tomorrow",
    "number",
    "him",
    "summer",
    "mr",
    "mrs",
    "ms",
    "my",
    "me",
    "many",
    "much",
    "normal",
    "normally",
    "moderate",
    "moderately",
    "moved",
    "moves",
    "move",
    "mobile",
    "mobility",
    "complete",
    "completed",
    "complaint",
    "complains",
    "remain",
    "remains",
    "medication",
    "medications",
    "medicine",
    "medicare",
    "member",
    "small",
    "swim",
    "climb",
    "memory",
    "bottom",
    "remote",
    "warm",
    "farm",
    "firm",
    "form",
    "forms",
    "perform",
    "performed",
    "examine",
    "examined",
    "examination",
    "problem",
    "problems",
    "limited",
    "limit",
    "limits",
    "commute",
    "computer",
    "lumbar",
    "spasm",
    "spasms",
]
_REAL = frozenset(
    [
        "burn",
        "turn",
        "morn",
        "barn",
        "torn",
        "corn",
        "born",
        "worn",
        "stern",
        "fern",
        "yarn",
        "warn",
        "horn",
        "learn",
        "earn",
        "modern",
    ]
)
"""Words of their own, though another word would come of them."""


def mended_capitals(text: str) -> str:
    """A text of the same length with the zeros and small l of capital words as the letters that they were."""
    if _BESIDE_A_CAPITAL.search(text):
        text = _CAPITALS.sub(_in_capitals, text)
    if "0" in text or "l" in text:
        text = _FIRST_LETTER.sub(lambda match: match.group().translate(_AS_CAPITALS), text)
    return text


def _in_capitals(match: re.Match[str]) -> str:
    word = match.group()
    capitals = sum(letter.isupper() for letter in word)
    return word.translate(_AS_CAPITALS) if capitals >= _FEWEST_CAPITALS else word


def joined_letters(text: str) -> tuple[str, set[int]]:
    """A text of the same length with an m where a scanner read "rn", and the places that the other half leaves empty.

    Only words that are none, and with an m are words of a note, are mended.
    """
    hidden: set[int] = set()
    if "rn" in text:
        letters = list(text)
        for place, begins in _split_letters(text):
            letters[place if begins else place + 1] = "m"
            hidden.add(place + 1 if begins else place)
        text = "".join(letters) if hidden else text
    return text, hidden


def _split_letters(text: str) -> Iterator[tuple[int, bool]]:
    """Each place of such an r, and whether its word begins there: then the word's first place is kept, else its last."""
    for match in _WITH_RN.finditer(text):
        word = match.group().lower()
        if word not in _REAL and word not in _words() and word.replace("rn", "m") in _words():
            yield from ((match.start() + place.start(), place.start() == 0) for place in re.finditer("rn", word))


@cache
def _words() -> frozenset[str]:
    """Every word of the vocabulary and of its headers, and the plain words above."""
    phrases = [words for entry in entries() for words in entry.words]
    headers = [header for row in load("sections").values() for header in row["headers"]]
    return frozenset([*_PLAIN_WORDS, *(word for phrase in (*phrases, *headers) for word in phrase.lower().split())])
