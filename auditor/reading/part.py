"""PART findings of today with their region: which finding belongs to which place, in sentences, lists and bullets."""

import re
from collections.abc import Iterator

from auditor.anatomy import SPINAL, region_of
from auditor.facts import PartFinding, Subluxation
from auditor.reading.attachments import attached, grouped
from auditor.reading.document import LOOSE, Concept, Reading, Sentence
from auditor.reading.forms.part_labels import letters_behind, says_nothing
from auditor.reading.forms.tables import Tables
from auditor.reading.listings import find_listings, has_listing
from auditor.reading.motion import excepted_motion, limited_motions
from auditor.reading.pelvic_asymmetry import names_the_pelvis, pelvic_asymmetry
from auditor.reading.provocation import names_a_test, painful_tests
from auditor.records import Evidence

_CLAUSE = re.compile(r";|(?<=\S)\s{3,}(?=\S)|\.\s|\s/\s|·")
_ANOTHER_DAY = re.compile(
    r"\s*(?:on |last )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\s*(?:on|at|when last seen on) the (?:last|previous|prior) visit\b",
    re.IGNORECASE,
)
"""Behind a finding: it was found then, and not today."""
_WIDE = 4
"""Bones of a range that stands for its whole region: "no segmental restriction T1-T12"."""
_TICKED_NONE = re.compile(r"\s*:?\s*[\[(][xX*✓][\])]\s*(?:none|no|neg|absent)\b")
_REST_OF_ROW = 120
_OPEN_BLANK = re.compile(r"\s{0,2}_{2,}")
_NIL_CELL = re.compile(r"(?:[^|:;.\d]{0,30}?\s{3,}|\s*:\s{0,4})(?:0|none|no|nil|absent|neg\w*|-)\s*", re.IGNORECASE)
"""The rest of a line of a form: "tenderness, cervical        0"."""
_SUSPECTED = re.compile(
    r"\b(?:possibl[ey]|probabl[ey]|suspect\w*|questionable|r/o|rule out)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_JAW = re.compile(r"\bopening\b|\bjaw\b|\bmandib|\btongue\b|\btmj\b")
"""A jaw or tongue that deviates is no misalignment of the spine."""
_MOTION_WORD = re.compile(
    r"\b(?:rom|motion|flexion|extension|rotation|flex|ext|rot|bending|side-?bending|mobility|glide|play|movement|mvmt|mvt|[rl]r|[rl]lf|[rl]lb|lat|range|abduction|excursion)\b",
    re.IGNORECASE,
)
_BOXED_ROW = re.compile(r"[ \t]*[A-Za-z /]{3,20}[ \t]{2,}(?:\[[ xX✓*]\][ \t]*[^\[\n]{1,16}){2,}$")
"""A row of a form: what was found, and boxes for where: "Fixation   [x] C5  [x] T6  [ ] L5"."""
_AFTER_A_JOINT = frozenset(("fx", "rest", "rest.", "down"))
"""Fixation or restriction right behind a bone or joint; elsewhere a fracture, rest, or a direction."""
_MOTION_BEHIND = re.compile(r"\s+(?:in\s+)?(?:[LR]\s+|left\s+|right\s+)?(?:ext|flex|rot|lat|glide)", re.IGNORECASE)
"""Behind "C6 down", which then is of its motion."""
_BARE_LIST = re.compile(
    r"[A-Za-z][A-Za-z _]{2,40}:(?:[\s,;]*(?:and\s+)?(?:[LRB]\.?\s+|left\s+|right\s+|bilat\w*\s+)?(?:[CTLS]\d{1,2}(?:-[CTLS]?\d{1,2})?|SIJ?s?(?:\s+joints?)?|sacrum|ilium|occiput|atlas))+[\s.;]*"
)
"""A finding, a colon and nothing but bones: "MOTION RESTRICTED: C2; C6; T3"."""
_JOINT_BEFORE = re.compile(r"(?:\b[CTL]\d{1,2}|\bSIJ?|\bjt|\bilium|\bsacrum)\s$")
"""An arrow right behind a bone or joint is of its motion: "L SI ↓"."""
_NO_MOTION_AFTER = re.compile(
    r"\s*(?:\w+\s+){0,2}?(?:pain|spasm|tone|tender|strength|sensation|reflex|swelling|sleep|tension|symptom|stress|grip|hyperton|from|since|compared|than)",
    re.IGNORECASE,
)
_PAIN_EXAM = re.compile(
    r"\b(?:palp\w*|pressure|provok\w*|reproduc\w*|percussion|springing|on motion|with motion|on movement|with movement|on (?:flexion|extension|rotation)|with (?:flexion|extension|rotation)|to touch|compression|kemp'?s)\b",
    re.IGNORECASE,
)
_ORTHO = re.compile(
    r"\b(?:compression|distraction|kemp'?s?|spurling'?s?|slr|straight leg|faber|patrick'?s?|yeoman'?s?|gaenslen'?s?|jackson'?s?|reflex\w*|dtrs?|strength|sensation|neuro\w*|motor|dermatom\w*|heart|lungs?|gait|romberg|cranial|x-?rays?|mri|films?|bp|pulse|waddell\w*|thigh thrust|valsalva|foraminal|hips?|knees?|shoulders?|femoral)\b",
    re.IGNORECASE,
)
_PART_NAMED = re.compile(r"P(?<!\wP)\.?A\.?R\.?T\b")
_PRONOUN = re.compile(r"\s*(?:it|they|both|these|there|this|that|each|all)\b", re.IGNORECASE)
_POINTED_AT = re.compile(
    r"\s+(?:segs?|segments?|levels?|joints?|areas?|vertebrae)\s+(?:\w+\s+)?(?:above|listed|noted|named|found|described|marked|below)\b",
    re.IGNORECASE,
)
"""What makes a finding part of a pointer: "all fixed segs above adjusted"."""
_BULLET = re.compile(r"[ \t]*(?:[-*•>#]|\d{1,2}[.)])")
PLACES = frozenset(
    ("level", "joint", "sided", "junction", "region", "muscle", "paraspinal", "landmark", "extraspinal", "rib")
)


class PartReader:
    """Goes through a note once and collects PART findings, normal regions and stated subluxations."""

    def __init__(
        self, reading: Reading, complaint: tuple[str, ...], tables: Tables, *, limb_only: bool = False
    ) -> None:
        self.limb_only = limb_only
        self.reading, self.text, self.complaint, self.tables = reading, reading.plain, complaint, tables
        self.findings: list[PartFinding] = list(tables.findings)
        self.normal: list[tuple[str, Concept | Sentence]] = list(tables.normal)
        self.subluxations: list[Subluxation] = list(tables.subluxations)
        self.denied: dict[str, set[str]] = {}
        self.heading: list[Concept] = []
        self.subject: list[Concept] = []
        self.list_finding: Concept | None = None
        self.tested = names_a_test(reading.lowered)
        self.pelvic = names_the_pelvis(reading.lowered)

    def run(self) -> None:
        """Read every sentence that may hold findings."""
        before: Sentence | None = None
        for sentence in self.reading.sentences:
            if sentence.start in self.tables.rows:
                if self.pelvic and self.reading.card is None:
                    self.findings += pelvic_asymmetry(self.reading, sentence)
                before = sentence
                continue
            self._track_heading(sentence, before)
            self._listed(sentence, before)
            if (
                sentence.zone in "OA"
                or (sentence.section in LOOSE and sentence.zone in ("T", "P", ""))
                or (sentence.zone in ("T", "P") and sentence.has("subluxation"))
            ):
                self._sentence(sentence)
            before = sentence
        self._labelled()
        if _PART_NAMED.search(self.text):
            self._lettered()

    def _labelled(self) -> None:
        """A label of PART gives its criterion to the bare places behind it: "R: C5, L4"."""
        for label in self.reading.part_labels:
            around = [self.reading.sentence_at(label.start), *self.reading.sentences_in(label.start, label.end)]
            sentences = {one.start: one for one in around if one is not None}.values()
            concepts = [c for s in sentences for c in s.concepts if label.text_start <= c.start < label.end]
            said = any(c.family in ("finding", "normal") for c in concepts) or says_nothing(self.text, label)
            places = [c for c in concepts if c.family == "place" and c.kind in PLACES and not c.marks]
            regions = _regions(places)
            if regions and not said:
                evidence = self.reading.evidence(label.start, places[-1].end)
                self.findings.append(PartFinding(label.criterion, regions, _levels(places), evidence, True))

    def _lettered(self) -> None:
        """Letters of PART behind a level: "C5 P+ A- R+ T+"."""
        for sentence in self.reading.sentences:
            if sentence.zone not in "OA" and sentence.section not in LOOSE:
                continue
            for place in sentence.of("place"):
                if place.marks or place.kind not in PLACES:
                    continue
                evidence = self.reading.evidence(place.start, sentence.end)
                for criterion in letters_behind(self.text, place.end, sentence.end):
                    self.findings.append(PartFinding(criterion, _regions([place]), place.levels, evidence, True))

    def _listed(self, sentence: Sentence, before: Sentence | None) -> None:
        """A finding with a colon and no place speaks for the places on the lines below: "The following were restricted:"."""
        if self.list_finding is not None and before is not None and before.line < sentence.line <= before.line + 1:
            places = [c for c in sentence.of("place") if c.kind in PLACES and not c.marks]
            lead = self.text[sentence.start : places[0].start].strip(" \t-*•0123456789.)") if places else "?"
            if not lead.strip("LRlrb ") and not sentence.has("normal"):
                self._record(sentence, self.list_finding, places, sentence.text)
                return
        if before is None or sentence.line != before.line:
            self.list_finding = None
        findings = [c for c in sentence.of("finding") if c.asserted and c.entry.clear]
        if findings and sentence.text.rstrip().endswith(":") and not sentence.has("place"):
            self.list_finding = findings[-1]

    def _track_heading(self, sentence: Sentence, before: Sentence | None) -> None:
        """A line that begins with a place and a colon, or holds nothing else, speaks for the bullets below it."""
        elsewhere = before is not None and sentence.section != before.section and before.section not in LOOSE
        if before is not None and (elsewhere or sentence.line > before.line + 1):
            self.heading = []
        if before is None or sentence.line != before.line:
            self.subject = []
            places = [c for c in sentence.concepts if c.family == "place" and c.kind in PLACES]
            if places and not _BULLET.match(sentence.text):
                after = self.text[places[0].end : sentence.end].strip()
                lead = self.text[sentence.start : places[0].start].strip(" \t*#>-")
                alone = not after.strip(":*-. \t") or after.lower().strip(":*. ") in (
                    "spine",
                    "region",
                    "area",
                    "exam",
                    "findings",
                    "check",
                    "examination",
                    "motion",
                    "rom",
                    "palpation",
                )
                if not lead and alone:
                    self.heading = places[:1]
                elif not lead or after.startswith(":"):
                    self.heading = []

    def _sentence(self, sentence: Sentence) -> None:
        """Findings of an examination sentence, clause by clause, with the places named in it, before it or in its heading."""
        pronoun = bool(_PRONOUN.match(sentence.text))
        carried = self.heading if self.heading else self.subject if pronoun else []
        for clause in self._clauses(sentence):
            carried = self._clause(sentence, clause, carried)
        if carried:
            self.subject = carried
        self._motions(sentence, carried)
        if self.pelvic:
            self.findings += pelvic_asymmetry(self.reading, sentence)
        if self.tested:
            self.findings += painful_tests(self.reading, sentence)

    def _clauses(self, sentence: Sentence) -> Iterator[tuple[int, int, list[Concept]]]:
        words = sentence.text
        parted = ";" in words or ". " in words or "   " in words or " / " in words or "\t" in words or "·" in words
        if parted and (_BOXED_ROW.match(words) or _BARE_LIST.fullmatch(words)):
            parted = False
        cuts = [m.start() for m in _CLAUSE.finditer(self.text, sentence.start, sentence.end)] if parted else []
        start = sentence.start
        for end in (*cuts, sentence.end):
            said = any(
                start <= c.start < end and c.family in ("finding", "subluxation", "normal") for c in sentence.concepts
            ) or (sentence.has("place") and has_listing(self.text, start, end))
            if end != sentence.end and not said:
                continue
            items = [
                c
                for c in sentence.concepts
                if start <= c.start < end
                and c.family in ("place", "finding", "subluxation", "normal")
                and c.kind != "neuro"
            ]
            yield start, end, items
            start = end

    def _clause(
        self, sentence: Sentence, clause: tuple[int, int, list[Concept]], carried: list[Concept]
    ) -> list[Concept]:
        start, end, items = clause
        words = self.text[start:end]
        groups = grouped(self.text, [c for c in items if c.family == "normal" or self._counts(sentence, c, words)])
        subjects = list(carried)
        for position, (family, group) in enumerate(groups):
            if family == "place":
                muscles = all(place.kind == "paraspinal" for place in group)
                subjects = [*group, *subjects] if muscles else group
                continue
            following = groups[position + 1][1] if position + 1 < len(groups) else []
            for finding, places in attached(
                self.text, group, subjects if position else carried, following, starts=position == 0
            ):
                self._record(sentence, finding, places, words)
        self.findings += find_listings(self.reading, sentence, (start, end), items)
        self._normals(sentence, words, items, subjects)
        return subjects

    def _counts(self, sentence: Sentence, concept: Concept, words: str) -> bool:
        if any(label.start <= concept.start < label.text_start for label in self.reading.part_labels):
            return False  # "Asymmetry/misalignment: ____" names a criterion, and finds nothing
        if concept.family == "place":
            return concept.kind in PLACES and "HISTORICAL" not in concept.marks
        if concept.family == "subluxation":
            return True
        if sentence.has("act") and _POINTED_AT.match(self.text, concept.end):
            return False
        if concept.entry.clear:
            return True
        exam = sentence.section in ("objective",) or sentence.zone == "O" or sentence.has("cue", "O")
        word = self.text[concept.start : concept.end].lower()
        if word in _AFTER_A_JOINT:
            joint = _JOINT_BEFORE.search(self.text, max(0, concept.start - 7), concept.start)
            return exam and bool(joint and (word != "down" or _MOTION_BEHIND.match(self.text, concept.end)))
        if word in ("limited", "decreased", "reduced", "decr", "dec", "diminished", "↓", "impaired", "abnormal"):
            of_a_joint = word == "↓" and bool(_JOINT_BEFORE.search(self.text, concept.start - 5, concept.start))
            moves = of_a_joint or bool(_MOTION_WORD.search(words))
            return moves and not _NO_MOTION_AFTER.match(self.text, concept.end)
        if concept.entry.criterion == "P":
            segment = sentence.zone == "O" and any(c.levels and c.end <= concept.start for c in sentence.of("place"))
            return exam and (segment or bool(_PAIN_EXAM.search(words)))
        return exam

    def _record(self, sentence: Sentence, finding: Concept, places: list[Concept], words: str) -> None:
        if finding.family == "subluxation":
            self._record_subluxation(sentence, finding, places)
            return
        if sentence.zone == "A" and sentence.section not in LOOSE and not finding.entry.segmental:
            return
        places = _said_of(finding, places)
        built_in = finding.entry.regions
        if places and all(place.kind == "paraspinal" for place in places):
            places = [*places, *(self.heading or self.subject)] if not sentence.has("place", "level") else places
        regions = built_in or _regions(places)
        levels = () if built_in else _levels(places)
        if not built_in and places and not regions and any(place.kind != "paraspinal" for place in places):
            return
        if not regions and not built_in and finding.kind == "gait":
            regions = self.complaint[:1] if len(self.complaint) == 1 else ()
        if not regions and len(self.complaint) == 1:
            regions = self.complaint
        if not regions and self.limb_only and not built_in:
            return
        if finding.negated or finding.marks & {"OTHER_PERSON"} or ("PLANNED" in finding.marks and sentence.zone != "O"):
            if finding.negated:
                self._deny(sentence, finding, places, regions)
            return
        if ("HISTORICAL" in finding.marks and not built_in) or self._is_not_of_today(sentence, finding):
            return
        if finding.kind in ("posture", "gait") and (sentence.zone == "T" or _JAW.search(sentence.lowered)):
            return
        evidence = self._evidence(sentence, finding, places)
        of_a_bone = (
            finding.entry.criterion == "R" and not finding.entry.clear and bool(levels)
        )  # "C6 motion is reduced"
        segmental = of_a_bone or (finding.entry.segmental and (bool(levels) or finding.kind != "posture"))
        self.findings.append(PartFinding(finding.entry.criterion, regions, levels, evidence, segmental))

    def _deny(self, sentence: Sentence, finding: Concept, places: list[Concept], regions: tuple[str, ...]) -> None:
        """Note what is denied; without any restriction a whole region is normal: "no segmental restriction T1-T12"."""
        if finding.entry.criterion == "R":
            wide = [c for c in places if c.kind == "region" or len(c.levels) >= _WIDE]
            self.normal += [(region, sentence) for region in _regions(wide)]
        for region in regions:
            self.denied.setdefault(region, set()).add(finding.entry.criterion)

    def _is_not_of_today(self, sentence: Sentence, finding: Concept) -> bool:
        """Whether a finding is only suspected, was of another day, has an open blank behind it, or a cell that says none."""
        if "HYPOTHETICAL" in finding.marks and _SUSPECTED.search(self.text, sentence.start, finding.start):
            return True
        line_end = self.text.find("\n", finding.end)
        line_end = line_end if line_end != -1 else len(self.text)
        rest = self.text[finding.end : min(line_end, finding.end + _REST_OF_ROW)]
        return bool(
            _TICKED_NONE.match(rest) or _ANOTHER_DAY.match(rest) or _OPEN_BLANK.match(rest) or _NIL_CELL.fullmatch(rest)
        )

    def _record_subluxation(self, sentence: Sentence, finding: Concept, places: list[Concept]) -> None:
        if finding.marks & {"NEGATED", "HYPOTHETICAL", "OTHER_PERSON"}:
            return
        places = self._places_of_diagnosis(sentence, finding, places)
        regions, levels = _regions(places), _levels(places)
        self.subluxations.append(Subluxation(regions, levels, self._evidence(sentence, finding, places)))

    def _places_of_diagnosis(self, sentence: Sentence, finding: Concept, places: list[Concept]) -> list[Concept]:
        """A diagnosis names its places anywhere in its clause: "Segmental dysfunction of C6 and C7, and of L4"."""
        clause = [
            c
            for c in sentence.concepts
            if c.family == "place" and c.kind in ("level", "joint", "sided", "junction", "region")
        ]
        bounded = [c for c in clause if ";" not in self.text[min(c.start, finding.start) : max(c.end, finding.end)]]
        return bounded or places

    def _evidence(self, sentence: Sentence, finding: Concept, places: list[Concept]) -> Evidence:
        near = [c for c in places if sentence.start <= c.start < sentence.end and abs(c.start - finding.start) < 110]
        if near and finding.start < sentence.start:  # a heading's finding: the line below it is the evidence
            return self.reading.whole(sentence)
        start = min([finding.start, *(c.start for c in near)])
        end = max([finding.end, *(c.end for c in near)])
        return self.reading.evidence(start, end)

    def _normals(self, sentence: Sentence, words: str, items: list[Concept], subjects: list[Concept]) -> None:
        said = [c for c in items if c.family == "normal"]
        positive = [c for c in items if c.family == "finding" and c.asserted and c.entry.clear]
        places = [c for c in items if c.family == "place" and c.kind != "muscle"] or subjects
        if said and not positive and not _ORTHO.search(words):
            for region in _regions(places):
                self.normal.append((region, sentence))

    def _motions(self, sentence: Sentence, subject: list[Concept]) -> None:
        for motion in limited_motions(self.reading, sentence, subject, self.complaint):
            if motion.limited:
                self.findings.append(PartFinding("R", motion.regions, (), motion.evidence))
        excepted = (
            excepted_motion(self.reading, sentence, subject)
            if "full" in sentence.lowered or "normal" in sentence.lowered or "wnl" in sentence.lowered
            else None
        )
        if excepted is not None:
            self.findings.append(PartFinding("R", excepted.regions, (), excepted.evidence))

    def normal_regions(self) -> dict[str, Sentence]:
        """Regions stated to be normal, or denied restriction, with no finding of their own in the whole note."""
        positive = {region for item in self.findings for region in item.regions}
        normal = {
            region: source for region, source in self.normal if region not in positive and isinstance(source, Sentence)
        }
        return {region: source for region, source in normal.items() if region in SPINAL}


def _said_of(finding: Concept, places: list[Concept]) -> list[Concept]:
    """The places that a finding is said of, without those that are denied beside it: "tender L4, not C5"."""
    return places if finding.negated or len(places) == 1 else [place for place in places if not place.negated]


def _regions(places: list[Concept]) -> tuple[str, ...]:
    """Regions of findings: every bone counts for its own region (the junction rule is for treatment only)."""
    regions: dict[str, None] = {}
    named = [c for c in places if c.kind not in ("paraspinal",)]
    for place in named:
        for region in tuple(region_of(level) for level in place.levels) or place.regions:
            if region in SPINAL:
                regions[region] = None
    return tuple(regions)


def _levels(places: list[Concept]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(level for place in places for level in place.levels))
