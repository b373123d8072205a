"""ConText over concepts, sentence by sentence: what is negated, historical, hypothetical, planned or another's.

The modifiers were found with all other phrases in one pass; their directions, scopes, limits and pseudo phrases are
ConText's as medspaCy has them. On top come the field's own limits of a negation: a comma before a new place with its own
finding, an adjective after "no spasm,", a gap in the line.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from auditor.reading.document import Concept, Sentence

_TARGETS = frozenset(
    ("stage", "evaluation", "place", "finding", "subluxation", "act", "bare", "maintenance", "image", "change", "visit", "shows", "stage", "evaluation")
)
_BREAK = re.compile(r"[,|(]|\s{3,}|;|\s-{1,2}\s|\band\b|\bwith\b")
_MOST_MODIFIERS = 200
"""More modifiers than that stand in no sentence; a text made of them must not take for ever."""
_BACK_TO_TODAY = re.compile(
    r"[,;.](?=[^,;.]*\b(?:today|this (?:morning|visit|afternoon))\b)|\b(?:today|this (?:morning|visit|afternoon))\b",
    re.IGNORECASE,
)
_BREAK_BACK = re.compile(r"[,|;.]\s|\s{3,}|\)|\s-{1,2}\s")
_HARD = re.compile(r"[|;]|\s{3,}|\s-{1,2}\s")
_IS = re.compile(r"\s*(?:is|are|was|were|has|have)\b", re.IGNORECASE)
"""A verb behind a place: it begins a statement of its own, even where nobody dictated the full stop."""
_TOLD = re.compile(
    r"\b(?:told|explained to|explained|informed|advised|showed|instructed|taught|reassured) (?:her|his|the|their)?\s*$",
    re.IGNORECASE,
)
_NO_WORDS_OF_ITS_OWN = re.compile(
    r"\W*(?:(?:pt|patient|she|he|was|were|is|today|this|visit|by|per|again|at|request|only|still)\W*)*", re.IGNORECASE
)
_OR = re.compile(r"\b(?:or|nor)\b")
_OF_WHAT_WAS_DONE = frozenset(("to address", "to include", "consists of"))
_DONE_BEFORE = re.compile(
    r"\b(?:performed|given|delivered|provided|rendered|done|today|adjusted|adjustments?|cmt|manipulat\w+)\b(?![^.;]*\b(?:next|will|plan)\b)",
    re.IGNORECASE,
)
_DONE_ACT = re.compile(
    r"[,;]\s+(?:then\s+|and\s+|i\s+|we\s+)*(?:adjusted|manipulated|adj'd|adj\b|cmt\b|performed|delivered)|[,;]\s+[^,;]{1,60}?\b(?:were\s+|was\s+)?(?:adjusted|manipulated)\s*(?:today\s*)?(?:[.;]|$)",
    re.IGNORECASE,
)
"""Behind consent or advice the act that was done: "Risks discussed, adjusted C5"."""
_BONE_BEFORE = re.compile(r"(?:[CTLS]\d{1,2}|\b(?:SI|SIJ|ilium|[LR]))\s$", re.IGNORECASE)
_LEFT_ALONE = re.compile(r"\b(?:left|leave|leaving)\s+(?P<place>[^.;,]{2,24}?)\s+alone\b")
_REFUSED = frozenset(("not indicated", "not performed", "not done", "deferred", "declined", "withheld", "contraindicated"))
_BEGINS = 24
"""Characters before the act with which a sentence begins: a heading and its number."""
_MONTH = re.compile(r"\s+\d|\s*,")


def assert_sentence(text: str, sentence: Sentence, token_starts: list[int], *, own_limits: bool = True) -> None:
    """Mark the targets of a sentence with the categories whose scope they stand in.

    Args:
        text: the plain text.
        sentence: its concepts; targets get their ``marks``.
        token_starts: offset of each token, for scopes that count tokens.
        own_limits: whether the field's own limits apply beside ConText's.
    """
    modifiers = _active([c for c in sentence.concepts if c.family == "context" and not _goes_on(text, c)])
    modifiers = [
        modifier
        for modifier in modifiers
        if not _inside_a_finding(modifier, sentence) and not _changes_nothing(text, modifier, sentence)
    ]
    if not modifiers:
        return
    targets = [concept for concept in sentence.concepts if concept.family in _TARGETS]
    governing: dict[int, list[Concept]] = {}
    for place, target in enumerate(targets):
        for modifier in modifiers:
            if (
                own_limits
                and target.family == "act"
                and modifier.start < target.start
                and target.end <= modifier.end
                and modifier.kind not in ("pseudo", "terminate")
            ):
                governing.setdefault(place, []).append(modifier)
    around = _Around(text, sentence, modifiers, token_starts, own_limits)
    for modifier in modifiers:
        if modifier.kind in ("terminate", "pseudo") or (
            modifier.entry.criterion == "HYPOTHETICAL" and _is_month(text, modifier)
        ):
            continue
        for start, end in around.scopes(modifier):
            for place, target in enumerate(targets):
                inside = target.start < end and start < target.end
                if own_limits and modifier.kind == "backward" and _only_its_place(target, modifier, targets):
                    continue
                if inside and not (target.start < modifier.end and modifier.start < target.end):
                    governing.setdefault(place, []).append(modifier)
    for place, found in governing.items():
        targets[place].marks |= {modifier.entry.criterion for modifier in found}
        targets[place].modifiers += tuple(found)


def leave_alone(sentence: Sentence) -> None:
    """Mark the places between the two words of "left the neck alone" as denied."""
    for match in _LEFT_ALONE.finditer(sentence.lowered):
        start, end = (sentence.start + place for place in match.span("place"))
        for place in sentence.of("place"):
            if start <= place.start < end:
                place.marks |= {"NEGATED"}


def _only_its_place(act: Concept, modifier: Concept, targets: list[Concept]) -> bool:
    """Whether a denial behind a place is of that place alone, and the act goes on: "CMT C4 held today, L3 and R SI done"."""
    if act.family != "act" or modifier.entry.criterion != "NEGATED" or act.end > modifier.start:
        return False
    places = [target for target in targets if target.family == "place" and target.start >= act.end]
    return any(p.end <= modifier.start for p in places) and any(p.start >= modifier.end for p in places)


def _active(modifiers: list[Concept]) -> list[Concept]:
    """Modifiers that no longer modifier hides; of two over the same words the longer stands."""
    active: list[Concept] = []
    widest: Concept | None = None
    for one in sorted(modifiers, key=lambda c: (c.start, -c.end)):
        inside = widest is not None and one.end <= widest.end
        if inside and widest is not None and one.end - one.start < widest.end - widest.start:
            continue
        if widest is None or one.end > widest.end:
            widest = one
        active.append(one)
    return active[:_MOST_MODIFIERS]


def _inside_a_finding(modifier: Concept, sentence: Sentence) -> bool:
    """Whether the words belong to a finding: the "won't" of "C4 won't rotate" denies nothing that follows."""
    return any(
        c.start <= modifier.start and modifier.end <= c.end for c in sentence.of("finding") if c.end - c.start > 4
    )


def is_side_posture(text: str, concept: Concept) -> bool:
    """Whether "s/p" stands right behind a bone, where it is side posture ("adj L5 s/p"), and not status post."""
    said = text[concept.start : concept.end].lower() == "s/p"
    return said and _BONE_BEFORE.search(text, max(0, concept.start - 6), concept.start) is not None


def _changes_nothing(text: str, modifier: Concept, sentence: Sentence) -> bool:
    """Whether a word changes nothing: another person who is only told ("told her daughter that this is maintenance
    care"), "to include" behind an act that was done, and the side posture of "adj L5 s/p", which elsewhere is "status post".
    """
    words = text[modifier.start : modifier.end].lower()
    if words in _OF_WHAT_WAS_DONE:
        return _DONE_BEFORE.search(text, sentence.start, modifier.start) is not None
    if is_side_posture(text, modifier):
        return True
    return modifier.entry.criterion == "OTHER_PERSON" and bool(
        _TOLD.search(text, max(0, modifier.start - 24), modifier.start)
    )


def _goes_on(text: str, modifier: Concept) -> bool:
    """Whether ": no" is not an answer ("Edema: no") but the start of one ("Low back: no spasm")."""
    if text[modifier.start] not in ":-" or not text[modifier.start : modifier.end].lower().endswith("no"):
        return False
    return text[modifier.end : modifier.end + 2].strip()[:1].isalpha()


def _is_month(text: str, modifier: Concept) -> bool:
    return text[modifier.start : modifier.end] == "May" and bool(_MONTH.match(text, modifier.end))


@dataclass(frozen=True, slots=True)
class _Around:
    """What the scopes of a sentence's modifiers depend on."""

    text: str
    sentence: Sentence
    modifiers: list[Concept]
    token_starts: list[int]
    own_limits: bool

    def scopes(self, modifier: Concept) -> list[tuple[int, int]]:
        """Where a modifier holds: behind it, before it, or both."""
        found = []
        if modifier.kind in ("forward", "bidirectional"):
            found.append(_forward(self, modifier))
        if modifier.kind in ("backward", "bidirectional"):
            found.append(_backward(self, modifier))
        return found


def _limits(modifier: Concept, other: Concept) -> bool:
    return other.kind == "terminate" or other.entry.criterion == modifier.entry.criterion


def _forward(around: _Around, modifier: Concept) -> tuple[int, int]:
    text, sentence = around.text, around.sentence
    end = sentence.end
    if modifier.entry.source:
        first = bisect_left(around.token_starts, modifier.end)
        last = first + int(modifier.entry.source)
        end = min(end, around.token_starts[last] if last < len(around.token_starts) else end)
    for other in around.modifiers:
        if other.start >= modifier.end and _limits(modifier, other):
            end = min(end, other.start)
    if (
        around.own_limits
        and modifier.entry.criterion in ("HISTORICAL", "PLANNED")
        and (back := _BACK_TO_TODAY.search(text, modifier.end, end))
    ):
        end = back.start()
    if around.own_limits and modifier.entry.criterion == "HYPOTHETICAL":
        done = _DONE_ACT.search(text, modifier.end, end)
        if done and not any(modifier.end <= place.start < done.start() for place in sentence.of("place")):
            end = done.start()
    if around.own_limits and modifier.entry.criterion == "NEGATED":
        end = min(end, _end_of_denial(text, sentence, modifier, end))
    return modifier.end, end


def _backward(around: _Around, modifier: Concept) -> tuple[int, int]:
    text, sentence = around.text, around.sentence
    start = sentence.start
    if modifier.entry.source:
        first = bisect_left(around.token_starts, modifier.start) - int(modifier.entry.source)
        start = max(start, around.token_starts[first] if first > 0 else start)
    for other in around.modifiers:
        ends_denial = other.kind == "terminate" and text[other.start : other.end].lower().startswith("and ")
        if other.end <= modifier.start and _limits(modifier, other) and not ends_denial:
            start = max(start, other.end)  # "and adjusted" ends a denial before it, and is itself told of behind it
    if around.own_limits and (own := _start_of_its_own(text, sentence, modifier)) is not None:
        start = max(start, own)
    if around.own_limits and not _closes(text, sentence, modifier):
        breaks = [m.end() for m in _BREAK_BACK.finditer(text, start, modifier.start) if not _lists(sentence, *m.span())]
        start = breaks[-1] if breaks else start
    return start, modifier.start


def _closes(text: str, sentence: Sentence, modifier: Concept) -> bool:
    """Whether a refusal closes a sentence of one act, set off by a comma: "CMT, cervical, not indicated."."""
    if text[modifier.start : modifier.end].lower() not in _REFUSED or text[modifier.end : sentence.end].strip(" .)]"):
        return False
    comma = text.rfind(",", sentence.start, modifier.start)
    if comma == -1 or text[comma + 1 : modifier.start].strip(" [("):
        return False  # "C5 and T6, L4 deferred" is of L4 alone
    acts = [act for act in sentence.of("act") if act.kind == "manipulation"]
    return len(acts) == 1 and acts[0].start - sentence.start < _BEGINS


def _start_of_its_own(text: str, sentence: Sentence, modifier: Concept) -> int | None:
    """Where a statement begins that a cue belongs to, so that it reaches no farther back: behind "and", or in brackets with
    words of its own: "C5 and L5 adjusted (sacrum deferred)", "and discussed ergonomics". A lone "(deferred)" reaches back.
    """
    if text[max(sentence.start, modifier.start - 4) : modifier.start].lower() == "and ":
        return modifier.start
    opening = text.rfind("(", sentence.start, modifier.start)
    if opening == -1 or text.find(")", opening, modifier.start) != -1:
        return None
    closing = text.find(")", modifier.end, sentence.end)
    rest = text[modifier.end : closing if closing != -1 else sentence.end]
    own = _NO_WORDS_OF_ITS_OWN.fullmatch(text[opening + 1 : modifier.start]) is None
    return opening + 1 if own or _NO_WORDS_OF_ITS_OWN.fullmatch(rest) is None else None


def _lists(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a comma only lists places that no act stands before: "T9, L1: nothing"."""
    places = sentence.of("place")
    inside = any(place.end == start for place in places) and any(place.start == end for place in places)
    return inside and not any(act.start < start for act in sentence.of("act"))


def _end_of_denial(text: str, sentence: Sentence, modifier: Concept, end: int) -> int:
    """Where "no ..." stops: at a gap or bar, or before a new place with its own finding, or an adjective finding."""
    content = [
        c
        for c in sentence.concepts
        if c.start >= modifier.end and c.family in ("place", "finding", "act", "normal", "subluxation", "maintenance")
    ]
    for before, place in pairwise(content):
        if place.family == "place" and before.family == "finding" and place.start < end and _IS.match(text, place.end):
            end = place.start
            break
    for match in _BREAK.finditer(text, modifier.end, end):
        if _HARD.fullmatch(match.group()):
            return match.start()
        following = [c for c in content if c.start >= match.end()]
        denied = [c.family for c in content if c.start < match.start()]
        if following and following[0].family == "maintenance" and denied and "maintenance" not in denied:
            return match.start()  # "no pain today, here for his maintenance adjustment"
        something_denied = any(c.start < match.start() for c in content) or (
            match.group().startswith(",") and text[modifier.end : match.start()].strip()
        )
        if not following or not something_denied:
            continue
        stop = text.find(",", match.end(), end)
        reach = stop if stop != -1 else end
        if _starts_anew(text, following, match, reach):
            return match.start()
    return end


def _starts_anew(text: str, following: list[Concept], match: re.Match[str], reach: int) -> bool:
    first = following[0]
    if first.family == "act" and first.start - match.end() < 12 and match.group() != "and":
        return True
    if first.family in ("finding", "subluxation") and not first.entry.noun and first.start - match.end() < 24:
        adjective_list = match.group() == "and"
        return not adjective_list
    if first.family != "place" or first.start - match.end() > 24 or _OR.search(text, match.end(), first.start):
        return False
    rest = [c for c in following[1:] if c.start < max(reach, first.end + 40)]
    others = [c for c in rest if c.family != "place"]
    if not others:
        return False
    between = text[first.end : others[0].start]
    return others[0].family in ("finding", "act", "normal", "subluxation") and not re.search(r"\b(?:or|nor)\b", between)
