"""The stages that fill a data folder as the product does: import, vectors, index; each in a process of its own."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.cli.opening import progress_bar, take_in_shipped
from assistant.importers import Imported, find_files, read
from assistant.precedents import PastTables, vector_key
from assistant.precedents.concepts import ConceptLibrary
from assistant.precedents.joining import join_new_names
from assistant.retrieval.embedding import PackagedEncoder
from assistant.retrieval.index import open_index
from assistant.settings import Settings
from evals.scale.tables import write_tables
from evals.speed import peak_mb

Figures = dict[str, float]

_AT_ONCE = 8_192


def import_tables(work: Path, number: int) -> Figures:
    """Write the tables as files, read and store them; what is stored already is recognised."""
    write_tables(work / "tables", number)
    store = PastTables.open(work / "home")
    files, _ = find_files([work / "tables"])
    counts = {"new": 0, "same": 0, "duplicate": 0, "replaced": 0}

    def imported() -> Iterator[Imported]:
        return (one for one in read(files) if isinstance(one, Imported))

    began = time.perf_counter()
    with progress_bar() as progress:
        for done, added in enumerate(store.add(one.table for one in imported()), start=1):
            counts[added.status] += 1
            if done % 100 == 0:
                progress("导入", min(done, number), number)
    seconds = time.perf_counter() - began
    store.close()
    settings = Settings(home=work / "home")
    take_in_shipped(settings)  # as every start of the command does: else the index would be outdated by the first one
    found = settings.store.counts()
    rows = found.rows
    return {
        "tables": found.tables,
        "rows": rows,
        "distinct_names": found.texts,
        "handed_in_twice": counts["duplicate"],
        "import_seconds": seconds,
        "import_rows_a_second": rows * counts["new"] / max(1, found.tables) / seconds,
        "store_mb": folder_mb(work / "home"),
        "import_peak_mb": peak_mb(),
    }


def embed_texts(work: Path, _number: int) -> Figures:
    """The vectors of all texts into the store; those of an earlier run are not made again."""
    store, encoder = PastTables.open(work / "home"), PackagedEncoder()
    encoder.embed(["预热"])
    names = _embedded(store, encoder, "计算指标向量", store.row_texts())
    texts = {vector_key(text): text for _, text in store.table_texts()}
    tables = _embedded(store, encoder, "计算表的向量", texts.items())
    store.close()
    return {
        "distinct_names_embedded": names[0],
        "embedded_names_a_second": names[0] / names[1],
        "distinct_table_texts_embedded": tables[0],
        "embedded_table_texts_a_second": tables[0] / tables[1],
        "embedded_texts_a_second": (names[0] + tables[0]) / (names[1] + tables[1]),
        "embed_seconds": names[1] + tables[1],
        "embed_peak_mb": peak_mb(),
    }


def build_index(work: Path, _number: int) -> Figures:
    """The index over vectors that are there already."""
    home = work / "home"
    store, encoder = PastTables.open(home), PackagedEncoder()
    rows = store.counts().rows
    began = time.perf_counter()
    with progress_bar() as progress:
        open_index(home, store, encoder, progress=progress).close()
    seconds = time.perf_counter() - began
    store.close()
    return {
        "build_seconds": seconds,
        "indexed_rows_a_second": rows / seconds,
        "index_mb": folder_mb(home / "index"),
        "build_peak_mb": peak_mb(),
    }


def group_names(work: Path, _number: int) -> Figures:
    """The concepts of all names, as the first search after an import makes them."""
    home = work / "home"
    store, encoder = PastTables.open(home), PackagedEncoder()
    index = open_index(home, store, encoder)
    rows = store.counts().rows
    began = time.perf_counter()
    with progress_bar() as progress:
        join_new_names(store, encoder.name, index.text_vectors, progress)
    seconds = time.perf_counter() - began
    index.close()
    return {
        "concepts": len(ConceptLibrary(store).commonest(rows)),
        "grouping_seconds": seconds,
        "grouped_rows_a_second": rows / seconds,
        "grouping_peak_mb": peak_mb(),
    }


def _embedded(
    store: PastTables, encoder: PackagedEncoder, what: str, texts: Iterable[tuple[str, str]]
) -> tuple[int, float]:
    """How many new texts got vectors, and the seconds the encoder took for them."""
    wanted = list(texts)
    made, seconds = 0, 1e-9
    with progress_bar() as progress:
        for start in range(0, len(wanted), _AT_ONCE):
            some = dict(wanted[start : start + _AT_ONCE])
            known = store.vectors(encoder.name, list(some))
            new = {key: text for key, text in some.items() if key not in known}
            began = time.perf_counter()
            vectors = encoder.embed(list(new.values()))
            seconds += time.perf_counter() - began
            store.save_vectors(encoder.name, zip(new, vectors, strict=True))
            made += len(new)
            progress(what, start + len(some), len(wanted))
    return made, seconds


def folder_mb(folder: Path) -> float:
    """How much a folder takes on the disk."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
