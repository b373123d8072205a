"""The audit as JSON, as the contract has it."""

import json

from auditor.records import Audit


def json_report(audit: Audit) -> str:
    """One audit as indented JSON, with a line feed at its end; characters as they are where UTF-8 can hold them."""
    record = audit.model_dump(mode="json")
    written = json.dumps(record, ensure_ascii=False, indent=2)
    if not _encodes(written):
        written = json.dumps(record, ensure_ascii=True, indent=2)
    return f"{written}\n"


def _encodes(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
