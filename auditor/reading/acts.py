"""Which act governs which place in a sentence: "adjusted C5 and T4, ice to the low back; sacrum not adjusted"."""

import re
from dataclasses import dataclass, field

from auditor.facts import Role
from auditor.reading.document import Concept, Sentence
from auditor.reading.techniques import VISITS, adjusts, behind, stands_before, stands_behind

TREATABLE = frozenset(("level", "joint", "sided", "junction", "region", "rib", "extraspinal"))
_CLAUSE = re.compile(r";|\s--\s|(?<!(?:in|ex)cl)\.\s|(?<=\S)\s{3,}(?=\S)")
_COMMA = re.compile(r"[,|+&]|\band\b|\bwith\b|\bplus\b|\bthen\b")
_OPENS = re.compile(
    r"\s*(?:\([^)]{0,30}\))?\s*(?:\w+\s+){0,3}?(?:to|of|at|:|including|included|on|in|for|was (?:\w+ )?(?:performed|done|delivered|given|carried out|applied|directed)|were|\(|[-–=|>])(?:\s|$)",
    re.IGNORECASE,
)
_NO_BODY = re.compile(
    r"\s*(?:(?:of|to|in|for)\s+)?(?:her|his|the|their|my|your|patient's|its)?\s*(?:\w+\s+){0,2}?(?:dose|dosage|doses|medications?|meds?|tablets?|pills?|thermostat|seat|chair|desk|monitor|schedule|program|brace|splint|diet|workstation|pillow|mirrors?|glasses|frequency|disorder|claims?|insulin|hours|shifts?|height|settings?|reaction|period|under an|lisinopril|metformin|plan\b|grip|stance|swing|expectations)(?![a-z])",
    re.IGNORECASE,
)
_COMPLAINT_AFTER = re.compile(
    r"\s*(?:pain|ache|aches|discomfort|symptoms?|complaints?|strain|sprain|tension|muscles?|musculature|soreness|spasms?|region pain|tightness|headaches?|radicul\w+|flexed|extended|in flexion|in extension|in slight|supported)\b",
    re.IGNORECASE,
)
_REASON_BEFORE = re.compile(
    r"\b(?:for|due to|because of|relieve|reduce|help|help with|ease|address|regarding|against|without affecting|to protect|stabilis\w+|stabiliz\w+|with)\s+(?:the |her |his )?(?:left |right |bilateral )?$",
    re.IGNORECASE,
)
EXCEPT = re.compile(
    r"\b(?:except|excl\.?|excluding|minus|but not|everything but|all but|other than|apart from|save for|with the exception of)\b",
    re.IGNORECASE,
)
_IN_A_CELL = re.compile(r"\S\s{3,}$")
_ONLY_TO = re.compile(r"[,;]\s*(?:but\s+)?only (?:to|at|on)\b", re.IGNORECASE)
"""After a denial it gives back what was denied: "no thrust to the neck, only to L4"."""
_ANSWERED_YES = re.compile(r"\s*(?:today)?\s*[:=?]\s*(?:yes|y|x|✓|true|done)\b", re.IGNORECASE)
"""A row of a form: "C6   restricted, tender   adjusted today: yes"."""
_SETS_A_BONE = re.compile(
    r"\s+(?:the\s+)?(?:[CTL]\d|atlas|axis|sacrum|(?:[RL]|left|right)\s+(?:PI|AS|SI|ili\w+|innom\w+|sacr\w+))"
)
""""Set" is the adjustment verb of Gonstead offices; before anything but a bone it is a word like any other."""
_ONLY_LOOKED_AT = re.compile(
    r"\s*(?:(?:was|were)\s+(?:only\s+|also\s+|just\s+)?(?:assessed|examined|checked|palpated|evaluated|tested|screened|monitored|discussed)\b(?! and)|(?:is\s+|are\s+)?(?:due|pending)\b|(?:[LRB]\s+)?[=:]\s*(?:false|none|null)\b)",
    re.IGNORECASE,
)
"""Behind a place of a treatment line: it was looked at, or its turn is to come."""
_NEAR, _FAR = 40, 400
"""Characters within which an act takes the place before it, and beyond which a place stands in another segment."""
_OF_TREATMENT = frozenset(("P", "T", ""))
"""Zones in which a technique alone may tell of an adjustment."""
_PAST = re.compile(
    r"\b(?:adjusted|adj|adj'd|manipulated|was|were|performed|delivered|given|done|today)\b", re.IGNORECASE
)


@dataclass(slots=True)
class Governed:
    """What a sentence says was done: acts of manipulation asserted today, the places treated, the roles of the others."""

    acts: list[Concept] = field(default_factory=list)
    treated: list[Concept] = field(default_factory=list)
    roles: list[tuple[Concept, Role]] = field(default_factory=list)
    open_list: Concept | None = None
    """The act that goes on over the next lines (``Segments adjusted:`` with a list below)."""


def govern(text: str, sentence: Sentence, inherited: Concept | None) -> Governed:
    """Assign the places of a sentence to its acts.

    Args:
        text: the plain text.
        sentence: the sentence with its concepts marked by context.
        inherited: an act of manipulation whose list goes on from the line before.
    """
    items = [c for c in sentence.concepts if c.family in ("act", "place", "finding") and _relevant(text, c)]
    if not any(c.family == "act" for c in items) and inherited is None and sentence.zone != "T":
        return Governed()
    if not items:
        return Governed(open_list=inherited)
    acts = [c for c in items if c.family == "act" and c.kind == "manipulation"]
    planned = bool(acts) and bool(VISITS.search(sentence.text)) and not _PAST.search(sentence.text)
    result = Governed()
    current = inherited
    for clause in _clauses(text, sentence, items):
        current = _Clause(text, sentence, clause, current).run(result)
    if acts and acts[-1].asserted and not result.treated and not result.roles and "|" in sentence.text:
        first = [c for c in items if c.family == "place" and not text[sentence.start : c.start].strip(" |\t*LRlr")]
        result.treated = [c for c in first[:1] if c.kind in TREATABLE and not c.marks]
    if acts and not result.treated and not result.roles and _closes_its_row(text, sentence, acts[-1], items):
        result.treated = [c for c in items if c.family == "place" and c.kind in TREATABLE and not c.marks]
    result.acts = [act for act in acts if act.asserted and not planned]
    if planned:
        result.roles += [(place, Role.PLANNED) for place in result.treated]
        result.treated = []
    listed = acts and acts[-1].asserted and not planned and _heads_list(text, sentence, acts[-1], result)
    result.open_list = (
        acts[-1] if listed else inherited if inherited and (result.treated or result.roles or not items) else None
    )
    return result


def _closes_its_row(text: str, sentence: Sentence, act: Concept, items: list[Concept]) -> bool:
    """Whether an act is the last cell of a row that begins with its place: "L4   tender   adj", "C6  fixed  adjusted: yes"."""
    if _ANSWERED_YES.match(text, act.end, sentence.end):
        return True
    first = items[0]
    begins = first.family == "place" and not text[sentence.start : first.start].strip(" \t|*-•LRlr")
    return (
        begins
        and act.asserted
        and bool(_IN_A_CELL.search(text, sentence.start, act.start))
        and not text[act.end : sentence.end].strip()
    )


def _heads_list(text: str, sentence: Sentence, act: Concept, result: Governed) -> bool:
    if result.treated or _IN_A_CELL.search(text, sentence.start, act.start):
        return False  # the last cell of a row: "L4    tender        adj"
    tail = text[act.end : sentence.end].strip()
    if tail in (".", "today.", "given today.", "done today.") and not text[sentence.start : act.start].strip(" \t*-•#"):
        return True  # a heading in prose: "Manipulation today. Atlas by toggle. T8 prone."
    return tail in ("", ":", "today", "today:", "-", "):") or tail.endswith(":")


def _relevant(text: str, concept: Concept) -> bool:
    if concept.family == "act":
        if text[concept.start : concept.end].lower() == "set" and not _SETS_A_BONE.match(text, concept.end):
            return False
        return concept.kind != "manipulation" or not _NO_BODY.match(text, concept.end)
    if concept.family == "finding":
        return concept.entry.clear and concept.entry.criterion in "PRT" and not concept.negated
    if concept.kind not in TREATABLE:
        return concept.kind in ("muscle", "paraspinal")
    said_as_pain = text[concept.start : concept.end].lower() in ("lbp", "cervicalgia", "lumbago")
    return concept.kind not in ("region", "extraspinal") or not (
        said_as_pain or _COMPLAINT_AFTER.match(text, concept.end)
    )


def _clauses(text: str, sentence: Sentence, items: list[Concept]) -> list[list[Concept]]:
    cuts = [match.start() for match in _CLAUSE.finditer(text, sentence.start, sentence.end)]
    clauses: list[list[Concept]] = [[]]
    for item in items:
        while cuts and cuts[0] < item.start:
            cuts.pop(0)
            if clauses[-1]:
                clauses.append([])
        clauses[-1].append(item)
    return clauses


class _Clause:
    """One clause on its way from left to right: places wait until an act takes them."""

    def __init__(self, text: str, sentence: Sentence, items: list[Concept], before: Concept | None) -> None:
        self.text, self.sentence, self.items = text, sentence, items
        has_act = any(c.family == "act" and c.kind in ("manipulation", "other", "therapy") for c in items)
        has_finding = any(c.family == "finding" for c in items)
        self.current = before if before is not None and not has_act and not has_finding else None
        self.open = self.current is not None
        self.before = before
        self.pending: list[Concept] = []
        self.found: list[Concept] = []
        self.technique: Concept | None = None
        self.delivered = False

    def run(self, result: Governed) -> Concept | None:
        """Go through the clause; returns the act that a following clause may go on with."""
        for position, item in enumerate(self.items):
            if item.family == "finding":
                self.found, self.pending = self.pending or self.found, []
            elif item.family == "place":
                self._place(item, self.items[position + 1 :], result)
            elif item.kind == "technique":
                self._technique(item, result)
            else:
                self._act(item, self.items[position + 1 :], result)
        self._leftover(result)
        if self.current is not None and self.current.kind == "manipulation":
            return self.current
        return None

    def _place(self, place: Concept, later: list[Concept], result: Governed) -> None:
        follower = self._act_in_segment(place, later)
        if follower is not None and (
            self.current is None or follower.kind != "manipulation" or not self._same_segment(place)
        ):
            self.pending.append(place)
        elif self.current is not None and self.open:
            self._assign(place, self.current, result)
        else:
            self.pending.append(place)

    def _technique(self, technique: Concept, result: Governed) -> None:
        """Where no act is named, a technique takes the places it stands behind: "C5 diversified, L4 drop"."""
        if (
            any(place.levels for place in self.pending)
            and self.current is None
            and not self.found
            and self.sentence.zone in _OF_TREATMENT
            and not any(c.family == "act" and c.kind == "manipulation" for c in self.items)
            and self._delivers(technique)
        ):
            self.delivered = True
            for place in self.pending:
                self._assign(place, technique, result)
            self.pending = []
        if technique.marks and not adjusts(technique):
            return  # "could not lie prone" denies a position
        if self.technique is None or (adjusts(technique) and not adjusts(self.technique)):
            self.technique = technique
        if self._begins_anew(technique):
            self.current, self.open = None, False

    def _delivers(self, technique: Concept) -> bool:
        """Whether a technique tells that the place before it was adjusted; behind one that does, a position tells it too."""
        if stands_behind(self.text, self.sentence, technique, self.pending, alone=not self.delivered):
            return True
        return self.delivered and behind(self.text, technique, self.pending[-1])

    def _begins_anew(self, technique: Concept) -> bool:
        """Whether an adjustment follows work of another kind: "massage, then diversified L4"."""
        before = self.current
        other = before is not None and before.kind in ("other", "therapy")
        return other and adjusts(technique) and bool(_COMMA.search(self.text, before.end, technique.start))  # type: ignore[union-attr]

    def _same_segment(self, place: Concept) -> bool:
        assert self.current is not None
        far = place.start - self.current.end > _FAR
        return (
            not far and self.current.end <= place.start and not _COMMA.search(self.text, self.current.end, place.start)
        )

    def _act_in_segment(self, place: Concept, later: list[Concept]) -> Concept | None:
        """The act that follows a place before the next comma or "and", so that the place belongs to it."""
        for item in later:
            if item.start - place.end >= _NEAR or _COMMA.search(self.text, place.end, item.start):
                return None
            if item.family == "act" and item.kind in ("manipulation", "other", "therapy"):
                return item
        return None

    def _act(self, act: Concept, later: list[Concept], result: Governed) -> None:
        if act.kind == "manipulation":
            if (
                not self.pending
                and self.current is not None
                and self.current.kind == "manipulation"
                and self.open
                and not act.marks
            ):
                return
            taken = self.pending or (self.found if not any(c.family == "place" for c in later) else [])
            for place in taken:
                self._assign(place, act, result)
            self.pending, self.found = [], []
            self.open = not taken or bool(_OPENS.match(self.text, act.end))
        else:
            near = [p for p in self.pending if not _COMMA.search(self.text, p.end, act.start)]
            for place in near:
                self._assign(place, act, result)
                self.pending.remove(place)
            self._leftover(result)
            self.open = True
        self.current = act

    def _assign(self, place: Concept, act: Concept, result: Governed) -> None:
        if place.kind in ("muscle", "paraspinal") or act.kind in ("other", "therapy"):
            result.roles.append((place, Role.OTHER_TREATMENT))
        elif act.kind in ("manipulation", "technique"):
            if self._only_looked_at(place):
                result.roles.append((place, Role.MENTIONED))
                return
            if act.end <= place.start and EXCEPT.search(self.text, act.end, place.start):
                result.roles.append((place, Role.DECLINED))
                return
            own = act.marks - {"NEGATED"} if _ONLY_TO.search(self.text, act.end, place.start) else act.marks
            marks = own | (place.marks & {"NEGATED", "HISTORICAL", "PLANNED", "OTHER_PERSON", "HYPOTHETICAL"})
            if not marks and not self._is_reason(place, act):
                result.treated.append(place)
            elif marks:
                result.roles.append((place, _role_of(marks)))

    def _only_looked_at(self, place: Concept) -> bool:
        """Whether what follows a place says that nothing was done there: "was assessed", "due", "= false"."""
        return _ONLY_LOOKED_AT.match(self.text, place.end) is not None

    def _is_reason(self, place: Concept, act: Concept) -> bool:
        """Whether a place is no object of the act: "adjusted C5 for neck pain", "with the hip flexed"."""
        return place.kind in ("region", "extraspinal") and bool(
            _REASON_BEFORE.search(self.text, max(act.end, place.start - 30), place.start)
        )

    def _leftover(self, result: Governed) -> None:
        if not self.pending:
            return
        pending, self.pending = self.pending, []
        act = self.current if self.current is not None and self.current.kind == "manipulation" else None
        if act is None and not self.found and self._stands_as_treatment(pending):
            act = self.technique or pending[0]
        if act is None:
            self.found = self.found or pending
            return
        for place in pending:
            if act is pending[0]:
                if place.kind in TREATABLE and not place.marks and place.levels and not self._only_looked_at(place):
                    result.treated.append(place)
            else:
                self._assign(place, act, result)

    def _stands_as_treatment(self, pending: list[Concept]) -> bool:
        """Levels with a technique, or bare levels under a heading of treatment: "Tx: C5, T4"; "Activator to C1"."""
        if self.sentence.section == "treatment" and not self.sentence.has("normal"):  # "C5, T9 clear, not adjusted"
            return True
        if self.technique is None or not any(place.levels for place in pending):
            return False
        if self.sentence.zone not in _OF_TREATMENT:
            return False
        before = stands_before(self.text, self.sentence, self.technique, pending)
        return before or stands_behind(self.text, self.sentence, self.technique, pending, alone=not self.delivered)


def _role_of(marks: frozenset[str]) -> Role:
    for mark, role in (
        ("HISTORICAL", Role.HISTORY),
        ("OTHER_PERSON", Role.HISTORY),
        ("PLANNED", Role.PLANNED),
        ("NEGATED", Role.DECLINED),
        ("HYPOTHETICAL", Role.PLANNED),
    ):
        if mark in marks:
            return role
    return Role.MENTIONED
