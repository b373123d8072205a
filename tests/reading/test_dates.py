"""Dates in notes: every form, either order, scanned letters, spoken days, and days that do not exist."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.reading.plain.dates import find_dates

MARCH_2 = date(2026, 3, 2)
FULL = [
    "2026-03-02", "2026/3/2", "2026.03.02", "03/02/2026", "3/2/2026", "3/2/26", "03-02-2026", "03-02-26", "3.2.2026",
    "2 March 2026", "2nd March 2026", "2nd of March 2026", "2nd March, 2026", "02-Mar-2026", "02-MAR-26", "2 Mar. 2026",
    "March 2, 2026", "March 2nd, 2026", "Mar. 2, 2026", "Mar 2 2026", "MARCH 2, 2026", "March 2,2026", "March  2, 2026",
    "Mar-02-2026", "March second, 2026", "March the second 2026", "the second of March 2026",
    "O3/O2/2O26", "03/O2/2026", "03/02/2O26", "2026-03-02T10:15:00", "2026-03-02T10:15",
]  # fmt: skip


@pytest.mark.parametrize("written", FULL)
def test_a_full_date_is_read(written):
    assert [item.day for item in find_dates(f"Seen {written}: C5 adjusted.")] == [MARCH_2]


@pytest.mark.parametrize("written", FULL[3:6] + FULL[9:12] + FULL[16:18])
@pytest.mark.parametrize(
    "around", ["{}", "DOS: {}", "seen on {}.", "({})", "{}, C5 adjusted", "\n{}\n", "[{}]", "{} 10:15 AM"]
)
def test_a_full_date_is_read_wherever_it_stands(written, around):
    text = around.format(written)
    found = list(find_dates(text))
    assert [item.day for item in found] == [MARCH_2]
    assert text[found[0].start : found[0].end] in written
    assert found[0].may_be(MARCH_2)
    assert not found[0].may_be(date(2026, 3, 3))


@pytest.mark.parametrize(
    ("written", "day", "other"),
    [
        ("03/02/2026", date(2026, 3, 2), date(2026, 2, 3)),
        ("25/12/2025", date(2025, 12, 25), date(2025, 12, 25)),
        ("25.12.2025", date(2025, 12, 25), date(2025, 12, 25)),
        ("12/25/2025", date(2025, 12, 25), None),
        ("l2/3l/2025", date(2025, 12, 31), None),
        ("0I/l5/2026", date(2026, 1, 15), None),
        ("1/1/99", date(1999, 1, 1), date(1999, 1, 1)),
    ],
)
def test_day_first_or_month_first(written, day, other):
    (found,) = find_dates(written)
    assert (found.day, found.other) == (day, other)
    assert found.may_be(day)


@pytest.mark.parametrize(
    ("written", "month_year", "month_day"),
    [
        ("March 2026", "2026-03", None),
        ("Mar. 2026", "2026-03", None),
        ("March, 2026", "2026-03", None),
        ("03/2026", "2026-03", None),
        ("3/2026", "2026-03", None),
        ("March 2", None, (3, 2)),
        ("Mar. 2nd", None, (3, 2)),
        ("March the second", None, (3, 2)),
        ("December twenty-first", None, (12, 21)),
        ("December twenty first", None, (12, 21)),
    ],
)
def test_a_date_in_part(written, month_year, month_day):
    (found,) = find_dates(f"seen {written}.")
    assert (found.day, found.month_year, found.month_day) == (None, month_year, month_day)


def test_a_day_without_a_year_may_be_any_year():
    (found,) = find_dates("March 2")
    assert found.may_be(date(2025, 3, 2))
    assert found.may_be(date(2026, 3, 2))
    assert not found.may_be(date(2026, 2, 3))


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30", "2/30/2026", "13/13/2025", "00/00/2026", "0/5/2026", "29 Feb 2025", "Feb 29, 2025", "31 June 2026",
        "February thirtieth, 2026", "99/99/99", "2026-13-01", "00/2026", "13/2026", "June 31", "February 30", "March 32", "March 0",
    ],
)  # fmt: skip
def test_days_that_do_not_exist_are_no_dates(text):
    assert list(find_dates(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "", "5/5", "4/10", "3/2", "120/80", "L4/5", "C5 2026", "98941", "20260302", "103/02/2026", "03/02/20266", "1.5.2", "10/325 mg",
        "may be sore", "flexion 45/60", "ext. 20/25", "March", "2026", "1-2-3-4", "M99.01", "555-12-3456", "call 03-555-1212",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_date(text):
    assert list(find_dates(text)) == []


def test_a_leap_day_is_read():
    assert [item.day for item in find_dates("Feb 29, 2024")] == [date(2024, 2, 29)]


def test_several_dates_come_in_order():
    text = "DOB 1/2/1960, seen 3/2/2026; last 2/23/2026 and March 9."
    found = list(find_dates(text))
    assert [text[item.start : item.end] for item in found] == ["1/2/1960", "3/2/2026", "2/23/2026", "March 9"]


ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def suffixed(number):
    return f"{number}{'th' if 10 < number < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


FORMS = {
    "iso": lambda day: day.isoformat(),
    "iso slashes": lambda day: f"{day.year}/{day.month}/{day.day}",
    "us": lambda day: f"{day.month}/{day.day}/{day.year}",
    "us padded": lambda day: f"{day:%m/%d/%Y}",
    "us dashes": lambda day: f"{day:%m-%d-%Y}",
    "us short year": lambda day: f"{day:%m/%d/%y}",
    "month name": lambda day: f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
    "month name ordinal": lambda day: f"{MONTHS[day.month - 1]} {suffixed(day.day)}, {day.year}",
    "short name": lambda day: f"{MONTHS[day.month - 1][:3]} {day.day} {day.year}",
    "day first name": lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    "day of month": lambda day: f"the {suffixed(day.day)} of {MONTHS[day.month - 1]} {day.year}",
    "dashed name": lambda day: f"{day.day:02d}-{MONTHS[day.month - 1][:3]}-{day.year}",
    "spoken": lambda day: f"{MONTHS[day.month - 1]} {ORDINALS[day.day - 1]}, {day.year}",
    "spoken blank": lambda day: (
        f"{MONTHS[day.month - 1].lower()} the {ORDINALS[day.day - 1].replace('-', ' ')} {day.year}"
    ),
    "spoken of": lambda day: f"the {ORDINALS[day.day - 1]} of {MONTHS[day.month - 1]} {day.year}",
}
DAYS = st.dates(date(1970, 1, 1), date(2069, 12, 31))


@given(DAYS, st.sampled_from(sorted(FORMS)))
def test_any_date_in_any_form_is_read_back(day, form):
    text = f"Seen {FORMS[form](day)}: C5 adjusted."
    assert [item.day for item in find_dates(text)] == [day]


@given(DAYS)
def test_a_date_with_the_day_first_may_be_that_day(day):
    (found,) = find_dates(f"{day:%d/%m/%Y}")
    assert found.may_be(day)


@given(st.text(alphabet="0123456789/-. OlISBabMarchthe,", max_size=40))
def test_anything_can_be_searched_and_spans_lie_in_the_text(text):
    end = 0
    for item in find_dates(text):
        assert end <= item.start < item.end <= len(text)
        end = item.end
