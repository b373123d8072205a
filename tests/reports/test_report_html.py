"""The page: every character of the note once, nothing executable, everything tied together, the same each time."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.records import ELEMENTS, Audit, Encounter, Evidence
from auditor.reports.html import html_report
from auditor.reports.marks import Owner, cut
from auditor.reports.wording import visible

Pair = tuple[Encounter, Audit]


class Page(HTMLParser):
    """What a reader of the page would find in it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.notes: list[str] = []
        self.words: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.hrefs: list[str] = []
        self.ids: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.attributes.extend((name, value or "") for name, value in attrs)
        self.hrefs.extend(value or "" for name, value in attrs if name == "href")
        self.ids.extend(value or "" for name, value in attrs if name == "id")
        if given.get("class") == "note":
            self.notes.append("")
        if tag not in ("meta", "br", "link", "img"):
            self._open.append((tag, given.get("class") == "note"))

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self._open.pop()
        assert opened == tag, f"{opened} closed by {tag}"

    def handle_data(self, data: str) -> None:
        inside = [tag for tag, _ in self._open]
        if "style" in inside:
            return
        self.words.append(data)
        if any(note for _, note in self._open) and "sup" not in inside:
            self.notes[-1] += data


def test_every_character_of_every_note_once(pairs: list[Pair]) -> None:
    page = Page(html_report(pairs))
    assert page.notes == [encounter.text for encounter, _ in pairs]


@pytest.mark.parametrize(
    "spans",
    [
        [],
        [(0, 26)],
        [(0, 10), (5, 15), (8, 9), (5, 15), (15, 26)],
        [(3, 4), (3, 10), (3, 26), (25, 26)],
        [(0, 1), (1, 2), (2, 3)],
        [(10, 20), (0, 26), (12, 14), (14, 20)],
    ],
)
def test_overlapping_evidence_loses_nothing(marked: Callable[..., Pair], spans: list[tuple[int, int]]) -> None:
    text = "\nabc  <b>&amp;\t\r\nC5 L5 äöü "
    encounter, audit = marked(text, spans)
    assert Page(html_report([(encounter, audit)])).notes == [text]


TEXT = "restricted C5, tender C5, right"


@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))), max_size=12))
def test_pieces_cover_the_text_and_know_their_owners(bounds: list[tuple[int, int]]) -> None:
    spans = [(min(pair), max(pair)) for pair in bounds if pair[0] != pair[1]]
    evidence = [Evidence(start=a, end=b, text=TEXT[a:b]) for a, b in spans]
    owners = [Owner(f"F{n}", f"f{n}", "error", f"finding {n}") for n in range(len(spans))]
    pieces = cut(TEXT, zip(evidence, owners, strict=True))
    assert "".join(piece.text for piece in pieces) == TEXT
    for piece in pieces:
        end = piece.start + len(piece.text)
        assert TEXT[piece.start : end] == piece.text
        over = {owner.label for owner, (a, b) in zip(owners, spans, strict=True) if a <= piece.start and end <= b}
        assert {owner.label for owner in piece.owners} == over
    assert sum(len(piece.ending) for piece in pieces) == len(spans)


def test_evidence_from_another_text_is_quoted_and_not_marked(clean: Pair) -> None:
    audit = clean[1]
    other = Encounter(id="b-104", text="Another note altogether.")
    html = html_report([(other, audit)])
    assert Page(html).notes == [other.text]
    assert '<mark id="' not in html
    assert "do not stand in this note" in html
    assert "“Adjusted C5 (diversified) and right SI (drop)”" in "".join(Page(html).words)


def test_every_link_leads_somewhere_and_ids_are_unique(pairs: list[Pair]) -> None:
    page = Page(html_report([*pairs, *pairs]))
    assert len(page.ids) == len(set(page.ids))
    assert page.hrefs
    assert {href.removeprefix("#") for href in page.hrefs} <= set(page.ids)
    assert all(href.startswith("#") for href in page.hrefs)


def test_marks_are_tied_to_elements_and_findings(follow_up: Pair) -> None:
    html = html_report([follow_up])
    start = follow_up[0].text.index("lumbar spine")
    assert re.search(rf'<mark id="c1-t{start}" class="error met open" title="[^"]*SUB102"', html)
    for number in range(1, len(ELEMENTS) + 1):
        assert f'href="#c1-e{number}"' in html
        assert f'id="c1-e{number}"' in html
    for number in range(1, 5):
        assert f'href="#c1-f{number}"' in html


HOSTILE = "</div><script>alert(1)</script><img src=x onerror=alert(1)>\" onload='x' {{ 7*7 }} \x1b[31m"


def test_nothing_of_a_note_or_id_becomes_markup(marked: Callable[..., Pair]) -> None:
    encounter, audit = marked(HOSTILE, [(0, 8), (6, 20)], ident=HOSTILE)
    hostile = audit.model_copy(
        update={
            "findings": tuple(
                finding.model_copy(update={"message": HOSTILE, "remedy": HOSTILE, "carc": HOSTILE, "code": HOSTILE})
                for finding in audit.findings
            ),
            "meta": {HOSTILE: {"x": HOSTILE}, "b": HOSTILE},
        }
    )
    told = encounter.model_copy(update={"payer": HOSTILE, "provider": HOSTILE, "patient_id": HOSTILE})
    html = html_report([(told, hostile), (told, hostile)], title=HOSTILE)
    page = Page(html)
    assert not {"script", "img", "iframe", "object", "link"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert "\x1b" not in html
    assert page.notes == [visible(HOSTILE)] * 2


def test_nothing_is_loaded(pairs: list[Pair]) -> None:
    html = html_report(pairs)
    assert not re.search(r"https?:", html)
    assert not re.search(r"\b(src|srcset|action|poster)=|url\(|@import", html)
    assert "default-src 'none'" in html


def test_the_same_each_time(pairs: list[Pair]) -> None:
    assert html_report(pairs) == html_report(list(pairs))


def test_words_that_must_stand_and_must_not(pairs: list[Pair]) -> None:
    words = " ".join("".join(Page(html_report(pairs)).words).split())
    assert "documentation elements drawn from CMS requirements" in words
    assert "CMS's six" not in words
    for said in (
        "PARTIAL",
        "NOT MET",
        "overcoded",
        "not supported",
        "possible",
        "CO-150",
        "nearest miss: “Neck stiff”",
    ):
        assert said in words, said


def test_a_folder_begins_with_its_own_page_and_one_chart_does_not(pairs: list[Pair], clean: Pair) -> None:
    assert 'class="folder"' in html_report(pairs)
    assert 'class="folder"' not in html_report([clean])
    assert "No charts." in html_report([])


def test_headings_follow_each_other(pairs: list[Pair]) -> None:
    levels = [int(tag[1]) for tag in Page(html_report(pairs)).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_an_empty_note_and_lone_surrogates(marked: Callable[..., Pair]) -> None:
    assert Page(html_report([marked("", [])])).notes == [""]
    html = html_report([marked("a\ud800b", [(0, 2)])])
    html.encode("utf-8")
    assert Page(html).notes == ["a\ufffdb"]


def test_three_hundred_charts(pairs: list[Pair]) -> None:
    html = html_report(pairs * 100)
    assert html.count('<article class="chart"') == 300
