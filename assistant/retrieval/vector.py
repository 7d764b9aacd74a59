"""Search by meaning [door: chromadb]: two Chroma collections, embedded in the process or on a server.

Chroma is only ever an index that can be thrown away (docs/decisions): killed while writing, it may come back
broken, so a folder is written once, checked, and then only read. No Chroma type leaves this module.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from assistant.errors import IndexUnavailable, JimuError
from assistant.retrieval.kinds import KINDS, Hits, Kind, Matrix, Vector

MOST_AT_ONCE = 5_000  # Chroma refuses more than 5,461

# 13 and the others are SQLite's codes for a full disk and for failed writes.
_DISK_FULL = re.compile(
    r"disk is full|no space left|file too large|disk quota|os error (?:27|28|122)\b|code: (?:13|778|1034|1546|4874)\)",
    re.IGNORECASE,
)
_OURS = (JimuError, KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError)
_FEW = 100
_SPACE = {"space": "cosine", "ef_search": 200}


class VectorIndex:
    """The collections `rows` (text_key → vector) and `tables` (table_id → vector) of one index generation."""

    def __init__(self, client: Any, suffix: str) -> None:
        self._client = client
        self._suffix = suffix
        self._collections: dict[Kind, Any] = {}

    @classmethod
    def at(cls, folder: Path) -> VectorIndex:
        """Chroma embedded in this process, its files in `folder`."""
        with _Translated():
            import chromadb

            return cls(chromadb.PersistentClient(str(folder), settings=_settings()), "")

    @classmethod
    def on_server(cls, url: str, generation: str) -> VectorIndex:
        """A Chroma server; there the collections carry the name of the generation."""
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        with _Translated():
            import chromadb

            port = parts.port or (443 if secure else 8000)
            client = chromadb.HttpClient(parts.hostname or "localhost", port, ssl=secure, settings=_settings())
            return cls(client, f"-{generation}")

    def create(self, counts: Mapping[Kind, int]) -> None:
        """Make both collections, empty, to be filled with so many vectors, `slices` at a time."""
        with _Translated():
            for kind in KINDS:
                # What is not yet in the graph's files is inserted anew at every start, and that costs 0.3 s a thousand:
                # so every slice is written out, and none is smaller than what makes Chroma do it.
                least = max(_FEW, min(len(some) for some in slices(counts[kind])))
                self._collections[kind] = self._client.create_collection(
                    kind + self._suffix,
                    embedding_function=None,
                    configuration={"hnsw": {**_SPACE, "batch_size": least, "sync_threshold": least}},
                )

    def expect_few(self) -> None:
        """Vectors come few at a time from here on; to be said before the first of them."""
        with _Translated():
            for kind in KINDS:
                few = {"hnsw": {"batch_size": _FEW, "sync_threshold": _FEW}}
                self._collection(kind).modify(configuration=few)

    def drop(self) -> None:
        """Delete both collections where they exist; for servers, where no folder can be deleted."""
        with _Translated():
            for name in self._names():
                self._client.delete_collection(name)

    def exists(self) -> bool:
        """Whether both collections are there."""
        with _Translated():
            return len(self._names()) == len(KINDS)

    def upsert(self, kind: Kind, keys: Sequence[str], vectors: Matrix) -> None:
        """Set the vectors of at most `MOST_AT_ONCE` keys, one row a key."""
        if keys:
            with _Translated():
                self._collection(kind).upsert(ids=list(keys), embeddings=vectors)

    def delete(self, kind: Kind, keys: Sequence[str]) -> None:
        """Remove keys."""
        with _Translated():
            for start in range(0, len(keys), MOST_AT_ONCE):
                self._collection(kind).delete(ids=list(keys[start : start + MOST_AT_ONCE]))

    def nearest(self, kind: Kind, vector: Vector, n: int) -> Hits:
        """The keys nearest by cosine, best first, with the cosine."""
        with _Translated():
            found = self._collection(kind).query(query_embeddings=[vector], n_results=n, include=["distances"])
            # Rounded, so that noise in the last bits does not decide between equal texts.
            hits = [
                (str(key), round(1.0 - float(far), 6))
                for key, far in zip(found["ids"][0], found["distances"][0], strict=True)
            ]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))

    def count(self, kind: Kind) -> int:
        """How many keys are there; slow on a million of them."""
        with _Translated():
            return int(self._collection(kind).count())

    def close(self) -> None:
        """Let go of the files or the connection."""
        with _Translated():
            self._client.close()

    def _names(self) -> set[str]:
        return {one.name for one in self._client.list_collections()} & {kind + self._suffix for kind in KINDS}

    def _collection(self, kind: Kind) -> Any:
        if kind not in self._collections:
            self._collections[kind] = self._client.get_collection(kind + self._suffix, embedding_function=None)
        return self._collections[kind]


def slices(count: int) -> list[range]:
    """The places 0 … count in as few slices of about the same length as Chroma takes."""
    pieces = max(1, -(-count // MOST_AT_ONCE))
    return [range(count * piece // pieces, count * (piece + 1) // pieces) for piece in range(pieces)]


def _settings() -> Any:
    from chromadb.config import Settings

    # Else it would read the .env file of whatever folder the user stands in.
    return Settings(_env_file=None, anonymized_telemetry=False)  # type: ignore[call-arg, unused-ignore]


class _Translated:
    """Says Chroma's errors again in our words.

    A context manager and no `except`, because the engine panics with exceptions that are no `Exception` and have
    no importable name.
    """

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, problem: BaseException | None, trace: TracebackType | None) -> None:
        if problem is None or isinstance(problem, _OURS):
            return
        if _DISK_FULL.search(str(problem)) or getattr(problem, "errno", None) in (errno.ENOSPC, errno.EDQUOT):
            raise OSError(errno.ENOSPC, str(problem)) from problem
        raise IndexUnavailable(f"向量索引读写失败（{type(problem).__name__}：{problem}）") from problem
