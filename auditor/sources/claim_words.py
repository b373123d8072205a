"""A claim written in words, as in a spreadsheet or on a command line: ``98941-AT 97140-59`` and ``M99.03 M54.50``."""

import re
from collections.abc import Iterable

from auditor.records import Claim, ClaimLine, EncounterError

_CODE = re.compile(r"[0-9]{5}|[A-Z][0-9]{4}|[0-9]{4}[FMTU]")
_MODIFIER = re.compile(r"[A-Z0-9]{2}")
_DIAGNOSIS = re.compile(r"[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?")
_BETWEEN = re.compile(r"[\s;,|]+")
_SHOWN = 12


class WordError(EncounterError):
    """A word that is no code. The message quotes it, which only what the user typed may be; ``fault`` does not."""

    def __init__(self, word: str, fault: str) -> None:
        """Say that ``word`` has this ``fault``."""
        super().__init__(f"{word[:_SHOWN] + '…' if len(word) > _SHOWN else word!r} {fault}")
        self.fault = fault


def claim_of(codes: Iterable[str], diagnoses: Iterable[str], *, modifiers: Iterable[str] = ()) -> Claim | None:
    """The claim that these words write, without pointers; None where there are no words.

    Args:
        codes: CPT or HCPCS codes with their modifiers, such as ``98941-AT``; several in one word stand apart by blank,
            comma or semicolon.
        diagnoses: ICD-10-CM codes, apart in the same way.
        modifiers: Modifiers for the spinal CMT lines (98940 to 98942) and for 98943.

    Raises:
        WordError: a word is no such code.
        EncounterError: a modifier has no line to stand on.
    """
    known = tuple(_diagnosis(word) for word in words(diagnoses))
    lines = with_modifiers([_line(word) for word in words(codes)], modifiers)
    return Claim(diagnoses=known, lines=tuple(lines)) if known or lines else None


def with_modifiers(lines: Iterable[ClaimLine], modifiers: Iterable[str]) -> list[ClaimLine]:
    """The lines, with the modifiers added to those of a CMT code (98940 to 98943).

    Raises:
        EncounterError: a modifier is none, or there is no CMT line that could carry it.
    """
    extra = [_modifier(word) for word in words(modifiers)]
    lines = list(lines)
    if extra and not any(_is_cmt(line) for line in lines):
        raise EncounterError("a modifier needs a CMT line (98940 to 98943) to stand on; write others as 97140-59")
    return [_with(line, extra) if _is_cmt(line) else line for line in lines]


def words(texts: Iterable[str]) -> list[str]:
    """The single words of texts that separate them by blank, comma, semicolon or bar."""
    return [word for text in texts for word in _BETWEEN.split(text.strip().upper()) if word]


def _with(line: ClaimLine, modifiers: Iterable[str]) -> ClaimLine:
    return line.model_copy(update={"modifiers": tuple(dict.fromkeys((*line.modifiers, *modifiers)))})


def _is_cmt(line: ClaimLine) -> bool:
    return line.cpt in {"98940", "98941", "98942", "98943"}


def _line(word: str) -> ClaimLine:
    code, *modifiers = word.replace(":", "-").split("-")
    if not _CODE.fullmatch(code):
        raise WordError(code, "is no CPT or HCPCS code; write five digits, or a letter and four, as in 98941")
    return ClaimLine(cpt=code, modifiers=tuple(_modifier(name) for name in modifiers if name))


def _modifier(word: str) -> str:
    if not _MODIFIER.fullmatch(word):
        raise WordError(word, "is no modifier; write two letters or digits, as in AT or 59")
    return word


def _diagnosis(word: str) -> str:
    if not _DIAGNOSIS.fullmatch(word):
        raise WordError(word, "is no ICD-10-CM code; write it as in M99.03")
    return word
