"""The schedule of care: how often the patient is to come, and for how long."""

import re

from auditor.facts import PlanDuration, VisitFrequency
from auditor.reading.document import Reading, Sentence
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
NUMBER = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_UNIT = r"(?:weeks?|wks?|wk|w|months?|mos?|mo|days?|fortnights?|years?)"
_PER = {"w": "week", "d": "day", "m": "month", "f": "fortnight", "y": "year"}
FREQUENCY = [
    re.compile(
        rf"\b(?P<n>{NUMBER}|once|twice|thrice)(?:\s?(?:-|to|or)\s?{NUMBER})?\s{{0,3}}(?:x'?s?|×|times?|visits?|tx|treatments?|sessions?|adjustments?|appts?)?[\s-]{{0,3}}(?:/|\bper\b|\ba\b|\ban\b|\beach\b|\bevery\b|@|-(?=w)|\bfor(?=\s+week\b))[\s-]{{0,3}}(?P<e>{NUMBER}|other|second)?\s{{0,3}}(?P<u>{_UNIT})\b(?!\s+(?:ago|before|earlier))(?!\s+(?:schedule\s+|plan\s+)?(?:suspended|stopped|cancell?ed|discontinued|on hold))",
    ),
    re.compile(rf"\b(?P<n>\d)\s{{0,3}}(?:x|×)\s{{0,3}}(?P<u>{_UNIT})\b(?!\s+(?:suspended|stopped|on hold))"),
    re.compile(rf"\b(?P<n>once|twice|thrice|{NUMBER}(?:x|\s?times)?)\s?(?P<u>weekly|wkly|monthly)\b"),
    re.compile(
        rf"\b(?P<n>once|one visit)?\s?\b(?:every|q)\.?\s?(?P<e>{NUMBER}|other|second|few)?\s?(?P<u>{_UNIT})\b",
    ),
    re.compile(
        r"\b(?P<code>tiw|biw|qod|qow|qwk|qw|bi-?weekly|weekly|fortnightly|monthly|wkly|mwf|m/w/f|mon/wed/fri|t/th|tth|tues/thurs?|tue/thu|mon/thurs?)\b",
    ),
    re.compile(r"(?<![\d/])(?P<n>\d)/(?P<u>7)(?=\s*(?:x|for|×|then)\s*\d)"),
    re.compile(
        r"(?<![\d/.])(?P<n>[1-5])\s?x\s?(?P<threebyfour>\d{1,2})(?![\d/x]|\s?(?:reps|repetitions|sets|pumps|cycles|times|holds?|passes|sec|min|mm|cm|daily|day|mg))\b",
    ),
]
OFTEN = re.compile(
    r"week|wk|month|mo\b|fortnight|every|q(?<![a-z]q)|tiw|biw|mwf|m/w/f|t/th|tth|tue|days?\b|year|per\b|/(?:7|\s?w)|x\s?[w\d]|w(?<=\dw)"
)
"""What a sentence holds that tells how often. Every alternative begins with a letter of its own and tests what precedes
it afterwards: Python skips to those letters, which makes such an expression several times faster."""
_LONG = re.compile(
    r"week|wk|month|mo(?<!\wmo)|day|visit|vis(?<!\wvis)|tx|treat|session|adjust|fortnight|appoint|appt|/(?:52|12)|duration|until|till|through|thru|x\b(?<!\wx)|×|for\b(?<!\wfor)"
)
_CODES: dict[str, tuple[float, str, float]] = {"tiw": (3, "week", 1), "biw": (2, "week", 1), "qod": (1, "day", 2), "qow": (1, "week", 2), "qwk": (1, "week", 1), "wkly": (1, "week", 1), "mwf": (3, "week", 1), "m/w/f": (3, "week", 1), "mon/wed/fri": (3, "week", 1), "t/th": (2, "week", 1), "tth": (2, "week", 1), "tues/thur": (2, "week", 1), "tues/thurs": (2, "week", 1), "tue/thu": (2, "week", 1), "mon/thur": (2, "week", 1), "mon/thurs": (2, "week", 1), "qw": (1, "week", 1), "biweekly": (1, "week", 2), "bi-weekly": (1, "week", 2), "weekly": (1, "week", 1), "fortnightly": (1, "fortnight", 1), "monthly": (1, "month", 1)}  # fmt: skip
_LENGTH = rf"(?P<n>{NUMBER}|\d{{1,3}}|another)(?:\s?(?:-|to)\s?{NUMBER})?[\s-]{{0,3}}(?:more\s|additional\s|further\s|consecutive\s|scheduled\s|total\s)?(?P<u>weeks?|wks?|wk|w|months?|mos?|mo|days?|visits?|vis|tx's|txs?|treatments?|sessions?|adjustments?|fortnights?|appts?|appointments?)\b(?!\s?(?:/|per [wmd]|a [wm]|each [wm]|every [wm]|weekly))"
DURATION = [
    re.compile(
        rf"(?:for(?<!\wfor):?|x(?<![a-z]x)|×|over(?<!\wover)|during(?<!\wduring)|the next(?<!\wthe next)|next(?<!\wnext)|another(?<!\wanother)|additional(?<!\wadditional)|duration(?<!\wduration)(?: of)?(?: is)?:?|,|total of(?<!\wtotal of)|then(?<!\wthen))\s*(?:a\s+(?:total|period|further)\s+(?:of\s+)?|the\s+next\s+|another\s+|the\s+coming\s+|about\s+|approximately\s+)?{_LENGTH}",
    ),
    re.compile(
        rf"\b{_LENGTH}(?=\s+(?:more|longer|total|plan|then|course|program|period|left|remaining|at which|before re|until re|and then|schedule)\b)",
    ),
    re.compile(
        rf"\bre-?-?(?:eval\w*|exam\w*|assess\w*|check)\s*(?:(?:him|her|them|the patient|patient|pt)\s+)?(?:in|at|after|@|q|every|due in)?\s*(?:visit\s*)?(?:the\s+)?{_LENGTH}",
    ),
    re.compile(
        r"\bre-?(?:eval\w*|exam\w*|assess\w*)\s*(?:at|on|after|@)?\s*(?P<u>visit)\s*#?\s*(?P<n>\d{1,2})\b",
    ),
    re.compile(r"(?<![\d/.])(?<!r/v )(?<!rv )(?<!review )(?P<n>\d{1,2})/(?P<uk>52|12)(?![\d/])(?=\W|$)"),
    re.compile(r"\bdur(?:ation)?\b\W{0,24}(?P<n>\d{1,2})\s*(?P<u>weeks?|wks?|months?|visits?)?"),
    re.compile(rf"\b{_LENGTH}\s*(?:of (?:care|treatment)|treatment plan|care plan|plan of care|course)"),
    re.compile(rf"[,;]\s*(?P<n>{NUMBER})\s+more\b(?=\s*(?:[.,;)]|$))"),
    re.compile(
        r"\b(?:planned|total|number of|no\. of|estimated|remaining) (?P<u>visits|treatments|sessions)(?: planned)?\s*[:=#]?\s*(?P<n>\d{1,2})\b"
    ),
    re.compile(r"\b(?:until|till?|through|thru)\W{1,6}(?P<u>visit|week|wk)\s*#?\s*(?P<n>\d{1,2})\b"),
    re.compile(rf"(?:(?<=/wk )|(?<=/week )|(?<=a week )|(?<=per week )){_LENGTH}"),
    re.compile(rf"\bdischarge\s+(?:after|in|at)\s+{_LENGTH}"),
    re.compile(r"(?:for(?<!\wfor)|x(?<![a-z]x)|×)\s*(?P<n>\d{1,2})(?=\s*(?:[.,;)\n]|$|then|re-?e|goals?))"),
]
_AUTHORISED = re.compile(
    rf"\b(?:authori[sz]ed|approved|auth)\s+(?:for\s+)?(?P<n>{NUMBER}|\d{{1,2}}|fifteen|eighteen|twenty|twenty-four)\s+(?:visits|treatments|sessions)\b",
)
_UNTIL = re.compile(
    r"\b(?:until|till|til|through|thru|to)\s+(?:the\s+)?(?:(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|twent\w+(?:[- ]\w+)?|thirt\w+(?:[- ]\w+)?) of \w+|end of\s+(?:the\s+)?(?:january|february|march|april|may|june|july|august|september|october|november|december|month|year|quarter)|(?:mid-|early |late )?(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b|\d{1,2}[/-]\d{1,2}|labor day|halloween|independence day|memorial day|\d{1,2}(?:st|nd|rd|th)?(?: of)?[ -](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|thanksgiving|christmas|easter|new year|\d{1,2} weeks|re-?ex\w*|re-?eval\w*|\d{4}-\d\d)",
)
PLAN_WORD = re.compile(
    r"\b(?:plan|poc|care|duration|laid out|go on|will be used|treat\w*|tx|visits?|see|seen|come|comes|coming|return|rtc|schedule\w*|frequency|freq|continue|cont|adjust\w*|sessions?|appointments?|authori[sz]ation|propose|recommend\w*|follow-?up|f/u|chiropractic|cmt|back|then|taper|reduce|drop|increase|decrease|active|book\w*|attend\w*|step down|go to|space|start|begin|next (?=\d)|re-?ex\w*|re-?eval\w*)\b"
)
_VISITS_OVER = re.compile(
    rf"\b(?P<n>{NUMBER}|\d{{2}}) (?:more |further )?(?:visits|treatments|sessions|adjustments)\s+(?:over|in|within|during)\s+(?:the next\s+|the coming\s+)?(?P<m>{NUMBER}) ?(?P<u>weeks?|wks?|months?)\b",
)
_ON_CONDITION = re.compile(
    r"\W*(?:p|plan|\w{0,12} ?plan)?\W*(?:if|should|in case)\b(?! (?:tolerated|possible|all goes|all is|he agrees|she agrees|able))"
)
"""A schedule that hangs on a condition plans nothing."""
_ASKED = re.compile(r"\basked\b[^.;]{0,16}\b(?:if|whether|about)\b")
"""A frequency that somebody asks about is none."""
_FOR_WEEKS = re.compile(rf"\s*(?:,\s*)?(?:for|x|over)\s+(?:the next\s+)?{NUMBER}\s*(?:more\s+)?(?:weeks?|wks?|months?)")
_PAST_FREQUENCY = re.compile(
    r"\b(?:was|were|had been|from(?! (?:here|now|today|this))|has been|have been|previously|prior|initially at|started at|came|been coming|used to|attended|did attend|has come|had come)\s+(?:\w+\s+){0,2}$",
)


_OF_A_BONE = re.compile(r"[ctls]\d")


class ScheduleReader:
    """Takes the first visit frequency and the first duration of care that the sentences of a plan give."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.text = reading, reading.lowered
        self.frequency: VisitFrequency | None = None
        self.duration: PlanDuration | None = None
        self.evidence: list[Evidence] = []

    def read(self, sentence: Sentence) -> bool:
        """Read a sentence in which a plan may stand; tells whether it holds a visit frequency."""
        self._authorised(sentence)
        spans = self._frequencies(sentence) if OFTEN.search(sentence.lowered) else []
        if spans or (sentence.numbers and _LONG.search(sentence.lowered)):
            self._durations(sentence, bool(spans))
        return bool(spans)

    def _authorised(self, sentence: Sentence) -> None:
        """A number of visits that an insurer authorised."""
        if self.duration is not None or ("auth" not in sentence.lowered and "approved" not in sentence.lowered):
            return
        granted = _AUTHORISED.search(self.text, sentence.start, sentence.end)
        if granted:
            self.duration = PlanDuration(count_of(granted["n"]), "visit")
            self.evidence.append(self.reading.evidence(granted.start(), granted.end()))

    def _visits_over(self, sentence: Sentence) -> list[tuple[int, int]]:
        """A number of visits over a length of time gives both: "4 visits over 4 weeks"."""
        match = _VISITS_OVER.search(self.text, sentence.start, sentence.end)
        if match is None or _PAST_FREQUENCY.search(self.text[sentence.start : match.start()]):
            return []
        unit = "month" if match["u"].lower().startswith("mo") else "week"
        self.frequency = self.frequency or VisitFrequency(count_of(match["n"]), unit, count_of(match["m"]))
        self.duration = self.duration or PlanDuration(count_of(match["m"]), unit)
        self.evidence.append(self.reading.evidence(match.start(), match.end()))
        return [match.span()]

    def _frequencies(self, sentence: Sentence) -> list[tuple[int, int]]:
        """How often the patient is to come: "2x/week", "weekly", "three times a week"."""
        spans = self._visits_over(sentence)
        if _ON_CONDITION.match(sentence.lowered):
            return spans
        if any("OTHER_PERSON" in act.marks for act in sentence.of("act")):
            return spans
        planned = (
            sentence.zone in ("P", "G", "T", "A", "X", "B")
            or sentence.has("plan", "refers")
            or bool(PLAN_WORD.search(sentence.lowered))
        )
        for pattern in FREQUENCY:
            for match in pattern.finditer(self.text, sentence.start, sentence.end):
                if any(s < match.end() and match.start() < e for s, e in spans) or not match.group().strip():
                    continue
                if sentence.zone == "T" and _OF_A_BONE.search(self.text, match.start() - 1, match.start() + 1):
                    continue  # "drop L5 x2": how often the piece dropped
                frequency = frequency_of(match)
                lead = self.text[sentence.start : match.start()]
                care = (
                    planned or not lead.strip(" \t-*•") or bool(_FOR_WEEKS.match(self.text, match.end(), sentence.end))
                )
                past = _PAST_FREQUENCY.search(lead) and not re.search(r"\b(?:plan(?!\s*:)|laid out|set out)\b", lead)
                if frequency is None or not care or self._is_self_care(sentence, match) or past or _ASKED.search(lead):
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
            and re.fullmatch(r"\s*(?:of|for|at|:|-|on)?\s*(?:the\s+)?", self.text[match.end() : c.start])
        ]
        visit_word = re.search(
            r"\b(?:visits?|adjust\w*|care|treatments?|tx|cmt|continue|rtc|return|see)\b",
            self.text[clause : match.start()],
        )
        return (bool(before) and not visit_word) or bool(after)

    def _durations(self, sentence: Sentence, with_frequency: bool) -> None:
        """For how long, for how many visits, or until when."""
        care = with_frequency or bool(PLAN_WORD.search(sentence.lowered))
        if not care:
            return
        for pattern in DURATION:
            for match in pattern.finditer(self.text, sentence.start, sentence.end):
                duration = duration_of(match, with_frequency)
                if duration is None or self._is_self_care(sentence, match):
                    continue
                past = _PAST_FREQUENCY.search(self.text[sentence.start : match.start()])
                if not with_frequency and (past or not self._stands_alone(sentence, match)):
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
        if re.search(r"visit|tx|treatment|session|\bre-?e|adjustment|dur|plan|course", words):
            return not re.search(
                r"\b(?:has had|had|after|been|completed|received|last)\s+(?:\w+\s+){0,2}$",
                self.text[sentence.start : match.start()],
            )
        lead = self.text[max(sentence.start, match.start() - 40) : match.start()]
        return sentence.zone in ("P", "G", "") and bool(
            re.search(r"\b(?:plan|care|treat\w*|course|continue|program|schedule|tx)\b[^.;,]*$", lead)
        )


def count_of(words: str | None) -> float:
    """A number of visits or weeks in digits or words; one where nothing is given."""
    if not words:
        return 1.0
    lowered = re.split(r"(?<=\d)\s?x|\s(?:x|times?|visits?)\b", words.lower())[0].strip()
    return (
        float(lowered)
        if lowered.isdigit()
        else _NUMBERS.get(lowered, {"fifteen": 15.0, "eighteen": 18.0, "twenty": 20.0}.get(lowered, 1.0))
    )


def frequency_of(match: re.Match[str]) -> VisitFrequency | None:
    """The visit frequency that a match of ``FREQUENCY`` stands for; None for one that no care has (daily, yearly)."""
    groups = match.groupdict()
    if groups.get("code"):
        times, per, every = _CODES[groups["code"].lower()]
        return VisitFrequency(times, per, every)
    if groups.get("threebyfour"):
        return VisitFrequency(count_of(groups["n"]), "week")
    unit = groups["u"].lower()
    per = "week" if unit == "7" or unit.startswith("wk") else _PER.get(unit[0], "week")
    if unit.startswith("mo"):
        per = "month"
    every = count_of(groups.get("e")) if groups.get("e") else 1.0
    times = count_of(groups.get("n"))
    if per == "day" and every <= 1:
        return None
    if per == "year":
        return None
    return VisitFrequency(times, per, every)


def duration_of(match: re.Match[str], with_frequency: bool) -> PlanDuration | None:
    """The duration that a match of ``DURATION`` stands for; None for a few days, or a bare number without a frequency."""
    groups = match.groupdict()
    if groups.get("uk"):
        return (
            PlanDuration(float(groups["n"]), "week" if groups["uk"] == "52" else "month")
            if int(groups["n"]) <= 26
            else None
        )
    value = count_of(groups["n"])
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
