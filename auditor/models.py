"""Finds, checks and loads the models of ``models/``.

A model is a scikit-learn pipeline of a DictVectorizer and a LogisticRegression, kept with skops: a zip with its parts
described in JSON and plain arrays, in which there is nothing to run. It is loaded only where the file has the hash on
record, and only the weights are taken out of it. So scikit-learn is needed to train a model, and not to use it.
"""

import hashlib
import io
import json
import tomllib
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from typing import Any

import numpy as np

STATEMENTS = "statements"
MENTION_ROLES = "mention_roles"
NAMES = (STATEMENTS, MENTION_ROLES)
"""The models that reading asks."""
ARTEFACT = "model.skops"
RECORD = "record.toml"
"""Beside each artefact: its hash, the threshold from which on it answers, and what it was trained with."""
_SHOWN_HASH = 12


class ModelError(RuntimeError):
    """A model that is there and must not be used; the message says which, why, and the way out."""


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A multinomial logistic regression over binary features.

    Attributes:
        name: of its folder.
        version: the first digits of the artefact's SHA-256.
        classes: the answers.
        intercepts: one for each class.
        weights: for each feature one weight a class.
        threshold: probability below which it leaves the question open.
    """

    name: str
    version: str
    classes: tuple[str, ...]
    intercepts: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]
    threshold: float

    def answer(self, features: Collection[str]) -> tuple[str, float]:
        """The most probable class and its probability; features never seen in training weigh nothing."""
        known = self.weights
        rows = [known[feature] for feature in features if feature in known]
        scores = [sum(column) for column in zip(self.intercepts, *rows, strict=True)]
        highest = max(scores)
        odds = [exp(score - highest) for score in scores]
        best = max(range(len(odds)), key=odds.__getitem__)
        return self.classes[best], odds[best] / sum(odds)


def folder() -> Path | None:
    """Where the models lie: inside the installed package, or beside it in a checkout; None where there are none."""
    package = Path(__file__).parent
    for candidate in (package / "trained", package.parent / "models"):
        if candidate.is_dir():
            return candidate
    return None


@cache
def load(name: str) -> LinearModel | None:
    """A model by the name of its folder; None where it is absent.

    Raises:
        ModelError: the file is not the one on record, or cannot be read.
    """
    where = folder()
    return read(where / name) if where is not None and (where / name / ARTEFACT).exists() else None


def versions() -> dict[str, str]:
    """The version of each model that is there, by its name.

    Raises:
        ModelError: as ``load`` does.
    """
    return {name: model.version for name in NAMES if (model := load(name)) is not None}


def read(place: Path) -> LinearModel:
    """The model of a folder, checked against its record.

    Raises:
        ModelError: the file is not the one on record, or cannot be read.
    """
    try:
        content = (place / ARTEFACT).read_bytes()
    except OSError:
        raise ModelError(f"{place / ARTEFACT}: it cannot be read; {_WAY_OUT}") from None
    try:
        record = tomllib.loads((place / RECORD).read_text(encoding="utf-8"))
        known, threshold = str(record["sha256"]), float(record["threshold"])
        if not 0 < threshold <= 1:
            raise ValueError
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError):
        raise ModelError(f"{place / RECORD}: there is no hash and threshold in it; {_WAY_OUT}") from None
    found = hashlib.sha256(content).hexdigest()
    if found != known:
        raise ModelError(f"{place / ARTEFACT}: it is not the file on record (another SHA-256); {_WAY_OUT}")
    try:
        return _model(place.name, found[:_SHOWN_HASH], _contents(content), threshold)
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile) as fault:
        what = type(fault).__name__
        raise ModelError(f"{place / ARTEFACT}: it holds no pipeline of this kind ({what}); {_WAY_OUT}") from None


_WAY_OUT = "restore it, train it anew with its train.py, or use --no-models"


def _contents(content: bytes) -> Any:  # noqa: ANN401 - the parts of a pipeline as plain data
    """What a skops file describes, objects as the dictionaries of their attributes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return _value(json.loads(archive.read("schema.json")), archive)


def _value(node: dict[str, Any], archive: zipfile.ZipFile) -> Any:  # noqa: ANN401 - as above
    """One node of the description (https://skops.readthedocs.io/en/stable/persistence.html), of a known kind."""
    match node["__loader__"]:
        case "JsonNode":
            return json.loads(node["content"])
        case "TypeNode":
            return None
        case "ListNode" | "TupleNode":
            return [_value(item, archive) for item in node["content"]]
        case "DictNode":
            return {name: _value(item, archive) for name, item in node["content"].items()}
        case "ObjectNode":
            return _value(node["content"], archive)
        case "NdArrayNode":
            return np.load(io.BytesIO(archive.read(node["file"])), allow_pickle=False).tolist()
        case other:
            raise ValueError(f"a node of kind {other}")


def _model(name: str, version: str, pipeline: Any, threshold: float) -> LinearModel:  # noqa: ANN401 - as above
    vectorizer, regression = (step for _, step in pipeline["steps"])
    columns = list(zip(*regression["coef_"], strict=True))
    return LinearModel(
        name=name,
        version=version,
        classes=tuple(str(one) for one in regression["classes_"]),
        intercepts=tuple(regression["intercept_"]),
        weights={feature: tuple(columns[place]) for feature, place in vectorizer["vocabulary_"].items()},
        threshold=threshold,
    )
