"""Builds a generation of the index aside, has it checked, and switches to it.

From scratch, or from a copy of the generation in use when only little has changed. Vectors are kept in the store as
they are computed, so that an interrupted build goes on where it stopped.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from uuid import uuid4

import numpy as np

from assistant.errors import DiskFull, EmbeddingFailed, IndexUnavailable
from assistant.precedents import PastTables, vector_key
from assistant.precedents.database import file_problem, no_room
from assistant.retrieval import generation as files
from assistant.retrieval.embedding import Embedder, normalised
from assistant.retrieval.generation import Manifest
from assistant.retrieval.health import Expected, require_health
from assistant.retrieval.kinds import KINDS, Kind, Vector
from assistant.retrieval.lexical import LexicalIndex
from assistant.retrieval.vector import VectorIndex

Progress = Callable[[str, int, int], None]

_BATCH = 1_000
_SAMPLES = 20
_FEWEST_FOR_MEAN = 30  # below, the mean is mostly the texts themselves and centring would erase them
_SHARE_CHANGED = 0.25  # beyond, the mean and the graph of the old generation no longer fit

Item = tuple[str, str, str]
"""A key, the key of its vector in the store, its text."""
Digests = dict[Kind, dict[str, str]]
"""Of each kind, the keys and the store keys of their vectors."""


@dataclass(frozen=True)
class Base:
    """An intact generation to start from."""

    folder: Path
    manifest: Manifest


@dataclass(frozen=True)
class Recipe:
    """Everything a build needs to know."""

    home: Path
    store: PastTables
    embedder: Embedder
    chroma_url: str | None
    progress: Progress

    def items(self, kind: Kind) -> Iterator[Item]:
        """What the store wants in the index."""
        if kind == "rows":
            return ((key, key, text) for key, text in self.store.row_texts())
        return ((key, vector_key(text), text) for key, text in self.store.table_texts())

    def vectors(self, items: Sequence[Item]) -> dict[str, Vector]:
        """The raw vectors by store key; those the store has not are computed and kept there."""
        model = self.embedder.name
        found = self.store.vectors(model, [digest for _, digest, _ in items])
        missing = list({digest: text for _, digest, text in items if digest not in found}.items())
        for start in range(0, len(missing), self.embedder.batch):
            some = dict(missing[start : start + self.embedder.batch])
            made = dict(zip(some, self.embedder.embed(list(some.values())), strict=True))
            self.store.save_vectors(model, made.items())
            found |= made
        return found

    def embedded(self) -> tuple[int, int]:
        """How many of the texts have their vectors in the store, and how many texts there are."""
        keys = {digest for kind in KINDS for _, digest, _ in self.items(kind)}
        return self.store.count_vectors(self.embedder.name, sorted(keys)), len(keys)

    def server(self, generation: str) -> VectorIndex | None:
        """The collections of a generation on the Chroma server, None when Chroma is embedded."""
        return VectorIndex.on_server(self.chroma_url, generation) if self.chroma_url else None


@dataclass(frozen=True)
class Parts:
    """The open files of a generation being built."""

    words: dict[Kind, LexicalIndex]
    vectors: VectorIndex
    means: dict[Kind, Vector]


def build(recipe: Recipe, base: Base | None) -> Path:
    """Build, check and switch; the folder of the new generation.

    Raises `IndexUnavailable`, `DiskFull`, `EmbeddingFailed`; the generation in use stays then what it was.
    """
    recipe.embedder.dim  # noqa: B018 – one that does not answer at all fails here, before anything is written
    index = files.index_folder(recipe.home)
    folder = index / f"{recipe.store.revision}-{uuid4().hex[:8]}"
    with ExitStack() as unless_finished:
        unless_finished.callback(_remove, recipe, folder)
        try:
            folder.mkdir(parents=True)
            _fill(recipe, base, folder)
            previous = files.current(index)
            files.make_current(index, folder)
        except OSError as problem:
            raise file_problem(problem, recipe.home) from problem
        except EmbeddingFailed as problem:
            raise problem.during_build(*recipe.embedded()) from problem
        except IndexUnavailable as problem:
            if no_room(recipe.home):
                raise DiskFull(recipe.home) from problem
            raise
        unless_finished.pop_all()
    _prune(recipe, index, {folder, previous})
    return folder


def _fill(recipe: Recipe, base: Base | None, folder: Path) -> None:
    state = recipe.store.state  # Read first: what is added from here on makes the new generation outdated, never wrong.
    wanted = {kind: {key: digest for key, digest, _ in recipe.items(kind)} for kind in KINDS}
    base, before, changed = _compare(base, wanted)
    with _started(recipe, base, folder) as parts:
        _write(recipe, parts, before, wanted)
        expected = {kind: _expected(recipe, parts.words[kind].digests(), parts.means[kind]) for kind in KINDS}
    total = sum(map(len, wanted.values()))
    recipe.progress("检查检索索引", total, total)
    require_health(recipe.chroma_url or folder / files.CHROMA, folder.name, expected)
    manifest = Manifest(
        format=files.FORMAT,
        state=state,
        embedder=recipe.embedder.name,
        dim=recipe.embedder.dim,
        chroma_url=recipe.chroma_url,
        counts={kind: one.count for kind, one in expected.items()},
        changed=changed,
        files=files.fingerprints(folder),
    )
    files.write_manifest(folder, manifest)


def _compare(base: Base | None, wanted: Digests) -> tuple[Base | None, Digests, int]:
    """The base if it is still worth copying, what it holds, and how much will have changed since its first build."""
    if base is not None:
        before = {kind: _digests(base.folder, kind) for kind in KINDS}
        changed = base.manifest.changed + sum(len(before[kind].items() ^ wanted[kind].items()) for kind in KINDS)
        if changed <= _SHARE_CHANGED * sum(map(len, wanted.values())):
            return base, before, changed
    return None, {kind: {} for kind in KINDS}, 0


@contextmanager
def _started(recipe: Recipe, base: Base | None, folder: Path) -> Iterator[Parts]:
    """The files of the new generation, empty or copied from the base, closed at the end."""
    with ExitStack() as closing:
        if base is None:
            means = {kind: _mean(recipe, kind) for kind in KINDS}
            np.save(folder / files.MEANS, np.stack([means[kind] for kind in KINDS]))
            vectors = recipe.server(folder.name) or VectorIndex.at(folder / files.CHROMA)
            closing.callback(vectors.close)
            vectors.create()
            words = {kind: LexicalIndex.create(files.words_file(folder, kind), kind) for kind in KINDS}
        else:
            files.copy_chroma(base.folder, folder)
            for path in (files.MEANS, *(files.words_file(folder, kind).name for kind in KINDS)):
                shutil.copyfile(base.folder / path, folder / path)
            means = read_means(folder)
            vectors = VectorIndex.at(folder / files.CHROMA)
            closing.callback(vectors.close)
            words = {kind: LexicalIndex.open(files.words_file(folder, kind), kind, writable=True) for kind in KINDS}
        for one in words.values():
            closing.callback(one.close)
        yield Parts(words, vectors, means)


def _write(recipe: Recipe, parts: Parts, before: Digests, wanted: Digests) -> None:
    done, total = 0, sum(map(len, wanted.values()))
    for kind in KINDS:
        for some in _slices(recipe.items(kind), _BATCH):
            new = [item for item in some if before[kind].get(item[0]) != item[1] == wanted[kind].get(item[0])]
            parts.words[kind].put(new)
            raw = recipe.vectors(new)
            parts.vectors.upsert(kind, {key: centred(raw[digest], parts.means[kind]) for key, digest, _ in new})
            done += len(some)
            recipe.progress("写入检索索引", min(done, total), total)
        gone = sorted(before[kind].keys() - wanted[kind].keys())
        parts.words[kind].delete(gone)
        parts.vectors.delete(kind, gone)


def _mean(recipe: Recipe, kind: Kind) -> Vector:
    total, count = np.zeros(recipe.embedder.dim, dtype=np.float64), 0
    counts = recipe.store.counts()
    expected = counts.texts if kind == "rows" else counts.tables
    for some in _slices(recipe.items(kind), _BATCH):
        raw = recipe.vectors(some)
        total += np.sum([raw[digest] for _, digest, _ in some], axis=0, dtype=np.float64)
        count += len(some)
        recipe.progress("计算指标向量" if kind == "rows" else "计算表的向量", min(count, expected), expected)
    mean = total / count if count >= _FEWEST_FOR_MEAN else np.zeros_like(total)
    return mean.astype(np.float32)


def _expected(recipe: Recipe, digests: dict[str, str], mean: Vector) -> Expected:
    kept = sorted(set(digests.values()))
    some = kept[:: max(1, len(kept) // _SAMPLES)][:_SAMPLES]
    raw = recipe.store.vectors(recipe.embedder.name, some)
    return Expected(len(digests), [centred(vector, mean) for vector in raw.values()])


def centred(vector: Vector, mean: Vector) -> Vector:
    """A vector as it stands in Chroma: seen from the mean of its corpus, of length one."""
    return normalised((vector - mean).reshape(1, -1)).reshape(-1)


def _digests(folder: Path, kind: Kind) -> dict[str, str]:
    words = LexicalIndex.open(files.words_file(folder, kind), kind)
    try:
        return words.digests()
    finally:
        words.close()


def read_means(folder: Path) -> dict[Kind, Vector]:
    """The means a generation was centred by."""
    return dict(zip(KINDS, np.load(folder / files.MEANS, allow_pickle=False), strict=True))


def _prune(recipe: Recipe, index: Path, keep: Iterable[Path | None]) -> None:
    wanted = {folder for folder in keep if folder and not (folder / files.DAMAGED).exists()}
    for folder in index.iterdir():
        if folder.is_dir() and folder not in wanted:
            _remove(recipe, folder)


def _remove(recipe: Recipe, folder: Path) -> None:
    try:
        if server := recipe.server(folder.name):
            server.drop()
            server.close()
    except (IndexUnavailable, OSError):
        return  # The folder stays as a reminder, and the next build tries again.
    shutil.rmtree(folder, ignore_errors=True)


def _slices(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    items = iter(items)
    while some := list(islice(items, size)):
        yield some
