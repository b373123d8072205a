"""Rule packs: which rules hold for which payer on which date, and what is refused."""

from datetime import date

import pytest

from auditor.judging.pack_file import PackError, parse_pack
from auditor.judging.policy import built_in, with_folder
from auditor.judging.rules import KINDS, Pack

EXAMPLES = 'source = "s"\nsays = "w"\nfails = [{ note = "f" }]\npasses = [{ note = "p" }]\n'
ABOUT = '[pack]\nname = "acme"\ntitle = "Acme"\nextends = "base"\n'


def rule(name="one", start=None, end=None, kind="most_pointers", value="4", more=EXAMPLES):
    dates = "".join(f"{field} = {day}\n" for field, day in (("valid_from", start), ("valid_to", end)) if day)
    return f'\n[[rule]]\nid = "{name}"\nkind = "{kind}"\nvalue = {value}\n{dates}{more}'


def pack(*rules, about=ABOUT) -> Pack:
    return parse_pack(about + "".join(rules), "acme.toml")


def chain(payer, on=date(2026, 3, 2)):
    return built_in().policy_for(payer, on).packs


@pytest.mark.parametrize(
    "payer",
    [
        None,
        "",
        "healthpartners",
        "ashland",
        "ngs auto",
        "Palmetto Mutual Auto",
        "Optum VA CCN",
        "Medicare Advantage (Humana)",
    ],
)
def test_a_payer_without_a_pack_gets_the_base(payer):
    assert chain(payer) == ("base",)


@pytest.mark.parametrize(
    ("payer", "packs"),
    [
        ("Medicare Part B - Ohio (CGS)", ("base", "medicare", "cgs")),
        ("Noridian Medicare Advantage", ("base",)),
        ("Medicare Part C", ("base",)),
        ("Medicare PPO", ("base",)),
        ("Original Medicare", ("base", "medicare")),
        ("RR Medicare", ("base", "medicare", "palmetto")),
        ("Blue Cross and Blue Shield of North Dakota", ("base", "bcbs-nd")),
        ("BCBS of Kansas City", ("base",)),
        ("medicare", ("base", "medicare")),
        (" Medicare Part B", ("base", "medicare")),
        ("Medicare (Noridian)", ("base", "medicare", "noridian")),
        ("Medicare Part B - CGS", ("base", "medicare", "cgs")),
        ("UHC", ("base", "uhc")),
        ("United Healthcare", ("base", "uhc")),
        ("American Specialty Health", ("base", "cigna")),
        ("cgs", ("base", "medicare", "cgs")),
        ("Palmetto GBA", ("base", "medicare", "palmetto")),
        ("BCBS of Kansas", ("base", "bcbs-ks")),
        ("bcbs", ("base",)),
        ("bcbs-nd", ("base", "bcbs-nd")),
    ],
)
def test_a_payer_is_known_by_the_longest_name_it_begins_with(payer, packs):
    assert chain(payer) == packs


@pytest.mark.parametrize(
    ("on", "asked", "form", "extended"),
    [
        (date(1990, 1, 1), None, None, [date(2026, 1, 31)]),
        (date(2004, 9, 30), None, None, [date(2026, 1, 31)]),
        (date(2004, 10, 1), ["AT", "GA", "GZ", "GY"], None, [date(2026, 1, 31)]),
        (date(2026, 5, 11), ["AT", "GA", "GZ", "GY"], None, [date(2026, 1, 31)]),
        (date(2026, 5, 12), ["AT", "GA", "GZ", "GY"], date(2029, 3, 31), None),
        (None, ["AT", "GA", "GZ", "GY"], date(2029, 3, 31), None),
    ],
)
def test_the_rules_of_the_date_of_service_hold(on, asked, form, extended):
    policy = built_in().policy_for("medicare", on)
    values = [policy.value(kind) for kind in ("active_treatment_modifier", "abn_form", "abn_form_extended")]
    assert values == [asked, form, extended]


def test_a_nearer_pack_takes_the_place_of_a_rule_of_its_kind():
    policies = built_in()
    on = date(2026, 3, 2)
    assert policies.policy_for("medicare", on).value("subluxation_families") == ["M99.0"]
    assert policies.policy_for("noridian", on).value("subluxation_families") == ["M99.0", "M99.1"]
    assert policies.policy_for("noridian", date(2019, 6, 1)).value("subluxation_families") == ["M99.0"]


def test_no_pack_of_the_package_weighs_a_check_less_than_the_base():
    weight = {"info": 0, "warning": 1, "error": 2}
    from auditor.judging import all_checks

    for known in built_in().packs.values():
        for one in known.rules:
            if one.severity:
                assert weight[one.severity] >= weight[all_checks()[one.check].severity], (known.name, one.id)


def test_every_rule_of_the_package_names_a_check_and_its_source():
    from auditor.judging import all_checks

    for known in built_in().packs.values():
        for one in known.rules:
            assert one.check in all_checks()
            assert one.source
            assert one.fails
            assert one.passes


def test_what_nobody_could_read_is_marked():
    marked = {f"{one.pack}/{one.id}" for known in built_in().packs.values() for one in known.rules if not one.verified}
    assert marked == {
        "base/timed-units",
        "medicare/timed-units",
        "novitas/part-in-each-region",
        "uhc/diagnosis-of-each-region",
    }


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        (rule(start="2010-01-01", end="2020-01-01") + rule("two", "2020-01-01"), "one and two hold on the same days"),
        (rule(start="2010-01-01") + rule("two", "2020-01-01"), "one and two hold on the same days"),
        (rule(start="2010-01-01", end="2019-12-30") + rule("two", "2020-01-01"), "there are days without a rule"),
        (rule() + rule(), "two rules have the id one"),
        (rule(kind="no_such_kind"), "no kind of rule no_such_kind"),
        (rule(value='"four"'), "the value must be a whole number"),
        (rule(value="0"), "the value must be a whole number"),
        (rule(value="true"), "the value must be a whole number"),
        (rule(more='says = "w"\n'), "the field source is missing"),
        (rule(more='source = "s"\nsays = "w"\nfails = [{ note = "f" }]\n'), "an example that passes is missing"),
        (rule(more=EXAMPLES + "severty = 1\n"), "the field severty is unknown"),
        (rule(more=EXAMPLES + 'severity = "fatal"\n'), "severity must be error, warning or info"),
        (rule(more=EXAMPLES + 'verified = "no"\n'), "verified must be true or false"),
        (rule(start='"2010-01-01"'), "valid_from must be a date"),
        (rule(start="2020-01-01", end="2010-01-01"), "it ends on 2010-01-01, before it begins"),
        (rule(kind="severity", value='"error"'), "names its check"),
        (rule(more=EXAMPLES + 'check = "PRT204"\n'), "leave the field check out"),
        ("\n[[rules]]\n", "write no other table"),
        ("\n[[rule]", "this is no TOML"),
    ],
)
def test_a_faulty_pack_is_refused_with_file_and_reason(rules, says):
    with pytest.raises(PackError, match=r"acme\.toml") as fault:
        pack(rules)
    assert says in str(fault.value)


@pytest.mark.parametrize(
    ("about", "says"),
    [
        ('[pack]\ntitle = "x"\n', "the field name is missing"),
        ('[pack]\nname = "x"\ntitle = "x"\nnames = "y"\n', "names must be a list of texts"),
        ('[pack]\nname = "x"\ntitle = "x"\nextends = 3\n', "extends must be text"),
        ('[pack]\nname = "x"\ntitle = "x"\ncolour = 3\n', "the field colour is unknown"),
        ("", "a pack is one [pack]"),
    ],
)
def test_a_faulty_head_is_refused(about, says):
    with pytest.raises(PackError) as fault:
        pack(about=about)
    assert says in str(fault.value)


def test_every_kind_refuses_a_value_of_a_wrong_shape():
    for name, kind in KINDS.items():
        assert not kind.fits(None), name
        assert not kind.fits([]), name
        assert not kind.fits({}), name


def test_a_users_pack_extends_one_of_the_package(tmp_path):
    about = ABOUT.replace('"base"', '"uhc"') + 'names = ["uhc gold"]\n'
    (tmp_path / "gold.toml").write_text(about + rule(value="2"), "utf-8")
    policy = with_folder(tmp_path).policy_for("UHC Gold PPO", None)
    assert policy.packs == ("base", "uhc", "acme")
    assert policy.value("most_pointers") == 2
    assert policy.value("region_diagnosis") is True


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "there is no pack in this folder"),
        ({"a.toml": ABOUT.replace("acme", "uhc")}, "has the name uhc already"),
        ({"a.toml": ABOUT.replace('"base"', '"nowhere"')}, "it must extend a pack that is there"),
        ({"a.toml": ABOUT.replace('extends = "base"\n', "")}, "it must extend a pack that is there"),
        (
            {"a.toml": ABOUT.replace('"base"', '"b"'), "b.toml": '[pack]\nname="b"\ntitle="b"\nextends="acme"\n'},
            "extend one another",
        ),
    ],
)
def test_a_users_folder_is_refused_with_a_reason(tmp_path, files, says):
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(PackError) as fault:
        with_folder(tmp_path)
    assert says in str(fault.value)


UNDER_NORIDIAN = ABOUT.replace('"base"', '"noridian"')


def own(tmp_path, rules, about=UNDER_NORIDIAN):
    (tmp_path / "own.toml").write_text(about + rules, "utf-8")
    return with_folder(tmp_path)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("most_pointers", "12"),
        ("active_treatment_modifier", '["AT", "59"]'),
        ("not_covered", '["12345"]'),
        ("covered_only", '["98940", "99213"]'),
        ("subluxation_families", '["M99.0", "M54."]'),
        ("modifier_never_on", '{ ZZ = ["11111"] }'),
    ],
)
def test_a_pack_that_asks_for_less_is_refused(tmp_path, kind, value):
    with pytest.raises(PackError, match="a pack may only be stricter"):
        own(tmp_path, rule(kind=kind, value=value))


@pytest.mark.parametrize("weight", ["", 'severity = "warning"\n'])
def test_a_rule_weighs_no_less_than_the_one_whose_place_it_takes(tmp_path, weight):
    given = rule(kind="region_complaint", value="true", more=weight + EXAMPLES)
    with pytest.raises(PackError, match="a pack may only be stricter"):
        own(tmp_path, given)


def test_a_stricter_pack_is_taken(tmp_path):
    policies = own(tmp_path, rule(kind="most_pointers", value="2"))
    assert policies.policy_for("acme", None).value("most_pointers") == 2


def test_codes_of_a_pack_are_read_in_capitals(tmp_path):
    policies = own(tmp_path, rule(kind="active_treatment_modifier", value='["at"]'))
    assert policies.policy_for("acme", None).value("active_treatment_modifier") == ["AT"]


@pytest.mark.parametrize(
    ("about", "says"),
    [
        (ABOUT + 'names = ["Medicare"]\n', "payers of the name medicare go to the pack medicare already"),
        (ABOUT.replace('"acme"', '"Medicare"'), "payers of the name medicare go to the pack medicare already"),
        (ABOUT.replace('"acme"', '"***"'), "a name must hold letters or digits"),
        (ABOUT.replace('"Acme"', '"A\\nuhc   FAKE"'), "one line without control characters"),
        ("x = " + "[" * 3000, "nested too deeply"),
        ("x = " + "9" * 5000, "a number is too long"),
    ],
)
def test_names_and_titles_that_would_mislead_are_refused(tmp_path, about, says):
    with pytest.raises(PackError, match=says):
        own(tmp_path, "", about)


def test_names_are_read_as_payers_are(tmp_path):
    policies = own(tmp_path, "", ABOUT + 'names = ["U.H.C.-Gold"]\n')
    assert policies.pack_of("u h c gold").name == "acme"
