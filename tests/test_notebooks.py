"""Every notebook runs from its first cell to its last, and keeps its output; none opens the test split or names a machine."""

import json
import warnings
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def cells(path: Path) -> list[dict]:
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def test_there_are_four():
    assert len(NOTEBOOKS) == 4


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_it_runs(path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nbformat = pytest.importorskip("nbformat")
        client = pytest.importorskip("nbclient").NotebookClient
        pytest.importorskip("ipykernel")
        notebook = nbformat.read(path, as_version=4)
        client(notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}).execute()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_it_keeps_its_output_and_no_path_of_a_machine(path):
    text = path.read_text(encoding="utf-8")
    assert all(cell["outputs"] for cell in cells(path) if cell["cell_type"] == "code" and "print(" in "".join(cell["source"]).split("def ")[0])
    assert '"error"' not in text
    assert not any(word in text for word in ("/home/", "/Users/", "/tmp/", "/work/", 'read_corpus(ROOT / \\"corpora\\", \\"test\\"'))
