"""The page of the course of care: nothing executable, nothing loaded, charts that can be read and heard."""

import re
from datetime import date
from itertools import pairwise
from random import Random
from xml.etree import ElementTree

import pytest
from course_samples import Pair, finding, measure, sample, visit
from test_report_html import Page

from auditor.reports.course import course
from auditor.reports.course_html import course_html
from auditor.reports.plot import HEIGHT, WIDTH, line_chart
from auditor.reports.wording import visible

HOSTILE = "</td></svg><script>alert(1)</script><img src=x onerror=alert(1)>\" onload='x' {{ 7*7 }} \x1b[31m"
DAY = date(2026, 3, 2)


def page(pairs: list[Pair], patient: str = "p-7") -> str:
    return course_html(course(pairs), patient=patient)


def charts(pairs: list[Pair]) -> list[ElementTree.Element]:
    found = re.findall(r"<svg.*?</svg>", page(pairs), re.DOTALL)
    return [ElementTree.fromstring(svg) for svg in found]


def words(html: str) -> str:
    return " ".join("".join(Page(html).words).split())


@pytest.mark.parametrize(
    "said",
    [
        "Course of care: patient p-7",
        "2 episodes, 7 visits, 2026-03-02 to 2026-07-10",
        "began 2026-03-02 with an initial visit; 5 visits; closed by discharge 2026-03-30",
        "7 -> 2 better, a meaningful change",
        "NPRS lumbar 6, was 7",
        "98941, supported 98940",
        "It repeats the note of 2026-03-05.",
        "Where is it recorded?",
        "of 2026-03-02, 2 per week, 4 weeks, to 2026-03-30",
        "visit 5 of 8, 1 of 1 goal reached",
        "31 % repeats 2026-03-05",
        "Visit 3 of 2026-03-09: in what must change nearly a copy of the note of 2026-03-05",
        "31 % new against 2026-03-05 (under 1 % of what must change)",
    ],
)
def test_says_what_happened(said: str) -> None:
    assert said in words(page(sample()))


def test_the_difference_to_the_earlier_note() -> None:
    html = page(sample())
    differing = html[html.index('aria-label="What differs"') :].partition("</div>")[0]
    assert "<ins>" in differing
    assert "<del>" in differing
    assert "Segmental dysfunction L4 and C5." in differing


def test_an_earlier_note_that_is_not_at_hand() -> None:
    html = page([visit(DAY, started=DAY, repeats="copy", against=date(2026, 2, 1))])
    assert "The earlier note is not at hand." in html
    assert 'aria-label="What differs"' not in html


def test_a_note_that_repeats_none_has_no_difference() -> None:
    pairs = [visit(DAY, started=DAY), visit(date(2026, 3, 5), started=DAY, number=2, repeats="no", against=DAY)]
    assert "Notes that repeat" not in page(pairs)
    assert "31 %" in words(page(pairs))


def test_nothing_becomes_markup() -> None:
    fact = measure(HOSTILE, 5, HOSTILE, HOSTILE)
    found = finding("EPI" + HOSTILE, "error", HOSTILE)
    plan = {"duration": {"value": 4, "unit": HOSTILE}, "goals": [HOSTILE], "frequency": {"times": 2, "per": HOSTILE}}
    known = {"measures": [fact, measure("NPRS", 4)], "findings": [found], "plan": plan, "billed": HOSTILE}
    pairs = [
        visit(DAY, started=DAY, ident=HOSTILE, text="calm " + HOSTILE, **known),
        visit(date(2026, 3, 5), started=DAY, number=2, text="new " + HOSTILE, repeats="nearly", against=DAY, **known),
    ]
    html = page(pairs, patient=HOSTILE)
    read = Page(html)
    assert not {"script", "img", "iframe", "object", "link"} & set(read.tags)
    assert not [name for name, _ in read.attributes if name.startswith("on")]
    assert "\x1b" not in html
    assert visible(HOSTILE) in "".join(read.words)


def test_nothing_is_loaded() -> None:
    html = page(sample())
    assert not re.search(r"https?:", html)
    assert not re.search(r"\b(src|srcset|action|poster|xlink:href)=|url\(|@import", html)
    assert "default-src 'none'" in html


def test_the_same_each_time_in_any_order() -> None:
    pairs = sample()
    html = page(pairs)
    Random(1).shuffle(pairs)
    assert page(pairs) == html


def test_links_lead_somewhere_ids_are_unique_headings_follow() -> None:
    read = Page(page(sample()))
    assert len(read.ids) == len(set(read.ids))
    assert read.hrefs
    assert {href.removeprefix("#") for href in read.hrefs} <= set(read.ids)
    named = [value for name, value in read.attributes if name == "aria-labelledby"]
    assert {part for value in named for part in value.split()} <= set(read.ids)
    levels = [int(tag[1]) for tag in read.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_chart_has_its_points_scale_days_and_words() -> None:
    chart = charts(sample())[0]
    dots = chart.findall("circle")
    assert [dot.findtext("title") for dot in dots] == [
        "2026-03-02: 7",
        "2026-03-05: 6",
        "2026-03-09: 6",
        "2026-03-30: 2",
    ]
    assert chart.findtext("title") == "NPRS lumbar: 7 -> 2 better, a meaningful change"
    assert chart.findtext("desc") == "2026-03-02: 7; 2026-03-05: 6; 2026-03-09: 6; 2026-03-30: 2"
    assert [text.text for text in chart.findall("text")] == ["0", "5", "10", "2026-03-02", "2026-03-30", "7", "2"]
    assert [line.get("class") for line in chart.findall("line")].count("visit") == 5
    assert [line.get("class") for line in chart.findall("line") if "run" in line.get("class", "")] == [
        "run",
        "run",
        "run gap",
    ]


def test_points_stand_where_their_day_and_value_are() -> None:
    dots = charts(sample())[0].findall("circle")
    across = [float(dot.get("cx", "")) for dot in dots]
    up = [float(dot.get("cy", "")) for dot in dots]
    days = [2, 5, 9, 30]
    steps = [(x - across[0]) / (across[-1] - across[0]) for x in across]
    assert steps == pytest.approx([(day - 2) / 28 for day in days], abs=0.002)
    assert up[0] < up[1] == up[2] < up[3]
    assert all(0 < x < WIDTH for x in across)
    assert all(0 < y < HEIGHT for y in up)


def test_without_dates_visits_stand_at_equal_distances() -> None:
    pairs = [
        visit(day, started=DAY, number=n, ident=f"v{n}", measures=[measure("NPRS", 9 - n)])
        for n, day in enumerate((DAY, date(2026, 3, 5), None), start=1)
    ]
    across = [float(dot.get("cx", "")) for dot in charts(pairs)[0].findall("circle")]
    assert across[1] - across[0] == pytest.approx(across[2] - across[1], abs=0.11)


def test_values_that_are_not_told_apart_have_no_line() -> None:
    two = [measure("ROM", 60, "cervical"), measure("ROM", 45, "cervical")]
    told = course([visit(DAY, started=DAY, measures=two)]).episodes[0].series[0]
    svg = str(line_chart(told, [DAY], anchor="m"))
    assert svg.count("<circle") == 2
    assert 'class="run' not in svg
    assert 'class="value"' not in svg


def test_no_visits() -> None:
    assert "No visits." in page([])
