"""One generation of the index on disk: its folder, its manifest, whether it is intact, which one is current.

`<home>/index/CURRENT` names the folder in use; `<folder>/manifest.json` is written last, so a folder without one was
never finished. A folder is only read after that.
"""

from __future__ import annotations

import errno
import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import file_digest, sha256
from pathlib import Path

from assistant.errors import IndexUnavailable
from assistant.precedents.database import sqlite_disk_full, sync_file

FORMAT = 2
"""Raised when tokens, keys or files change their meaning: older generations are then built anew."""

CHROMA, MEANS, MANIFEST, CURRENT, DAMAGED = "chroma", "means.npy", "manifest.json", "CURRENT", "DAMAGED"
FACTS, BEARERS = "facts", "bearers"
_CHROMA_FILE = "chroma.sqlite3"
_READ_WHOLE = 16 << 20
"""Bytes up to which a file is read whole whenever it is opened; the shipped tables need no larger one."""
_BLOCK, _BLOCKS = 1 << 16, 16
"""Bytes of a block and blocks of a larger file that are looked at."""
_QUICKLY_CHECKED = 32 << 20
"""Bytes up to which Chroma's SQLite file is checked page by page whenever it is opened."""


Print = tuple[int, str, str]
"""Of a file its size, the sha256 of all of it and of a sample; "" where only the size stays."""


@dataclass(frozen=True)
class Manifest:
    """What a generation was built from and what must be found in its folder (relative path → `Print`)."""

    format: int
    state: str
    embedder: str
    dim: int
    chroma_url: str | None
    counts: dict[str, int]
    changed: int
    files: dict[str, Print]


def index_folder(home: Path) -> Path:
    """Where the generations of a data folder lie."""
    return home.absolute() / "index"


def words_stem(folder: Path, kind: str) -> Path:
    """How the files of the lexical index of one kind of texts begin."""
    return folder / f"lexical-{kind}"


def keys_file(folder: Path, kind: str) -> Path:
    """The keys of one kind in their order: the place of a key here is its place everywhere in the generation."""
    return folder / f"keys-{kind}.npy"


def digests_file(folder: Path, kind: str) -> Path:
    """The store keys of the vectors of one kind, by place."""
    return folder / f"digests-{kind}.npy"


def vectors_file(folder: Path, kind: str) -> Path:
    """The vectors of one kind, by place."""
    return folder / f"vectors-{kind}.npy"


def current(index: Path) -> Path | None:
    """The folder CURRENT names, None when it names none that exists."""
    try:
        name = (index / CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    # Only a plain name is followed: a garbled CURRENT must not lead out of the index folder.
    return index / name if re.fullmatch(r"[0-9a-f-]+", name) and (index / name).is_dir() else None


def make_current(index: Path, folder: Path) -> None:
    """Switch to a finished generation, atomically."""
    _write_whole(index / CURRENT, folder.name + "\n")


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Finish a generation: everything on disk, the manifest last."""
    for path in (*folder.rglob("*"), folder):
        sync_file(path)
    _write_whole(folder / MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a finished generation of this format, None for any other."""
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        prints = data.pop("files").items()
        files = {str(name): (int(size), str(total), str(sample)) for name, (size, total, sample) in prints}
        manifest = Manifest(**data, files=files)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return manifest if manifest.format == FORMAT else None


def fingerprints(folder: Path) -> dict[str, Print]:
    """The print of every file that stays as it is."""
    return {name: (path.stat().st_size, _total(path), _sample(path)) for name, path in _lasting(folder).items()}


def is_intact(folder: Path, manifest: Manifest, *, thorough: bool = False) -> bool:
    """Whether all files are as they were built: by size and sample, or, `thorough`, every byte of them."""
    try:
        if (folder / DAMAGED).exists():
            return False
        found = _lasting(folder)
        if found.keys() != manifest.files.keys():
            return False
        for name, path in found.items():
            size, total, sample = manifest.files[name]
            if path.stat().st_size != size or _sample(path) != sample or (thorough and _total(path) != total):
                return False
    except OSError:
        return False
    return manifest.chroma_url is not None or _chroma_file_is_sound(folder / CHROMA / _CHROMA_FILE, thorough=thorough)


def _lasting(folder: Path) -> dict[str, Path]:
    return {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(_CHROMA_FILE) and path.name not in (MANIFEST, DAMAGED)
    }


def mark_damaged(folder: Path) -> None:
    """Tell every process that this generation failed while it was used."""
    with suppress(OSError):  # A disk that takes no mark changes nothing: the rebuild follows anyway.
        (folder / DAMAGED).touch()


def copy_chroma(old: Path, new: Path) -> None:
    """Copy the Chroma files of a generation that may be open in other processes."""
    for path in sorted((old / CHROMA).rglob("*")):
        target = new / path.relative_to(old)
        if path.is_dir():
            target.mkdir(parents=True)
        elif not path.name.startswith(_CHROMA_FILE):
            shutil.copyfile(path, target)
    with (
        _sqlite_translated(),
        closing(sqlite3.connect(f"{(old / CHROMA / _CHROMA_FILE).as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(new / CHROMA / _CHROMA_FILE)) as copy,
    ):
        source.backup(copy)


def _total(path: Path) -> str:
    if _is_noise(path):
        return ""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _sample(path: Path) -> str:
    """The sha256 of a small file, of a large one of blocks spread evenly over it."""
    size = path.stat().st_size
    if size <= _READ_WHOLE:
        return _total(path)
    total = sha256()
    with path.open("rb") as file:
        for block in range(_BLOCKS):
            file.seek((size - _BLOCK) * block // (_BLOCKS - 1))
            total.update(file.read(_BLOCK))
    return total.hexdigest()


def _is_noise(path: Path) -> bool:
    # Before its first hundred vectors Chroma keeps them in its SQLite file, and what it writes to these two is noise.
    return path.name in ("data_level0.bin", "length.bin") and not (path.parent / "index_metadata.pickle").exists()


def _chroma_file_is_sound(path: Path, *, thorough: bool) -> bool:
    # Chroma writes to this file whenever it is opened, so no sum over it can stay.
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            page_by_page = thorough or path.stat().st_size <= _QUICKLY_CHECKED
            if page_by_page and connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                return False
            return bool(connection.execute("SELECT count(*) FROM collections").fetchone() == (2,))
    except sqlite3.Error:
        return False


def _write_whole(path: Path, text: str) -> None:
    aside = path.with_name(path.name + ".new")
    aside.write_text(text, encoding="utf-8")
    sync_file(aside)
    aside.replace(path)
    sync_file(path.parent)


@contextmanager
def _sqlite_translated() -> Iterator[None]:
    """Say SQLite's errors again in our words: an `OSError` when the disk is full, else `IndexUnavailable`."""
    try:
        yield
    except sqlite3.Error as problem:
        if sqlite_disk_full(problem):
            raise OSError(errno.ENOSPC, str(problem)) from problem
        raise IndexUnavailable(f"索引文件读写失败（{problem}）") from problem
