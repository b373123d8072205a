"""What the pages under docs show is true: the pack they give is a pack, and its examples do what they stand for."""

import re
from pathlib import Path

from auditor import Auditor
from auditor.judging.policy import with_folder
from auditor.pack_examples import faults

CLAIMS = Path(__file__).parents[1] / "docs" / "claims.md"


def test_the_pack_of_the_page_is_one(tmp_path: Path) -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", CLAIMS.read_text("utf-8"), re.DOTALL)
    (tmp_path / "gold.toml").write_text(text, "utf-8")
    policies = with_folder(tmp_path)
    own = [policies.packs["uhc-gold"]]
    assert list(faults(Auditor(models=False, policies=policies), own)) == []
