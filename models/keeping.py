"""Keeps a trained pipeline with skops such that the same weights give the same bytes, and writes its record.

skops names the parts of a file by where they lay in memory and stamps them with the time. Both are made regular here.
"""

import hashlib
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import sklearn
import skops
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from skops.io import dumps, loads

EPOCH = (1980, 1, 1, 0, 0, 0)
DIGITS = 4
"""Digits of a weight that are kept."""


def fitted(rows: list[list[str]], keys: list[str], *, strength: float) -> Pipeline:
    """A logistic regression over binary features, its weights rounded.

    Args:
        rows: the features of each example.
        keys: its class.
        strength: inverse of the regularisation.
    """
    pipeline = Pipeline(
        [("features", DictVectorizer()), ("regression", LogisticRegression(C=strength, max_iter=3000, tol=1e-8))]
    )
    pipeline.fit([dict.fromkeys(row, 1) for row in rows], keys)
    regression = pipeline.named_steps["regression"]
    regression.coef_ = np.round(regression.coef_, DIGITS) + 0.0
    regression.intercept_ = np.round(regression.intercept_, DIGITS) + 0.0
    regression.n_iter_ = np.zeros_like(regression.n_iter_)
    return pipeline


def keep(pipeline: Any, folder: Path, *, threshold: float, trained_on: str) -> None:
    """Write ``model.skops`` and ``record.toml`` of a model."""
    content = regular(dumps(pipeline))
    loads(content, trusted=[])
    (folder / "model.skops").write_bytes(content)
    lines = [
        "# Written by train.py. The auditor loads model.skops only where it has this hash.",
        f'sha256 = "{hashlib.sha256(content).hexdigest()}"',
        f"threshold = {threshold}",
        f'trained_on = "{trained_on}"',
        f'scikit_learn = "{sklearn.__version__}"',
        f'skops = "{skops.__version__}"',
    ]
    (folder / "record.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"wrote {folder.name}/model.skops, {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()[:12]}")


def regular(content: bytes) -> bytes:
    """A skops file with its parts numbered in their order, without times, well packed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        schema = archive.read("schema.json").decode()
        parts = {name: archive.read(name) for name in archive.namelist() if name != "schema.json"}
    names = {found: str(place) for place, found in enumerate(dict.fromkeys(re.findall(r'"__id__": (\d+)', schema)))}
    schema = re.sub(r'"__id__": (\d+)', lambda match: f'"__id__": {names[match[1]]}', schema)
    order = sorted(parts, key=lambda name: schema.index(f'"{name}"'))
    files = {name: f"part-{place}{Path(name).suffix}" for place, name in enumerate(order)}
    for name, plain in files.items():
        schema = schema.replace(f'"{name}"', f'"{plain}"')
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        packed = json.dumps(json.loads(schema), sort_keys=True, separators=(",", ":")).encode()
        for name, data in (("schema.json", packed), *((files[name], parts[name]) for name in order)):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()
