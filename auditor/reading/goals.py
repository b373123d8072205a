"""Goals of the plan, whether they can be measured, and where the patient stands against them."""

import re

from auditor.facts import Goal
from auditor.reading.document import LOOSE, Concept, Reading, Sentence
from auditor.reading.schedule import DURATION, FREQUENCY, OFTEN
from auditor.reading.targets import targets_of
from auditor.records import Evidence

_AIMED_AT = re.compile(r"to reach|<|≤|under|below|less|better|lower")
_TARGET = re.compile(
    r"\b(?:odi|ndi|rmdq|oswestry|psfs|bournemouth|neck disability index|vas|nprs|pain|neck|low back|lbp?|mid back|hip)\b[^.;\n\d]{0,18}(?:<|≤|=<|\bunder|\bbelow|\bless than)\s?\d+|\b(?:odi|ndi|rmdq|oswestry|pain|lbp)\b[^.;\n]{0,16}(?:->|→|=>|\bto)\s*(?:<|≤|under|below|less than)\s?\d+|\bto reach (?:a |an )?(?:\w+ of )?\d{1,3}(?:/10|\s?%|\s?min\w*)|\b\d{1,2}\s?/\s?10\s+or\s+(?:less|better|under|below|lower)\b",
)
"""A value that is aimed at wherever it stands: "ODI < 20%", "2/10 or less"."""
_PLANNED_TARGET = re.compile(
    r"(?:\b(?:odi|ndi|rmdq|oswestry)\b\s*(?:to\s+)?\d+|\b(?:neck|low back|lbp?|mid back|pain|hip|vas|nprs)\b\s*(?:pain\s+)?(?:to\s+|at\s+)?\d{1,2}\s?/\s?10\b|\bto\s+\d/10\b|\b(?:sit|sitting|stand|standing|drive|driving|sleep|lift|lifting)\b\s+(?:x\s+|to\s+)?\d{1,3}\s?(?:min|hrs?|hours?|lbs?|#|kg)\b|\b(?:rot(?:ation)?|flex(?:ion)?|ext(?:ension)?)\b\s*[lr]?\s*(?:to\s+)?\d{2}\b)",
)
"""In a plan, a score, a rating, an activity with its length, or degrees: what is wanted, even where nobody wrote "goal"."""
_NO_PLANNED_TARGET = re.compile(
    r"\b(?:last|prior|now|today|currently|was|were|from|post|after|following|remains?|still|ice|heat|hep|exercise\w*|stretch\w*|reps|sets|daily|times a day|per day|x/day|every|break)\b|/\s?day",
)
_PRESENTLY = re.compile(
    r"\b(?:presently|currently|at present|right now|now|so far)\b[^.;]{0,40}?(?:\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|half|twenty|thirty|forty|fifty)\b)",
)
_ITEM = re.compile(r"\s*(?P<mark>[-*•]|\d{1,2}(?:\.\d{1,2})*[.)]?(?=\s))")
_SELF_CARE = re.compile(
    r"[\s*•-]*(?:home|hep|ice|heat|stretch\w*|exercise\w*|walk\w* (?:\d|daily)|restart|off work|modalit\w+|resume stretch\w*|continue (?:stretch\w*|ice|heat|exercis\w*)|no lifting|avoid)\b"
)
"""A sentence behind the goals that tells what the patient is to do at home: no goal, whatever numbers it holds."""
_AGAIN = re.compile(
    r"\b(?:should|is to|needs to|has to|must|will|let (?:him|her|them)|get (?:him|her|them) to) (?:be able to )?(?:walk|sit|stand|drive|sleep|lift|carry|climb|run|work|turn|reach|rise|kneel|bend)\b[^.;]{0,60}?(?:\d|\b(?:a (?:full )?(?:mile|block|hour|shift|night)|half (?:an hour|a mile))\b)[^.;]*"
)
"""In a plan, what the patient is to do again: "he should walk a mile again, and rise with pain no higher than 2/10"."""
_DONE_WHEN = re.compile(
    r"\b(?:done|discharge\w*|release\w*|finished?|stop|graduate\w*)\b[^.;]{0,16}?\b(?:when|if|once|as soon as)\b[^.;]{0,80}?\d"
)
"""What ends care when it is reached: "then done if she can do 8 miles with the ankle at a 1"."""
_NO_WISH = re.compile(r"wanted (?:me|us|the|her|his|someone)\b")
_GOAL_KEY = re.compile(r"\s*\[?\w+\.goals?\b")
_ANY_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen|eighteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|half an hour|half a mile|one (?:mile|flight|hour|block)|an hour|a mile|a full hour)\b",
)
_NO_TARGET = re.compile(
    r"\bby \d{1,2}/\d{1,2}\b|\b(?:in|within|over|after|for|next|x|until|till) (?:the next )?(?:\d+|two|three|four|five|six|seven|eight|ten|twelve)(?:\s?-\s?\d+)? ?(?:weeks?|wks?|visits?|months?|days?|treatments?)\b|\b(?:goals?|stg|ltg|#)\s*#?\d\b(?!\s?(?:/|min|%|x|deg|hr|hour|mi|lb|block|flight))|(?:^|\s)\(?\d[.)](?=\s|$)|\b[ctl]\d{1,2}(?:-[ctls]?\d{1,2})?\b|\b(?:one|two|three|four|both|all) (?:of (?:the |his |her )?)?(?:\w+ )?goals\b|\bvisit \d+|\bfor (?:\d+|two|three|four|five|six|eight|ten|twelve)\s*[.;]?\s*$",
)
_SIGNED = re.compile(
    r"\b(?:electronically|digitally|e-?)\s?-?signed|\bsigned electronically|\[signature\]|\b(?:authenticated|finali[sz]ed) by"
)
_STANDS_NUMBER = re.compile(
    r"\b(?:now|currently|today|at present|so far|presently|is at|stands at)\s*(?:(?:he|she|it|pt)(?:'s| is)\s+)?(?:at\s+|is\s+|:\s*|about\s+|a\s+)?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|half|twenty|thirty|forty|fifty)|\b\d+\s?(?:min\w*|/10|%|deg\w*|°|lbs?|hrs?|miles?|mi)?\s?(?:now|today|currently|so far|at present)\b|\(\s*(?:was|now|from|currently)\s*:?\s*\d|-\s?\d+\s?(?:min\w*|/10|%)?\s?now|\d[^.;]{0,12}\b(?:this week|at (?:the )?start|last week)\b|\b(?:\d+|six|five|four|three|two|half) of (?:the |his |her )?(?:\d+|\w+) (?:min\w*|hours?|hrs|miles?|lbs?|pounds|blocks)\b|\bgoal\b[^.;\n]{0,60}\b(?:met|reached|achieved|on track)\b",
)


_BEHIND_A_GOAL = frozenset(("we are after", "set out for", "we set out for", "aimed for", "we aimed for"))
_SO_MUCH_OF = re.compile(
    r"\b(?:\d{1,3}|one|two|three|four|five|six) of (?:the |her |his )?(?:\d{1,3}|two|three|four|five|six|eight) (?:min\w*|hours?|hrs|miles?|lbs?|pounds|blocks|flights)\b"
)
"""Before the word "goal", what of it is reached: "2 of 3 hours on her computer work goal"."""
_GOALS_MET = re.compile(
    r"\b(?:\d|one|two|three|four|half|most|all|both)\s+(?:of\s+)?(?:the\s+|its\s+|her\s+|his\s+|our\s+)?(?:\d\s+|two\s+|three\s+|four\s+|five\s+)?(?:\w+\s+)?goals\s+(?:are\s+|have been\s+|now\s+|were\s+)?(?:met|complete\w*|achieved|reached|done)"
    r"|\bgoals?\s+(?:of|from|in|set)\s[^.;]{0,32}?\s(?:are |were |is |have been |now )?(?:met|reached|achieved)\b"
)
"""How many of the goals are reached: "2 of its 4 goals complete"."""


class GoalReader:
    """Goes through the sentences in order; bullets below a goal are goals too."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.text = reading, reading.lowered
        self.goals: list[Goal] = []
        self.standing: list[Evidence] = []
        self.evidence: list[Evidence] = []
        self.in_goals = False
        self.goal_item = ""
        """How the line that names the goals is numbered, so that the next item beside it is told from an item below."""

    def read(self, sentence: Sentence) -> None:
        """Read a sentence: its goals, named as such or not, and where the patient stands."""
        cues = [c for c in sentence.of("cue") if c.kind in ("goal", "wish")]
        in_section = sentence.section == "goals" or bool(_GOAL_KEY.match(sentence.lowered))
        if not cues and not in_section:
            after_goal, self.in_goals = self.in_goals, self.in_goals and self._is_item(sentence)
            if not self.in_goals:
                self._unnamed_goal(sentence)
                if after_goal and self.goals and _PRESENTLY.search(sentence.lowered):
                    self.standing.append(self.reading.whole(sentence))
                return
        if sentence.zone in ("H", "X", "O") and sentence.section not in LOOSE:
            return
        start = sentence.start if in_section or not cues or self._looks_back(sentence, cues[0]) else cues[0].start
        words = self.text[start : sentence.end]
        if _SIGNED.search(sentence.lowered, start - sentence.start):
            return
        if not cues and _SELF_CARE.match(sentence.lowered):
            return
        objective = bool(_ANY_NUMBER.search(self._without_schedule(start, sentence.end)))
        vague = bool(cues) and all(cue.kind == "wish" for cue in cues)
        if vague and (not objective or _NO_WISH.match(words)):
            return
        self.in_goals, self.goal_item = True, _numbering(sentence.text)
        if words.strip(" :\n").lower() in ("goals", "goal", "treatment goals", "tx goals", "stg", "ltg"):
            self.goal_item = ""
            return
        self._add_goal(start, sentence, objective=objective)
        evidence = self.evidence[-1]
        stands = [c for c in sentence.of("plan") if c.kind == "standing" and c.kind]
        if _STANDS_NUMBER.search(words) or any(tells_standing(self.text, c) for c in stands):
            self.standing.append(evidence)

    def _looks_back(self, sentence: Sentence, cue: Concept) -> bool:
        """Whether the goal stands before its cue: "he sleeps six of the eight hours we are after"."""
        if self.text[cue.end : sentence.end].strip(" ."):
            return False
        amount = _SO_MUCH_OF.search(self.text, sentence.start, cue.start)
        return self.text[cue.start : cue.end] in _BEHIND_A_GOAL or amount is not None

    def _is_item(self, sentence: Sentence) -> bool:
        """Whether a line goes on with the goals: a bullet or number below them, and not the next item beside them."""
        return (
            sentence.text.lstrip()[:1] in "-*•0123456789[(☑✓"
            and (sentence.zone in ("P", "G", "A") or sentence.text.lstrip()[:1] in "[(☑✓")
            and (not self.goal_item or _numbering(sentence.text) != self.goal_item)
        )

    def _unnamed_goal(self, sentence: Sentence) -> None:
        """A target that nothing calls a goal: "ODI < 20%", or in a plan "sit 45 min, LBP 2/10"."""
        if not sentence.numbers or (sentence.zone in ("H", "X", "O", "I", "S") and sentence.section not in LOOSE):
            return
        aimed = sentence.zone != "O" and _AIMED_AT.search(sentence.lowered)
        found = _TARGET.search(sentence.lowered) if aimed else None
        in_plan = sentence.section == "plan" or (sentence.section in LOOSE and _tells_how_often(sentence))
        if found is None and in_plan and not _NO_PLANNED_TARGET.search(sentence.lowered):
            found = _PLANNED_TARGET.search(sentence.lowered)
        if found is None and in_plan:
            found = _AGAIN.search(sentence.lowered) or _DONE_WHEN.search(sentence.lowered)
        if found:
            self._add_goal(sentence.start + found.start(), sentence, objective=True)
            stands = any(c.kind == "standing" and tells_standing(self.text, c) for c in sentence.of("plan"))
            if stands or _STANDS_NUMBER.search(sentence.lowered):
                self.standing.append(self.evidence[-1])

    def _add_goal(self, start: int, sentence: Sentence, *, objective: bool) -> None:
        """A goal named as such; objective where a number, a time or an activity can be measured."""
        evidence = self.reading.evidence(start, sentence.end)
        targets = targets_of(evidence.text) if objective else ()
        self.goals.append(Goal(evidence.text.strip(), objective, evidence, targets))
        self.evidence.append(evidence)

    def _without_schedule(self, start: int, end: int) -> str:
        """The words of a goal without what is no target in it: dates, frequencies, lengths of care, numbers of items."""
        words = self.text[start:end]
        for written in reversed(self.reading.dates_in(start, end)):
            words = words[: written.start - start] + " " + words[written.end - start :]
        for pattern in (*FREQUENCY[:4], *DURATION[:1]):
            words = pattern.sub(" ", words)
        return _NO_TARGET.sub(" ", words)


def tells_standing(text: str, concept: Concept) -> bool:
    """Whether a phrase of standing tells of the goal it stands with, and is no number or rest of it."""
    words = text[concept.start : concept.end].lower()
    return words not in (
        "goal 1",
        "goal 2",
        "remaining",
        "to goal",
        "of goal",
        "to go",
        "meeting",
        "reached",
        "achieved",
        "in progress",
        "close to",
    ) or words in ("reached", "achieved", "in progress", "close to", "to goal")


def _tells_how_often(sentence: Sentence) -> bool:
    """Whether a sentence outside a plan holds a visit frequency, so that a target beside it is one of the plan."""
    return bool(OFTEN.search(sentence.lowered)) and any(p.search(sentence.lowered) for p in FREQUENCY[:5])


def _numbering(text: str) -> str:
    """How a line is numbered or bulleted: ``"-"``, ``"#.#"``; empty where it is not."""
    match = _ITEM.match(text)
    return re.sub(r"\d+", "#", match["mark"]) if match else ""


def standing_elsewhere(reading: Reading) -> list[Evidence]:
    """Standing against goals said outside the goal's own sentence: "Progressing toward goals, halfway to 60 min"."""
    found = []
    for sentence in reading.sentences:
        if "goal" not in sentence.lowered and "target" not in sentence.lowered:
            continue
        if _GOALS_MET.search(sentence.lowered):
            found.append(reading.whole(sentence))
            continue
        for concept in sentence.of("plan"):
            if concept.kind == "standing" and reading.plain[concept.start : concept.end].lower() not in (
                "goal 1",
                "goal 2",
                "remaining",
                "to go",
                "of goal",
            ):
                found.append(reading.whole(sentence))
                break
    return found
