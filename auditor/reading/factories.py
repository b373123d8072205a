"""spaCy's factories of the components, registered by entry points: ``nlp.add_pipe("cmt_levels")`` in any pipeline."""

from typing import Any

from spacy.language import Language

from auditor.reading import components
from auditor.reading.component import Component

Factory = Any
"""What spaCy calls with the pipeline and the component's name."""


def _register(component: type[Component]) -> Factory:
    def create(nlp: Language, name: str, spans: bool) -> Component:
        return component(nlp, spans=spans)

    create.__doc__ = component.__doc__
    return Language.factory(component.name, default_config={"spans": True}, assigns=["doc.spans"], func=create)


create_phrases = _register(components.Phrases)
create_levels = _register(components.Levels)
create_sentences = _register(components.Sentences)
create_sections = _register(components.Sections)
create_statements = _register(components.Statements)
create_context = _register(components.Context)
create_images = _register(components.Images)
create_measures = _register(components.Measures)
create_part = _register(components.Part)
create_treatment = _register(components.Treatments)
create_mention_roles = _register(components.MentionRoles)
create_plan = _register(components.Plans)
create_signature = _register(components.Signatures)
create_visit = _register(components.Visits)
