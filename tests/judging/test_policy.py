from datetime import date

import pytest

from auditor.judging.policy import Policy, parse_rows, policy_for

RULES = (
    'source = "s"\nneeds_at = true\ncovers_98943 = false\nregion_diagnosis = false\nsubluxation_families = ["M99.0"]\n'
)


def row(start, end=None, rules=RULES):
    closing = f"valid_to = {end}\n" if end else ""
    return f"[[row]]\nvalid_from = {start}\n{closing}{rules}"


@pytest.mark.parametrize("payer", [None, "", "cigna", "healthpartners", "../medicare", "default"])
def test_a_payer_without_a_file_gets_commercial_rules(payer):
    rules = policy_for(payer, date(2026, 3, 2))
    assert (rules.payer, rules.needs_at, rules.covers_98943) == ("default", False, True)
    assert (rules.bundle_97014, rules.region_diagnosis) == (None, False)


def test_uhc_asks_for_a_diagnosis_of_each_region():
    assert policy_for("UHC", date(2026, 3, 2)).region_diagnosis


def test_medicare_rules():
    rules = policy_for(" Medicare", date(2026, 3, 2))
    assert (rules.needs_at, rules.covers_98943, rules.bundle_97014) == (True, False, "G0283")
    assert rules.subluxation_families == ("M99.0",)


@pytest.mark.parametrize(
    ("on", "needs_at", "form", "extended"),
    [
        (date(1990, 1, 1), False, None, ()),
        (date(2004, 9, 30), False, None, ()),
        (date(2004, 10, 1), True, None, (date(2026, 1, 31),)),
        (date(2026, 5, 11), True, None, (date(2026, 1, 31),)),
        (date(2026, 5, 12), True, date(2029, 3, 31), ()),
        (None, True, date(2029, 3, 31), ()),
    ],
)
def test_the_row_in_force_on_the_date_of_service_is_picked(on, needs_at, form, extended):
    rules = policy_for("medicare", on)
    assert (rules.needs_at, rules.abn_form, rules.abn_extended) == (needs_at, form, extended)


def test_rows_come_oldest_first_whatever_their_order_in_the_file():
    rows = parse_rows("x", row("2020-01-01") + row("2010-01-01", "2019-12-31"))
    assert [one.valid_from for one in rows] == [date(2010, 1, 1), date(2020, 1, 1)]
    assert all(isinstance(one, Policy) for one in rows)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            row("2010-01-01", "2020-01-01") + row("2020-01-01"),
            "2010-01-01 to 2020-01-01 overlaps the row from 2020-01-01",
        ),
        (row("2010-01-01") + row("2020-01-01"), "2010-01-01 to no end overlaps"),
        (row("2010-01-01", "2019-12-30") + row("2020-01-01"), "no row holds between 2019-12-30 and 2020-01-01"),
        (row("2010-01-01", "2019-12-31"), "newest row ends on 2019-12-31"),
        ("", "has no row"),
        ("[[row]", "policy acme: "),
        (row("2010-01-01", rules=RULES + "needs_ta = true\n"), "needs_ta"),
        (row("2010-01-01", rules='source = "s"\n'), "needs_at"),
        (row('"2010-01-01"'), "valid_from must be a date"),
    ],
)
def test_a_faulty_file_is_refused_with_payer_and_reason(text, says):
    with pytest.raises(ValueError, match="policy acme") as fault:
        parse_rows("acme", text)
    assert says in str(fault.value)
