"""The summary, the CSV and the JSON."""

import csv
import io
import json

import pytest

from auditor.records import Audit, Encounter
from auditor.reports.csv_summary import COLUMNS, csv_summary
from auditor.reports.json_report import json_report
from auditor.reports.summary import CodeCount, summarise

Pair = tuple[Encounter, Audit]


def rows(text: str) -> list[dict[str, str]]:
    """The CSV as a reader sees it."""
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_columns_and_values(pairs: list[Pair]) -> None:
    audits = [audit for _, audit in pairs]
    table = rows(csv_summary(audits))
    assert list(table[0]) == [
        *("id", "visit", "score", "disposition"),
        *("subluxation", "part", "regions", "progress", "plan", "signature"),
        *("billed", "supported_code", "verdict", "treated", "supported", "possible", "findings"),
        *("packs", "predicted_carcs", "payer_carcs", "lines_denied"),
    ]
    assert tuple(table[0]) == COLUMNS
    first, _, last = table
    assert first["score"] == "83"
    assert first["subluxation"] == "partial"
    assert first["treated"] == "cervical thoracic lumbar"
    assert first["possible"] == "sacral"
    assert first["findings"] == "PLN505 CPT701 SUB102 CPT708"
    assert last["supported_code"] == ""
    assert last["progress"] == "not_applicable"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r\n+", " @", "\uff1d"])
def test_csv_formulas_are_quoted(clean: Pair, start: str) -> None:
    audit = clean[1].model_copy(update={"id": f'{start}HYPERLINK("x")'})
    cell = rows(csv_summary([audit]))[0]["id"]
    assert cell.startswith("'")
    assert cell.endswith('HYPERLINK("x")')


def test_csv_has_one_line_an_audit(clean: Pair) -> None:
    audit = clean[1].model_copy(update={"id": 'a\nb,"c"\x00\x1b'})
    text = csv_summary([audit])
    assert text.count("\n") == 2
    assert rows(text)[0]["id"] == 'a b,"c"␀␛'
    assert csv_summary([]) == ",".join(COLUMNS) + "\n"


def test_summary_counts(pairs: list[Pair]) -> None:
    audits = [audit for _, audit in pairs]
    summary = summarise(audits)
    assert summary.audits == 3
    assert summary.mean_score == 61
    assert summary.dispositions == (("hold", 2), ("review", 0), ("ready", 1))
    assert dict(summary.verdicts) == {"overcoded": 1, "unsupported": 1, "undercoded": 0, "match": 1, "not_billed": 0}
    progress = summary.elements[3]
    assert (progress.met, progress.not_applicable, progress.applicable, progress.percent_met) == (2, 1, 2, 100)


def test_summary_orders_codes_by_frequency_then_code(follow_up: Pair, thin: Pair) -> None:
    summary = summarise([follow_up[1], follow_up[1], thin[1]])
    assert [count.code for count in summary.codes][:4] == ["CPT701", "CPT708", "PLN505", "SUB102"]
    assert summary.codes[3] == CodeCount(
        "SUB102", "error", 2, 2, "The lumbar region was treated with no vertebral level named."
    )


def test_summary_does_not_depend_on_the_order(pairs: list[Pair]) -> None:
    audits = [audit for _, audit in pairs]
    assert summarise(audits) == summarise(audits[::-1])


def test_summary_of_nothing() -> None:
    summary = summarise([])
    assert summary.mean_score is None
    assert [rate.percent_met for rate in summary.elements] == [None] * 6


def test_json_is_the_contract(pairs: list[Pair]) -> None:
    for _, audit in pairs:
        text = json_report(audit)
        assert Audit.model_validate_json(text) == audit
        assert text.startswith('{\n  "id": ')
        assert text == json_report(audit)


def test_json_keeps_letters_and_survives_lone_surrogates(clean: Pair) -> None:
    audit = clean[1].model_copy(update={"id": "Ä頸"})
    assert '"Ä頸"' in json_report(audit)
    broken = json_report(audit.model_copy(update={"id": "x\ud800"}))
    broken.encode("utf-8")
    assert json.loads(broken)["id"] == "x\ud800"
