"""The rule packs and the fee schedule that a command works with, and the auditor that uses them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.cli.console import fail

if TYPE_CHECKING:
    from auditor.auditor import Auditor
    from auditor.judging.fees import FeeSchedule
    from auditor.judging.policy import Policies


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesInUse:
    """What the user gave: a folder of packs, a fee schedule, and whether models and explanations are wanted."""

    policies: Path | None = None
    fees: Path | None = None
    models: bool = True
    explain: bool = False

    def auditor(self) -> Auditor:
        """The auditor by these; ends with a sentence where a pack or the schedule cannot be used."""
        from auditor.auditor import Auditor

        return Auditor(
            explain=self.explain,
            models=self.models,
            policies=packs_at_hand(self.policies) if self.policies else None,
            fees=fees_at_hand(self.fees) if self.fees else None,
        )

    def check(self) -> None:
        """End with a sentence where a pack or the schedule cannot be used."""
        if self.policies:
            packs_at_hand(self.policies)
        if self.fees:
            fees_at_hand(self.fees)

    def fingerprint(self) -> str:
        """What tells apart two sets of packs and fees; empty where only those of the package are in use."""
        from auditor.judging.policy import pack_files

        files = pack_files(self.policies) if self.policies else []
        files += [self.fees] if self.fees else []
        return " ".join(hashlib.sha256(file.read_bytes()).hexdigest()[:16] for file in files)


def packs_at_hand(folder: Path | None) -> Policies:
    """The packs of the package and of the folder; ends with a sentence where one cannot be used."""
    from auditor.judging.pack_file import PackError
    from auditor.judging.policy import built_in, with_folder

    if folder is None:
        return built_in()
    try:
        return with_folder(folder)
    except PackError as fault:
        fail(f"{fault}.")
    except OSError as fault:
        fail(f"{fault.filename or folder}: it cannot be read; correct --policies.")


def fees_at_hand(file: Path) -> FeeSchedule:
    """The user's schedule; ends with a sentence where it cannot be used."""
    from auditor.judging.fees import FeeSchedule
    from auditor.sources.fee_table import read_fees
    from auditor.sources.guard import why
    from auditor.sources.records import UnreadableError

    try:
        return FeeSchedule(file.name, read_fees(file))
    except OSError as fault:
        fail(f"{file}: {why(fault)}.")
    except UnreadableError as fault:
        fail(f"{file}: {fault}.")
