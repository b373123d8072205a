"""The plain twin of a note: of the same length, or with a way back to the original offsets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.reading.pipeline import reader
from auditor.reading.plain.text import make_plain

INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2069\ufeff\u00ad"
NOTE = "O: C5 restricted and tender, spasm at L4-5.\nP: Adjusted C5 and L4-5. Pain 4/10 (was 6/10)."


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("C5–C6", "C5-C6"), ("C5—C6", "C5-C6"), ("C5−C6", "C5-C6"), ("C5‑C6", "C5-C6"), ("patient’s", "patient's"), ("“ok”", '"ok"'),
        ("45º", "45°"), ("45˚", "45°"), ("a\r\nb", "a\n\nb"), ("a\rb", "a\nb"), ("a\u2028b", "a\nb"), ("İ", "I"),
        ("", ""), ("C5", "C5"),
    ],
)  # fmt: skip
def test_marks_of_one_kind_at_the_same_place(raw, plain):
    note = make_plain(raw)
    assert (note.raw, note.plain, note.offsets) == (raw, plain, None)


@pytest.mark.parametrize("mark", list(INVISIBLE))
def test_invisible_marks_are_taken_out_and_mapped_back(mark):
    raw = f"Adj{mark}usted {mark}C{mark}5{mark}."
    note = make_plain(raw)
    assert note.plain == "Adjusted C5."
    place = note.plain.index("C5")
    start, end = note.original(place, place + 2)
    assert raw[start:end] == f"C{mark}5"


def test_lines_that_a_printer_wrapped_are_joined_at_the_same_length():
    long = "The patient reports that the low back pain has been much less since\nthe last visit."
    assert make_plain(long).plain == long.replace("\n", " ")
    short = "low back pain,\nneck pain"
    assert make_plain(short).plain == short


def test_a_bullet_or_header_behind_a_long_line_is_no_wrap():
    text = "The patient reports that the low back pain has been much less since yesterday\n- neck pain\nPlan: ice"
    assert make_plain(text).plain == text


@given(st.text(max_size=200))
def test_the_same_length_without_invisible_marks(raw):
    visible = "".join(char for char in raw if char not in INVISIBLE)
    note = make_plain(raw)
    assert note.raw == raw
    if note.offsets is None:
        assert len(note.plain) == len(raw)
    else:
        assert len(note.plain) == len(note.offsets) < len(raw)
        assert list(note.offsets) == sorted(set(note.offsets))
    assert len(make_plain(visible).plain) <= len(visible)
    assert len(note.plain.lower()) == len(note.plain)


@given(st.text(alphabet=st.sampled_from(list("aBc5 -,;)é😀") + list(INVISIBLE)), min_size=1, max_size=60), st.data())
def test_any_span_leads_back_to_its_own_characters(raw, data):
    note = make_plain(raw)
    if not note.plain:
        return
    start = data.draw(st.integers(0, len(note.plain) - 1))
    end = data.draw(st.integers(start + 1, len(note.plain)))
    first, last = note.original(start, end)
    piece = raw[first:last]
    assert "".join(char for char in piece if char not in INVISIBLE) == note.plain[start:end]
    assert piece[0] == note.plain[start]
    assert piece[-1] == note.plain[end - 1]


@given(st.text(alphabet=st.sampled_from([*INVISIBLE, "a", "é", "\x00"]), min_size=1, max_size=30))
def test_an_empty_span_stays_inside_the_note(raw):
    note = make_plain(raw)
    for place in range(len(note.plain) + 1):
        start, end = note.original(place, place)
        assert 0 <= start <= end <= len(raw)
        if place < len(note.plain):
            assert raw[start] not in INVISIBLE


def all_evidence(facts):
    for group in (facts.treatments, facts.part, facts.subluxations, facts.measures, facts.mentions):
        for item in group:
            yield item.evidence
            yield from (place.evidence for place in getattr(item, "places", ()))
    yield from facts.plan.evidence
    yield from facts.signature.evidence


def outline(facts):
    return (
        [(item.kind, [(place.regions, place.levels) for place in item.places]) for item in facts.treatments],
        [(item.criterion, item.regions, item.levels) for item in facts.part],
        [(item.instrument, item.value, item.previous) for item in facts.measures],
    )


@pytest.mark.parametrize("mark", ["\u200b", "\u200f", "\ufeff", "\u00ad", "\u202e"])
@pytest.mark.parametrize("step", [1, 2, 5])
def test_a_note_full_of_invisible_marks_reads_the_same(mark, step):
    marked = mark.join(NOTE[place : place + step] for place in range(0, len(NOTE), step))
    facts = reader().read(marked)
    assert outline(facts) == outline(reader().read(NOTE))
    for evidence in all_evidence(facts):
        assert evidence.text == marked[evidence.start : evidence.end]
        assert evidence.text.strip(mark + " ")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\u2028", "\n\n"])
def test_line_ends_of_any_kind_read_the_same(line_end):
    facts = reader().read(NOTE.replace("\n", line_end))
    assert outline(facts) == outline(reader().read(NOTE))


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "\x00",
        "\u200b",
        "\u200f\u200f",
        "\ufeffC5 adjusted.",
        "C5\x00adjusted\x00",
        "😀 C5 adjusted 😀",
        "a\u0301 C5",
    ],
)
def test_any_note_is_read_with_evidence_of_its_own_characters(raw):
    for evidence in all_evidence(reader().read(raw)):
        assert evidence.text == raw[evidence.start : evidence.end]
