"""ICD-10-CM as data: which codes are billable on which dates of service, and which exclude each other.

The table holds three releases: January 2021, April 2025 (fiscal year 2025) and April 2026 (fiscal year 2026). Source:
CDC/NCHS and CMS, public domain, by way of the PyPI package simple-icd-10-cm; see ``releases.toml``.
"""

from auditor.judging.icd10cm.exclusions import Excludes1, excludes1
from auditor.judging.icd10cm.table import Release, releases
from auditor.judging.icd10cm.titles import siblings_by_side, title, unspecified
from auditor.judging.icd10cm.validity import Standing, release_on, standing

__all__ = [
    "Excludes1",
    "Release",
    "Standing",
    "excludes1",
    "release_on",
    "releases",
    "siblings_by_side",
    "standing",
    "title",
    "unspecified",
]
