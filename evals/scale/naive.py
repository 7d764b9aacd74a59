"""The pipeline a developer would write in an afternoon: every row a document in one langchain-chroma collection.

Defaults throughout, filters handed to Chroma; only the encoder is ours, so that both sides understand alike.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings

from assistant.cli.opening import progress_bar
from assistant.retrieval.embedding import PackagedEncoder
from evals.scale.asking import HITS, questions, timed
from evals.scale.filling import Figures, folder_mb
from evals.scale.tables import tables
from evals.speed import peak_mb

_AT_ONCE = 5_000
_FILTERS: dict[str, dict[str, Any]] = {
    "years_most": {"$and": [{"year": {"$gte": 2019}}, {"year": {"$lte": 2024}}]},
    "generation": {"generation": "2021"},
    "year": {"year": 2023},
    "region": {"region": "湖南省"},
    "field": {"field": "义务教育"},
    "year_region_field": {
        "$and": [{"year": {"$gte": 2022}}, {"year": {"$lte": 2023}}, {"region": "湖南省"}, {"field": "义务教育"}]
    },
}


class _Encoder(Embeddings):
    def __init__(self) -> None:
        self._encoder = PackagedEncoder()
        self.seconds = 0.0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        began = time.perf_counter()
        found = self._encoder.embed(texts)
        self.seconds += time.perf_counter() - began
        return [row.tolist() for row in found]

    def embed_query(self, text: str) -> list[float]:
        return [float(number) for number in self._encoder.embed([text])[0]]


def fill_naively(work: Path, number: int) -> Figures:
    """Every row of the same tables as a document; a folder of an unfinished run is not used."""
    encoder = _Encoder()
    encoder.embed_query("预热")
    store = Chroma("rows", encoder, persist_directory=str(work / "naive"))
    told, added = _documents(number), 0
    began = time.perf_counter()
    with progress_bar() as progress:
        while some := list(islice(told, _AT_ONCE)):
            store.add_documents(some)
            added += len(some)
            progress("朴素做法：写入", added, 10 * number)
    seconds = time.perf_counter() - began
    return {
        "naive_rows": added,
        "naive_embed_seconds": encoder.seconds,
        "naive_fill_seconds": seconds,
        "naive_rows_a_second": added / seconds,
        "naive_indexed_rows_a_second": added / (seconds - encoder.seconds),
        "naive_mb": folder_mb(work / "naive"),
        "naive_fill_peak_mb": peak_mb(),
    }


def ask_naively(work: Path, _number: int) -> Figures:
    """The same questions: its search knows rows only, so a search for tables looks at ten rows too."""
    store = Chroma("rows", _Encoder(), persist_directory=str(work / "naive"))
    projects, descriptions, names = questions()
    mixed = [*projects, *descriptions]
    began = time.perf_counter()
    store.similarity_search(projects[0], k=HITS)
    found: Figures = {"naive_first_search_seconds": time.perf_counter() - began}
    found |= timed("naive_tables", mixed, lambda text: store.similarity_search(text, k=HITS))
    found |= timed("naive_rows", names, lambda text: store.similarity_search(text, k=HITS))
    for name, where in _FILTERS.items():
        some = names[:20]  # each takes long
        found |= timed(f"naive_rows_{name}", some, lambda text, where=where: store.similarity_search(text, HITS, where))  # type: ignore[misc]
    found["naive_filtered_worst_p95_ms"] = max(found[f"naive_rows_{name}_p95_ms"] for name in _FILTERS)
    return found | {"naive_search_peak_mb": peak_mb()}


def _documents(number: int) -> Iterator[Document]:
    for table in tables(number):
        about = {key: table[key] for key in ("id", "year", "region", "field", "generation") if table[key] is not None}
        rows: Any = table["indicators"]
        for row in rows:
            text = f"{table['project_name']} {row['level2']} {row['name']} {row['value'] or ''}"
            yield Document(page_content=text, metadata=about)
