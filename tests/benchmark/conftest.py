"""The command line, run in this process."""

import pytest
from typer.testing import CliRunner, Result

from auditor.cli import app


class Commands:
    """Runs the command line."""

    def __call__(self, *words: object) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def auditor() -> Commands:
    return Commands()
