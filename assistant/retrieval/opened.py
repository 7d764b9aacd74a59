"""One generation of the index in use: keys and scores for questions, within what a scope lets through."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from pathlib import Path

import numpy as np

from assistant.errors import IndexUnavailable
from assistant.retrieval import generation as files
from assistant.retrieval.bearing import EVERYTHING, Bearers, Scope, TableFacts
from assistant.retrieval.builder import Recipe, centred, read_means
from assistant.retrieval.columns import Strings
from assistant.retrieval.generation import Manifest
from assistant.retrieval.kinds import KINDS, Hits, Kind, Mask, Places, Vector
from assistant.retrieval.lexical import LexicalIndex
from assistant.retrieval.matrix import VectorMatrix
from assistant.retrieval.vector import VectorIndex

_MASKS = 16
"""Scopes whose masks are kept, about 0.4 MB each at a million rows."""

_BROAD, _SPARE = 0.25, 1.5
"""Share of places from which Chroma is asked first, and for how many times what should be enough."""

Bearing = tuple[list[str], int]
"""Some of the tables that bear a text, and how many rows bear it in all."""


class OpenGeneration:
    """Answers from one generation; Chroma is started by the first question that needs it."""

    def __init__(self, recipe: Recipe, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.state = manifest.state
        self._counts = manifest.counts
        self._connect = partial(recipe.server, folder.name)
        self._means = means = read_means(folder)
        # What is asked for is worded like an indicator, not like a whole table: seen from the names' mean, tables are
        # found far better (docs/decisions/008).
        self._seen_from = means | {"tables": means["rows"]} if means["tables"].any() else means
        self._keys = {kind: Strings(files.keys_file(folder, kind)) for kind in KINDS}
        self._words = {kind: LexicalIndex(files.words_stem(folder, kind), kind) for kind in KINDS}
        self._matrices = {kind: VectorMatrix(files.vectors_file(folder, kind)) for kind in KINDS}
        self._facts = TableFacts(folder / files.FACTS)
        self._bearers = Bearers(folder / files.BEARERS)
        self._mask = lru_cache(_MASKS)(self._masked)
        self._vectors: VectorIndex | None = None
        self._starting = threading.Lock()

    def by_words(self, kind: Kind, query: str, n: int, scope: Scope) -> Hits:
        """The keys that share words with the query, by the share of it they say."""
        return self._named(kind, self._words[kind].search(query, n, self._mask(kind, scope)))

    def by_vector(self, kind: Kind, query: Vector, n: int, scope: Scope) -> Hits:
        """The keys near a raw vector: Chroma's where the scope is broad and enough of them pass, else counted out."""
        if n < 1 or not self._counts[kind]:
            return []
        vector, mask = centred(query, self._seen_from[kind]), self._mask(kind, scope)
        if mask is None:
            return self._started().nearest(kind, vector, min(n, self._counts[kind]))
        share = float(mask.mean())
        if share >= _BROAD:
            hits = self._started().nearest(kind, vector, min(int(_SPARE * n / share), self._counts[kind]))
            through = [hit for hit in hits if mask[self._places(kind, [hit[0]])].all()]
            if len(through) >= n:
                return through[:n]
        return self._named(kind, self._matrices[kind].nearest(vector, n, mask))

    def cosines(self, kind: Kind, query: Vector, keys: Sequence[str]) -> Hits:
        """The centred cosine of each of the given keys that is there."""
        places = self._places(kind, keys)
        near = self._matrices[kind].cosines(centred(query, self._means[kind]), places)
        return self._named(kind, zip(places.tolist(), near.tolist(), strict=True))

    def bearers(self, keys: Sequence[str], most: int, scope: Scope) -> dict[str, Bearing]:
        """Of each text at most `most` of the tables that bear it within the scope."""
        tables, found = self._mask("tables", scope), {}
        for place in self._places("rows", keys).tolist():
            bearing, total = self._bearers.of(place, tables, most)
            found[self._keys["rows"][place]] = ([self._keys["tables"][table] for table in bearing], total)
        return found

    def is_complete(self) -> bool:
        """Whether all vectors are there; asked of servers only, whose files cannot be looked at."""
        vectors = self._started()
        return vectors.exists() and all(vectors.count(kind) == self._counts[kind] for kind in KINDS)

    def close(self) -> None:
        """Let go of all files."""
        for words in self._words.values():
            words.close()
        if self._vectors:
            self._vectors.close()

    def abandon(self) -> None:
        """Let go of what is broken."""
        try:
            self.close()
        except (IndexUnavailable, OSError):
            return  # It is broken: that is why it is given up.

    def _masked(self, kind: Kind, scope: Scope) -> Mask | None:
        if scope == EVERYTHING:
            return None
        if kind == "rows":
            tables = self._mask("tables", scope)
            return None if tables is None else self._bearers.mask(tables)
        mask = self._facts.mask(scope.where)
        if scope.visible is not None:
            visible = np.zeros(len(mask), dtype=np.bool_)
            visible[self._places("tables", scope.visible)] = True
            mask &= visible
        mask[self._places("tables", scope.where.exclude)] = False
        return mask

    def _places(self, kind: Kind, keys: Iterable[str]) -> Places:
        found = (self._keys[kind].place(key) for key in keys)
        return np.array([place for place in found if place is not None], dtype=np.int64)

    def _named(self, kind: Kind, hits: Iterable[tuple[int, float]]) -> Hits:
        return [(self._keys[kind][place], score) for place, score in hits]

    def _started(self) -> VectorIndex:
        with self._starting:
            if self._vectors is None:
                self._vectors = self._connect() or VectorIndex.at(self.folder / files.CHROMA)
            return self._vectors
