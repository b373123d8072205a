"""Audits built by hand, as an auditor would write them, for the tests of the reports."""

from collections.abc import Callable
from datetime import date

import pytest

from auditor.records import (
    ELEMENTS,
    Audit,
    AuditFacts,
    Claim,
    ClaimLine,
    Duration,
    ElementName,
    ElementVerdict,
    Encounter,
    Evidence,
    Finding,
    Frequency,
    Goal,
    ImageFact,
    MeasureFact,
    PartFact,
    PlanFact,
    RegionCheck,
    RegionFact,
    Searched,
    Section,
    Severity,
    SignatureFact,
    Status,
)

Pair = tuple[Encounter, Audit]
Told = list[tuple[Status, str, tuple[Evidence, ...]]]

FOLLOW_UP = """SUBSEQUENT VISIT        DOS 04/21/2026        Visit 9 of 12
Patient: Earlene S. (80 F)
Provider: J. Dale Copeland, D.C.

S:  Neck 3/10 (4/10 on 04/16). Mid back 2/10, was 4/10. Low back 4/10, was 5/10.
    "I cleaned my own kitchen floor Saturday."

O:  C1     restricted, right TP tender
    T9     restricted, paraspinal spasm
    Lumbar: full ROM, no tenderness, no restriction

A:  Subluxation C1, T9. Improving.

P:  Diversified adjustment C1, T9 and lumbar spine. L5-S1 mobilised with drop table.
    Continue 1x/week per current plan.

Electronic Signature: J. Dale Copeland, D.C. -- 04/21/2026 12:07 CDT
"""

CLEAN = """Date of service: 03/05/2026   Follow-up, visit 4 of 8
S: Neck pain 4/10 today, 6/10 on 02/26. Turning the head to drive is easier: 60 deg, was 45.
O: C5 posterior, restricted left rotation, tender; cervical paraspinals hypertonic.
   Right SI joint fixated, high right ilium, tender.
A: Segmental dysfunction C5 and right SI joint, improving toward the goals.
P: Adjusted C5 (diversified) and right SI (drop). Continue plan of 02/12, 2x/week, 4 visits left.
   Goal: pain 2/10, rotation 70 deg.
Electronically signed by Ana Petrova, DC, 03/05/2026 11:40
"""

THIN = """Initial evaluation
Pt here for neck and back pain after MVA. Feels bad, 7/10.
Neck stiff. X-ray taken.
Full spine adjustment, 3 regions. Pt tolerated well.
Return PRN.
M. Alvarez
"""


def quote(text: str, words: str, section: str | None = None, nth: int = 0) -> Evidence:
    """Evidence for the n-th place at which these words stand in the note."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Evidence(start=start, end=start + len(words), text=words, section=section)


def _verdicts(told: Told) -> tuple[ElementVerdict, ...]:
    return tuple(
        ElementVerdict(element=name, status=status, reasons=(reason,), evidence=evidence)
        for name, (status, reason, evidence) in zip(ELEMENTS, told, strict=True)
    )


def _follow_up() -> Pair:
    def at(words: str, section: str, nth: int = 0) -> Evidence:
        return quote(FOLLOW_UP, words, section, nth)

    treated = at("Diversified adjustment C1, T9 and lumbar spine", "plan")
    joint = at("L5-S1 mobilised with drop table", "plan")
    normal = at("Lumbar: full ROM, no tenderness, no restriction", "objective")
    lumbar = at("lumbar spine", "plan")
    diagnosis = at("Subluxation C1, T9", "assessment")
    neck, back, low = (
        at("Neck 3/10 (4/10 on 04/16)", "subjective"),
        at("Mid back 2/10, was 4/10", "subjective"),
        at("Low back 4/10, was 5/10", "subjective"),
    )
    c1, t9 = (
        at("C1     restricted, right TP tender", "objective"),
        at("T9     restricted, paraspinal spasm", "objective"),
    )
    plan = at("Continue 1x/week per current plan", "plan")
    sig = at("Electronic Signature: J. Dale Copeland, D.C. -- 04/21/2026 12:07 CDT", "signature")
    dos = at("DOS 04/21/2026", "header")
    facts = AuditFacts(
        sections=(Section(name="header", start=0, end=FOLLOW_UP.index("S:")),),
        regions=(
            RegionFact(
                region="cervical",
                roles=("complaint", "finding", "diagnosis", "treated"),
                levels=("C1",),
                treated_levels=("C1",),
                evidence=(neck, c1, diagnosis, treated),
            ),
            RegionFact(
                region="thoracic",
                roles=("complaint", "finding", "diagnosis", "treated"),
                levels=("T9",),
                treated_levels=("T9",),
                evidence=(back, t9, diagnosis, treated),
            ),
            RegionFact(
                region="lumbar", roles=("complaint", "treated"), levels=(), treated_levels=(), evidence=(low, lumbar)
            ),
        ),
        part=(
            PartFact(criterion="P", region="cervical", levels=("C1",), evidence=(at("right TP tender", "objective"),)),
            PartFact(criterion="R", region="cervical", levels=("C1",), evidence=(at("restricted", "objective"),)),
            PartFact(criterion="R", region="thoracic", levels=("T9",), evidence=(at("restricted", "objective", 1),)),
            PartFact(criterion="T", region="thoracic", evidence=(at("paraspinal spasm", "objective"),)),
        ),
        measures=(
            MeasureFact(instrument="NPRS", value=3, previous=4, region="cervical", evidence=(neck,)),
            MeasureFact(instrument="NPRS", value=2, previous=4, region="thoracic", evidence=(back,)),
            MeasureFact(instrument="NPRS", value=4, previous=5, region="lumbar", evidence=(low,)),
        ),
        plan=PlanFact(frequency=Frequency(times=1, per="week"), refers_to_plan=True, evidence=(plan,)),
        signature=SignatureFact(
            status="accepted",
            kind="electronic",
            signer="J. Dale Copeland",
            credential="DC",
            signed_on=date(2026, 4, 21),
            evidence=(sig,),
        ),
    )
    elements = _verdicts(
        [
            (
                "partial",
                "C1 and T9 are called subluxated; the lumbar region was treated with no level.",
                (diagnosis, lumbar),
            ),
            ("met", "Tenderness (P), restriction (R) and spasm (T) are documented today.", (c1, t9)),
            ("met", "The treatment statement names every region treated.", (treated,)),
            ("met", "Three pain ratings improved against 04/16.", (neck, back, low)),
            ("partial", "The note refers to the plan in force, and does not say where the patient stands.", (plan,)),
            ("met", "An electronic signature with credential, and the date of service.", (sig, dos)),
        ]
    )
    findings = (
        Finding(
            code="PLN505",
            element="plan",
            severity="warning",
            message="The follow-up refers to the plan, and does not say where the patient stands against its goals.",
            remedy="Is the patient's standing against the goals recorded elsewhere in the chart? Point to it by date.",
            carc="CO-50",
            evidence=(plan,),
        ),
        Finding(
            code="CPT701",
            element=None,
            severity="error",
            message="98941 is billed, and the note supports 98940: two of the three treated regions are supported.",
            remedy="Which regions does the record support as treated on this date? Compare them with the billed line.",
            carc="CO-150",
            evidence=(treated, normal),
        ),
        Finding(
            code="SUB102",
            element="subluxation",
            severity="error",
            message="The lumbar region was treated with no vertebral level named.",
            remedy="Was a level recorded at the time? If so, refer to it in a dated, labelled addendum.",
            carc="CO-50",
            evidence=(lumbar,),
        ),
        Finding(
            code="CPT708",
            element=None,
            severity="warning",
            message="L5-S1 counts as lumbar; the sacral region is possible and never counted.",
            remedy="Have a person read the treatment statement at the lumbosacral junction.",
            evidence=(joint,),
        ),
    )
    audit = Audit(
        id="a-016",
        visit="subsequent",
        facts=facts,
        elements=elements,
        score=83,
        disposition="hold",
        region_check=RegionCheck(
            billed="98941",
            treated=("cervical", "thoracic", "lumbar"),
            supported=("cervical", "thoracic"),
            possible=("sacral",),
            treated_code="98941",
            supported_code="98940",
            verdict="overcoded",
        ),
        findings=findings,
        meta={"auditor": "0.1.0", "rules": "2026-05", "models": {}},
    )
    claim = Claim(
        diagnoses=("M99.01", "M99.02", "M99.03", "M54.2"),
        lines=(
            ClaimLine(cpt="98941", modifiers=("AT",), pointers=(1, 2, 3)),
            ClaimLine(cpt="97140", modifiers=("59",), pointers=(4,), minutes=15),
        ),
    )
    encounter = Encounter(
        id="a-016",
        text=FOLLOW_UP,
        date_of_service=date(2026, 4, 21),
        payer="medicare",
        provider="J. Dale Copeland, D.C.",
        claim=claim,
    )
    return encounter, audit


def _clean() -> Pair:
    def at(words: str, section: str) -> Evidence:
        return quote(CLEAN, words, section)

    c5 = at("C5 posterior, restricted left rotation, tender", "objective")
    si = at("Right SI joint fixated, high right ilium, tender", "objective")
    pain = at("Neck pain 4/10 today, 6/10 on 02/26", "subjective")
    turn = at("60 deg, was 45", "subjective")
    treated = at("Adjusted C5 (diversified) and right SI (drop)", "plan")
    plan = at("Continue plan of 02/12, 2x/week, 4 visits left", "plan")
    goal = at("pain 2/10, rotation 70 deg", "plan")
    sig = at("Electronically signed by Ana Petrova, DC, 03/05/2026 11:40", "signature")
    reasons: Told = [
        (
            "met",
            "Segmental dysfunction at C5 and at the right SI joint.",
            (at("Segmental dysfunction C5", "assessment"),),
        ),
        ("met", "P, A and R are documented in both treated regions.", (c5, si)),
        ("met", "The treatment statement names C5 and the right SI joint.", (treated,)),
        ("met", "Pain and rotation improved against earlier values.", (pain, turn)),
        ("met", "The note follows the plan of 02/12 and restates its goals.", (plan, goal)),
        ("met", "Signed electronically with credential, date of service given.", (sig,)),
    ]
    roles = ("complaint", "finding", "diagnosis", "treated")
    facts = AuditFacts(
        regions=(
            RegionFact(region="cervical", roles=roles, levels=("C5",), treated_levels=("C5",), evidence=(c5,)),
            RegionFact(
                region="pelvic", roles=roles[1:], levels=("SI-R", "IL-R"), treated_levels=("SI-R",), evidence=(si,)
            ),
        ),
        images=(ImageFact(modality="x-ray", date="2026-02", shows_subluxation=False),),
        measures=(
            MeasureFact(instrument="NPRS", value=4, previous=6, region="cervical", evidence=(pain,)),
            MeasureFact(instrument="ROM", value=60, previous=45, unit="deg", region="cervical", evidence=(turn,)),
        ),
        plan=PlanFact(
            frequency=Frequency(times=2, per="week"),
            duration=Duration(value=4, unit="visits"),
            goals=(Goal(text="pain 2/10, rotation 70 deg", objective=True), Goal(text="improve ROM", objective=False)),
            refers_to_plan=True,
            evidence=(plan, goal),
        ),
        signature=SignatureFact(
            status="accepted", kind="electronic", signer="Ana Petrova", credential="DC", evidence=(sig,)
        ),
    )
    audit = Audit(
        id="b-104",
        visit="subsequent",
        facts=facts,
        elements=_verdicts(reasons),
        score=100,
        disposition="ready",
        region_check=RegionCheck(
            billed="98940",
            treated=("cervical", "pelvic"),
            supported=("cervical", "pelvic"),
            possible=(),
            treated_code="98940",
            supported_code="98940",
            verdict="match",
        ),
        meta={"auditor": "0.1.0", "rules": "2026-05"},
    )
    line = ClaimLine(cpt="98940", modifiers=("AT",), pointers=(1, 2))
    return Encounter(
        id="b-104", text=CLEAN, payer="bcbs", claim=Claim(diagnoses=("M99.01", "M99.05"), lines=(line,))
    ), audit


def _thin() -> Pair:
    def at(words: str, section: str | None = None) -> Evidence:
        return quote(THIN, words, section)

    treated, name, image = at("Full spine adjustment, 3 regions"), at("M. Alvarez", "signature"), at("X-ray taken")
    rating = at("Feels bad, 7/10")
    told: Told = [
        ("not_met", "No subluxation with a level stands anywhere in the note.", ()),
        ("not_met", "A pain rating, and nothing found on examination.", (rating,)),
        ("not_met", "Regions are counted, not named.", (treated,)),
        ("not_applicable", "This is the initial visit.", ()),
        ("not_met", "Neither frequency nor duration nor an objective goal.", ()),
        ("not_met", "A name typed at the end, with nothing that says it is a signature.", (name,)),
    ]
    remedy = "Does a contemporaneous record of it exist? Attach it; otherwise the claim stands as the note is."

    def finding(
        code: str, element: ElementName, severity: Severity, message: str, *rest: Evidence, gone: Searched | None = None
    ) -> Finding:
        return Finding(
            code=code,
            element=element,
            severity=severity,
            message=message,
            remedy=remedy,
            carc="CO-50" if severity == "error" else None,
            evidence=rest,
            searched=gone,
        )

    audit = Audit(
        id="c-2",
        visit="initial",
        facts=AuditFacts(
            regions=(RegionFact(region="cervical", roles=("complaint",), levels=(), treated_levels=(), evidence=()),),
            images=(ImageFact(modality="x-ray", date=None, shows_subluxation=False, evidence=(image,)),),
            measures=(MeasureFact(instrument="NPRS", value=7, evidence=(rating,)),),
            signature=SignatureFact(status="rejected", kind="typed", signer="M. Alvarez", evidence=(name,)),
        ),
        elements=_verdicts(told),
        score=0,
        disposition="hold",
        region_check=RegionCheck(
            billed="98941",
            treated=(),
            supported=(),
            possible=(),
            treated_code=None,
            supported_code=None,
            verdict="unsupported",
        ),
        findings=(
            finding(
                "SUB101",
                "subluxation",
                "error",
                "No subluxation is documented.",
                gone=Searched(
                    sections=("whole note",),
                    terms=("subluxation", "segmental dysfunction", "fixation", "restriction", "listing"),
                    nearest="Neck stiff",
                ),
            ),
            finding("PRT205", "part", "warning", "An x-ray is cited without its date and its finding.", image),
            finding("REG302", "regions", "error", "Regions are counted and called full spine, not named.", treated),
            finding(
                "PLN501",
                "plan",
                "error",
                "No plan.",
                gone=Searched(sections=("plan", "assessment"), terms=("frequency", "duration"), nearest=None),
            ),
            finding("SIG602", "signature", "error", "A bare typed name stands where a signature is expected.", name),
            Finding(
                code="DXC814",
                element=None,
                severity="info",
                message="A less specific code than the note supports.",
                remedy="Compare the code with the diagnosis as written.",
                evidence=(at("neck and back pain"),),
            ),
        ),
        meta={"auditor": "0.1.0"},
    )
    return Encounter(id="c-2", text=THIN, visit="initial"), audit


@pytest.fixture
def follow_up() -> Pair:
    """A follow-up visit: overcoded, with overlapping evidence."""
    return _follow_up()


@pytest.fixture
def clean() -> Pair:
    """A follow-up visit that is ready."""
    return _clean()


@pytest.fixture
def thin() -> Pair:
    """An initial visit with hardly anything in it, no claim beside it."""
    return _thin()


@pytest.fixture
def pairs(follow_up: Pair, clean: Pair, thin: Pair) -> list[Pair]:
    """All three."""
    return [follow_up, clean, thin]


@pytest.fixture
def marked() -> Callable[..., Pair]:
    """Makes a pair from a text and spans: each span is evidence of a finding, every other one of an element too."""

    def make(text: str, spans: list[tuple[int, int]], ident: str = "x") -> Pair:
        _, audit = _clean()
        evidence = tuple(Evidence(start=a, end=b, text=text[a:b], section="objective") for a, b in spans)
        elements = tuple(v.model_copy(update={"evidence": evidence[i::12]}) for i, v in enumerate(audit.elements))
        findings = tuple(
            Finding(code="SUB102", element=None, severity="error", message="m", remedy="r", evidence=(one,))
            for one in evidence
        )
        updated = {"id": ident, "elements": elements, "findings": findings, "facts": AuditFacts()}
        return Encounter(id=ident, text=text), audit.model_copy(update=updated)

    return make
