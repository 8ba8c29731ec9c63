"""With the extra: how much meaning counts in one file of mentions, which is as much as it agrees with the signs there.

Short questions that share words mean the same, too, and meaning may be followed where words give out. Of patients' stories the two tell
different things, and there the words are right more often.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from analysis.text.closely import fit
from analysis.text.grouping import MEANING, UNLIKE, Near
from analysis.text.meaning import read

Floats = NDArray[np.float64]
_NEAREST = 5
_FULL = 0.5
"""The share of the five nearest by signs that are nearest by meaning as well from which on meaning counts in full (`MEANING`)."""


def weigh(texts: Sequence[str], found: list[list[Near]]) -> list[list[Near]]:
    """Return the neighbours that an index by meaning found, nearest first, with meaning weighed by how far it can be trusted here.

    A neighbour is the place of its text. Meaning is read as a whole and piece by piece, half and half.
    """
    if not texts:
        return []
    whole, pieces = zip(
        *((one, each.astype(np.float16)) for one, each in map(read, texts)), strict=True
    )  # half the room
    signs, meant = [], []
    for place, row in enumerate(found):
        others = [int(str(each.mention)) for each in row]
        once = _above(np.array([whole[other] @ whole[place] for other in others]))
        signs.append((np.array([each.likeness for each in row]) - MEANING * once) / (1 - MEANING))
        meant.append((once + _above(fit(pieces[place], [pieces[other] for other in others]))) / 2)
    share = MEANING * min(1.0, _agreement(signs, meant) / _FULL)
    return [_reweighed(row, (1 - share) * a + share * b) for row, a, b in zip(found, signs, meant, strict=True)]


def _above(cosines: Floats) -> Floats:
    return np.clip((cosines - UNLIKE) / (1 - UNLIKE), 0, 1)


def _agreement(signs: Sequence[Floats], meant: Sequence[Floats]) -> float:
    """Return the share of the nearest by signs that are among the nearest by meaning."""
    near = [(_nearest(a), _nearest(b)) for a, b in zip(signs, meant, strict=True)]
    return sum(len(a & b) for a, b in near) / max(1, sum(len(a) for a, _b in near))


def _nearest(row: Floats) -> set[int]:
    """Return up to five that are near at all."""
    return {place for place in np.argsort(-row, kind="stable")[:_NEAREST].tolist() if row[place] > 0}


def _reweighed(row: list[Near], likeness: Floats) -> list[Near]:
    changed = [replace(each, likeness=value) for each, value in zip(row, likeness.tolist(), strict=True)]
    return sorted(changed, key=lambda each: -each.likeness)
