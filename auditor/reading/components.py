"""The components of the pipeline: each takes a Doc, adds what it found to the Reading that the Doc carries.

Any of them works alone in anybody's pipeline (``nlp.add_pipe("cmt_levels")``): a component that needs phrases, sentences
or sections has them made where no earlier component did. With ``spans=True`` (the default for other people's pipelines)
what was found also stands in ``doc.spans`` under the component's name.
"""

from dataclasses import replace
from typing import Any

from auditor.models import MENTION_ROLES, STATEMENTS, load
from auditor.reading.care import find_evaluation, find_sides, find_stage
from auditor.reading.component import Component, Doc
from auditor.reading.context import assert_sentence, leave_alone
from auditor.reading.corrections import corrected
from auditor.reading.course import (
    find_denied,
    find_examinations,
    find_pain_found,
    find_sided,
    told_to_have_moved,
)
from auditor.reading.document import Reading
from auditor.reading.forms.card_entries import read_card
from auditor.reading.forms.circled import without_uncircled
from auditor.reading.forms.key_grids import read_key_grids
from auditor.reading.forms.marked_segments import read_marked_segments
from auditor.reading.forms.part_labels import part_labels
from auditor.reading.forms.region_grids import read_grids
from auditor.reading.forms.tables import read_tables
from auditor.reading.forms.visit_columns import without_earlier
from auditor.reading.gathering import distribute, located, mentions_of, unique
from auditor.reading.goals import standing_elsewhere
from auditor.reading.images import find_images
from auditor.reading.measures import find_measures
from auditor.reading.mention_roles import refine as refine_roles
from auditor.reading.part import PartReader
from auditor.reading.phrases import PhraseIndex
from auditor.reading.places import add_places
from auditor.reading.plan import PlanReader
from auditor.reading.progress import (
    find_causes,
    find_changes,
    find_maintenance,
    permanent,
    unreadable,
)
from auditor.reading.roles import complaints, mention_roles, nearest_misses, records_only
from auditor.reading.sections import assign_zones, find_sections
from auditor.reading.sentences import cut_sentences
from auditor.reading.service_dates import service_dates
from auditor.reading.signature import read_signature
from auditor.reading.statements import leaves_open, refine
from auditor.reading.therapy import find_therapy
from auditor.reading.treatment import find_treatments
from auditor.reading.visits import visit_of
from auditor.records import Evidence


class Phrases(Component):
    """All vocabulary found in one pass."""

    name = "cmt_phrases"

    def __init__(self, nlp: Any, *, spans: bool = True) -> None:  # noqa: ANN401 - spacy.Language
        super().__init__(nlp, spans=spans)
        index = nlp.__dict__.get("_cmt_phrase_index")
        if index is None:
            index = nlp.__dict__["_cmt_phrase_index"] = PhraseIndex(nlp)
        self.index: PhraseIndex = index

    def read(self, doc: Doc, reading: Reading) -> None:
        """Find phrases; where zero-width marks were taken out, in the plain text tokenised anew."""
        plain = doc if reading.is_plain or doc.text == reading.plain else self.nlp.make_doc(reading.plain)
        reading.concepts += self.index.find(plain, reading.plain)
        reading.token_starts = plain.to_array("IDX").tolist() if len(plain) else []

    def shown(self, reading: Reading) -> list[tuple[int, int, str]]:
        """Every phrase with its family."""
        return [(c.start, c.end, c.family) for c in reading.concepts if c.family != "context"]


class Levels(Component):
    """Vertebral levels, joints and regions."""

    name = "cmt_levels"
    needs = (Phrases,)

    def read(self, doc: Doc, reading: Reading) -> None:
        """Complete the places among the phrases and add the levels."""
        concepts = without_uncircled(reading.plain, add_places(reading.plain, reading.concepts))
        reading.concepts = corrected(reading.plain, without_earlier(reading, concepts))

    def shown(self, reading: Reading) -> list[tuple[int, int, str]]:
        """Levels and joints, labelled with their normalised names."""
        return [(c.start, c.end, " ".join(c.levels)) for c in reading.concepts if c.family == "place" and c.levels]


class Sentences(Component):
    """Sentences, lines and bullets; sets spaCy's sentence starts where ``spans`` is on."""

    name = "cmt_sentences"

    def read(self, doc: Doc, reading: Reading) -> None:
        """Cut the plain text."""
        reading.sentences = cut_sentences(reading.plain)

    def _show(self, doc: Doc, reading: Reading) -> None:
        from spacy.pipeline import Sentencizer

        starts = {reading.text.original(s.start, s.start + 1)[0] for s in reading.sentences}

        class Given(Sentencizer):  # type: ignore[misc]
            def predict(self, docs: Any) -> list[list[bool]]:  # noqa: ANN401
                return [[token.i == 0 or token.idx in starts for token in one] for one in docs]

        Given()(doc)


class Sections(Component):
    """Sections by header, and the kind of statement that each sentence is."""

    name = "cmt_sections"
    needs = (Sentences, Levels)

    def read(self, doc: Doc, reading: Reading) -> None:
        """Find headers, give each sentence its concepts, section and zone."""
        reading.part_labels = part_labels(reading.plain)
        reading.sections = find_sections(reading.plain, {label.start for label in reading.part_labels})
        distribute(reading.sentences, reading.concepts)
        assign_zones(reading)

    def shown(self, reading: Reading) -> list[tuple[int, int, str]]:
        """The sections."""
        return [(s.start, s.end, s.name) for s in reading.sections]


class Statements(Component):
    """What kind of statement a sentence is, where neither a heading nor its words tell: answered by a model."""

    name = "cmt_statements"
    needs = (Sections,)

    def __init__(self, nlp: Any, *, spans: bool = True) -> None:  # noqa: ANN401 - spacy.Language
        super().__init__(nlp, spans=spans)
        self._model = load(STATEMENTS)

    def read(self, doc: Doc, reading: Reading) -> None:
        """Ask the model, where the note has no headings."""
        if self._model is not None and leaves_open(reading):
            refine(reading, self._model)

    def shown(self, reading: Reading) -> list[tuple[int, int, str]]:
        """The sentences that the model placed."""
        return [(s.start, s.end, s.zone) for s in reading.sentences if s.start in reading.refined]


class Context(Component):
    """What is negated, historical, hypothetical, planned or said of another person."""

    name = "cmt_context"
    needs = (Sections,)

    def read(self, doc: Doc, reading: Reading) -> None:
        """Mark the concepts of each sentence."""
        for sentence in reading.sentences:
            if any(c.family == "context" for c in sentence.concepts):
                assert_sentence(reading.plain, sentence, reading.token_starts)
            if " alone" in sentence.lowered:
                leave_alone(sentence)
        mention_roles(reading)

    def shown(self, reading: Reading) -> list[tuple[int, int, str]]:
        """Concepts that a modifier governs."""
        return [(c.start, c.end, " ".join(sorted(c.marks))) for c in reading.concepts if c.marks]


class Images(Component):
    """X-rays, CT and MRI that the note cites."""

    name = "cmt_images"
    needs = (Context,)

    def read(self, doc: Doc, reading: Reading) -> None:
        """Find images."""
        reading.found["images"] = tuple(find_images(reading))

    def facts(self, reading: Reading) -> list[tuple[Evidence, str]]:
        """Images with their modality."""
        return [(image.evidence, image.modality) for image in reading.found.get("images", ())]


class Measures(Component):
    """Pain ratings, questionnaires, ranges, function."""

    name = "cmt_measures"
    needs = (Context,)

    def read(self, doc: Doc, reading: Reading) -> None:
        """Find measures, changes in words, causes and maintenance language."""
        if records_only(reading):
            return
        spinal, limb_only = complaints(reading)
        measures, pain = find_measures(reading, spinal, limb_only)
        reading.found["measures"] = tuple(measures)
        reading.pain = pain
        reading.found["changes"] = tuple(find_changes(reading))
        reading.found["causes"] = tuple(find_causes(reading))
        reading.found["maintenance"] = tuple(find_maintenance(reading))

    def facts(self, reading: Reading) -> list[tuple[Evidence, str]]:
        """Measures with their instrument."""
        return [(measure.evidence, measure.instrument) for measure in reading.found.get("measures", ())]


class Part(Component):
    """PART findings, normal regions, stated subluxations."""

    name = "cmt_part"
    needs = (Measures,)

    def read(self, doc: Doc, reading: Reading) -> None:
        """Find what the examination found."""
        if records_only(reading):
            return
        spinal, limb_only = complaints(reading)
        tables = read_tables(reading)
        read_grids(reading, tables)
        read_key_grids(reading, tables)
        read_marked_segments(reading, tables)
        read_card(reading, tables)
        reader = PartReader(reading, spinal, tables, limb_only=limb_only)
        reader.run()
        reading.found["part"] = tuple(located(unique([*reader.findings, *reading.pain])))
        reading.found["subluxations"] = tuple(reader.subluxations)
        reading.found["normal"] = tuple((r, reading.whole(s)) for r, s in reader.normal_regions().items())
        reading.table_treated, reading.table_rows = tables.treated, tables.rows

    def facts(self, reading: Reading) -> list[tuple[Evidence, str]]:
        """Findings with their criterion."""
        return [(finding.evidence, finding.criterion) for finding in reading.found.get("part", ())]


class Signatures(Component):
    """Signature and date of service."""

    name = "cmt_signature"
    needs = (Context,)

    def read(self, doc: Doc, reading: Reading) -> None:
        """Find the signature and the dates of service."""
        signature, spans = read_signature(reading)
        reading.found["signature"] = signature
        reading.found["service_dates"] = tuple(service_dates(reading, spans))
        reading.signature_spans = spans

    def facts(self, reading: Reading) -> list[tuple[Evidence, str]]:
        """The signature with its status."""
        signature = reading.found["signature"]
        return [(evidence, signature.status) for evidence in signature.evidence]


class Treatments(Component):
    """Manipulation delivered today, by name, by pointer or not at all; manual therapy beside it."""

    name = "cmt_treatment"
    needs = (Part, Signatures)

    def read(self, doc: Doc, reading: Reading) -> None:
        """Find today's treatments and the roles of all places."""
        treatments, roles = find_treatments(reading, reading.table_rows)
        treatments += reading.table_treated
        reading.found["treatments"] = tuple(treatments)
        reading.found["manual_therapy"] = tuple(find_therapy(reading))
        reading.found["mentions"] = mentions_of(reading, roles)
        reading.found["misses"] = tuple(nearest_misses(reading, roles))

    def facts(self, reading: Reading) -> list[tuple[Evidence, str]]:
        """Statements of manipulation with their kind."""
        return [(treatment.evidence, treatment.kind.value) for treatment in reading.found.get("treatments", ())]


class MentionRoles(Component):
    """What a place is mentioned as, where the rules leave it open: answered by a model."""

    name = "cmt_mention_roles"
    needs = (Treatments,)

    def __init__(self, nlp: Any, *, spans: bool = True) -> None:  # noqa: ANN401 - spacy.Language
        super().__init__(nlp, spans=spans)
        self._model = load(MENTION_ROLES)

    def read(self, doc: Doc, reading: Reading) -> None:
        """Ask the model for each mention that is left open."""
        if self._model is not None:
            reading.found["mentions"] = refine_roles(reading, reading.found["mentions"], self._model)

    def facts(self, reading: Reading) -> list[tuple[Evidence, str]]:
        """The mentions that the model placed."""
        mentions = reading.found.get("mentions", ())
        return [(m.evidence, m.role.value) for m in mentions if m.evidence.start in reading.refined_roles]


class Plans(Component):
    """Frequency, duration, goals, reference to a plan in force."""

    name = "cmt_plan"
    needs = (Measures,)

    def read(self, doc: Doc, reading: Reading) -> None:
        """Find the plan."""
        if records_only(reading):
            return
        plan = PlanReader(reading).run()
        if not plan.standing:
            plan = replace(plan, standing=tuple(standing_elsewhere(reading)))
        reading.found["plan"] = plan

    def facts(self, reading: Reading) -> list[tuple[Evidence, str]]:
        """What the plan rests on."""
        plan = reading.found.get("plan")
        return [(evidence, "plan") for evidence in plan.evidence] if plan else []


class Visits(Component):
    """Kind of visit, and whether the text can be read as a note at all."""

    name = "cmt_visit"
    needs = (Plans,)

    def read(self, doc: Doc, reading: Reading) -> None:
        """Find the kind of visit."""
        reading.found["visit"], reading.found["visit_evidence"] = visit_of(reading)
        reading.found["readable"] = unreadable(reading)
        reading.found["chronic_permanent"] = tuple(permanent(reading))
        reading.found["stage"], reading.found["acute"] = find_stage(reading)
        reading.found["evaluation"] = tuple(find_evaluation(reading))
        reading.found["sides"] = tuple(find_sides(reading))
        reading.found["examinations"] = find_examinations(reading)
        reading.found["denied"], reading.found["pain_found"] = find_denied(reading), find_pain_found(reading)
        reading.found["sided"] = find_sided(reading)
        reading.found["moved"] = told_to_have_moved(reading)

    def facts(self, reading: Reading) -> list[tuple[Evidence, str]]:
        """What tells the kind of visit."""
        evidence = reading.found["visit_evidence"]
        return [(evidence, reading.found["visit"])] if evidence else []


ORDER: tuple[type[Component], ...] = (
    Phrases, Levels, Sentences, Sections, Statements, Context, Images, Measures, Part, Signatures, Treatments, MentionRoles, Plans,
    Visits,
)  # fmt: skip
"""The one list of components in order."""
MODELLED: frozenset[type[Component]] = frozenset((Statements, MentionRoles))
"""The components that ask a model; without them everything is read by rules alone."""
