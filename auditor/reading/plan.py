"""The treatment plan: visit frequency, duration, goals, reference to a plan in force, standing against the goals."""

import re
from collections.abc import Iterator

from auditor.facts import Goal, Plan, PlanDuration, VisitFrequency
from auditor.reading.document import LOOSE, Concept, Reading, Sentence
from auditor.records import Evidence

_NUMBERS = {
    w: float(i)
    for i, w in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
_NUMBERS |= {
    "once": 1.0,
    "twice": 2.0,
    "thrice": 3.0,
    "a": 1.0,
    "other": 2.0,
    "second": 2.0,
    "third": 3.0,
    "few": 3.0,
    "couple": 2.0,
    "another": 1.0,
}
_N = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_UNIT = r"(?:weeks?|wks?|wk|w|months?|mos?|mo|days?|fortnights?|years?)"
_PER = {"w": "week", "d": "day", "m": "month", "f": "fortnight", "y": "year"}
_FREQUENCY = [
    re.compile(
        rf"\b(?P<n>{_N}|once|twice|thrice)(?:\s?(?:-|to|or)\s?{_N})?\s{{0,3}}(?:x'?s?|×|times?|visits?|tx|treatments?|sessions?|adjustments?|appts?)?[\s-]{{0,3}}(?:/|\bper\b|\ba\b|\ban\b|\beach\b|\bevery\b|@|-(?=w)|\bfor(?=\s+week\b))[\s-]{{0,3}}(?P<e>{_N}|other|second)?\s{{0,3}}(?P<u>{_UNIT})\b(?!\s+(?:ago|before|earlier))(?!\s+(?:schedule\s+|plan\s+)?(?:suspended|stopped|cancell?ed|discontinued|on hold))",
    ),
    re.compile(rf"\b(?P<n>\d)\s{{0,3}}(?:x|×)\s{{0,3}}(?P<u>{_UNIT})\b(?!\s+(?:suspended|stopped|on hold))"),
    re.compile(rf"\b(?P<n>once|twice|thrice|{_N}(?:x|\s?times)?)\s?(?P<u>weekly|wkly|monthly)\b"),
    re.compile(
        rf"\b(?P<n>once|one visit)?\s?\b(?:every|q)\.?\s?(?P<e>{_N}|other|second|few)?\s?(?P<u>{_UNIT})\b",
    ),
    re.compile(
        r"\b(?P<code>tiw|biw|qod|qow|qwk|qw|bi-?weekly|weekly|fortnightly|monthly|wkly|mwf|m/w/f|mon/wed/fri|t/th|tth|tues/thurs?|tue/thu|mon/thurs?)\b",
    ),
    re.compile(r"(?<![\d/])(?P<n>\d)/(?P<u>7)(?=\s*(?:x|for|×|then)\s*\d)"),
    re.compile(
        r"(?<![\d/.])(?P<n>[1-5])\s?x\s?(?P<threebyfour>\d{1,2})(?![\d/x]|\s?(?:reps|sets|min|mm|cm|daily|day|mg))\b",
    ),
]
_OFTEN = re.compile(
    r"w(?:ee)?k|/\s?w|\dx?w|month|\bmo\b|fortnight|every|\bq|tiw|biw|mwf|m/w/f|mon/|t/th|tth|tue|/7|\d\s?x\s?\d|days?\b|year|per\b|[/x]\s?w\b"
)
_LONG = re.compile(
    r"week|wk|month|\bmo|day|visit|\bvis|tx|treat|session|adjust|fortnight|app(?:oin)?t|/52|/12|duration|until|till|through|thru|\bx\b|×|\bfor\b"
)
_CODES: dict[str, tuple[float, str, float]] = {"tiw": (3, "week", 1), "biw": (2, "week", 1), "qod": (1, "day", 2), "qow": (1, "week", 2), "qwk": (1, "week", 1), "wkly": (1, "week", 1), "mwf": (3, "week", 1), "m/w/f": (3, "week", 1), "mon/wed/fri": (3, "week", 1), "t/th": (2, "week", 1), "tth": (2, "week", 1), "tues/thur": (2, "week", 1), "tues/thurs": (2, "week", 1), "tue/thu": (2, "week", 1), "mon/thur": (2, "week", 1), "mon/thurs": (2, "week", 1), "qw": (1, "week", 1), "biweekly": (1, "week", 2), "bi-weekly": (1, "week", 2), "weekly": (1, "week", 1), "fortnightly": (1, "fortnight", 1), "monthly": (1, "month", 1)}  # fmt: skip
_LENGTH = rf"(?P<n>{_N}|\d{{1,3}}|another)(?:\s?(?:-|to)\s?{_N})?[\s-]{{0,3}}(?:more\s|additional\s|further\s|consecutive\s|scheduled\s|total\s)?(?P<u>weeks?|wks?|wk|w|months?|mos?|mo|days?|visits?|vis|tx's|txs?|treatments?|sessions?|adjustments?|fortnights?|appts?|appointments?)\b(?!\s?(?:/|per [wmd]|a [wm]|each [wm]|every [wm]|weekly))"
_DURATION = [
    re.compile(
        rf"(?:\bfor|(?<![a-z])x|×|\bover|\bduring|\bthe next|\bnext|\banother|\badditional|\bduration(?: of)?(?: is)?:?|,|\btotal of|\bthen)\s*(?:a\s+(?:total|period|further)\s+(?:of\s+)?|the\s+next\s+|another\s+|the\s+coming\s+|about\s+|approximately\s+)?{_LENGTH}",
    ),
    re.compile(
        rf"\b{_LENGTH}(?=\s+(?:more|longer|total|plan|then|course|program|period|left|remaining|at which|before re|until re|and then|schedule)\b)",
    ),
    re.compile(
        rf"\bre-?-?(?:eval\w*|exam\w*|assess\w*|check)\s*(?:in|at|after|@|q|every|due in)?\s*(?:visit\s*)?(?:the\s+)?{_LENGTH}",
    ),
    re.compile(
        r"\bre-?(?:eval\w*|exam\w*|assess\w*)\s*(?:at|on|after|@)?\s*(?P<u>visit)\s*#?\s*(?P<n>\d{1,2})\b",
    ),
    re.compile(r"(?<![\d/.])(?P<n>\d{1,2})/(?P<uk>52|12)(?![\d/])(?=\W|$)"),
    re.compile(r"\bdur(?:ation)?\b\W{0,24}(?P<n>\d{1,2})\s*(?P<u>weeks?|wks?|months?|visits?)?"),
    re.compile(rf"\b{_LENGTH}\s*(?:of (?:care|treatment)|treatment plan|care plan|plan of care|course)"),
    re.compile(rf"[,;]\s*(?P<n>{_N})\s+more\b(?=\s*(?:[.,;)]|$))"),
    re.compile(r"(?:\bfor|(?<![a-z])x|×)\s*(?P<n>\d{1,2})(?=\s*(?:[.,;)\n]|$|then|re-?e|goals?))"),
]
_AUTHORISED = re.compile(
    rf"\b(?:authori[sz]ed|approved|auth)\s+(?:for\s+)?(?P<n>{_N}|\d{{1,2}}|fifteen|eighteen|twenty|twenty-four)\s+(?:visits|treatments|sessions)\b",
)
_UNTIL = re.compile(
    r"\b(?:until|till|til|through|thru|to)\s+(?:the\s+)?(?:(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|twent\w+(?:[- ]\w+)?|thirt\w+(?:[- ]\w+)?) of \w+|end of\s+(?:the\s+)?(?:january|february|march|april|may|june|july|august|september|october|november|december|month|year|quarter)|(?:mid-|early |late )?(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b|\d{1,2}[/-]\d{1,2}|labor day|halloween|independence day|memorial day|thanksgiving|christmas|easter|new year|\d{1,2} weeks|re-?ex\w*|re-?eval\w*|\d{4}-\d\d)",
)
_VISIT_OF = re.compile(
    r"\b(?:visit|treatment|tx|session|appt|appointment|v|day)s?\s*(?:no\.?|number|#)?\s*:?\s*#?\s*(?P<at>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s*(?:of|/|out of)\s*(?:a\s+(?:planned\s+)?|an\s+(?:estimated\s+)?|the\s+|planned\s+|est\.?\s+|approx\.?\s+)?(?P<of>\d{1,3}|four|five|six|eight|ten|twelve|fifteen|eighteen|twenty|twenty-four)(?!\s?/|\d)|\b(?P<of4>\d{1,2}) visits?,? (?:and )?this is (?:the |#|visit |number |no\. )*(?P<at4>\d{1,2})|#\s?(?P<at2>\d{1,2})\s*(?:of|/)\s*(?P<of2>\d{1,2})(?!/)|\b(?P<at3>\d{1,2})(?:st|nd|rd|th) (?:of|visit of) (?:the )?(?P<of3>\d{1,2}) (?:planned |scheduled )?(?:visits|treatments|sessions)",
)
_ANOTHER_VISIT = re.compile(r"\b(?:last|prior|previous|prev\.?) $")
"""Before "visit 6/10" it makes the number a rating of that visit."""
_ORDINAL_OF = re.compile(
    rf"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)\s+(?:visit\s+)?of\s+(?:the\s+|her\s+|his\s+)?(?P<of>{_N})\b(?:\s+(?:planned\s+|scheduled\s+)?(?:visits|treatments|sessions))?",
)
_WEEK_OF = re.compile(rf"\bweek\s+(?:no\.?\s*|#)?{_N}\s+of\s+(?:the\s+|a\s+|her\s+|his\s+|an\s+)?(?P<of>{_N})\b")
_PER_PLAN = re.compile(
    r"\bper\s+(?:the\s+|her\s+|his\s+)?(?:\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?\s+)(?:re-?exam\w*\s+|re-?eval\w*\s+|initial\s+)?(?:plan|poc|schedule)\b",
)
_OF_OR_PER = re.compile(r"week .{0,12}of |(?:st|nd|rd|th) (?:visit )?of |per .{0,24}(?:plan|poc|schedule)")
_AIMED_AT = re.compile(r"<|≤|under|below|less|better|lower")
_TARGET = re.compile(
    r"\b(?:odi|ndi|rmdq|oswestry|psfs|bournemouth|neck disability index|vas|nprs|pain|neck|low back|lbp?|mid back|hip)\b[^.;\n\d]{0,18}(?:<|≤|=<|\bunder|\bbelow|\bless than)\s?\d+|\b\d{1,2}\s?/\s?10\s+or\s+(?:less|better|under|below|lower)\b",
)
"""A value that is aimed at wherever it stands: "ODI < 20%", "2/10 or less"."""
_PLANNED_TARGET = re.compile(
    r"(?:\b(?:odi|ndi|rmdq|oswestry)\b\s*(?:to\s+)?\d+|\b(?:neck|low back|lbp?|mid back|pain|hip|vas|nprs)\b\s*(?:pain\s+)?(?:to\s+|at\s+)?\d{1,2}\s?/\s?10\b|\bto\s+\d/10\b|\b(?:sit|sitting|stand|standing|drive|driving|sleep|lift|lifting)\b\s+(?:x\s+|to\s+)?\d{1,3}\s?(?:min|hrs?|hours?|lbs?|#|kg)\b|\b(?:rot(?:ation)?|flex(?:ion)?|ext(?:ension)?)\b\s*[LR]?\s*(?:to\s+)?\d{2}\b)",
)
"""In a plan, a score, a rating, an activity with its length, or degrees: what is wanted, even where nobody wrote "goal"."""
_NO_PLANNED_TARGET = re.compile(
    r"\b(?:now|today|currently|was|were|from|post|after|following|remains?|still|ice|heat|hep|exercise\w*|stretch\w*|reps|sets|daily|times a day|per day|x/day|every|break)\b|/\s?day",
)
_PRESENTLY = re.compile(
    r"\b(?:presently|currently|at present|right now|now|so far)\b[^.;]{0,40}?(?:\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|half|twenty|thirty|forty|fifty)\b)",
)
_ITEM = re.compile(r"\s*(?P<mark>[-*•]|\d{1,2}(?:\.\d{1,2})*[.)]?(?=\s))")
_NO_WISH = re.compile(r"wanted (?:me|us|the|her|his|someone)\b")
_GOAL_KEY = re.compile(r"\s*\[?\w+\.goals?\b")
_COUNTED = re.compile(r"visit|treatment|tx|session|app(?:oin)?t|#|day|\bv|(?:st|nd|rd|th) (?:of|visit)")
_OF = re.compile(r"of|/|this is")
_PLAN_WORD = re.compile(
    r"\b(?:plan|poc|care|duration|laid out|go on|will be used|treat\w*|tx|visits?|see|seen|come|comes|coming|return|rtc|schedule\w*|frequency|freq|continue|cont|adjust\w*|sessions?|appointments?|authori[sz]ation|propose|recommend\w*|follow-?up|f/u|chiropractic|cmt|back|then|taper|reduce|drop|increase|decrease|active|book\w*|attend\w*|step down|go to|space|start|begin|re-?ex\w*|re-?eval\w*)\b"
)
_VISITS_OVER = re.compile(
    rf"\b(?P<n>{_N}|\d{{2}}) (?:more |further )?(?:visits|treatments|sessions|adjustments)\s+(?:over|in|within|during)\s+(?:the next\s+|the coming\s+)?(?P<m>{_N}) ?(?P<u>weeks?|wks?|months?)\b",
)
_FOR_WEEKS = re.compile(rf"\s*(?:,\s*)?(?:for|x|over)\s+(?:the next\s+)?{_N}\s*(?:more\s+)?(?:weeks?|wks?|months?)")
_PAST_FREQUENCY = re.compile(
    r"\b(?:was|were|had been|from|has been|have been|previously|prior|initially at|started at|came|been coming|used to|attended)\s+(?:\w+\s+){0,2}$",
)
_CARE_AFTER = re.compile(
    r"\s*(?:of\s+)?(?:the\s+|with\s+(?:the\s+)?)?(?:same\s+|active\s+|current\s+|this\s+|present\s+|chiropractic\s+|conservative\s+|existing\s+|established\s+|original\s+|remaining\s+|in-office\s+|corrective\s+)*(?:care|plan|tx|treatments?|poc|schedule|frequency|program|regimen|course|protocol|rx|visits?|adjustments?|cmt|as\b|per\b|at\b|to\b (?:plan|schedule|see)|on\b|\d|once|twice|three|two|one|weekly|through|until|same|current|unchanged|[.;,\[]|$|\n|-|–)",
)
_NO_CARE_AFTER = re.compile(
    r"\s*(?:to\s+(?:have|be|experience|improve|do|feel|report|work|hurt|ice|exercise|stretch|use|wear|avoid|perform|take|walk|note|complain)|(?:with\s+)?(?:hep|home|ice|heat|exercis\w+|stretch\w*|meds|medication|walking|wearing|using|icing|his|her|daily|work\w*|modified|chin|posture|pain|symptom\w*)\b)",
)
_DATED = re.compile(
    r"\W*(?:(?:dated|of|from|opened|set|started|established|on|as of|effective|written|made)\W+)?(?:on\s+)?(?:\d{1,2}[/-]\d{1,2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.? \d|\d{4}-\d\d|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
)
_IN_FORCE = re.compile(
    r"\b(?:continue\w*|cont\.?|per|current|same|following|under|remains?|in force|on file|existing|as planned|according to|stay|keep|original|ongoing|unchanged|carry on|within|still|active|original|initial|established)\b",
)
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
_ANY_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen|eighteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|half an hour|half a mile|one (?:mile|flight|hour|block)|an hour|a mile|a full hour)\b",
)
_NO_TARGET = re.compile(
    r"\bby \d{1,2}/\d{1,2}\b|\b(?:in|within|over|after|for|next|x|until|till) (?:the next )?(?:\d+|two|three|four|five|six|seven|eight|ten|twelve)(?:\s?-\s?\d+)? ?(?:weeks?|wks?|visits?|months?|days?|treatments?)\b|\b(?:goals?|stg|ltg|#)\s*#?\d\b(?!\s?(?:/|min|%|x|deg|hr|hour|mi|lb|block|flight))|(?:^|\s)\(?\d[.)](?=\s|$)|\b[ctl]\d{1,2}(?:-[ctls]?\d{1,2})?\b|\b(?:one|two|three|four|both|all) (?:of (?:the |his |her )?)?(?:\w+ )?goals\b|\bvisit \d+",
)
_SIGNED = re.compile(
    r"\b(?:electronically|digitally|e-?)\s?-?signed|\bsigned electronically|\[signature\]|\b(?:authenticated|finali[sz]ed) by"
)
_STANDS_NUMBER = re.compile(
    r"\b(?:now|currently|today|at present|so far|presently|is at|stands at)\s*(?:at\s+|is\s+|:\s*|about\s+|a\s+)?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|half|twenty|thirty|forty|fifty)|\b\d+\s?(?:min\w*|/10|%|deg\w*|°|lbs?|hrs?|miles?|mi)?\s?(?:now|today|currently|so far|at present)\b|\(\s*(?:was|now|from|currently)\s*:?\s*\d|-\s?\d+\s?(?:min\w*|/10|%)?\s?now|\d[^.;]{0,12}\b(?:this week|at (?:the )?start|last week)\b|\bgoal\b[^.;\n]{0,60}\b(?:met|reached|achieved|on track)\b",
)
_DAY_ALONE = re.compile(
    r"(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat)[a-z]*\.?(?:\s+(?:at\s+)?\d{1,2}(?::\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.)?)?",
)
_RETURN = re.compile(
    r"\b(?:mon|tue|wed|thu|thur|fri|sat|sun|monday|tuesday|tues|wednesday|weds|thursday|thurs|friday|saturday|sunday|tomorrow|next week|\d{1,2}/\d{1,2}|(?:\d+|one|two|three|four|few|couple of|a)\s?-?\s?(?:days?|d|weeks?|wks?|wk|months?|mos?|hrs|hours|visits?)|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|oct|nov|dec|this week|a week|a fortnight|fortnight)\b",
)


class PlanReader:
    """Collects the facets of the plan over all sentences in which a plan may stand."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.text = reading, reading.lowered
        self.frequency: VisitFrequency | None = None
        self.duration: PlanDuration | None = None
        self.goals: list[Goal] = []
        self.refers: list[Evidence] = []
        self.standing: list[Evidence] = []
        self.return_visit: Evidence | None = None
        self.prn: Evidence | None = None
        self.evidence: list[Evidence] = []
        self.in_goals = False
        self.goal_item = ""
        """How the line that names the goals is numbered, so that the next item beside it is told from an item below."""

    def run(self) -> Plan:
        """Read the whole note."""
        self._visit_counts()
        for sentence in self.reading.sentences:
            self._goals(sentence)
            if self._may_plan(sentence):
                self._sentence(sentence)
        self.goals += [Goal(item.text, True, item) for item in self.reading.table_goals]
        return Plan(
            self.frequency, self.duration, tuple(self.goals), tuple(self.refers), tuple(self.standing),
            self.return_visit, self.prn, tuple(self.evidence),
        )  # fmt: skip

    def _visits_over(self, sentence: Sentence) -> list[tuple[int, int]]:
        """A number of visits over a length of time gives both: "4 visits over 4 weeks"."""
        match = _VISITS_OVER.search(self.text, sentence.start, sentence.end)
        if match is None or _PAST_FREQUENCY.search(self.text[sentence.start : match.start()]):
            return []
        unit = "month" if match["u"].lower().startswith("mo") else "week"
        self.frequency = self.frequency or VisitFrequency(_number(match["n"]), unit, _number(match["m"]))
        self.duration = self.duration or PlanDuration(_number(match["m"]), unit)
        self.evidence.append(self.reading.evidence(match.start(), match.end()))
        return [match.span()]

    def _may_plan(self, sentence: Sentence) -> bool:
        if sentence.zone in ("P", "G"):
            return True
        if sentence.section in LOOSE:
            return sentence.zone in ("A", "T", "") or (
                sentence.zone in ("S", "O") and bool(_PLAN_WORD.search(sentence.lowered))
            )
        return sentence.zone in ("A", "T", "X", "B")

    def _counts(self) -> Iterator[re.Match[str]]:
        for sentence in self.reading.sentences:
            if sentence.numbers and _OF.search(sentence.lowered) and _COUNTED.search(sentence.lowered):
                for match in _VISIT_OF.finditer(self.text, sentence.start, sentence.end):
                    if not _ANOTHER_VISIT.search(self.text, max(sentence.start, match.start() - 10), match.start()):
                        yield match

    def _visit_counts(self) -> None:
        for sentence in self.reading.sentences:
            if _OF_OR_PER.search(sentence.lowered):
                self._of_the_plan(sentence)
        for match in self._counts():
            total = match["of"] or match["of2"] or match["of3"] or match["of4"]
            at = match["at"] or match["at2"] or match["at3"] or match["at4"]
            if total.isdigit() and at.isdigit() and (int(total) < int(at) or int(total) > 99):
                continue
            self._refer(match)
            self.duration = self.duration or PlanDuration(_number(total), "visit")

    def _of_the_plan(self, sentence: Sentence) -> None:
        """Week three of six, the sixth of ten visits, per the dated plan."""
        span = (sentence.start, sentence.end)
        for pattern, unit in ((_WEEK_OF, "week"), (_ORDINAL_OF, "visit")):
            for match in pattern.finditer(self.text, *span):
                self._refer(match)
                self.duration = self.duration or PlanDuration(_number(match["of"]), unit)
        for match in _PER_PLAN.finditer(self.text, *span):
            self._refer(match)

    def _refer(self, match: re.Match[str]) -> None:
        """Note a reference to the plan in force."""
        evidence = self.reading.evidence(match.start(), match.end())
        self.refers.append(evidence)
        self.evidence.append(evidence)

    def _sentence(self, sentence: Sentence) -> None:
        allowed = "auth" in sentence.lowered or "approved" in sentence.lowered
        granted = _AUTHORISED.search(self.text, sentence.start, sentence.end) if allowed else None
        if granted and self.duration is None:
            self.duration = PlanDuration(_number(granted["n"]), "visit")
            self.evidence.append(self.reading.evidence(granted.start(), granted.end()))
        often = _OFTEN.search(sentence.lowered)
        spans = self._frequencies(sentence) if often else []
        if spans or (sentence.numbers and _LONG.search(sentence.lowered)):
            self._durations(sentence, bool(spans))
        if sentence.zone in ("P", "T", "", "A") and _DAY_ALONE.fullmatch(sentence.lowered.strip(" .*-")):
            self.return_visit = self.return_visit or self.reading.whole(sentence)
        for concept in sentence.of("plan"):
            if concept.kind == "refers" and self._refers(sentence, concept, bool(spans)):
                self.refers.append(self.reading.evidence(concept.start, concept.end))
                self.evidence.append(self.reading.evidence(concept.start, concept.end))
            elif concept.kind == "prn":
                self.prn = self.prn or self.reading.evidence(concept.start, concept.end)
            elif (
                concept.kind == "return"
                and not any(p.start <= concept.start and concept.end <= p.end for p in sentence.of("place"))
                and sentence.zone in ("P", "", "T", "G", "X", "A", "S")
            ):
                tail = self.text[concept.start : min(sentence.end, concept.end + 40)]
                if _RETURN.search(tail):
                    self.return_visit = self.return_visit or self.reading.evidence(
                        concept.start, min(sentence.end, concept.end + 40)
                    )

    def _frequencies(self, sentence: Sentence) -> list[tuple[int, int]]:
        spans = self._visits_over(sentence)
        if any("OTHER_PERSON" in act.marks for act in sentence.of("act")):
            return spans
        planned = sentence.zone in ("P", "G", "T", "A", "X", "B") or bool(_PLAN_WORD.search(sentence.lowered))
        for pattern in _FREQUENCY:
            for match in pattern.finditer(self.text, sentence.start, sentence.end):
                if any(s < match.end() and match.start() < e for s, e in spans) or not match.group().strip():
                    continue
                frequency = _frequency(match)
                lead = self.text[sentence.start : match.start()]
                care = (
                    planned or not lead.strip(" \t-*•") or bool(_FOR_WEEKS.match(self.text, match.end(), sentence.end))
                )
                past = _PAST_FREQUENCY.search(lead) and not re.search(r"\b(?:plan|laid out|set out)\b", lead)
                if frequency is None or not care or self._is_self_care(sentence, match) or past:
                    continue
                spans.append(match.span())
                self.frequency = self.frequency or frequency
                self.evidence.append(self.reading.evidence(match.start(), match.end()))
                if "threebyfour" in match.groupdict() and match.groupdict()["threebyfour"]:
                    self.duration = self.duration or PlanDuration(float(match["threebyfour"]), "week")
        return spans

    def _is_self_care(self, sentence: Sentence, match: re.Match[str]) -> bool:
        """Whether the frequency is of exercise, ice or drugs: such a word stands before it in its clause, or right after."""
        lead = self.text[sentence.start : match.start()]
        clause = sentence.start + max(
            (m.end() for m in re.finditer(r"[,;.(|]|\band\b|\bthen\b|\s{3,}", lead)), default=0
        )
        words = [c for c in sentence.of("plan") if c.kind == "selfcare"]
        before = [c for c in words if clause <= c.start < match.start()]
        after = [
            c
            for c in words
            if 0 <= c.start - match.end() < 14
            and re.fullmatch(r"\s*(?:of|for|at|:|-|on|,)?\s*(?:the\s+)?", self.text[match.end() : c.start])
        ]
        visit_word = re.search(
            r"\b(?:visits?|adjust\w*|care|treatments?|tx|cmt|continue|rtc|return|see)\b",
            self.text[clause : match.start()],
        )
        return (bool(before) and not visit_word) or bool(after)

    def _durations(self, sentence: Sentence, with_frequency: bool) -> None:
        care = with_frequency or bool(_PLAN_WORD.search(sentence.lowered))
        if not care:
            return
        for pattern in _DURATION:
            for match in pattern.finditer(self.text, sentence.start, sentence.end):
                duration = _duration(match, with_frequency)
                if duration is None or self._is_self_care(sentence, match):
                    continue
                if not with_frequency and not self._stands_alone(sentence, match):
                    continue
                self.duration = self.duration or duration
                self.evidence.append(self.reading.evidence(match.start(), match.end()))
        until = _UNTIL.search(self.text, sentence.start, sentence.end)
        if until and with_frequency and self.duration is None:
            self.duration = PlanDuration(None, "until a date")
            self.evidence.append(self.reading.evidence(until.start(), until.end()))

    def _stands_alone(self, sentence: Sentence, match: re.Match[str]) -> bool:
        """A length without a frequency counts where it is of care: visits, a re-examination, a plan."""
        words = match.group().lower()
        if re.search(r"visit|tx|treatment|session|re-?e|adjustment|duration|plan|course", words):
            return not re.search(
                r"\b(?:has had|had|after|been|completed|received|last)\s+(?:\w+\s+){0,2}$",
                self.text[sentence.start : match.start()],
            )
        lead = self.text[max(sentence.start, match.start() - 40) : match.start()]
        return sentence.zone in ("P", "G", "") and bool(
            re.search(r"\b(?:plan|care|treat\w*|course|continue|program|schedule|tx)\b[^.;,]*$", lead)
        )

    def _refers(self, sentence: Sentence, concept: Concept, with_frequency: bool) -> bool:
        if sentence.section and sentence.zone in ("S", "O"):
            return False
        words = self.text[concept.start : concept.end].lower()
        after = self.text[concept.end : sentence.end]
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
            return sentence.zone != "S"
        return sentence.zone != "S" or bool(sentence.section == "")

    def _goals(self, sentence: Sentence) -> None:
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
        start = sentence.start if in_section or not cues else cues[0].start
        words = self.text[start : sentence.end]
        if _SIGNED.search(sentence.lowered, start - sentence.start):
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
        if _STANDS_NUMBER.search(words) or any(self._tells_standing(c) for c in stands):
            self.standing.append(evidence)

    def _is_item(self, sentence: Sentence) -> bool:
        """Whether a line goes on with the goals: a bullet or number below them, and not the next item beside them."""
        return (
            sentence.text.lstrip()[:1] in "-*•0123456789"
            and sentence.zone in ("P", "G", "A")
            and (not self.goal_item or _numbering(sentence.text) != self.goal_item)
        )

    def _unnamed_goal(self, sentence: Sentence) -> None:
        """A target that nothing calls a goal: "ODI < 20%", or in a plan "sit 45 min, LBP 2/10"."""
        if not sentence.numbers or (sentence.zone in ("H", "X", "O", "I", "S") and sentence.section not in LOOSE):
            return
        aimed = sentence.zone != "O" and _AIMED_AT.search(sentence.lowered)
        found = _TARGET.search(sentence.lowered) if aimed else None
        in_plan = sentence.section == "plan" or (sentence.section in LOOSE and _OFTEN.search(sentence.lowered))
        if found is None and in_plan and not _NO_PLANNED_TARGET.search(sentence.lowered):
            found = _PLANNED_TARGET.search(sentence.lowered)
        if found:
            self._add_goal(sentence.start + found.start(), sentence, objective=True)
            stands = any(c.kind == "standing" and self._tells_standing(c) for c in sentence.of("plan"))
            if stands or _STANDS_NUMBER.search(sentence.lowered):
                self.standing.append(self.evidence[-1])

    def _add_goal(self, start: int, sentence: Sentence, *, objective: bool) -> None:
        evidence = self.reading.evidence(start, sentence.end)
        self.goals.append(Goal(evidence.text.strip(), objective, evidence))
        self.evidence.append(evidence)

    def _tells_standing(self, concept: Concept) -> bool:
        words = self.text[concept.start : concept.end].lower()
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

    def _without_schedule(self, start: int, end: int) -> str:
        """The words of a goal without what is no target in it: dates, frequencies, lengths of care, numbers of items."""
        words = self.text[start:end]
        for written in reversed(self.reading.dates_in(start, end)):
            words = words[: written.start - start] + " " + words[written.end - start :]
        for pattern in (*_FREQUENCY[:4], *_DURATION[:1]):
            words = pattern.sub(" ", words)
        return _NO_TARGET.sub(" ", words)


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


def _number(words: str | None) -> float:
    if not words:
        return 1.0
    lowered = re.split(r"(?<=\d)\s?x|\s(?:x|times?|visits?)\b", words.lower())[0].strip()
    return (
        float(lowered)
        if lowered.isdigit()
        else _NUMBERS.get(lowered, {"fifteen": 15.0, "eighteen": 18.0, "twenty": 20.0}.get(lowered, 1.0))
    )


def _frequency(match: re.Match[str]) -> VisitFrequency | None:
    groups = match.groupdict()
    if groups.get("code"):
        times, per, every = _CODES[groups["code"].lower()]
        return VisitFrequency(times, per, every)
    if groups.get("threebyfour"):
        return VisitFrequency(_number(groups["n"]), "week")
    unit = groups["u"].lower()
    per = "week" if unit == "7" or unit.startswith("wk") else _PER.get(unit[0], "week")
    if unit.startswith("mo"):
        per = "month"
    every = _number(groups.get("e")) if groups.get("e") else 1.0
    times = _number(groups.get("n"))
    if per == "day" and every <= 1:
        return None
    if per == "year":
        return None
    return VisitFrequency(times, per, every)


def _duration(match: re.Match[str], with_frequency: bool) -> PlanDuration | None:
    groups = match.groupdict()
    if groups.get("uk"):
        return (
            PlanDuration(float(groups["n"]), "week" if groups["uk"] == "52" else "month")
            if int(groups["n"]) <= 26
            else None
        )
    value = _number(groups["n"])
    unit = (groups.get("u") or "").lower()
    if not unit:
        unit = "visit" if "more" in match.group().lower() else "week"  # "1x/wk, 4 more"
        return PlanDuration(value, unit) if with_frequency else None
    if unit[0] == "w":
        return PlanDuration(value, "week")
    if unit.startswith("mo"):
        return PlanDuration(value, "month")
    if unit[0] == "d":
        return PlanDuration(value, "day") if value >= 5 else None
    return PlanDuration(value, "fortnight" if unit[0] == "f" else "visit")
