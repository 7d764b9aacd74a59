"""Search by words: SQLite FTS5 with bm25 over character pairs that are split here.

SQLite's own trigram tokenizer cannot find words of two characters, which most Chinese words are. Runs of letters
and digits in Latin script stay whole; a run of Chinese characters becomes its pairs and its last character, so that
a single character is found as the beginning of a token. Texts of tables also give their single characters: what a
clerk says and what a table says often share no pair (docs/decisions/008).
"""

from __future__ import annotations

import errno
import math
import re
import sqlite3
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import IndexUnavailable
from assistant.precedents.database import sqlite_disk_full
from assistant.retrieval.kinds import Hits, Kind

_MOST_TERMS = 100  # of a long description the rarest pairs say most; all of them would cost seconds
_RUN = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")


class LexicalIndex:
    """One SQLite file with the words of one kind of texts."""

    def __init__(self, connection: sqlite3.Connection, kind: Kind) -> None:
        self._connection = connection
        self._characters = kind == "tables"
        self._turn = threading.Lock()

    @classmethod
    def create(cls, path: Path, kind: Kind) -> LexicalIndex:
        """A new file to be filled; no journal, as a half-written index is thrown away."""
        with sqlite_translated():
            connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            connection.execute("PRAGMA journal_mode=OFF").close()
            connection.execute("PRAGMA synchronous=OFF").close()
            connection.execute("CREATE TABLE texts (id INTEGER PRIMARY KEY, key TEXT UNIQUE, digest TEXT)")
            connection.execute("CREATE VIRTUAL TABLE words USING fts5(tokens)")
            connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(words, row)")
        return cls(connection, kind)

    @classmethod
    def open(cls, path: Path, kind: Kind, *, writable: bool = False) -> LexicalIndex:
        """An existing file; `writable` only for the copy a new generation starts from."""
        mode = "mode=rw" if writable else "mode=ro&immutable=1"
        with sqlite_translated():
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?{mode}", uri=True, isolation_level=None, check_same_thread=False
            )
        return cls(connection, kind)

    def put(self, items: Iterable[tuple[str, str, str]]) -> None:
        """Add (key, digest, text), replacing what stood under the keys."""
        with self._writing() as connection:
            for key, digest, text in items:
                self._remove(key)
                row = connection.execute("INSERT INTO texts (key, digest) VALUES (?, ?)", (key, digest)).lastrowid
                tokens = " ".join(split(text, characters=self._characters))
                connection.execute("INSERT INTO words (rowid, tokens) VALUES (?, ?)", (row, tokens))

    def delete(self, keys: Iterable[str]) -> None:
        """Remove keys; unknown ones are no error."""
        with self._writing():
            for key in keys:
                self._remove(key)

    def digests(self) -> dict[str, str]:
        """Every key with the digest of its text: the contents of the whole index generation."""
        with sqlite_translated(), self._turn:
            return dict(self._connection.execute("SELECT key, digest FROM texts").fetchall())

    def search(self, query: str, n: int) -> Hits:
        """The keys whose texts share words with the query, best first; any text is a safe query.

        The score is how much of what tells in the query the text says: bm25 over the weight of all the query's terms. A
        short text that says all of it scores above 1.
        """
        with sqlite_translated(), self._turn:
            terms = self._spread(split(query, asking=True, characters=self._characters))
            known = [term for term, spread in terms.items() if spread]
            if not known:
                return []
            (texts,) = self._connection.execute("SELECT count(*) FROM texts").fetchone()
            # To bm25 a term that more than half of the texts have weighs nothing, and it costs most.
            telling = [term for term in known if 2 * terms[term] <= texts] or known
            telling = sorted(telling, key=terms.__getitem__)[:_MOST_TERMS]
            # Quoted, a term is never FTS5 syntax; a lone character matches as the beginning of a pair.
            match = " OR ".join(f'"{term}"*' if self._begins(term) else f'"{term}"' for term in telling)
            own = sum(max(math.log((texts - spread + 0.5) / (spread + 0.5)), 1e-6) for spread in terms.values())
            found = self._connection.execute(
                "SELECT key, -bm25(words) FROM words JOIN texts ON texts.id = words.rowid "
                "WHERE words MATCH ? ORDER BY bm25(words), key LIMIT ?",
                (match, n),
            )
            return [(str(key), float(score) / own) for key, score in found.fetchall()]

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _spread(self, tokens: list[str]) -> dict[str, int]:
        """Every different term with the number of texts that have it."""
        count = "SELECT doc FROM terms WHERE term = ?"
        found = {term: self._connection.execute(count, (term,)).fetchone() for term in dict.fromkeys(tokens)}
        return {term: row[0] if row else int(self._begins(term)) for term, row in found.items()}

    def _begins(self, term: str) -> bool:
        return not self._characters and len(term) == 1 and not term.isascii()

    def _remove(self, key: str) -> None:
        row = self._connection.execute("SELECT id FROM texts WHERE key = ?", (key,)).fetchone()
        if row:
            self._connection.execute("DELETE FROM words WHERE rowid = ?", row)
            self._connection.execute("DELETE FROM texts WHERE id = ?", row)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with sqlite_translated(), self._turn:
            self._connection.execute("BEGIN")
            yield self._connection
            self._connection.execute("COMMIT")


def split(text: str, *, asking: bool = False, characters: bool = False) -> list[str]:
    """The tokens of a text, lower case: Latin words and numbers whole, Chinese in pairs plus each run's last sign.

    When `asking`, that last sign is left out unless it is the whole run: it would match all that begins with it.
    With `characters` every sign is a token too.
    """
    tokens: list[str] = []
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        if run[0].isascii():
            tokens.append(run)
        elif characters:
            tokens += [*(run[start : start + 2] for start in range(len(run) - 1)), *run]
        else:
            last = max(1, len(run) - 1) if asking else len(run)
            tokens += [run[start : start + 2] for start in range(last)]
    return tokens


@contextmanager
def sqlite_translated() -> Iterator[None]:
    """Say SQLite's errors again in our words: an `OSError` when the disk is full, else `IndexUnavailable`."""
    try:
        yield
    except sqlite3.Error as problem:
        if sqlite_disk_full(problem):
            raise OSError(errno.ENOSPC, str(problem)) from problem
        raise IndexUnavailable(f"索引文件读写失败（{problem}）") from problem
