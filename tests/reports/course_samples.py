"""Visits of an invented patient, built by hand as the auditor would hand them out, for the tests of the course."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from auditor.records import Audit, ComparedMeasure, Encounter, MeasureFact

Pair = tuple[Encounter, Audit]

NOTE = """S: Low back pain {pain}/10, {how}. Sitting {minutes} min.
O: L4 restricted right, tender. C5 restricted. Paraspinal spasm.
A: Segmental dysfunction L4 and C5.
P: Adjusted L4 and C5, diversified. Goal: pain 2/10, sit 60 min.
Electronically signed by Ana Petrova, DC
"""
HOW = ("sharp on bending", "dull in the morning", "sore after gardening", "worse after a long drive")


def finding(code: str, severity: str, message: str = "It was said.") -> dict[str, Any]:
    return {"code": code, "element": None, "severity": severity, "message": message, "remedy": "Where is it recorded?"}


def measure(instrument: str, value: float, region: str | None = None, unit: str | None = None, **more: Any) -> Any:
    return MeasureFact(instrument=instrument, value=value, region=region, unit=unit, **more)


def compared(fact: MeasureFact, last: tuple[float, date] | None, first: tuple[float, date] | None, **more: Any) -> Any:
    values = {"last": last[0], "last_on": last[1]} if last else {}
    values |= {"baseline": first[0], "baseline_on": first[1]} if first else {}
    given = {name: getattr(fact, name) for name in ("instrument", "region", "unit", "about", "value")}
    return ComparedMeasure(**given, higher_is_better=more.pop("higher", False), **values, **more)


def visit(
    day: date | None,
    *,
    started: date | None = None,
    began: str = "initial_visit",
    kind: str = "subsequent",
    number: int = 1,
    placed: bool = True,
    measures: Sequence[MeasureFact] = (),
    comparisons: Sequence[ComparedMeasure] = (),
    findings: Sequence[dict[str, Any]] = (),
    treated: Sequence[str] = ("cervical", "lumbar"),
    billed: str | None = "98940",
    repeats: str | None = None,
    against: date | None = None,
    text: str = "",
    ident: str = "",
    **more: Any,
) -> Pair:
    levels = {"cervical": ["C5"], "lumbar": ["L4", "L5"], "thoracic": []}
    regions = [
        {"region": name, "roles": ["treated"], "levels": levels[name], "treated_levels": levels[name]}
        for name in treated
    ]
    novelty = repeats and {
        "against": against,
        "new": 0.0 if repeats == "copy" else 0.31,
        "new_of_must_change": 0.52 if repeats == "no" else 0.001,
        "new_of_may_stay": 0.1,
        "repeats": repeats,
    }
    place = {
        "started": started,
        "began_with": began,
        "visit_number": number,
        "kind": kind,
        "measures": list(comparisons),
        "novelty": novelty or None,
        "plan": more.pop("plan", None),
    }
    ident = ident or f"v-{day}"
    encounter = Encounter(
        id=ident,
        text=text or NOTE.format(pain=5, how=HOW[number % 4], minutes=10 + 5 * number),
        date_of_service=day,
        earlier=more.pop("earlier", ()),
    )
    audit = Audit.model_validate(
        {
            "id": ident,
            "visit": "initial" if kind == "initial" else "subsequent",
            "facts": {"regions": regions, "measures": list(measures)},
            "elements": [],
            "score": more.pop("score", 100),
            "disposition": more.pop("disposition", "ready"),
            "region_check": {
                "billed": billed,
                "treated": list(treated),
                "supported": list(treated),
                "possible": [],
                "treated_code": "98940",
                "supported_code": more.pop("supported", "98940"),
                "verdict": "match",
            },
            "findings": list(findings),
            "episode": place if placed else None,
        }
    )
    assert not more, more
    return encounter, audit


def sample() -> list[Pair]:
    """Two episodes: one of five visits with a discharge, one of two after it."""
    days = [date(2026, 3, day) for day in (2, 5, 9, 16, 30)]
    first = (7.0, days[0])
    pains = (7, 6, 6, None, 2)
    told: list[dict[str, Any]] = [
        {"kind": "initial", "measures": (measure("ODI", 44, None, "%"),)},
        {"treated": ("cervical", "thoracic", "lumbar"), "billed": "98941", "supported": "98941"},
        {
            "findings": (
                finding("EPI952", "warning", "It repeats the note of 2026-03-05."),
                finding("PLN505", "warning"),
            ),
            "repeats": "nearly",
            "against": days[1],
            "text": NOTE.format(pain=5, how="dull in the evening", minutes=20),
            "disposition": "review",
            "score": 84,
        },
        {
            "findings": (finding("DXC814", "info"), finding("SUB102", "error")),
            "billed": "98941",
            "disposition": "hold",
            "score": 61,
        },
        {
            "kind": "discharge",
            "plan": {
                "stated_on": days[0],
                "frequency": {"times": 2, "per": "week"},
                "duration": {"value": 4, "unit": "week"},
                "goals": ["pain 2/10"],
                "visit": 5,
                "of": 8,
                "ends_on": "2026-03-30",
                "goals_reached": 1,
                "goals_compared": 1,
            },
        },
    ]
    pairs = []
    last = None
    for number, (day, pain, more) in enumerate(zip(days, pains, told, strict=True), start=1):
        facts = [measure("NPRS", pain, "lumbar")] if pain is not None else []
        known = [compared(fact, last, first, meaningful=fact.value == 2) for fact in facts if last]
        facts += more.pop("measures", ())
        pairs.append(visit(day, started=days[0], number=number, measures=facts, comparisons=known, **more))
        last = (float(pain), day) if pain is not None else last
    second = date(2026, 7, 6)
    pain = measure("NPRS", 8, "cervical")
    pairs.append(
        visit(second, started=second, began="discharge", kind="initial", measures=(pain,), treated=("cervical",))
    )
    pairs.append(visit(date(2026, 7, 10), started=second, began="discharge", number=2, billed=None, treated=()))
    return pairs
