"""Large arrays and lists of strings on disk, read piece by piece where they lie.

Plain reads and no memory map: a file that is cut or emptied under a reader is then an error, and not the end of the
process.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexUnavailable


class Column:
    """One-dimensional array in a .npy file; a slice is read when it is asked for."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._turn = threading.Lock()
        try:
            version = np.lib.format.read_magic(self._file)
            read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
            shape, _, self._dtype = read(self._file)
        except ValueError as problem:
            self._file.close()
            raise IndexUnavailable(f"索引文件 {path.name} 读不懂") from problem
        self._length = int(shape[0])
        self._start = self._file.tell()

    def __len__(self) -> int:
        return self._length

    def read(self, start: int, stop: int) -> NDArray[Any]:
        """The elements from `start` up to, not including, `stop`."""
        size = max(0, stop - start) * self._dtype.itemsize
        with self._turn:
            self._file.seek(self._start + start * self._dtype.itemsize)
            found = self._file.read(size)
        if len(found) != size:
            raise IndexUnavailable("索引文件比建成时短")
        return np.frombuffer(found, dtype=self._dtype)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class Strings(Sequence[str]):
    """Sorted strings on disk, kept as one run of letters: the n-th, and the place of a given one."""

    def __init__(self, path: Path) -> None:
        self._letters: bytes = np.load(path, allow_pickle=False).tobytes()
        self._ends: NDArray[np.int64] = np.load(_ends_of(path), allow_pickle=False)

    @staticmethod
    def write(path: Path, strings: Iterable[str]) -> None:
        """Write strings that are sorted; `path` ends in .npy."""
        encoded = [one.encode() for one in strings]
        np.save(path, np.frombuffer(b"".join(encoded), dtype=np.uint8))
        np.save(_ends_of(path), np.cumsum([0, *map(len, encoded)], dtype=np.int64))

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self._letters[self._ends[place] : self._ends[place + 1]].decode()

    def place(self, text: str) -> int | None:
        """Where a string stands, None when it is not there."""
        found = bisect_left(self, text)
        return found if found < len(self) and self[found] == text else None


def _ends_of(path: Path) -> Path:
    return path.with_name(f"{path.stem}-ends.npy")
