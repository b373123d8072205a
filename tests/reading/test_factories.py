"""Every component works in anybody's spaCy pipeline, alone and together."""

import pytest
import spacy

NOTE = (
    "Progress note 03/04/2026\nS: Low back pain 3/10, was 6/10.\nO: L4 restricted and tender, no spasm. X-ray of 3/2/2026: L4 rotated.\n"
    "P: Adjusted L4. Continue 2x/week for 4 weeks.\nElectronically signed by Jane Roe, DC"
)
SHOWN = {
    "cmt_levels": [("L4", "L4"), ("L4", "L4"), ("L4", "L4")],
    "cmt_treatment": [("Adjusted L4.", "named")],
    "cmt_measures": [("3/10", "NPRS")],
    "cmt_signature": [("Electronically signed by Jane Roe, DC", "accepted")],
    "cmt_visit": [("Progress note", "subsequent")],
    "cmt_context": [("spasm", "NEGATED")],
}
ALL = [*SHOWN, "cmt_phrases", "cmt_sections", "cmt_part", "cmt_plan", "cmt_images"]


@pytest.mark.parametrize("name", ALL)
def test_each_alone(name):
    nlp = spacy.blank("en")
    nlp.add_pipe(name)
    doc = nlp(NOTE)
    spans = doc.spans[name]
    assert len(spans) > 0
    for text, label in SHOWN.get(name, ()):
        assert (text, label) in [(span.text, span.label_) for span in spans]


def test_sentences_are_spacys_own():
    nlp = spacy.blank("en")
    nlp.add_pipe("cmt_sentences")
    assert [sentence.text for sentence in nlp("C5 tender. L4 restr. today").sents] == [
        "C5 tender.",
        "L4 restr.",
        "today",
    ]


def test_all_together():
    nlp = spacy.blank("en")
    for name in ["cmt_sentences", *ALL]:
        nlp.add_pipe(name)
    doc = nlp(NOTE)
    assert set(ALL) <= set(doc.spans)
    assert not nlp.analyze_pipes()["problems"].get("cmt_levels")
