"""The few words all parts of the index share; light, as the health check starts a process that needs little else."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Kind = Literal["rows", "tables"]
"""What is searched: distinct indicator texts (by text_key) and tables (by id)."""
KINDS: tuple[Kind, ...] = ("rows", "tables")

Hits = list[tuple[str, float]]
"""Keys with their scores, best first."""

Vector = NDArray[np.float32]
"""One vector."""
Matrix = NDArray[np.float32]
"""Vectors, one a row."""

Places = NDArray[np.int64]
"""Where keys stand among all keys of their kind, counted from 0 in the order of the keys."""
Mask = NDArray[np.bool_]
"""For every place whether it may be found."""


def best(scores: NDArray[np.float64], places: Places, n: int) -> Places:
    """Of the given places the n with the highest scores, best first, equal ones in their order."""
    if len(places) > n:
        found = scores[places]
        places = places[found >= np.partition(found, len(found) - n)[len(found) - n]]
    return places[np.lexsort((places, -scores[places]))][:n]
