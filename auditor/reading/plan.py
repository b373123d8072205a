"""The treatment plan: its schedule, its goals, reference to a plan in force, the return visit."""

import re
from collections.abc import Iterator

from auditor.facts import Goal, Plan, PlanDuration, VisitCount
from auditor.reading.document import LOOSE, Concept, Reading, Sentence
from auditor.reading.goals import GoalReader
from auditor.reading.schedule import NUMBER, PLAN_WORD, ScheduleReader, count_of
from auditor.reading.standing import stands_against_a_target
from auditor.reading.targets import targets_of
from auditor.records import Evidence

_VISIT_OF = re.compile(
    r"\b(?<!r/)(?:visit|treatment|tx|session|appt|appointment|v(?!s)|day)s?\s*(?:completed|done|used|attended|to date)?\s*(?:no\.?|number|#)?(?:\s+in (?:the )?plan)?\s*:?\s*#?\s*(?P<at>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s*(?:of|/|out of)\s*(?:a\s+(?:planned\s+)?|an\s+(?:estimated\s+)?|the\s+|planned\s+|est\.?\s+|approx\.?\s+)?(?P<of>\d{1,3}|four|five|six|eight|ten|twelve|fifteen|eighteen|twenty|twenty-four)(?!\s?/|\d)|\b(?P<of4>\d{1,2}) visits?,? (?:and )?this is (?:the |#|visit |number |no\. )*(?P<at4>\d{1,2})|(?:#|\bthis is number)\s?(?P<at2>\d{1,2})\s*(?:of|/)\s*(?P<of2>\d{1,2})(?!/)|\b(?P<at3>\d{1,2})(?:st|nd|rd|th) (?:of|visit of) (?:the )?(?P<of3>\d{1,2}) (?:planned |scheduled )?(?:visits|treatments|sessions)|\b(?P<at5>\d{1,2}) (?:of|out of) (?P<of5>\d{1,2}) (?:planned |scheduled )?(?:visits|treatments|sessions|appts|appointments)\b(?! (?:per|a|each) )",
)
_ANOTHER_VISIT = re.compile(
    r"\b(?:last|prior|previous|prev\.?|next|return|follow-?up|f/u|first|initial|after|before) $|\b(?:pre|post)[- ]?$"
)
"""Before "visit 6/10" it makes the number a rating of that visit."""
_OF_OTHER_CARE = re.compile(
    r"\b(?:physical therap\w*|pt visits|physio\w*|cardiac|rehab|massage|acupunct\w*|visits missed|missed \d|pregnan\w*|gestation\w*|marathon|training|work hardening)\b"
)
"""Visits and weeks of something else: "PT visits 6 of 12", "pregnant, wk 20 of 40"."""
_FEW_MORE = 12
"""Visits past a plan's end up to which "visit 14 of 12" still counts visits."""
_ORDINAL_OF = re.compile(
    rf"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)\s+(?:visit\s+)?of\s+(?:the\s+|her\s+|his\s+)?(?P<of>{NUMBER})\b(?:\s+(?:planned\s+|scheduled\s+)?(?:visits|treatments|sessions))?",
)
_WEEK_OF = re.compile(
    rf"\b(?:week|wk\.?)\s+(?:no\.?\s*|#)?{NUMBER}\s+of\s+(?:the\s+|a\s+|her\s+|his\s+|an\s+)?(?P<of>{NUMBER})\b"
)
_PER_PLAN = re.compile(
    r"\bper\s+(?:the\s+|her\s+|his\s+)?(?:\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?\s+)(?:re-?exam\w*\s+|re-?eval\w*\s+|initial\s+)?(?:plan|poc|schedule)\b",
)
_GOALS_OF_PLAN = re.compile(
    r"\bgoals?\s+(?:of|from|in|set in|on)\s+(?:the\s+|her\s+|his\s+)?(?:\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?|\d{4}-\d\d-\d\d|(?:january|february|march|april|may|june|july|august|september|october|november|december)(?:\s+\d{1,2})?|original|initial|intake|current)\s+(?:treatment\s+|care\s+)?(?:plan|poc)\b"
    r"|\bgoals?\s+(?:of|from|set(?: on)?)\s+(?:\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?|(?:january|february|march|april|may|june|july|august|september|october|november|december)\s+\d{1,2})\b"
)
_GOES_ON = re.compile(
    r"\b(?:week|wk|weekly|month|monthly)\s+(?:visits\s+|schedule\s+|plan\s+(?:of [^.;,]{0,16}\s)?)?(?:is\s+|are\s+)?(?:continues?|as before|as planned|unchanged|remains?|goes on|go on|stands|stays|kept|holds)\b"
)
_EXTENDED = re.compile(
    r"\bextend\w*\b[^.;\n]{0,24}\b(?:care|plan|treatment|visits?|weeks)\b|\b(?:care|plan|treatment|visits?)\s+(?:is |was |were |will be |has been |on )?(?:extended|hold)\b|\bresum(?:e|ed|ing)\s+(?:care|treatment|visits|at \d|plan)"
)
_WINDING_DOWN = re.compile(
    r"\b(?:then|plan(?:s|ning)? (?:to|for)|will|ready (?:for|to)|prepare\w* (?:for|to)|anticipate\w*|expect\w*|consider\w*)\b[^.;\n]{0,24}\b(?:discharge\w*|release\w*|d/c)\b|\bone (?:more|last|final) visit\b|\bno (?:further|more) (?:visits|care|treatment)\b|\b(?:last|final) visit (?:next|on|in|is|will)\b|\b(?:next|new) goal\b|\bwean\w*|\btaper\w*|\btransition\w* to (?:home|self|an? home|independent)"
)
_SELF_CARE_BEFORE = re.compile(
    r"\b(?:ice|heat|cold|ibuprofen|advil|aleve|nsaids?|tylenol|acetaminophen|aspirin|meds?|medications?|naproxen|tens|brace|belt|biofreeze|pillow|stretch\w*|exercises?|call|pack|roller|tape|massage|epsom|cream|patch\w*)\b[^.;]{0,16}$"
)
_BEGINS_WITH_FREQUENCY = re.compile(
    r"\s*(?:weekly|fortnightly|monthly)\b|\s*(?:once|twice|thrice|(?:one|two|three|four|\d)\s?(?:x|times?|visits?)?)\s?(?:a|per|/|every)?\s?(?:week|wk|month|visits)"
)
_OF_OR_PER = re.compile(
    r"goals? (?:.{0,40}(?:plan|poc)|of |from |set )|w(?:ee)?k .{0,12}of |(?:st|nd|rd|th) (?:visit )?of |per .{0,24}(?:plan|poc|schedule)"
)
_COUNTED = re.compile(r"visit|treatment|tx|session|app(?:oin)?t|#|day|\bv|(?:st|nd|rd|th) (?:of|visit)")
_OF = re.compile(r"of|/|this is")
_CARE_AFTER = re.compile(
    r"\s*(?:of\s+)?(?:the\s+|with\s+(?:the\s+)?)?(?:same\s+|active\s+|current\s+|this\s+|present\s+|chiropractic\s+|conservative\s+|existing\s+|established\s+|original\s+|remaining\s+|in-office\s+|corrective\s+)*(?:care|plan|tx|treatments?|poc|schedule|frequency|program|regimen|course|protocol|rx|visits?|adjustments?|cmt|as\b|per\b|at\b|to\b (?:plan|schedule|see)|on\b|\d|once|twice|three|two|one|weekly|through|until|same|current|unchanged|[.;,\[]|$|\n|-|–)",
)
_NO_CARE_AFTER = re.compile(
    r"\s*(?:(?:at|with|in)\s+(?:the\s+|her\s+|his\s+)?(?:physical|pt\b|physio\w*|gym|work\b|school|job|ymca|yoga|pilates|massage|acupunct\w*|pool)|to\s+(?:have|be|experience|improve|do|feel|report|work|hurt|ice|exercise|stretch|use|wear|avoid|perform|take|walk|note|complain)|(?:with\s+)?(?:hep|home|ice|heat|exercis\w+|stretch\w*|meds|medication|walking|wearing|using|icing|his|her|daily|work\w*|modified|chin|posture|pain|symptom\w*)\b)",
)
_DATED = re.compile(
    r"\W*(?:(?:dated|of|from|opened|set|started|established|on|as of|effective|written|made)\W+)?(?:on\s+)?(?:the\s+\d{1,2}(?:st|nd|rd|th)\b|\d{1,2}[/-]\d{1,2}(?!\s*(?:x|for)\s*\d)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.? \d|\d{4}-\d\d|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
)
_IN_FORCE = re.compile(
    r"\b(?:continue\w*|cont\.?|per|current|same|following|under|remains?|in force|on file|existing|as planned|according to|stay|keep|original|ongoing|unchanged|carry on|within|still|active|original|initial|established|went over|reviewed|go over)\b",
)
_ANOTHER_PLAN = re.compile(r"\b(?:payment|insurance|health|meal|benefit|pension|phone|lesson|travel|installment) plan")
_BARE_REFERS = frozenset(
    (
        "treatment plan",
        "tx plan",
        "plan of care",
        "poc",
        "care plan",
        "plan of",
        "treatment schedule",
        "plan from",
        "plan set",
        "initial plan",
        "rehab plan",
    )
)
_CONTINUE = frozenset(
    (
        "continue",
        "continues",
        "cont",
        "cont.",
        "continuing",
        "continue with",
        "continue at",
        "continue on",
        "keep going",
        "carry on",
        "remain on",
        "remains on",
        "stay on",
        "stays on",
        "keep to",
        "proceed with",
        "go on with",
        "going on with",
        "stick with",
        "stay with",
        "keep on with",
        "cont w/",
        "stick to",
        "carries on",
    )
)
_DAY_ALONE = re.compile(
    r"(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat)[a-z]*\.?(?:\s+(?:at\s+)?\d{1,2}(?::\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.)?)?",
)
_INTERVAL = re.compile(
    rf"\b(?:(?:see|look at|check|review)\s+(?:him|her|them)\s+(?:again\s+)?|see|rtc|back|nv|f/u|recheck|next|again)\s+(?:in\s+)?(?:{NUMBER}|an?)\s?(?:d|days?|w|wks?|weeks?|mos?|months?)\b"
)
_RETURN = re.compile(
    r"\b(?:mon|tue|wed|thu|thur|fri|sat|sun|monday|tuesday|tues|wednesday|weds|thursday|thurs|friday|saturday|sunday|tomorrow|tmrw|tmw|tom|next (?:week|wk)|\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?|(?:\d+|one|two|three|four|few|couple of|a)\s?-?\s?(?:days?|d|weeks?|wks?|wk|months?|mos?|hrs|hours|visits?)|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|oct|nov|dec|this week|a week|a fortnight|fortnight)\b",
)


class PlanReader:
    """Collects the facets of the plan over all sentences in which a plan may stand."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.text = reading, reading.lowered
        self.schedule, self.goals = ScheduleReader(reading), GoalReader(reading)
        self.refers: list[Evidence] = []
        self.return_visit: Evidence | None = None
        self.prn: Evidence | None = None
        self.count: VisitCount | None = None
        self.treated_at = next((one.start for one in reading.sentences if one.zone == "T"), None)

    def run(self) -> Plan:
        """Read the whole note."""
        self._visit_counts()
        for sentence in self.reading.sentences:
            self.goals.read(sentence)
            if self._may_plan(sentence):
                self._sentence(sentence)
        targets = [Goal(item.text, True, item, targets_of(item.text)) for item in self.reading.table_goals]
        evidence = [*self.refers, *self.schedule.evidence, *self.goals.evidence]
        return Plan(
            self.schedule.frequency, self.schedule.duration, (*self.goals.goals, *targets), tuple(self.refers),
            tuple(self.goals.standing), self.return_visit, self.prn, self.count,
            bool(_EXTENDED.search(self.text)), bool(_WINDING_DOWN.search(self.text)), tuple(sorted(evidence, key=_by_place)),
        )  # fmt: skip

    def _may_plan(self, sentence: Sentence) -> bool:
        if sentence.zone in ("P", "G"):
            return True
        if sentence.section in LOOSE:
            return sentence.zone in ("A", "T", "") or (
                sentence.zone in ("S", "O")
                and (bool(PLAN_WORD.search(sentence.lowered)) or self._after_treatment(sentence))
            )
        return sentence.zone in ("A", "T", "X", "B")

    def _after_treatment(self, sentence: Sentence) -> bool:
        """Whether a sentence that begins with a frequency stands behind today's treatment: "Once a week as before."."""
        begins = _BEGINS_WITH_FREQUENCY.match(sentence.lowered)
        return bool(begins) and self._behind_treatment(sentence)

    def _behind_treatment(self, sentence: Sentence) -> bool:
        """Whether today's treatment was told before: in a note without headings what follows may be the plan."""
        return self.treated_at is not None and self.treated_at < sentence.start

    def _counts(self) -> Iterator[re.Match[str]]:
        for sentence in self.reading.sentences:
            if _OF_OTHER_CARE.search(sentence.lowered):
                continue
            if sentence.numbers and _OF.search(sentence.lowered) and _COUNTED.search(sentence.lowered):
                for match in _VISIT_OF.finditer(self.text, sentence.start, sentence.end):
                    if not _ANOTHER_VISIT.search(self.text, max(sentence.start, match.start() - 10), match.start()):
                        yield match

    def _visit_counts(self) -> None:
        for sentence in self.reading.sentences:
            if (
                "of " in sentence.lowered or "goal" in sentence.lowered or "per " in sentence.lowered
            ) and _OF_OR_PER.search(sentence.lowered):
                self._of_the_plan(sentence)
        for match in self._counts():
            total = match["of"] or match["of2"] or match["of3"] or match["of4"] or match["of5"]
            at = match["at"] or match["at2"] or match["at3"] or match["at4"] or match["at5"]
            if total.isdigit() and at.isdigit() and (int(total) > 99 or int(at) > int(total) + _more(match.group())):
                continue
            self._refer(match)
            evidence = self.reading.evidence(match.start(), match.end())
            self.count = self.count or VisitCount(int(count_of(at)), int(count_of(total)), evidence)
            self.schedule.duration = self.schedule.duration or PlanDuration(count_of(total), "visit")

    def _of_the_plan(self, sentence: Sentence) -> None:
        """Week three of six, the sixth of ten visits, per the dated plan."""
        span = (sentence.start, sentence.end)
        if _OF_OTHER_CARE.search(sentence.lowered):
            return
        for pattern, unit in ((_WEEK_OF, "week"), (_ORDINAL_OF, "visit")):
            for match in pattern.finditer(self.text, *span):
                self._refer(match)
                self.schedule.duration = self.schedule.duration or PlanDuration(count_of(match["of"]), unit)
        for pattern in (_PER_PLAN, _GOALS_OF_PLAN):
            for match in pattern.finditer(self.text, *span):
                self._refer(match)

    def _refer(self, match: re.Match[str]) -> None:
        """Note a reference to the plan in force."""
        self.refers.append(self.reading.evidence(match.start(), match.end()))

    def _sentence(self, sentence: Sentence) -> None:
        """References to a plan in force, and returns, in a sentence in which a plan may stand."""
        with_frequency = self.schedule.read(sentence)
        if goes_on := _GOES_ON.search(self.text, sentence.start, sentence.end):
            self._refer(goes_on)
        behind = sentence.section in LOOSE and self._behind_treatment(sentence)
        if (sentence.zone in ("P", "G", "T", "") or behind) and stands_against_a_target(sentence.lowered):
            self.goals.standing.append(self.reading.whole(sentence))
        if sentence.zone in ("P", "T", "", "A") and _DAY_ALONE.fullmatch(sentence.lowered.strip(" .*-")):
            self.return_visit = self.return_visit or self.reading.whole(sentence)
        interval = _INTERVAL.search(self.text, sentence.start, sentence.end) if sentence.numbers else None
        if interval and sentence.zone in ("P", "T", ""):
            self.return_visit = self.return_visit or self.reading.evidence(*interval.span())
        for concept in sentence.of("plan"):
            if concept.kind == "refers" and self._refers(sentence, concept, with_frequency):
                self.refers.append(self.reading.evidence(concept.start, concept.end))
            elif concept.kind == "prn" and self._of_visits(sentence, concept):
                self.prn = self.prn or self.reading.evidence(concept.start, concept.end)
            elif concept.kind == "return" and self.return_visit is None:
                self._returns(sentence, concept)

    def _of_visits(self, sentence: Sentence, concept: Concept) -> bool:
        """Whether "as needed" is said of visits, and not of ice, a drug or a call."""
        before = self.text[sentence.start : concept.start]
        words = self.text[concept.start : concept.end]
        return " if" not in words and not _SELF_CARE_BEFORE.search(before)

    def _returns(self, sentence: Sentence, concept: Concept) -> None:
        """A return date or interval behind a word of coming back."""
        in_a_place = any(p.start <= concept.start and concept.end <= p.end for p in sentence.of("place"))
        if in_a_place or sentence.zone not in ("P", "", "T", "G", "X", "A", "S"):
            return
        end = min(sentence.end, concept.end + 40)
        if _RETURN.search(self.text, concept.start, end):
            self.return_visit = self.reading.evidence(concept.start, end)

    def _refers(self, sentence: Sentence, concept: Concept, with_frequency: bool) -> bool:
        behind = sentence.section in LOOSE and self._behind_treatment(sentence)
        if sentence.section and sentence.zone in ("S", "O") and (not behind or sentence.has("maintenance")):
            return False
        words = self.text[concept.start : concept.end].lower()
        after = self.text[concept.end : sentence.end]
        if _ANOTHER_PLAN.search(
            self.text, max(sentence.start, concept.start - 12), min(sentence.end, concept.end + 24)
        ):
            return False
        if words in _CONTINUE:
            if _NO_CARE_AFTER.match(after):
                return False
            nearby = re.search(r"\b(?:plan|care|treatment|tx|poc|schedule|frequency)\b", after[:50])
            return bool(_CARE_AFTER.match(after)) or with_frequency or bool(nearby)
        if words in _BARE_REFERS:
            lead = self.text[max(sentence.start, concept.start - 40) : concept.start]
            return (
                bool(_DATED.match(after))
                or bool(_IN_FORCE.search(lead))
                or bool(
                    re.match(
                        r"\W*(?:remains|continues|in force|unchanged|still|is unchanged|stands|as before|as written|same)",
                        after,
                    )
                )
            )
        if words in ("as before", "same plan", "on plan", "continue as planned", "as planned"):
            return sentence.zone != "S" or behind
        return sentence.zone != "S" or behind or sentence.section == ""


def _more(words: str) -> int:
    """By how much a visit's number may lie above the plan's: with a slash it may be a date, and then by nothing."""
    return _FEW_MORE if " of " in words.lower() else 0


def _by_place(evidence: Evidence) -> int:
    return evidence.start
