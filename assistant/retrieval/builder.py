"""Builds a generation of the index aside, has it checked, and switches to it.

From scratch, or from a copy of the generation in use when only little has changed. Vectors are kept in the store as
they are computed, so that an interrupted build goes on where it stopped.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import numpy as np

from assistant.errors import DiskFull, EmbeddingFailed, IndexUnavailable
from assistant.precedents import FilterFacts, PastTables, vector_key
from assistant.precedents.database import file_problem, no_room
from assistant.retrieval import generation as files
from assistant.retrieval.bearing import Bearers, TableFacts
from assistant.retrieval.columns import Strings
from assistant.retrieval.embedding import Embedder, normalised
from assistant.retrieval.generation import Manifest
from assistant.retrieval.health import Expected, require_health
from assistant.retrieval.kinds import KINDS, Kind, Matrix, Vector
from assistant.retrieval.lexical import LexicalIndex
from assistant.retrieval.matrix import VectorMatrix
from assistant.retrieval.vector import VectorIndex, slices

Progress = Callable[[str, int, int], None]

_BATCH = 5_000
_SAMPLES = 20
_FEWEST_FOR_MEAN = 30  # below, the mean is mostly the texts themselves and centring would erase them
_SHARE_CHANGED = 0.25  # beyond, the mean and the graph of the old generation no longer fit

Item = tuple[str, str, str]
"""A key, the key of its vector in the store, its text."""
Wanted = dict[Kind, list[Item]]
"""What the store wants in the index, by key: the place of an item is its place in the whole generation."""
Before = dict[Kind, dict[str, tuple[str, int]]]
"""Of each kind, the keys of the base with the store keys of their vectors and their places."""


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

    def wanted(self) -> Wanted:
        """All texts, in the order of their keys; read once, so that every part of the generation holds the same."""
        names = [(key, key, text) for key, text in self.store.row_texts()]
        tables = [(key, vector_key(text), text) for key, text in self.store.table_texts()]
        return {"rows": sorted(names), "tables": sorted(tables)}

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
        keys = {digest for items in self.wanted().values() for _, digest, _ in items}
        return self.store.count_vectors(self.embedder.name, sorted(keys)), len(keys)

    def server(self, generation: str) -> VectorIndex | None:
        """The collections of a generation on the Chroma server, None when Chroma is embedded."""
        return VectorIndex.on_server(self.chroma_url, generation) if self.chroma_url else None


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
    wanted = recipe.wanted()
    base, before, changed = _compare(base, wanted)
    means = read_means(base.folder) if base else {kind: _mean(recipe, kind, wanted[kind]) for kind in KINDS}
    np.save(folder / files.MEANS, np.stack([means[kind] for kind in KINDS]))
    _write_vectors(recipe, base, folder, _Change(before, wanted, means))
    _write_words(recipe, folder, wanted)
    total = sum(map(len, wanted.values()))
    recipe.progress("检查检索索引", total, total)
    expected = {kind: _expected(recipe, wanted[kind], means[kind]) for kind in KINDS}
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


def _compare(base: Base | None, wanted: Wanted) -> tuple[Base | None, Before, int]:
    """The base if it is still worth copying, what it holds, and how much will have changed since its first build."""
    if base is not None:
        before = {kind: _held(base.folder, kind) for kind in KINDS}
        changed = base.manifest.changed
        for kind in KINDS:
            held = {(key, digest) for key, (digest, _) in before[kind].items()}
            changed += len(held ^ {(key, digest) for key, digest, _ in wanted[kind]})
        if changed <= _SHARE_CHANGED * sum(map(len, wanted.values())):
            return base, before, changed
    return None, {kind: {} for kind in KINDS}, 0


def _held(folder: Path, kind: Kind) -> dict[str, tuple[str, int]]:
    digests = np.load(files.digests_file(folder, kind), allow_pickle=False).tolist()
    keys = Strings(files.keys_file(folder, kind))
    return {key: (digest.decode(), place) for place, (key, digest) in enumerate(zip(keys, digests, strict=True))}


@dataclass(frozen=True)
class _Change:
    """What the base holds, what is wanted, and the means both are centred by."""

    before: Before
    wanted: Wanted
    means: dict[Kind, Vector]

    def is_kept(self, kind: Kind, item: Item) -> bool:
        """Whether the base holds this very item."""
        return self.before[kind].get(item[0], ("", 0))[0] == item[1]


def _write_vectors(recipe: Recipe, base: Base | None, folder: Path, change: _Change) -> None:
    """The vectors, in Chroma and in a matrix; of a base, Chroma is copied and only told what is new or gone."""
    wanted = change.wanted
    if base:
        files.copy_chroma(base.folder, folder)
    with closing(recipe.server(folder.name) or VectorIndex.at(folder / files.CHROMA)) as vectors:
        if base:
            vectors.expect_few()
        else:
            vectors.create({kind: len(wanted[kind]) for kind in KINDS})
        done, total = 0, sum(map(len, wanted.values()))
        for kind in KINDS:
            old = VectorMatrix(files.vectors_file(base.folder, kind)) if base else None

            def written(kind: Kind = kind, old: VectorMatrix | None = old) -> Iterator[Matrix]:
                nonlocal done
                for places in slices(len(wanted[kind])):
                    some = wanted[kind][places.start : places.stop]
                    block, new = _block(recipe, kind, some, change, old)
                    vectors.upsert(kind, [some[place][0] for place in new], block[new])
                    done += len(some)
                    recipe.progress("写入检索索引", min(done, total), total)
                    yield block

            VectorMatrix.write(files.vectors_file(folder, kind), len(wanted[kind]), recipe.embedder.dim, written())
            vectors.delete(kind, sorted(change.before[kind].keys() - {key for key, _, _ in wanted[kind]}))


def _block(
    recipe: Recipe, kind: Kind, some: Sequence[Item], change: _Change, old: VectorMatrix | None
) -> tuple[Matrix, list[int]]:
    """The centred vectors of some items, and which of them the base does not hold."""
    block = np.empty((len(some), recipe.embedder.dim), dtype=np.float32)
    new = [place for place, item in enumerate(some) if not change.is_kept(kind, item)]
    kept = [place for place, item in enumerate(some) if change.is_kept(kind, item)]
    if kept and old:
        block[kept] = old.rows(np.array([change.before[kind][some[place][0]][1] for place in kept]))
    if new:
        raw = recipe.vectors([some[place] for place in new])
        block[new] = normalised(np.stack([raw[some[place][1]] for place in new]) - change.means[kind])
    return block, new


def _write_words(recipe: Recipe, folder: Path, wanted: Wanted) -> None:
    """Keys, words, and what filters ask; written anew every time, as that costs seconds for a million rows."""
    for kind in KINDS:
        Strings.write(files.keys_file(folder, kind), [key for key, _, _ in wanted[kind]])
        digests = np.array([digest.encode() for _, digest, _ in wanted[kind]], dtype="S")
        np.save(files.digests_file(folder, kind), digests)
        LexicalIndex.write(files.words_stem(folder, kind), (text for _, _, text in wanted[kind]), kind)
    texts, tables = ({key: place for place, (key, _, _) in enumerate(wanted[kind])} for kind in KINDS)
    facts = {one.id: one for one in recipe.store.filter_facts() if one.id in tables}
    TableFacts.write(folder / files.FACTS, [facts.get(key, FilterFacts(key, None, "", "", "", "")) for key in tables])
    rows = recipe.store.bearers()
    # What came or went since the texts were read is no part of this generation, which is outdated then anyway.
    known = ((texts[key], tables[table]) for key, table in rows if key in texts and table in tables)
    Bearers.write(folder / files.BEARERS, len(texts), known)


def _mean(recipe: Recipe, kind: Kind, items: Sequence[Item]) -> Vector:
    total = np.zeros(recipe.embedder.dim, dtype=np.float64)
    for start in range(0, len(items), _BATCH):
        some = items[start : start + _BATCH]
        raw = recipe.vectors(some)
        total += np.sum([raw[digest] for _, digest, _ in some], axis=0, dtype=np.float64)
        recipe.progress("计算指标向量" if kind == "rows" else "计算表的向量", start + len(some), len(items))
    mean = total / len(items) if len(items) >= _FEWEST_FOR_MEAN else np.zeros_like(total)
    return mean.astype(np.float32)


def _expected(recipe: Recipe, items: Sequence[Item], mean: Vector) -> Expected:
    kept = sorted({digest for _, digest, _ in items})
    some = kept[:: max(1, len(kept) // _SAMPLES)][:_SAMPLES]
    raw = recipe.store.vectors(recipe.embedder.name, some)
    return Expected(len(items), [centred(vector, mean) for vector in raw.values()])


def centred(vector: Vector, mean: Vector) -> Vector:
    """A vector as it stands in Chroma: seen from the mean of its corpus, of length one."""
    return normalised((vector - mean).reshape(1, -1)).reshape(-1)


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
