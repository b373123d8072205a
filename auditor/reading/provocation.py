"""Orthopaedic tests that reproduce spinal pain: they are P of the region they provoke (verdicts §5)."""

import re
from collections.abc import Iterator

from auditor.anatomy import SPINAL
from auditor.facts import PartFinding
from auditor.reading.document import Reading, Sentence

_TEST = re.compile(
    r"\b(?P<test>kemp'?s?|facet loading|quadrant|nachlas|ely'?s|milgram'?s?|yeoman'?s?|gaenslen'?s?|faber|patrick'?s?|fortin(?:'s)?(?: finger)?|thigh thrust|si compression|sacral thrust|spurling'?s?|jackson'?s?|cervical compression|foraminal compression|maximal? (?:foraminal )?compression|max compression|soto-?hall|schepelmann'?s?|sternal compression)\b"
    r"[^.;\n]{0,60}?(?:\b|(?=\+))(?:reproduc\w*|provok\w*|produc\w*|caus\w*|pain\w*|(?:positive|pos|\+) for|LBP|elicit\w*|brings? on|recreat\w*)\b(?P<rest>[^.;\n]{0,60})",
    re.IGNORECASE,
)
_TEST_NAMES = [
    "kemp",
    "facet loading",
    "quadrant",
    "nachlas",
    "ely",
    "milgram",
    "yeoman",
    "gaenslen",
    "faber",
    "patrick",
    "fortin",
    "thrust",
    "compression",
    "spurling",
    "jackson",
    "soto",
    "schepelmann",
]
"""A test by its name: in most notes that name none, no sentence need be looked at."""
_TEST_REGION = {
    "kemp": "lumbar", "face": "lumbar", "quad": "lumbar", "nach": "lumbar", "ely'": "lumbar", "milg": "lumbar",
    "yeom": "pelvic", "gaen": "pelvic", "fabe": "pelvic", "patr": "pelvic", "fort": "pelvic", "thig": "pelvic",
    "si c": "pelvic", "sacr": "pelvic", "spur": "cervical", "jack": "cervical", "cerv": "cervical", "fora": "cervical",
    "maxi": "cervical", "max ": "cervical", "soto": "cervical", "sche": "thoracic", "ster": "thoracic",
}  # fmt: skip
_LIMB_ONLY = re.compile(
    r"\s*(?:(?:her|his|the|their|only|right|left|bilateral|some|mild)\s+){0,3}(?:leg|arm|calf|thigh|foot|hand|hip|knee|shoulder|radicular|radiating)\b",
    re.IGNORECASE,
)
_TEST_DENIED = re.compile(
    r"\b(?:nothing|negative|neg|without|no pain|not reproduc\w*|painless|does not|did not)\b", re.IGNORECASE
)


def names_a_test(lowered: str) -> bool:
    """Whether a text in small letters names any of the tests: in most notes no sentence need be looked at."""
    return any(name in lowered for name in _TEST_NAMES)


def painful_tests(reading: Reading, sentence: Sentence) -> Iterator[PartFinding]:
    """The tests of a sentence that brought on pain, in the region that they name or else provoke."""
    for match in _TEST.finditer(reading.plain, sentence.start, sentence.end):
        if _TEST_DENIED.search(match.group()) or _LIMB_ONLY.match(reading.plain, match.start("rest")):
            continue
        places = [c for c in sentence.of("place") if match.start() <= c.start < match.end()]
        named = [region for place in places for region in place.regions if region in SPINAL]
        region = _TEST_REGION.get(match["test"][:4].lower(), "lumbar")
        yield PartFinding("P", tuple(named[:1]) or (region,), (), reading.evidence(match.start(), match.end()))
