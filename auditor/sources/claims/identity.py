"""Whether a note and a claim name the same patient and provider."""

import re
from collections.abc import Sequence

_NPI = re.compile(r"(?<![0-9])[0-9]{10}(?![0-9])")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CREDENTIALS = frozenset(
    {
        "dc",
        "md",
        "do",
        "pt",
        "dpt",
        "phd",
        "np",
        "pa",
        "rn",
        "lac",
        "lmt",
        "dr",
        "doctor",
        "jr",
        "sr",
        "ii",
        "iii",
        "iv",
    }
    | {"ccsp", "dacbsp", "dabco", "dacnb", "ccep", "ms", "mr", "mrs", "facc", "fics", "dipl", "cert", "mdt"}
)
_FIRM = frozenset(
    {
        "inc",
        "llc",
        "llp",
        "pllc",
        "pc",
        "ltd",
        "corp",
        "clinic",
        "center",
        "centre",
        "group",
        "associates",
        "chiropractic",
    }
    | {"health", "healthcare", "wellness", "rehab", "rehabilitation", "physicians", "practice", "partners", "services"}
)


def patient_key(name: str) -> str:
    """A patient's identifier such that two ways to write it are equal: ``Roe,Jane`` is ``ROE, JANE``."""
    return re.sub(r"\s*,\s*", ", ", " ".join(name.split())).upper()


def is_name(key: str) -> bool:
    """Whether a patient's identifier is a name, ``LAST, FIRST``; ids have no comma."""
    return ", " in key


def one_patient(known: Sequence[Sequence[str]], key: str) -> bool:
    """Whether claims found under the identifier ``key`` are of one patient; ``known`` is what each calls the patient.

    Where both have a name it must be the same. Found by the name alone, they must share another identifier too, or have
    none: two patients may share a name.
    """
    keys = [{patient_key(name) for name in names} for names in known]
    return all(_one_patient(keys[0], other, key) for other in keys[1:])


def _one_patient(ours: set[str], theirs: set[str], key: str) -> bool:
    our_names, their_names = (set(filter(is_name, keys)) for keys in (ours, theirs))
    if our_names and their_names and not our_names & their_names:
        return False
    if not is_name(key):
        return True
    return bool((ours & theirs) - our_names) or not (ours - our_names and theirs - their_names)


def same_provider(provider: str, billed: Sequence[str]) -> bool | None:
    """Whether the provider of a note is that of a claim; None where the two cannot be compared.

    NPIs decide where both have one, else family names. A firm says nothing against a person, nor a person against it.
    """
    numbers = [name for name in billed if _NPI.fullmatch(name)]
    names = [name for name in billed if not _NPI.fullmatch(name)]
    persons = [name for name in names if is_person(name)]
    if any(_same_family(provider, name) for name in names):
        return True
    if _is_firm(provider) or (names and not persons):
        return None
    if (own := _NPI.findall(provider)) and numbers:
        return bool(set(own) & set(numbers))
    return False if _words(provider) and persons else None


def is_person(name: str) -> bool:
    """Whether a provider's name is a person's: ``LAST, FIRST`` or one with credentials, and no word of a firm in it."""
    return not _is_firm(name) and ("," in name or bool(_CREDENTIALS.intersection(_WORD.findall(_plain(name)))))


def _is_firm(name: str) -> bool:
    return bool(_FIRM.intersection(_WORD.findall(_plain(name))))


def _same_family(one: str, other: str) -> bool:
    """Whether two names have the same family name, which stands before the comma, else at the end."""
    ours, theirs = _family(one), _family(other)
    if ours and theirs:
        return ours == theirs
    family, words = (ours, _words(other)) if ours else (theirs, _words(one))
    if family:
        return words[-len(family) :] == family
    return bool(words) and words[-1:] == _words(other)[-1:]


def _family(name: str) -> list[str]:
    """The words before the comma; none where no first name follows it."""
    before, _, after = name.partition(",")
    return _words(before) if _words(after) else []


def _words(name: str) -> list[str]:
    """The words of a name in lower case, without credentials; ``D.C.`` is one of these."""
    return [word for word in _WORD.findall(_plain(name)) if word not in _CREDENTIALS]


def _plain(name: str) -> str:
    """The name in lower case, ``D.C.`` as one word."""
    return re.sub(r"\b([^\W\d_])\.(?=[^\W\d_]\b)", r"\1", name.lower())
