"""How alike mentions are piece by piece, each word read where it stands: for the few that a first look found near.

Two long mentions of one need differ as a whole by all else that they say; their words for that need still find each other.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Pieces = NDArray[np.floating]
Floats = NDArray[np.float64]


def fit(asked: Pieces, others: Sequence[Pieces]) -> Floats:
    """Return for each of `others` how well its pieces and those of `asked` find each other, 0 to 1.

    Pieces are rows of length 1. Each piece counts by the cosine with the piece of the other mention that is nearest to it; both
    directions count by their harmonic mean (BERTScore without weights; Zhang et al. 2020).
    """
    if not others:
        return np.zeros(0)
    starts = np.cumsum([0, *(len(each) for each in others[:-1])])
    cosines = np.concatenate(others).astype(np.float32) @ asked.astype(np.float32).T
    found = np.maximum.reduceat(cosines, starts, axis=0).mean(axis=1)
    finding = np.add.reduceat(cosines.max(axis=1), starts) / [len(each) for each in others]
    both = np.clip([found, finding], 0, None)
    total = np.maximum(both.sum(axis=0), 1e-9)
    return np.asarray(2 * both.prod(axis=0) / total, np.float64)
