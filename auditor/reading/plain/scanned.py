"""What a scanner mistook in words: ``lNITIAL EXAMINATI0N``, ``Spasrn``, ``tirnes``. Digits are mended in ``text``."""

import re
from collections.abc import Iterator
from functools import cache

from auditor.reading.vocabulary import entries, load

_CAPITALS = re.compile(r"(?<![\w.-])(?=[A-Z0l]*[0l])(?=[0l]?[A-Z][A-Z0l]*[A-Z])[A-Z0l]{4,}(?![\w-])")
_BESIDE_A_CAPITAL = re.compile(r"[0l](?:[A-Z]|(?<=[A-Z].))")
_AS_CAPITALS = str.maketrans("0l", "OI")
_FEWEST_CAPITALS = 3
_PIECES = re.compile(r"(?<![A-Za-z\d])(?P<first>[A-Za-z][a-z]*)[ ]{1,2}(?=(?P<second>[a-z]+)(?![A-Za-z\d]))")
_FEWEST_SPLIT = 3
_SHORTEST_SPLIT = 2
_WITH_DIGITS = re.compile(
    r"(?<![A-Za-z\d/.-])(?=[A-Za-z10I]*[10I])(?=[A-Za-z10I]*[a-z][A-Za-z10I]*[a-z])[A-Za-z10I]{4,}(?![\d/-])"
)
_BESIDE_A_SMALL_LETTER = re.compile(r"[10I](?:(?<=[a-z][10I])(?![0-9])|(?<!I)[a-z]{2})")
_AS_SMALL_LETTERS = str.maketrans("10I", "lol")
_FIRST_LETTER = re.compile(
    r"0(?<!\w0)(?=[a-z]{3,})|l(?<!\wl)(?=(?:nitial|mprov|mpression|nterferential|ndex|ce|liac|lium)\b)"
)
_WITH_RN = re.compile(r"[A-Za-z]*rn[A-Za-z]*")


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


def split_words(text: str) -> set[int]:
    """The blanks that a scanner set inside words: "rest ricted", "ten der"; none where a note has only one or two such pairs.

    Two pieces are one word where that word is one of a note, and one of the pieces is none.
    """
    blanks = [
        (match.end("first"), match.start("second"))
        for match in _PIECES.finditer(text)
        if _are_one_word(match["first"].lower(), match["second"].lower())
    ]
    return {place for start, end in blanks for place in range(start, end)} if len(blanks) >= _FEWEST_SPLIT else set()


def _are_one_word(first: str, second: str) -> bool:
    words = _words()
    if len(first) + len(second) <= _SHORTEST_SPLIT or f"{first}{second}" not in words:
        return False
    return not all(piece in words or piece in _listed("short") for piece in (first, second))


def mended_small_letters(text: str) -> str:
    """A text of the same length with the digits in words of small letters as the letters that they were: "Musc1e", "1eft"."""
    return _WITH_DIGITS.sub(_as_letters, text) if _BESIDE_A_SMALL_LETTER.search(text) else text


def _as_letters(match: re.Match[str]) -> str:
    word = match.group()
    letters = word.translate(_AS_SMALL_LETTERS)
    return letters if letters.lower() in _words() else word


def _split_letters(text: str) -> Iterator[tuple[int, bool]]:
    """Each place of such an r, and whether its word begins there: then the word's first place is kept, else its last."""
    for match in _WITH_RN.finditer(text):
        word = match.group().lower()
        if word not in _listed("real") and word not in _words() and word.replace("rn", "m") in _words():
            yield from ((match.start() + place.start(), place.start() == 0) for place in re.finditer("rn", word))


@cache
def _words() -> frozenset[str]:
    """Every word of the vocabulary and of its headers, and those listed beside them."""
    phrases = [words for entry in entries() for words in entry.words]
    headers = [header for row in load("sections").values() for header in row["headers"]]
    return frozenset([*_listed("plain"), *(word for phrase in (*phrases, *headers) for word in phrase.lower().split())])


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load("scanned")[name].split())
