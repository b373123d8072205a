"""Claim files: what was billed (837P, tables) and what payers answered (835), bound to the notes they belong to."""

from auditor.sources.claims.billed import BilledClaim, RemittedClaim
from auditor.sources.claims.claim_837p import read_837p
from auditor.sources.claims.matching import ClaimIndex, Matched, Unmatched, match
from auditor.sources.claims.remit_835 import read_835
from auditor.sources.claims.remittances import RemittanceIndex, attach_remittances
from auditor.sources.claims.table import COLUMNS, read_claim_table

__all__ = [
    "COLUMNS",
    "BilledClaim",
    "ClaimIndex",
    "Matched",
    "RemittanceIndex",
    "RemittedClaim",
    "Unmatched",
    "attach_remittances",
    "match",
    "read_835",
    "read_837p",
    "read_claim_table",
]
