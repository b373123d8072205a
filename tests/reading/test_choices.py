"""Choices of a form: what stands behind an empty box, is struck out or was answered with no is not said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.reading.pipeline import reader
from auditor.reading.plain.choices import chosen, unchecked_spans


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("[x] C5 [ ] C6 [x] C7", [" C6 "]),
        ("[ ] Cervical\n[x] Lumbar", [" Cervical"]),
        ("( ) yes (x) no", [" yes "]),
        ("[] C5", [" C5"]), ("[  ] C5", [" C5"]), ("[_] C5", [" C5"]),
        ("[ ] C5 tender   Note: T4 fixed", [" C5 tender"]),
        ("[✓] C5", []), ("[X] C5", []), ("[*] C5", []), ("[/] C5", []), ("[x ] C5", []), ("(R) C5", []), ("C5 (x)", []), ("no box", []), ("", []),
        ("☐ pain ☑ spasm", [" pain "]), ("□ pain ☒ spasm", [" pain "]), ("☐ pain ✓ spasm", [" pain "]), ("□ pain ■ spasm", [" pain "]),
        ("☑ pain ☐ spasm", [" spasm"]), ("☐ a ☐ b", [" a ", " b"]),
        ("(  ) = circled by doctor", []),
    ],
)  # fmt: skip
def test_spans_behind_empty_boxes(text, left_out):
    assert [text[start:end] for start, end in unchecked_spans(text)] == left_out


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("[x] 2 a week [ ] 1 a week", "[x] 2 a week [ ] ¤ ¤ ¤¤¤¤"),
        ("| [ ] C5 | [x] L4 |", "| [ ] ¤¤ | [x] L4 |"),
        ("CMT: C5, ~~T8~~, L4", "CMT: C5,       , L4"),
        ("CMT: C5, T8 (struck-out = not done)", "CMT: C5, T8                        "),
        ("adjusted today?    (Y)   N", "adjusted today: yes       "),
        ("adjusted today?     Y   (N)", "adjusted today: no         "),
        ("Why? (see note) yes", "Why? (see note) yes"),
    ],
)
def test_what_was_not_chosen_is_filled_over_at_the_same_length(text, plain):
    assert chosen(text) == plain
    assert len(chosen(text)) == len(text)


@given(st.text(alphabet="[]()x Y?N~|a1\n☐☑", max_size=60))
def test_any_form_keeps_its_length(text):
    assert len(chosen(text)) == len(text)


@pytest.mark.parametrize(
    ("plan", "frequency"),
    [
        ("[x] 2 visits a week for 3 weeks\n[ ] as needed", True),
        ("[ ] 2 visits a week for 3 weeks\n[x] as needed", False),
    ],
)
def test_only_the_schedule_that_is_ticked_is_planned(plan, frequency):
    facts = reader().read(f"O: L3 fixed.\nT: L3 adjusted.\nPlan:\n{plan}")
    assert (facts.plan.frequency is not None) is frequency


@pytest.mark.parametrize(("box", "status"), [("[x]", "accepted"), ("[ ]", "rejected")])
def test_an_attestation_signs_only_where_it_is_ticked(box, status):
    facts = reader().read(
        f"O: L4 fixed.\nP: L4 adjusted.\n{box} I attest that I gave this treatment and sign the record.\n    Harlan Voigt, DC"
    )
    assert facts.signature.status == status


TREATED = [
    ("P: Adjusted today: [x] C5 [ ] T4 [x] L5", ("C5", "L5")),
    ("P: Adjusted today: ☑ C5 ☐ T4 ☑ L5", ("C5", "L5")),
    ("P: Adjusted today: ☒ C5 ☐ T4 ☒ L5", ("C5", "L5")),
    ("P: Adjusted today: ☐ C5 ☑ T4 ☐ L5", ("T4",)),
    ("P: Adjusted today: (x) C5 ( ) T4 (x) L5", ("C5", "L5")),
    ("P: Adjusted today:\n[x] C5\n[ ] T4\n[x] L5\n", ("C5", "L5")),
    ("P: Adjusted today:\n☑ C5\n☐ T4\n☑ L5\n", ("C5", "L5")),
    ("P: Adjusted today: [ ] C5 [ ] T4 [ ] L5", ()),
]


@pytest.mark.parametrize(("text", "levels"), TREATED)
def test_only_what_is_ticked_was_treated(text, levels):
    facts = reader().read(f"O: Restricted C5, T4, L5.\n{text}")
    treated = [level for item in facts.treatments for place in item.places for level in place.levels]
    assert tuple(treated) == levels


@pytest.mark.parametrize(
    ("text", "criteria"),
    [
        ("O: C5: [x] tender [ ] spasm [x] restricted", {"P", "R"}),
        ("O: C5: ☑ tender ☐ spasm ☑ restricted", {"P", "R"}),
        ("O: C5: ☐ tender ☑ spasm ☐ restricted", {"T"}),
        ("O: C5: [ ] tender [ ] spasm [ ] restricted", set()),
    ],
)
def test_only_what_is_ticked_was_found(text, criteria):
    assert {item.criterion for item in reader().read(text).part} == criteria
