"""What the index keeps of a note: its hashes. Provider and patient are hashed with the salt of the file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from auditor.facts import NotePrint
from auditor.near_duplicates.minhash import FEWEST_WORDS, keys_of, words_of
from auditor.near_duplicates.packed_words import NUMBERS, pack

UNDATED = 0
"""Day of a note without date: before all others."""
_LOW = 2**48 - 1
_HIGH = 2**64 - 1 - _LOW


@dataclass(frozen=True, slots=True)
class SeenNote:
    """A note to be kept or looked for. Without provider or patient nothing can be told of it."""

    encounter_id: str
    provider: str | None
    """Name or number; case, blanks and punctuation do not matter, in ``patient`` neither."""
    patient: str | None
    date_of_service: date | None
    print: NotePrint


@dataclass(frozen=True, slots=True)
class HashedNote:
    """A note by its hashes."""

    encounter_id: str
    identity: int
    """Of encounter id, provider, patient and print."""
    provider: int
    patient: int
    """32 bits, for it stands in every bucket."""
    day: int
    words: bytes
    """Packed, of what must change; its numbers stand behind, from ``NUMBERS`` on."""
    buckets: tuple[int, ...]
    """The 12 keys and the hash of all words, each for this provider only."""


def hashed(notes: Iterable[SeenNote], salt: bytes) -> list[HashedNote]:
    """The notes that can be searched: with provider, patient and at least 18 words of what must change."""
    named = ((note, _plain(note.provider), _plain(note.patient), words_of(note.print)) for note in notes)
    telling = [one for one in named if one[1] and one[2] and len(one[3]) >= FEWEST_WORDS]
    rows = keys_of([words for *_, words in telling]).tolist()
    return [_hashed(*one, keys, salt) for one, keys in zip(telling, rows, strict=True)]


def _hashed(note: SeenNote, provider: str, patient: str, words: list[int], keys: list[int], salt: bytes) -> HashedNote:
    packed = pack([*words, *(NUMBERS - item for item in note.print.must if item < 0)])
    of_provider = _number(b"provider", provider, salt)
    told = repr((note.encounter_id, provider, patient, note.print.must, note.print.stay))
    return HashedNote(
        encounter_id=note.encounter_id,
        identity=signed(_number(b"note", told, salt)),
        provider=signed(of_provider),
        patient=_number(b"patient", patient, salt) >> 32,
        day=note.date_of_service.toordinal() if note.date_of_service else UNDATED,
        words=packed,
        buckets=tuple(_bucket(of_provider, key) for key in (*keys, _number(b"words", pack(words), salt))),
    )


def _plain(name: str | None) -> str:
    return "".join(filter(str.isalnum, (name or "").casefold()))


def _number(kind: bytes, value: str | bytes, salt: bytes) -> int:
    told = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
    return int.from_bytes(blake2b(told, digest_size=8, key=salt, person=kind).digest(), "big")


def _bucket(of_provider: int, key: int) -> int:
    """A provider's buckets begin with the same 16 bits: they stand side by side in the file, few pages for a clinic."""
    return signed((of_provider & _HIGH) | ((of_provider ^ key) & _LOW))


def signed(number: int) -> int:
    """A number of 64 bits as SQLite keeps it."""
    return number - 2**64 if number >= 2**63 else number
