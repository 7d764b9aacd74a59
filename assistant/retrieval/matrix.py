"""All vectors of one kind in one file, memory-mapped: what is near among the few a filter lets through, exactly.

Chroma's own filter scans its metadata and costs seconds on a million rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.kinds import Mask, Matrix, Places, Vector, best

_WHOLE_FROM = 0.25
"""Share of places from which multiplying all is quicker than picking them out."""
_PICKED = 4_096


class VectorMatrix:
    """Vectors of length one by place; float32 as Chroma holds them, so that both give the same cosines."""

    def __init__(self, path: Path) -> None:
        self._rows: Matrix = np.load(path, mmap_mode="r", allow_pickle=False)

    @staticmethod
    def write(path: Path, count: int, dim: int, slices: Iterable[Matrix]) -> None:
        """Write `count` rows, given a few thousand at a time."""
        with path.open("wb") as file:
            described = {"descr": "<f4", "fortran_order": False, "shape": (count, dim)}
            np.lib.format.write_array_header_1_0(file, described)  # type: ignore[no-untyped-call, unused-ignore]
            for some in slices:
                file.write(np.ascontiguousarray(some, dtype="<f4").tobytes())

    def nearest(self, vector: Vector, n: int, mask: Mask) -> list[tuple[int, float]]:
        """The places nearest by cosine among those the mask lets through, best first."""
        places = np.flatnonzero(mask)
        scores: NDArray[np.float64] = np.full(len(mask), -np.inf)
        if len(places) >= _WHOLE_FROM * len(mask):
            scores = _rounded(self._rows @ _unit(vector))
        else:
            scores[places] = self.cosines(vector, places)
        found = best(scores, places, n)
        return list(zip(found.tolist(), scores[found].tolist(), strict=True))

    def cosines(self, vector: Vector, places: Places) -> NDArray[np.float64]:
        """The cosine to each of some places; rounded, as by Chroma, so that noise in the last bits does not decide."""
        unit = _unit(vector)
        parts = [self._rows[places[start : start + _PICKED]] @ unit for start in range(0, len(places), _PICKED)]
        return _rounded(np.concatenate(parts)) if parts else np.empty(0)

    def rows(self, places: Places) -> Matrix:
        """The vectors at some places."""
        return np.asarray(self._rows[places])


def _rounded(cosines: Vector) -> NDArray[np.float64]:
    return np.asarray(np.round(cosines.astype(np.float64), 6), dtype=np.float64)


def _unit(vector: Vector) -> Vector:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-12), dtype=np.float32)
