"""Marks of a signature in a line: electronic, handwritten as rendered in text, attested, ``/s/``, initials."""

import re
from dataclasses import dataclass, field

CREDENTIAL = r"(?:D\.?\s?C\.?|M\.?D\.?|D\.?O\.?|P\.?T\.?|D\.?P\.?T\.?|N\.?P\.?|P\.?A\.?(?:-C)?|L\.?Ac\.?|N\.?D\.?|F\.?N\.?P\.?(?:-C)?|A\.?P\.?R\.?N\.?|DACBR|CCSP|CCEP|DABCO|MChiro|M\.?Chiro(?:practic)?|B\.?App\.?Sc\.?(?:\s?\(Chiro\w*\))?|BSc|B\.?Chiro\w*|(?i:Chiropractor)|(?i:Chiropractic Physician)|Doctor of Chiropractic|Osteopath|Physiotherapist|PhD|R\.?M\.?T\.?|B\.?Sc\.?\s?\(Chiro\w*\)|GCC \d+)"
NAME = r"(?:(?:Dr|DR|Doctor|Prof)\.?\s+)?[A-Z0][A-Za-z01À-ÿ\u0300-\u036f'’.-]*(?:[ \t]{1,2}(?!(?:DC|MD|DO|PT|DPT|D\.C|NP|PA)\b)(?:[A-Z][A-Za-zÀ-ÿ\u0300-\u036f'’.-]*|van|von|de|der|la|del|di|O')){1,4}"
_ELECTRONIC = re.compile(
    r"(?:\b(?:electronic(?:ally)?|digital(?:ly)?|e)\s?[-–]?\s?(?:signed|signature|sig|authenticated|verified|approved|sealed|attested|co-?signed)\b(?!\s+(?:on file|policy|pending))|\bsigned\s*[:,]?\s*(?:electronically|digitally)\b|\be-?sign(?:ed|ature)?\b|\besigned\b|\b(?:authenticated|finali[sz]ed|verified|approved|released|accepted|validated|locked|completed and signed|signed and (?:locked|sealed|finali[sz]ed)|signed off|reviewed and signed|signed & locked|authenticated electronically|sealed|attested|certified)\s+(?:electronically\s+)?by\b|\b(?:attested|authenticated|approved|verified|released|finali[sz]ed) electronically\b|\bchart (?:locked|closed) (?:and signed )?by\b|\bsigned in (?:[A-Za-z]+ ){0,3}(?:ehr|emr|system)\b|\bsigned/?locked\b|\bsigned via\b)",
    re.IGNORECASE,
)
_HANDWRITTEN = re.compile(
    r"(?:\[\s?(?:hand-?written\s+)?(?:signature|signed|sgd|sig|wet signature|ink signature|handwritten|cursive|pen signature)[^\]\n]{0,40}\]|\(\s?(?:signed|sgd|signature|handwritten signature)\s?\)|\bsgd\.?(?=[\s:])|\bhand-?signed\b|\bsigned in (?:ink|pen|my own hand|my hand)\b|\bsigned(?:\s+by)?\s*[:,-]?(?=\s*(?-i:Dr|DR|[A-Z]))|\bhandwritten signature\b|\bsigned by hand\b|\bsignature\s*:\s*(?-i:(?=[A-Z])))",
    re.IGNORECASE,
)
_ATTEST = re.compile(
    r"\b(?:I (?:hereby )?(?:attest|certify|affirm|confirm)\b|attestation\b|my signature (?:attests|confirms|below))",
    re.IGNORECASE,
)
INITIALS = re.compile(
    r"(?:\[?\s?(?:hand-?written\s+)?(?:dr\.?\s+|provider\s+|doctor'?s?\s+)?(?:initials?|initialed|initialled|init\.?)\b\)?\s*(?:by)?\s*[:.]?\s*\|?\s*(?:\[[^\]\n]{0,24}\])?\s*[\"'(]?(?-i:(?P<who>[A-Z]\.?\s?[A-Z]\.?(?:\s?[A-Z]\.?)?|[a-z]{2,3}(?=\s*$)))?(?=[\]\s\"').,/]|$)[\"')]?\]?|\[(?-i:(?P<who2>[A-Z]{2,3}|(?!SI-|PI-|AS-|IL-|PA-|AP-[LR]\b|X-|[CTL]-[TLS]\])[A-Z]{1,2}-[A-Z]{1,2}))\])",
    re.IGNORECASE,
)
SLASH_S = re.compile(r"(?<![A-Za-z0-9])/s/+|(?<![A-Za-z0-9])//s//|(?<![A-Za-z])s/\s(?=[A-Z])", re.IGNORECASE)
_SHORTEST_DICTATED = 30
"""Characters of a line in small letters from which on it is taken for dictation; shorter ones are scribbles ("dp")."""


_MARKS = {
    "electronic": (
        _ELECTRONIC,
        re.compile(r"sig|electronic|authent|finali|verif|approv|releas|accept|valid|lock|seal|attest|certif|closed"),
    ),
    "handwritten": (_HANDWRITTEN, re.compile(r"sig|sgd|handwrit|hand-writ|cursive")),
    "slash_s": (SLASH_S, re.compile(r"s/")),
    "attestation": (_ATTEST, re.compile(r"attest|certify|affirm|confirm|my signature")),
}
"""Each kind of mark, and what stands in every line (in small letters) that holds one."""


@dataclass(slots=True)
class Line:
    """A line of the note, and the marks found in it."""

    start: int
    end: int
    text: str
    _found: dict[str, re.Match[str] | None] = field(default_factory=dict)

    def found(self, kind: str) -> re.Match[str] | None:
        """The mark of one kind of signature in the line, searched for once."""
        if kind not in self._found:
            pattern, cue = _MARKS[kind]
            self._found[kind] = pattern.search(self.text) if cue.search(self.text.lower()) else None
        return self._found[kind]

    def marks(self) -> list[re.Match[str]]:
        """The marks of electronic and handwritten signatures and of ``/s/``."""
        kinds = ("electronic", "handwritten", "slash_s")
        return [match for kind in kinds if (match := self.found(kind)) is not None]


def lines_of_text(text: str) -> list[Line]:
    """The lines of a note that are not blank."""
    lines, start = [], 0
    for piece in text.split("\n"):
        # A dictation has no capitals, by which a name is told from other words.
        words = piece.title() if piece.islower() and len(piece) > _SHORTEST_DICTATED else piece
        lines.append(Line(start, start + len(piece), words))
        start += len(piece) + 1
    return [line for line in lines if line.text.strip()]
