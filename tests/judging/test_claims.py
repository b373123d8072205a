"""Claim checks on hand-built facts: for each code what raises it, what does not, and the fine points of verdicts §5."""

from datetime import date

import pytest

import auditor.judging.claims  # noqa: F401 - registers the checks
from auditor.anatomy import count_range, region_of
from auditor.facts import Facts, ManualTherapy, Mention, Role, SectionSpan, Subluxation, Treatment, TreatmentKind
from auditor.judging.case import Case
from auditor.judging.checks import REGISTRY
from auditor.judging.icd import diagnoses_of, is_subluxation, normal, regions_named
from auditor.judging.remedies import lint
from auditor.records import Abn, Claim, ClaimLine, Evidence

CODES = (
    *(f"CPT70{n}" for n in range(1, 9)),
    *(f"MOD80{n}" for n in range(1, 6)),
    *("DXC811", "DXC812", "DXC813", "NCC821", "NCC822", "NCC823", "NCC824"),
)


def said(text):
    """Evidence with that text; its offsets do not matter here."""
    return Evidence(start=0, end=len(text), text=text)


def place(name):
    """A treated place: a level (``C5``), a joint or range (``C6+C7+T1``), or a bare region (``thoracic``)."""
    if not name[-1].isdigit() and name not in ("SAC", "SI-R"):
        possible = ("thoracic",) if name == "rib" else ()
        return Mention(() if name == "rib" else (name,), (), Role.TREATED, said(name), possible)
    bones = tuple(name.split("+"))
    counted = count_range(bones) if len(bones) > 1 else None
    certain, possible = (counted.certain, counted.possible) if counted else ((region_of(bones[0]),), ())
    return Mention(certain, bones, Role.TREATED, said(name), possible)


def facts(adjusted="", *, kind=TreatmentKind.NAMED, therapy=(), **more):
    """A note that adjusts these places (``C5 L4``) and calls them subluxated; therapy as (kind, regions, minutes)."""
    places = tuple(place(name) for name in adjusted.split())
    stated = places or kind != TreatmentKind.NAMED
    return Facts(
        sections=(SectionSpan("plan", 0, 9),),
        treatments=(Treatment(kind, said("treatment"), places),) if stated else (),
        subluxations=tuple(Subluxation(one.regions, one.levels, one.evidence) for one in places if one.levels),
        manual_therapy=tuple(ManualTherapy(k, tuple(r.split()), m, said(f"{k} therapy")) for k, r, m in therapy),
        **more,
    )


def line(written, to=(), units=1, minutes=None):
    """A claim line from ``98941-AT``."""
    cpt, *modifiers = written.split("-")
    return ClaimLine(cpt=cpt, modifiers=tuple(modifiers), pointers=to, units=units, minutes=minutes)


def case(adjusted="C5", *lines, dx="M99.01", payer="cigna", on=date(2026, 3, 2), abn=None, **more):
    """A visit; lines may be given as text. The first argument is Facts, or what was adjusted."""
    noted = adjusted if isinstance(adjusted, Facts) else facts(adjusted, **more)
    billed = tuple(line(one) if isinstance(one, str) else one for one in lines)
    claim = Claim(diagnoses=tuple(dx.split()), lines=billed)
    return Case(noted, "subsequent", payer=payer, date_of_service=on, claim=claim, abn=abn)


def findings(given, code=None):
    return [item for one in CODES for item in REGISTRY[one].findings(given) if code in (None, one)]


def codes(given):
    return {item.code for item in findings(given)}


def abn(signed, form):
    return Abn(signed=signed and date.fromisoformat(signed), form_expires=form and date.fromisoformat(form))


def medicare(*lines, adjusted="C5", **more):
    return case(adjusted, *lines, payer="medicare", **more)


def with_therapy(written, *therapy, adjusted="C5", minutes=None, **more):
    """A visit with 98940 and one line of manual therapy."""
    return case(facts(adjusted, therapy=therapy), "98940", line(written, minutes=minutes), **more)


ALL = "M99.01 M99.02 M99.03 M99.04 M99.05"
OLD, NEW = "2026-01-31", "2029-03-31"

EXACTLY = [
    # regions and code
    ("clean", case("C5", "98940"), set()),
    ("one region, 98941", case("C5", "98941"), {"CPT701"}),
    ("four regions, 98942", case("C5 T4 L3 SI-R", "98942", dx=ALL), {"CPT701"}),
    ("three regions, 98940", case("C5 T4 L3", "98940", dx=ALL), {"CPT702"}),
    ("three regions, 98941", case("C5 T4 L3", "98941", dx=ALL), set()),
    ("five regions, 98942", case("C5 T4 L3 SAC SI-R", "98942", dx=ALL), set()),
    ("two spinal codes, the higher one counts", case("C5", "98940", "98941"), {"CPT701", "CPT703"}),
    ("the same spinal code twice", case("C5", "98940", "98940"), {"CPT703"}),
    ("full spine", case("", "98941", kind=TreatmentKind.FULL_SPINE), {"CPT704"}),
    ("nothing adjusted", case("", "98940"), {"CPT704"}),
    ("region without subluxation", case("thoracic", "98940", dx="M99.02"), {"CPT704"}),
    ("normal region", case(facts("C5", normal=(("cervical", said("normal")),)), "98940"), {"CPT704"}),
    ("no spinal code billed", case("C5", "98943"), set()),
    ("claim without lines", case("C5"), set()),
    ("unknown CPT code", case("C5", "98940", "0000X"), set()),
    ("98943 to Medicare", medicare("98940-AT", "98943-59"), {"CPT705"}),
    ("98943 to Medicare with GY, pointing to the spine", medicare("98940-AT", line("98943-GY", (1,))), {"CPT705", "CPT706"}),
    ("98943 alone to Medicare", medicare("98943"), {"CPT705"}),
    ("98943 to Medicare before AT was needed", medicare("98940", "98943", on=date(2003, 1, 2)), {"CPT705", "CPT706"}),
    ("98943 without modifier", case("C5", "98940", line("98943", (2,)), dx="M99.01 M25.511"), {"CPT706"}),
    ("98943 with 59", case("C5", "98940", line("98943-59", (2,)), dx="M99.01 M25.511"), set()),
    ("98943 with lower-case xs", case("C5", "98940", line("98943-xs", (2,)), dx="M99.01 M25.511"), set()),
    ("98943-59 points to the spine", case("C5", "98940", line("98943-59", (2, 1)), dx="M9901 M25.511"), {"CPT706"}),
    ("98943-59 without pointers", case("C5", "98940", "98943-59"), set()),
    ("98943-59 points out of range", case("C5", "98940", line("98943-59", (0, 7, -1))), set()),
    ("98943 alone points to the spine", case("C5", line("98943", (1,))), {"CPT706"}),
    ("98943 points to an extremity code M99.07", case("C5", line("98943", (1,)), dx="M99.07"), set()),
    ("two units", case("C5", line("98940", units=2)), {"CPT707"}),
    ("two units of 98943", case("C5", line("98943", units=2)), {"CPT707"}),
    ("two units of therapy", with_therapy("97140-59", ("97140", "lumbar", 25)), set()),
    ("two units of an examination", case("C5", "98940", line("99213-25", units=2)), set()),
    ("a junction that would change the code", case("C6+C7+T1 L4", "98940", dx="M99.01 M99.03"), {"CPT708"}),
    ("a junction that would not", case("C6+C7+T1", "98940"), set()),
    ("an open region that is certain elsewhere", case("C6+C7+T1 T1 L4", "98941", dx=ALL), set()),
    ("rib alone", case("rib", "98940", dx="M99.02"), {"CPT704", "CPT708"}),
    ("rib, thoracic normal", case(facts("rib", normal=(("thoracic", said("n")),)), "98943"), set()),
    # modifiers
    ("Medicare without AT", medicare("98940"), {"MOD801"}),
    ("Medicare with GA only", medicare("98940-GA", abn=abn("2026-03-02", OLD)), set()),
    ("Medicare with lower-case at", medicare("98940-at"), set()),
    ("Medicare with GZ", medicare("98940-GZ"), set()),
    ("Medicare with GY", medicare("98940-GY"), set()),
    ("Medicare with an unrelated modifier", medicare("98940-59"), {"MOD801"}),
    ("Medicare before October 2004", medicare("98940", on=date(2004, 9, 30)), set()),
    ("Medicare, no spinal line", medicare("99213-GY"), set()),
    ("commercial without AT", case("C5", "98940", payer=None), set()),
    ("AT on maintenance", medicare("98940-AT", maintenance=(said("wellness"),)), {"MOD802"}),
    ("maintenance with GZ", medicare("98940-GZ", maintenance=(said("wellness"),)), set()),
    ("GA without ABN", medicare("98940-GA"), {"MOD803"}),
    ("GA, old form in its last days", medicare("98940-GA", on=date(2026, 5, 11), abn=abn("2026-05-11", OLD)), set()),
    ("GA, old form too late", medicare("98940-GA", on=date(2026, 5, 12), abn=abn("2026-05-12", OLD)), {"MOD803"}),
    ("GA, new form", medicare("98940-GA", on=date(2026, 5, 12), abn=abn("2026-05-12", NEW)), set()),
    ("GA, old form signed in time", medicare("98940-GA", on=date(2026, 6, 2), abn=abn("2026-05-11", OLD)), set()),
    ("GA, new form early", medicare("98940-GA", abn=abn("2026-03-02", NEW)), set()),
    ("GA, an expired form", medicare("98940-GA", abn=abn("2026-03-02", "2023-06-30")), {"MOD803"}),
    (
        "GA, form expired since",
        medicare("98940-GA", on=date(2023, 8, 1), abn=abn("2023-05-01", "2023-06-30")),
        {"MOD803"},
    ),
    ("GA, form's last day", medicare("98940-GA", on=date(2023, 6, 30), abn=abn("2023-05-01", "2023-06-30")), set()),
    ("GA, signed after the service", medicare("98940-GA", abn=abn("2026-03-03", OLD)), {"MOD803"}),
    ("GA, form unknown", medicare("98940-GA", on=date(2026, 6, 2), abn=abn("2026-06-02", None)), set()),
    ("GA, unsigned", medicare("98940-GA", abn=abn(None, OLD)), {"MOD803"}),
    ("GA, no date of service", medicare("98940-GA", on=None, abn=abn("2026-04-02", OLD)), set()),
    ("an ABN too late without GA", medicare("98940-GZ", on=date(2026, 6, 2), abn=abn("2026-06-02", OLD)), set()),
    ("AT and GA on one line", medicare("98940-AT-GA", abn=abn("2026-03-02", OLD)), {"MOD805"}),
    # diagnoses
    ("subluxation second", case("C5", "98940", dx="M54.2 M99.01"), {"DXC811"}),
    ("first pointer decides", case("C5", line("98940", (2, 1)), dx="M54.2 M99.01"), set()),
    ("first pointer is a symptom", case("C5", line("98940", (2, 1)), dx="M99.01 M54.2"), {"DXC811"}),
    ("pointers out of range fall back to the claim", case("C5", line("98940", (9,)), dx="M54.2 M99.01"), {"DXC811"}),
    ("without dots, lower case", case("C5", "98940", dx="m9901 m542"), set()),
    ("98943 need not begin with a subluxation", case("C5", line("98943", (1,)), dx="M25.511 M99.01"), set()),
    ("only symptoms", case("C5", "98940", dx="M54.2"), {"DXC812"}),
    ("subluxation not pointed to", case("C5", line("98940", (1,)), dx="M54.2 M99.01"), {"DXC812"}),
    ("M99.1x is in no profile", case("C5", "98940", dx="M99.11"), {"DXC812"}),
    ("M99.06 is no spinal subluxation", case("C5", "98940", dx="M99.06"), {"DXC812"}),
    ("no diagnosis", case("C5", "98940", dx=""), {"DXC812"}),
    ("M99.00 is one", case("C1", "98940", dx="M99.00"), set()),
    ("uhc, region without diagnosis", case("C5 T9", "98940", dx="M99.01 M54.2", payer="uhc"), {"DXC813"}),
    ("uhc, symptom code names the region", case("C5 T9", "98940", dx="M99.01 M54.6", payer="uhc"), set()),
    ("cigna does not ask", case("C5 T9", "98940", dx="M99.01 M54.2"), set()),
    ("uhc, SI joint under M99.04", case("SI-R", "98940", dx="M99.04", payer="uhc"), set()),
    ("uhc, M99.04 once for two", case("SAC SI-R", "98940", dx="M99.04", payer="uhc"), {"DXC813"}),
    ("uhc, codes are shared out well", case("SAC SI-R", "98940", dx="M99.04 M53.3", payer="uhc"), set()),
    ("uhc, one code of two sites", case("T9 L4", "98940", dx="M99.02 M62.830", payer="uhc"), set()),
    ("uhc, L5-S1 under M99.04", case("L5+S1", "98940", dx="M99.04", payer="uhc"), set()),
    ("uhc, L5-S1 and L3 under M99.04", case("L5+S1 L3", "98940", dx="M99.04", payer="uhc"), {"DXC813"}),
    ("uhc, L4-S1 under M99.04", case("L4+L5+S1", "98940", dx="M99.04", payer="uhc"), {"DXC813"}),
    ("uhc, L4-L5 under M99.04", case("L4+L5", "98940", dx="M99.04", payer="uhc"), {"DXC813"}),
    ("uhc, unspecific code", case("L4 T9", "98940", dx="M99.03 M54.9", payer="uhc"), {"DXC813"}),
    ("uhc, not a spinal line", case("C5 T9", "99213", dx="M54.2", payer="uhc"), set()),
    ("uhc, unsupported regions count", case("C5 thoracic", "98940", payer="uhc"), {"DXC813"}),
    # manual therapy
    ("same region, no modifier", with_therapy("97140", ("97140", "cervical", 10)), {"NCC821"}),
    ("same region with 59", with_therapy("97140-59", ("97140", "cervical", 10)), {"NCC821", "MOD804"}),
    ("next region, no modifier", with_therapy("97140", ("97140", "thoracic", 10)), {"NCC821"}),
    ("next region with XS", with_therapy("97140-XS", ("97140", "thoracic", 10)), {"NCC821"}),
    ("separate region, no modifier", with_therapy("97140", ("97140", "lumbar", 10)), {"NCC822"}),
    ("separate region with 59", with_therapy("97140-59", ("97140", "lumbar", 10)), set()),
    ("separate region with xs", with_therapy("97124-xs", ("97124", "lumbar", 10)), set()),
    ("extremity, 59", with_therapy("97112-59", ("97112", "lower_extremity", 10)), set()),
    (
        "extremity, adjusted too",
        with_therapy("97140", ("97140", "lower_extremity", 9), adjusted="C5 lower_extremity"),
        {"NCC821"},
    ),
    ("same and separate regions with 59", with_therapy("97140-59", ("97140", "cervical lumbar", 20)), {"NCC821"}),
    (
        "same and next region with 59",
        with_therapy("97140-59", ("97140", "cervical thoracic", 20)),
        {"NCC821", "MOD804"},
    ),
    ("same and separate regions, no modifier", with_therapy("97140", ("97140", "cervical lumbar", 20)), {"NCC821"}),
    ("no CMT billed, separate", case(facts("C5", therapy=[("97140", "lumbar", 10)]), "97140"), set()),
    ("no region", with_therapy("97140", ("97140", "", 15)), {"NCC823"}),
    ("no region with 59", with_therapy("97140-59", ("97140", "", 15)), {"NCC823", "MOD804"}),
    ("7 minutes", with_therapy("97140-59", ("97140", "lumbar", 7)), {"NCC823"}),
    ("8 minutes", with_therapy("97140-59", ("97140", "lumbar", 8)), set()),
    ("two places add up", with_therapy("97140-59", ("97140", "lumbar", 5), ("97140", "pelvic", 5)), set()),
    ("no time", with_therapy("97140-59", ("97140", "lumbar", None)), {"NCC823"}),
    ("time on the claim only", with_therapy("97140-59", ("97140", "lumbar", None), minutes=12), set()),
    ("too little time on the claim", with_therapy("97140-59", ("97140", "lumbar", 10), minutes=5), {"NCC823"}),
    ("too little time in the note", with_therapy("97140-59", ("97140", "lumbar", 5), minutes=15), {"NCC823"}),
    ("same region, too short", with_therapy("97140", ("97140", "cervical", 5)), {"NCC821", "NCC823"}),
    ("no therapy in the note", with_therapy("97140", minutes=15), {"NCC823"}),
    ("no therapy in the note, 59", with_therapy("97140-59", minutes=15), {"NCC823", "MOD804"}),
    ("another kind of therapy stands in", with_therapy("97140-59", ("97124", "lumbar", 10)), set()),
    (
        "the line's own kind goes first",
        with_therapy("97140-59", ("97124", "cervical", 10), ("97140", "lumbar", 10)),
        set(),
    ),
    ("a timed code of another kind", with_therapy("97110"), set()),
    ("97014 to Medicare", medicare("98940-AT", "97014-GY"), {"NCC824"}),
    ("G0283 to Medicare", medicare("98940-AT", "G0283-GY"), set()),
    ("97014 elsewhere", case("C5", "98940", "97014"), set()),
]


@pytest.mark.parametrize(("given", "wanted"), [pytest.param(*row[1:], id=row[0]) for row in EXACTLY])
def test_exactly_these_codes(given, wanted):
    assert codes(given) == wanted


def test_every_code_has_a_failing_and_a_passing_row():
    raised = set().union(*(wanted for _, _, wanted in EXACTLY))
    assert raised == set(CODES)
    assert all(code in REGISTRY for code in CODES)


def test_without_a_claim_only_the_open_region_is_reported():
    given = Case(facts("C6+C7+T1 L4"), "subsequent")
    assert codes(given) == {"CPT708"}
    assert codes(Case(facts("C5"), "subsequent", payer="medicare")) == set()


@pytest.mark.parametrize(
    ("given", "code", "evidence"),
    [
        (case("C5 L4", "98941", dx=ALL), "CPT701", ["C5", "L4"]),
        (case("C5 T4 L3", "98940", dx=ALL), "CPT702", ["C5", "T4", "L3"]),
        (case("", "98941", kind=TreatmentKind.COUNT), "CPT704", ["treatment"]),
        (case(facts("C5", normal=(("cervical", said("normal")),)), "98940"), "CPT704", ["C5", "normal"]),
        (case("C6+C7+T1 L4", "98940"), "CPT708", ["C6+C7+T1"]),
        (case("C5 T9", "98940", payer="uhc"), "DXC813", ["T9"]),
        (medicare("98940-AT", maintenance=(said("wellness"),)), "MOD802", ["wellness"]),
        (with_therapy("97140-59", ("97140", "cervical", 5), ("97124", "lumbar", 5)), "NCC821", ["97140 therapy"]),
        (with_therapy("97140-59", ("97140", "cervical", 5)), "MOD804", ["97140 therapy"]),
        (with_therapy("97140", ("97140", "lumbar", 9)), "NCC822", ["97140 therapy"]),
        (with_therapy("97140", ("97140", "", 9)), "NCC823", ["97140 therapy"]),
        (medicare("98940"), "MOD801", []),
    ],
)
def test_evidence_is_where_the_note_says_it(given, code, evidence):
    (finding,) = findings(given, code)
    assert [item.text for item in finding.evidence] == evidence


@pytest.mark.parametrize(
    ("given", "code", "nearest"),
    [
        (case(facts(misses=(("treated", "L4: planned, next visit"),)), "98940"), "CPT704", "L4: planned, next visit"),
        (with_therapy("97140-59"), "NCC823", None),
        (with_therapy("97140-59"), "MOD804", None),
    ],
)
def test_what_is_missing_says_where_it_was_searched(given, code, nearest):
    (finding,) = findings(given, code)
    assert finding.evidence == ()
    assert finding.searched.sections == ("plan",)
    assert finding.searched.nearest == nearest


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        (case("C5 L4", "98941", dx=ALL), "CPT701", ["98941", "three or four", "cervical and lumbar", "98940"]),
        (case("C5 thoracic", "98941"), "CPT701", ["1 region (cervical)", "Manipulated without", "thoracic"]),
        (case("C5", "98940", "98942"), "CPT703", ["98940 and 98942"]),
        (case("C6+C7+T1 L4", "98940"), "CPT708", ["thoracic", "supports 98940", "with it 98941"]),
        (with_therapy("97140", ("97140", "cervical", 9)), "NCC821", ["in a region that was manipulated", "cervical"]),
        (
            with_therapy("97140", ("97140", "thoracic", 9)),
            "NCC821",
            ["next to", "thoracic beside cervical", "arguable"],
        ),
        (with_therapy("97140", ("97140", "", 5)), "NCC823", ["no region and only 5 minutes"]),
        (case("C5", "98940", dx="M54.2"), "DXC812", ["98940", "only M54.2"]),
        (case("C5", "98940", dx="M542 M9901"), "DXC811", ["M54.2", "M99.01"]),
        (medicare("98940-GA", on=date(2026, 6, 2), abn=abn("2026-06-02", OLD)), "MOD803", [OLD, NEW]),
    ],
)
def test_messages_name_regions_and_codes(given, code, words):
    (finding,) = findings(given, code)
    assert all(word in finding.message for word in words), finding.message
    assert finding.message.endswith(".")


def test_each_line_gets_its_own_finding():
    assert [item.message[:5] for item in findings(medicare("98940", "98941"), "MOD801")] == ["98940", "98941"]


def test_98943_without_modifier_and_pointing_to_the_spine_is_two_defects():
    assert len(findings(case("C5", "98940", line("98943", (1,))), "CPT706")) == 2


SEVERITIES = {"CPT702": "warning", "CPT708": "warning", "DXC813": "warning"}


@pytest.mark.parametrize("code", CODES)
def test_severity_source_and_remedy_of_each_check(code):
    check = REGISTRY[code]
    assert check.severity == SEVERITIES.get(code, "error")
    assert check.element is None
    assert "verdicts §" in check.source
    assert "?" in check.remedy
    assert lint(check.remedy) is None


@pytest.mark.parametrize(
    ("code", "regions"),
    [
        ("M99.00", ("cervical",)),
        ("m9903", ("lumbar",)),
        ("M99.04", ("sacral", "pelvic")),
        ("M99.15", ()),
        ("M54.2", ("cervical",)),
        ("M54.12", ("cervical",)),
        ("M54.13", ("cervical", "thoracic")),
        ("M54.17", ("lumbar", "sacral")),
        ("M47.816", ("lumbar",)),
        ("M48.061", ("lumbar",)),
        ("M53.2X8", ("sacral", "pelvic")),
        ("M51.360", ("lumbar",)),
        ("M50.121", ("cervical",)),
        ("M54.59", ("lumbar",)),
        ("M54.81", ("cervical",)),
        ("M54.89", ()),
        ("M54.9", ()),
        ("M47.819", ()),
        ("S13.4XXA", ("cervical",)),
        ("S33.6XXA", ("pelvic",)),
        ("M25.551", ()),
        ("M79.18", ()),
        ("G44.209", ()),
        ("M54", ()),
        ("", ()),
        ("nonsense", ()),
    ],
)
def test_regions_that_a_code_names(code, regions):
    assert regions_named(code) == regions


@pytest.mark.parametrize(
    ("written", "code"), [("m9901", "M99.01"), (" M99.01 ", "M99.01"), ("M546", "M54.6"), ("M54", "M54"), ("", "")]
)
def test_codes_come_to_one_form(written, code):
    assert normal(written) == code


def test_m99_1_counts_where_the_profile_lists_it():
    assert is_subluxation("M9915", ("M99.0", "M99.1"))
    assert not is_subluxation("M99.16", ("M99.0", "M99.1"))
    assert not is_subluxation("M99.15", ("M99.0",))


def test_pointers_keep_their_order_and_fall_back_to_the_claim():
    claim = Claim(diagnoses=("M54.2", "M9901", "M99.02"))
    assert diagnoses_of(claim, line("98940", (3, 2))) == ("M99.02", "M99.01")
    assert diagnoses_of(claim, line("98940", (0, 4))) == ("M54.2", "M99.01", "M99.02")
