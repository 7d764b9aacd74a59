"""Past tables stored and indexed for one run, in a folder that is thrown away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.precedents import PastTables
from assistant.precedents.joining import join_new_names
from assistant.retrieval.embedding import PackagedEncoder
from assistant.retrieval.index import Index, open_index
from assistant.schema import PastTable
from evals.suites import Progress


@contextmanager
def indexed(tables: Iterable[PastTable], progress: Progress) -> Iterator[tuple[PastTables, Index]]:
    """The store, its concepts and the index of these tables, with the encoder users have."""
    with TemporaryDirectory() as home:
        store = PastTables.open(Path(home))
        for _ in store.add(tables):
            pass
        encoder = PackagedEncoder()
        index = open_index(Path(home), store, encoder, progress=progress)
        join_new_names(store, encoder.name, index.text_vectors, progress)
        try:
            yield store, index
        finally:
            index.close()
            store.close()
