"""Keeps a trained pipeline with skops such that the same weights give the same bytes, and writes its record.

skops names the parts of a file by where they lay in memory and stamps them with the time. Both are made regular here.
"""

import hashlib
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import sklearn
import skops
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from skops.io import dumps, loads

Examples = tuple[list[list[str]], list[str], list[str]]
"""Features of each example, its class, and what the rules say of it."""
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


def trained(examples: Examples, folder: Path, *, strength: float, fewest: int, threshold: float, what: str) -> Pipeline:
    """Fit a model to the examples of a train split, without what stands in too few of them, and keep it."""
    rows, keys, _ = examples
    counts = Counter(feature for row in rows for feature in row)
    often = [[feature for feature in row if counts[feature] >= fewest] for row in rows]
    pipeline = fitted(often, keys, strength=strength)
    keep(pipeline, folder, threshold=threshold, trained_on=f"{len(rows)} {what} of the train split")
    return pipeline


def tell(pipeline: Pipeline, examples: Examples, *, threshold: float, is_open: str, not_taken: Sequence[str]) -> None:
    """Print how rules, and rules with the model, do on the examples of another split.

    Args:
        pipeline: the model.
        examples: rows of features, keys, and what the rules say.
        threshold: probability from which on the model answers.
        is_open: what the rules say where they leave the question open.
        not_taken: answers that the auditor leaves to the rules.
    """
    rows, keys, rules = examples
    features = [dict.fromkeys(row, 1) for row in rows]
    sure, said = pipeline.predict_proba(features).max(axis=1), pipeline.predict(features)
    truth, ruled = np.array(keys), np.array(rules)
    open_ones = ruled == is_open
    answers = open_ones & (sure >= threshold) & ~np.isin(said, not_taken)
    both = np.where(answers, said, ruled)
    print(f"dev: {len(keys)} examples, left open by the rules {np.mean(open_ones):.3f}")
    print(f"right: rules {np.mean(ruled == truth):.3f}, rules and model {np.mean(both == truth):.3f}")
    right = np.mean(said[answers] == truth[answers])
    print(f"the model answers {answers.sum()} of {open_ones.sum()}, right {right:.3f}")


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
