"""How pain ratings are written: on scales, out of ten, in millimetres, in words, as worst and best, now and then.

All expressions run over text in small letters.
"""

import re

SMALL_NUMBERS = {
    w: i for i, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])
}
_N = rf"(?:10|\d(?:\.\d)?|{'|'.join(SMALL_NUMBERS)})"
OUT_OF_TEN = re.compile(
    rf"(?<![\d/.-])(?:(?P<low>{_N})(?:\s?(?:-|to)\s?))?(?P<value>{_N}|for(?=\s+out\s+of\s+ten))\s?(?:\(?/|(?:out\s+)?of|outta|over)\s?(?:a\s+possible\s+)?(?:10|ten)(?![\d/%]|\.\d|\s?(?:/|reps|visits|lb|min))\b",
)
_ON_SCALE = re.compile(
    rf"(?<![\d/.-])(?P<value>{_N})\s?[(\]]?\s?(?:on\s+(?:a|the|her|his)?\s*(?:scale\s+(?:of|from)\s+)?|scale\s+(?:of\s+)?)(?:0|zero|1|one)?\s?(?:-|to|through)?\s?(?:10|ten)(?:[- ]point)?(?:\s+scale)?\b",
)
SET_CURRENT = re.compile(
    rf"\b(?:now|current(?:ly)?|average|avg|today|usual(?:ly)?|on average)\b\s*(?:is|it is|:|at|about|=)?\s*(?:a\s+|an\s+)?(?P<value>{_N})(?![\d/%]|\.\d|\s?(?:min|weeks?))\b|(?<![/\d.-])\b(?P<value2>{_N})\s+(?:on average|at present|right now|today|now)\b",
)
BRACKETED_SCALE = re.compile(
    rf"\((?P<scale>[01]\s?(?:-|to|=)[^()\n]{{0,30}}?(?:10|ten)[^()\n]{{0,20}})\)\s*[:=]?\s*(?P<value>{_N})?(?![\d/])"
)
"""A scale in brackets, whose ends rate nothing, and the rating behind it: "Pain (0-10): 5"."""
POINTS_OF_CHANGE = re.compile(r"\s*(?:points?|pts)\s+(?:to|from|since|over|better|worse|lower|higher)\b")
BY_TO = re.compile(r"\s*(?:down |up )?(?:to|->|→|-->)\s*(?:a |an )?")
"""Between two ratings of one place: "6/10 to 3/10 since last visit"."""
STATE = re.compile(
    rf"\b(?:is|are|'s|remains|stands|sits|stays|was|were|had been|had called|called|calls|call|had (?:it |her |him )?at|had)\s+(?:it\s+|now\s+|still\s+|down\s+|up\s+|about\s+|around\s+|at\s+|only\s+|back\s+|to\s+|today\s+|maybe\s+|perhaps\s+|probably\s+|roughly\s+){{0,3}}(?:a|an)\s+(?:{_N}\s+(?:or|to)\s+(?:a\s+|an\s+)?)?(?P<value>{_N})(?![\w/%-]|\.\d)(?=\s*(?:[.,;:)]|$|today|now|when|after|at|on|this|with|and|but|in|out|last|by|as|since|a (?:week|month)|two|three|for))",
)
MM = re.compile(r"\b(?:vas|scale|pain line|line)\b[^.;\n\d]{0,24}(?!100\s?mm)(?P<value>\d{1,3})\s?(?:mm\b|/\s?100\b)")
SAID = re.compile(
    rf"\b(?:vas|nprs|nrs|nrps|vnrs|pain (?:scale|level|rating|score|intensity|severity)|pain)(?:\s*(?:today|now|currently|current|is|at|of|rated|down|remains|still|about|around|as|:|=|a|an|-|\(|\{{|\[|level|score|today|prior|previous|last visit|last)){{0,5}}\s*(?:(?P<low>\d)\s?-\s?)?(?P<value>{_N})(?![\d/%°-]|\.\d|\s?(?:/|%|°|x\b|deg|min|mm|hours?|hrs?|days?|weeks?|wks?|months?|visits?|times|years?|yrs?|mo\b|out|of|percent|lb|reps|degrees|or five|blocks|miles|am\b|pm\b|to the|at the|in the|th\b|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{{0,6}}\b))",
)
VERB = re.compile(
    rf"\b(?:puts?|rates?|rated|calls?|called|gives?|grades?|scores?|scored|says?|ranks?|reports?)\b[^.;\d]{{0,45}}?\b(?:at|as|a|an|it)\s+(?:a\s+|an\s+)?(?P<value>{_N})(?![\d/%-]|\.\d|\s?(?:/|%|x\b|min|deg|hours?|days?|weeks?|months?|visits?|times|out|of|percent|block|mile|pound|year|-))\b",
)
SAYS = re.compile(rf"\b(?:says|said|gives)\s+(?P<value>{_N})(?=\s+(?:at|today|now|when|on)\b|\s*[.,;])")
ELLIPSIS = re.compile(
    rf"(?:\s*(?:0to10|pain|ache|region|area|joint|joints|is|was|at|a|an|to|today|now|,|:|=|-|still|about|had been|has been|\(|\[)){{0,5}}\s*(?P<value>{_N})(?![\d/%°x-]|\.\d|\s?(?:/|%|°|x\b|deg|min|mm|hours?|hrs?|days?|weeks?|wks?|months?|visits?|times|out|of\b|percent|weeks|cm|lbs?\b|fixed|restr|joints|levels|segments|plus|inches))\b",
)
NOT_PAIN = re.compile(
    r"\b(?:strength|power|motor|sleep quality|stress|energy|mood|satisf\w+|confidence|importance|difficulty|grip|apgar|gleason|mobility|self-care|self care|psfs|patient[- ]specific|function(?:al)? (?:score|scale|level)|readiness|fatigue|anxiety|standing ability|work ability)\b[^.;,|]{0,22}$",
)
ANOTHERS = re.compile(
    r"\b(?:mother|mum|mom|father|dad|wife|husband|sister|brother|son|daughter|friend|neighbou?r|coworker|partner)(?:\s+(?:also\s+|now\s+)?(?:has|had|suffers|complains|lives with|rates (?:hers|his))|'s)\b"
)
"""Somebody else's pain; "mum says back pain 6/10" tells the patient's."""
VISIT_BEFORE = re.compile(
    r"(?:visits?|treatments?|tx|sessions?|appt|appointment|\bv|#|no\.|number|day|week|this is)\s*#?\s*$"
)
VISITS_AFTER = re.compile(r"\s*(?:planned |scheduled )?(?:visits|treatments|sessions|weeks)")
DATE_BEFORE = re.compile(
    r"\b(?:by|on|since|until|till|dated|thru|through|from|the|before|exam|visit|seen)\s+(?:the\s+)?$"
)
THAT_VISIT = re.compile(r"\b(?:last|previous|prev\.?|prior|first|initial) (?:visit|exam)\s*$")
RATED = re.compile(r"\d\s?/\s?10\b|pain|ache|sore|out of (?:10|ten)|\b(?:nprs|nrs|vas)\b")
SCALE_NAMED = re.compile(
    r"\bpain line\b|\b100\s?mm\b|\b(?:vas|nprs|nrs|vnrs)\b|\b(?:0|zero)\s?(?:\([^)\n]{0,20}\)\s?)?(?:-|to)\s?(?:10|ten)\b|\bpain (?:scale|ratings?|scores?|levels?)\b|\bpain (?:now|today|currently)(?:\s*[:=]|\s{2,})|\b(?:current|present|today's) pain\s*[:=]|\bout of (?:10|ten)\b"
)
"""A scale named in the sentence, so that bare numbers behind places rate them: "VAS: neck 3, low back 5"."""
SCALE_HEADING = re.compile(r"\b(?:0|zero)\s?(?:\([^)\n]{0,20}\)\s?)?(?:-|to)\s?(?:10|ten)\b")
_AGO = r"(?:ago|last (?:week|visit|time|month|treatment)|yesterday|(?:first|initial|last|previous) (?:visit|day)|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
RESPECTIVELY = re.compile(rf"(?<![\d/.-])(?P<first>{_N})\s+and\s+(?P<second>{_N})\s?/\s?10\b")
"""Two places and a rating each: "neck and low back are 4 and 6/10"."""
IT_WAS = re.compile(
    rf"\b{_AGO},?\s+(?:it|that|this)\s+was\s+(?:rated\s+)?(?:at\s+)?(?:a\s+|an\s+)(?P<value>{_N})\b(?!\s?(?:min|hour|day|week|mile))|\b(?:it|that|this)\s+was\s+(?:at\s+)?(?:a\s+|an\s+)(?P<value2>{_N})\s+(?:on\s+|at\s+)?(?:the\s+|her\s+|his\s+)?(?:\w+\s+(?:weeks?|days?|visits?|months?)\s+)?{_AGO}\b"
)
"""A sentence of its own after a rating: "Two weeks ago it was a six."."""
SHEET_ROW = re.compile(r"[a-z][a-z /,()]{2,30}?\s*[:.=\s]\s*(?:10|\d)(?:\s*/\s*10)?")
SHEET_ROWS = 8
NOW_AND_LAST = re.compile(
    r"\b(?:now|today)\s*(?:/|vs\.?|-)\s*(?:last|prev\w*|prior|before|then|start|initial|intake)\b"
)
PAIR = re.compile(r"\s*[:=]?\s*(?P<now>10|\d)\s*/\s*(?P<last>10|\d)(?!\s?/|\d)")
EXTREME = re.compile(
    r"\b(?:worst|best|least|lowest|highest|at its (?:worst|best)|max|peak|minimum|at most|as (?:high|bad|low|much|little) as)\b",
)
EXTREME_OF_NEXT = re.compile(r"\s*\(\s*(?:at )?(?:worst|best|least|lowest|highest|max|peak)\b[^)\d]{0,24}\d")
"""Behind "2/10 (worst 4/10)" the worst is the next number."""
COMPARED = re.compile(
    rf"\b(?:it was|was|had been|from|compared (?:with|to)|compared with|today|now|and|down to|up to)\s+(?:a|an|the|at a|at an|at)?\s*(?P<value>{_N})(?![\d/%-]|\.\d|\s?(?:/|%|x\b|min|deg|hours?|days?|weeks?|months?|visits?|times|out|of|percent|lb|block|mile|feet|nights?|mornings?|pillow|flight|years?|other|or|and a half|more|lumbar|cervical|thoracic|joint|tylenol|advil|aleve|ibuprofen|pills?|doses?|capsules?|tablet|reps|children|kids|a\.?m|p\.?m|am|pm))\b",
)
LINE_OF_100 = re.compile(r"\bvas\b|\bpain (?:line|scale)\b|\b100\s?mm\b")
MM_BEHIND = re.compile(r"[^.;\n\d]{0,16}?(?!100\s?mm)(?P<value>\d{1,3})\s?mm\b")
BARE_BEFORE = re.compile(
    rf"[,;(]\s*(?P<value>{_N})\s+(?=(?:last|prev\w*|prior|before|yesterday|day one|at (?:the )?(?:start|intake|eval\w*|first)|on (?:\d|day one|the))\b)",
)
"""A bare number told to be of another day: "neck 3/10, 4 last visit", "LB 4 (6 last wk)"."""
TOLD_BEFORE = re.compile(
    rf"\b(?:last (?:visit|time|vs|tx)|previous|prev\.?|prior)\s*[:=]?\s*(?P<value>{_N})(?![\d/%-]|\.\d|\s?(?:/|min|deg|x\b|visits?|weeks?|days?))",
)
BARE_NOW = re.compile(
    rf"\band\s+(?:a|an)\s+(?P<value>{_N})\s+(?=(?:when|with|while|after)\b)|(?<![ctls]\d)(?<!\d)\s+and\s+(?P<value2>{_N})\s+(?=(?:at|by) the end of\b)"
)
"""A second rating of activity: "three out of ten sitting still and a seven when she turns"."""
IS_RATED = re.compile(
    rf"\b(?:is|are)\s+(?:now\s+)?rated\s+(?:at\s+|as\s+)?(?:a\s+|an\s+)?(?P<value>{_N})(?![\d/%-]|\.\d|\s?(?:/|%|x\b|out|of|percent))\b"
)
HEADACHE = re.compile(
    rf"\b(?:headaches?|migraines?)\s*(?:is|are|at|:|=)?\s*(?P<value>{_N})(?![\d/%x-]|\.\d|\s?(?:/|%|x\b|days?|weeks?|wks?|a\b|per\b|times|out|of\b|hours?|hrs?|months?|years?|yrs?|in\b|this\b|last\b|since))\b"
)
TERSE = re.compile(r"[ \t]{1,2}(?P<value>10|\d)(?=[ \t]*(?:[.,;]|\n|$|[ \t]{2})|[ \t]*\([^()\n]*\))(?!\.\d)")
"""A number right behind a place in a note of few words: "LBP 3 (5 on 3-4). neck 4, mid bk 2."."""
_DAY = r"(?:\d{1,2}[/-]\d{1,2}\b(?!/10)|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w* \d{1,2}\b)"
OF_ANOTHER_DAY = re.compile(
    rf"\W*(?:s\b\W+)?(?:pain[\s:]+(?:on\s+)?{_DAY}|(?:(?:pain|nprs|vas)[\s:]+)?(?:at\s+)?(?:(?:last|prev(?:ious)?|prior)\b\.?(?:\s+(?:visit|tx|time)\b)?|intake|baseline|initial(?:ly)?)(?:\s+{_DAY})?)[\s:]*"
    r"(?!.*\b(?:was|were|is|are|today|now|current\w*|this|night|days?|week|helped|after)\b)"
    r"(?=(?:(?:[a-z][a-z /.]{0,20}?)?\s*[:=]?\s*(?:10|\d)(?:\s?/\s?10)?(?![\d/])\s*(?:[,;|&]|and\b)?\s*)+\.?\s*\Z)"
)
"""A row of ratings of another day and nothing else: "Last visit   neck 3   low back 5", "Pain 9 Jun   neck 5"."""
NUMBERED_LIST = re.compile(r"(?:^|\W)1[.)][ \t]+\S.*?\s2[.)](?:\s|$)")
"""Complaints that are numbered: "1. LBP 2. Neck pain 3. HA" rates nothing."""
TERSE_BEFORE = re.compile(
    r"[ \t]*\(\s*(?:was\s+|last\s+|prev\w*\s+)?(?P<value>10|\d)(?=\s*(?:last|prev\w*|prior|before|on|at|mon|tue|wed|thu|fri|sat|sun|\)))[^()\n]{0,18}\)"
)
"""Behind it the number before: "(5 on 3-4)", "(4 last)", "(was 6)"."""
BEGINS_A_CLAUSE = re.compile(
    r"(?:^|[.,;|\n]|(?<!:)[ \t]{2}|\b(?:s|cc|c/o|pain):)[ \t]*(?:(?:s|cc|c/o|pain|still|now|today)\b[ \t:.-]*)*(?:(?:l|r|lt|rt|left|right)\b[ \t]+)?$"
)
OPENS_WITH_PAIN = re.compile(r"\W*(?:(?:s|subjective|cc|c/o|pain|still|now|today|left|right|l|r)\b\W*)*")
"""Before the first place of a sentence of bare ratings: another word, "HEP reps: neck 10", counts something else."""
PLACE_A = re.compile(
    rf"\s*[\"'(]?\s*(?:(?:sore|achy|aching|stiff|tight|hurts|pain)?\s?,?\s)?(?:still |maybe |only |now |is |at |about |around |back |down to |up to ){{0,3}}(?:(?:a|an)\s+|(?=\w+\s+today\b))(?P<value>{_N})\s?[\"')]?(?=\s*(?:[,.;]|$|today|now\b|was\b|from\b|down\b|this (?:morning|visit|week|afternoon)|and (?:the|only|just)\b))"
)
"""A bare number right behind the place that hurts: "neck a 4 today", "LBP "about a 3", was 5"."""
TODAY_AFTER = re.compile(r"\s*(?:today|now|this (?:morning|week|visit|afternoon))\b")
BY_NOW = re.compile(
    r"\s*[,;(-]*\s*(?:but\s+|and\s+|is\s+)?(?:now|today)\s*(?:is\s+|at\s+|it is\s+|it's\s+|down to\s+|up to\s+)?(?:a\s+|an\s+)?[:=]?\s*"
)
"""Between two ratings of one place: "3/10, now 6/10"."""
OF_ANOTHER_UNIT = re.compile(
    r"\d\s?(?:min\w*|hours?|hrs?|miles?|blocks?|lbs?|pounds?|kg|%|degrees|deg|°|steps|stairs|flights|laps|reps|feet|yards|nights)\s*[,;(]?\s*$"
)
"""An amount of something else right before: "30 minutes (now 10)" are minutes too."""
NOW_WORD = re.compile(r"today|now|down to|up to")
BY_WORDS = (
    (OUT_OF_TEN, re.compile(r"(?:/|of|outta|over)\s*(?:a\s+possible\s+)?(?:10|ten)")),
    (_ON_SCALE, re.compile(r"scale|on\s+(?:a|the|her|his)?\s*(?:0|zero|1|one|10|ten)")),
    (MM, re.compile(r"mm\b|/\s?100")),
    (SAID, re.compile(r"pain|vas|nprs|nrs|nrps")),
)
"""Patterns, each with what stands in every sentence (in small letters) that it matches."""
