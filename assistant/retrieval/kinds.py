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
