"""Check boxes: what stands behind an empty one is not said."""

import pytest

from auditor.reading.boxes import unchecked_spans
from auditor.reading.pipeline import reader
from auditor.reading.text import make_plain


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("[x] C5 [ ] C6 [x] C7", ["[ ] C6 "]),
        ("[ ] Cervical\n[x] Lumbar", ["[ ] Cervical"]),
        ("( ) yes (x) no", ["( ) yes "]),
        ("[] C5", ["[] C5"]), ("[  ] C5", ["[  ] C5"]), ("[_] C5", ["[_] C5"]),
        ("[ ] C5 tender   Note: T4 fixed", ["[ ] C5 tender"]),
        ("[✓] C5", []), ("[X] C5", []), ("[*] C5", []), ("[/] C5", []), ("[x ] C5", []), ("(R) C5", []), ("C5 (x)", []), ("no box", []), ("", []),
        ("☐ pain ☑ spasm", ["☐ pain "]), ("□ pain ☒ spasm", ["□ pain "]), ("☐ pain ✓ spasm", ["☐ pain "]), ("□ pain ■ spasm", ["□ pain "]),
        ("☑ pain ☐ spasm", ["☐ spasm"]), ("☐ a ☐ b", ["☐ a ", "☐ b"]),
    ],
)  # fmt: skip
def test_spans_behind_empty_boxes(text, left_out):
    plain = make_plain(text).plain
    assert [plain[start:end] for start, end in unchecked_spans(plain)] == left_out


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
