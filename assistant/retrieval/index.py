"""The search index as the rest sees it: opened when it fits the store, else rebuilt, and repaired by itself."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from assistant.errors import IndexUnavailable
from assistant.precedents import PastTables
from assistant.precedents.database import file_problem
from assistant.retrieval import generation as files
from assistant.retrieval.bearing import EVERYTHING, Scope
from assistant.retrieval.builder import Base, Progress, Recipe, build
from assistant.retrieval.embedding import Embedder
from assistant.retrieval.kinds import Hits, Matrix, Vector
from assistant.retrieval.opened import Bearing, OpenGeneration

T = TypeVar("T")

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

    Of its files size and sample are looked at here, `verify` reads them whole.

    Raises `IndexUnavailable` when it cannot be built or another process builds for longer than `wait_seconds`,
    `DiskFull` and `HomeUnusable` when it cannot be written.
    """
    recipe = Recipe(home, store, embedder, chroma_url, progress or _silent)
    return Index(recipe, wait_seconds, _fitting(recipe) or _rebuilt(recipe, wait_seconds))


def verify(home: Path) -> None:
    """Read every byte of the index in use; one that is not as it was built is marked, and built anew when opened."""
    folder = files.current(files.index_folder(home))
    manifest = files.read_manifest(folder) if folder else None
    if folder and manifest and not files.is_intact(folder, manifest, thorough=True):
        files.mark_damaged(folder)


class Index:
    """Answers in keys and scores, best first: text_key for indicator texts, table id for tables."""

    def __init__(self, recipe: Recipe, wait_seconds: float, opened: OpenGeneration) -> None:
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

    def tables_by_words(self, query: str, n: int, scope: Scope = EVERYTHING) -> Hits:
        """Tables that share words or characters with the query, by the share of the query they say."""
        return self._ask(lambda opened: opened.by_words("tables", query, n, scope))

    def texts_by_words(self, query: str, n: int, scope: Scope = EVERYTHING) -> Hits:
        """Indicator texts that share words with the query, by the share of the query they say."""
        return self._ask(lambda opened: opened.by_words("rows", query, n, scope))

    def tables_by_vector(self, query: Vector, n: int, scope: Scope = EVERYTHING) -> Hits:
        """Tables near a raw vector (`embed`), the query seen from the mean of all indicator names."""
        return self._ask(lambda opened: opened.by_vector("tables", query, n, scope))

    def texts_by_vector(self, query: Vector, n: int, scope: Scope = EVERYTHING) -> Hits:
        """Indicator texts near a raw vector (`embed`), by centred cosine."""
        return self._ask(lambda opened: opened.by_vector("rows", query, n, scope))

    def cosines_of_tables(self, query: Vector, keys: Sequence[str]) -> Hits:
        """The centred cosine of the given tables to a raw vector."""
        return self._ask(lambda opened: opened.cosines("tables", query, keys)) if keys else []

    def bearers(self, keys: Sequence[str], most: int, scope: Scope = EVERYTHING) -> dict[str, Bearing]:
        """Of each indicator text at most `most` tables that bear it, spread evenly, and how many rows do."""
        return self._ask(lambda opened: opened.bearers(keys, most, scope))

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Raw vectors, one row a text."""
        return self._recipe.embedder.embed(texts)

    def text_vectors(self, keys: Sequence[str]) -> dict[str, Vector]:
        """Raw vectors of indicator texts that are in the store."""
        return self._recipe.store.vectors(self._recipe.embedder.name, keys)

    def close(self) -> None:
        """Let go of all files."""
        self._opened.close()

    def _ask(self, question: Callable[[OpenGeneration], T]) -> T:
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


def _fitting(recipe: Recipe) -> OpenGeneration | None:
    """The current generation, if it is intact and was built from the store as it is now."""
    base = _intact(recipe)
    if base is None or base.manifest.state != recipe.store.state:
        return None
    try:
        opened = OpenGeneration(recipe, base.folder, base.manifest)
    except (OSError, ValueError, EOFError, IndexUnavailable):
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


def _rebuilt(recipe: Recipe, wait_seconds: float) -> OpenGeneration:
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
        return OpenGeneration(recipe, folder, manifest)


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
