"""The search index as the rest sees it: opened when it fits the store, else rebuilt, and repaired by itself."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import IndexUnavailable
from assistant.precedents import PastTables
from assistant.precedents.database import file_problem
from assistant.retrieval import generation as files
from assistant.retrieval.builder import Base, Progress, Recipe, build, centred, read_means
from assistant.retrieval.embedding import Embedder
from assistant.retrieval.generation import Manifest
from assistant.retrieval.kinds import KINDS, Hits, Kind, Matrix, Vector
from assistant.retrieval.lexical import LexicalIndex
from assistant.retrieval.vector import VectorIndex

_WAIT_SECONDS = 600.0


def open_index(
    home: Path,
    store: PastTables,
    embedder: Embedder,
    *,
    chroma_url: str | None = None,
    progress: Progress | None = None,
    wait_seconds: float = _WAIT_SECONDS,
) -> Index:
    """The index of the store as it is now, built first where needed; `progress` hears (step, done, total).

    Raises `IndexUnavailable` when it cannot be built or another process builds for longer than `wait_seconds`,
    `DiskFull` and `HomeUnusable` when it cannot be written.
    """
    recipe = Recipe(home, store, embedder, chroma_url, progress or _silent)
    return Index(recipe, wait_seconds, _fitting(recipe) or _rebuilt(recipe, wait_seconds))


class Index:
    """Answers in keys and scores, best first: text_key for indicator texts, table id for tables."""

    def __init__(self, recipe: Recipe, wait_seconds: float, opened: _Opened) -> None:
        self._recipe = recipe
        self._wait_seconds = wait_seconds
        self._opened = opened
        self._repairing = threading.Lock()

    @property
    def generation(self) -> str:
        """The name of the generation that answers."""
        return self._opened.folder.name

    @property
    def outdated(self) -> bool:
        """Whether the store has changed since; what is found stays right, what is new is not found yet."""
        return self._opened.state != self._recipe.store.state

    def tables_by_words(self, query: str, n: int) -> Hits:
        """Tables that share words or characters with the query, by the share of the query they say."""
        return self._ask(lambda opened: opened.by_words("tables", query, n))

    def texts_by_words(self, query: str, n: int) -> Hits:
        """Indicator texts that share words with the query, by the share of the query they say."""
        return self._ask(lambda opened: opened.by_words("rows", query, n))

    def tables_by_vector(self, query: Vector, n: int) -> Hits:
        """Tables near a raw vector (`embed`), the query seen from the mean of all indicator names."""
        return self._ask(lambda opened: opened.by_vector("tables", query, n))

    def cosines_of_tables(self, query: Vector, keys: Sequence[str]) -> Hits:
        """The centred cosine of the given tables to a raw vector."""
        return self._ask(lambda opened: opened.cosines("tables", query, keys)) if keys else []

    def texts_by_vector(self, query: Vector, n: int) -> Hits:
        """Indicator texts near a raw vector (`embed`), by centred cosine."""
        return self._ask(lambda opened: opened.by_vector("rows", query, n))

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Raw vectors, one row a text."""
        return self._recipe.embedder.embed(texts)

    def text_vectors(self, keys: Sequence[str]) -> dict[str, Vector]:
        """Raw vectors of indicator texts that are in the store."""
        return self._recipe.store.vectors(self._recipe.embedder.name, keys)

    def close(self) -> None:
        """Let go of all files."""
        self._opened.close()

    def _ask(self, question: Callable[[_Opened], Hits]) -> Hits:
        opened = self._opened
        try:
            return question(opened)
        except (IndexUnavailable, OSError):
            with self._repairing:
                if self._opened is opened:
                    # A server that does not answer says nothing about the generation.
                    if not self._recipe.chroma_url:
                        files.mark_damaged(opened.folder)
                    opened.abandon()
                    self._opened = _fitting(self._recipe) or _rebuilt(self._recipe, self._wait_seconds)
        return question(self._opened)


class _Opened:
    """One generation in use; Chroma is started by the first question that needs it."""

    def __init__(self, recipe: Recipe, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.state = manifest.state
        self._counts = manifest.counts
        self._connect = partial(recipe.server, folder.name)
        self._means = read_means(folder)
        # What is asked for is worded like an indicator, not like a whole table: seen from the names' mean, tables are
        # found far better (docs/decisions/008).
        means = self._means
        self._seen_from = means | {"tables": means["rows"]} if means["tables"].any() else means
        self._words = {kind: LexicalIndex.open(files.words_file(folder, kind), kind) for kind in KINDS}
        self._vectors: VectorIndex | None = None
        self._starting = threading.Lock()

    def by_words(self, kind: Kind, query: str, n: int) -> Hits:
        return self._words[kind].search(query, n)

    def by_vector(self, kind: Kind, query: Vector, n: int) -> Hits:
        n = min(n, self._counts[kind])
        return self._started().nearest(kind, centred(query, self._seen_from[kind]), n) if n > 0 else []

    def cosines(self, kind: Kind, query: Vector, keys: Sequence[str]) -> Hits:
        return self._started().cosines(kind, centred(query, self._means[kind]), keys)

    def is_complete(self) -> bool:
        """Whether all vectors are there; asked of servers only, whose files cannot be looked at."""
        vectors = self._started()
        return vectors.exists() and all(vectors.count(kind) == self._counts[kind] for kind in KINDS)

    def close(self) -> None:
        for words in self._words.values():
            words.close()
        if self._vectors:
            self._vectors.close()

    def abandon(self) -> None:
        try:
            self.close()
        except (IndexUnavailable, OSError):
            return  # It is broken: that is why it is given up.

    def _started(self) -> VectorIndex:
        with self._starting:
            if self._vectors is None:
                self._vectors = self._connect() or VectorIndex.at(self.folder / files.CHROMA)
            return self._vectors


def _fitting(recipe: Recipe) -> _Opened | None:
    """The current generation, if it is intact and was built from the store as it is now."""
    base = _intact(recipe)
    if base is None or base.manifest.state != recipe.store.state:
        return None
    try:
        opened = _Opened(recipe, base.folder, base.manifest)
    except (OSError, ValueError, IndexUnavailable):
        return None  # Two builders finished since CURRENT was read, and this folder is gone.
    if recipe.chroma_url and not opened.is_complete():
        opened.abandon()
        return None
    return opened


def _intact(recipe: Recipe) -> Base | None:
    folder = files.current(files.index_folder(recipe.home))
    manifest = files.read_manifest(folder) if folder else None
    if folder is None or manifest is None:
        return None
    made_for = (manifest.embedder, manifest.dim, manifest.chroma_url)
    if made_for != (recipe.embedder.name, recipe.embedder.dim, recipe.chroma_url):
        return None
    return Base(folder, manifest) if files.is_intact(folder, manifest) else None


def _rebuilt(recipe: Recipe, wait_seconds: float) -> _Opened:
    with _only_builder(recipe.home, wait_seconds):
        # Whoever held the lock before may have built what we need.
        if opened := _fitting(recipe):
            return opened
        base = None if recipe.chroma_url else _intact(recipe)
        try:
            folder = build(recipe, base)
        except IndexUnavailable:
            folder = build(recipe, None)
        manifest = files.read_manifest(folder)
        if manifest is None:
            raise IndexUnavailable("刚建好的索引不见了")
        return _Opened(recipe, folder, manifest)


@contextmanager
def _only_builder(home: Path, wait_seconds: float) -> Iterator[None]:
    index = files.index_folder(home)
    try:
        index.mkdir(parents=True, exist_ok=True)
        lock = FileLock(index / ".lock", timeout=wait_seconds)
        lock.acquire()
    except Timeout as problem:
        raise IndexUnavailable(f"另一个绩目进程正在重建索引，等了 {wait_seconds:.0f} 秒，请稍后再试") from problem
    except OSError as problem:
        raise file_problem(problem, home) from problem
    try:
        yield
    finally:
        lock.release()


def _silent(_step: str, _done: int, _total: int) -> None:
    return
