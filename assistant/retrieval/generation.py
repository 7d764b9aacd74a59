"""One generation of the index on disk: its folder, its manifest, whether it is intact, which one is current.

`<home>/index/CURRENT` names the folder in use; `<folder>/manifest.json` is written last, so a folder without one was
never finished. A folder is only read after that.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from assistant.precedents.database import sync_file
from assistant.retrieval.lexical import sqlite_translated

FORMAT = 2
"""Raised when tokens, keys or files change their meaning: older generations are then built anew."""

CHROMA, MEANS, MANIFEST, CURRENT, DAMAGED = "chroma", "means.npy", "manifest.json", "CURRENT", "DAMAGED"
_CHROMA_FILE = "chroma.sqlite3"


@dataclass(frozen=True)
class Manifest:
    """What a generation was built from and what must be found in its folder (relative path → size, sha256)."""

    format: int
    state: str
    embedder: str
    dim: int
    chroma_url: str | None
    counts: dict[str, int]
    changed: int
    files: dict[str, tuple[int, str]]


def index_folder(home: Path) -> Path:
    """Where the generations of a data folder lie."""
    return home.absolute() / "index"


def words_file(folder: Path, kind: str) -> Path:
    """The lexical index of one kind of texts."""
    return folder / f"lexical-{kind}.sqlite"


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
        files = {str(name): (int(size), str(total)) for name, (size, total) in data.pop("files").items()}
        manifest = Manifest(**data, files=files)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return manifest if manifest.format == FORMAT else None


def fingerprints(folder: Path) -> dict[str, tuple[int, str]]:
    """Size and sha256 of every file that stays as it is; sha256 "" where only the size does."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(_CHROMA_FILE) and path.name not in (MANIFEST, DAMAGED):
            found[path.relative_to(folder).as_posix()] = (path.stat().st_size, _total(path))
    return found


def is_intact(folder: Path, manifest: Manifest) -> bool:
    """Whether all files are as they were built."""
    try:
        if (folder / DAMAGED).exists() or fingerprints(folder) != manifest.files:
            return False
    except OSError:
        return False
    return manifest.chroma_url is not None or _chroma_file_is_sound(folder / CHROMA / _CHROMA_FILE)


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
        sqlite_translated(),
        closing(sqlite3.connect(f"{(old / CHROMA / _CHROMA_FILE).as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(new / CHROMA / _CHROMA_FILE)) as copy,
    ):
        source.backup(copy)


def _total(path: Path) -> str:
    # Before its first thousand vectors Chroma keeps them in its SQLite file, and what it writes to these two is noise.
    if path.name in ("data_level0.bin", "length.bin") and not (path.parent / "index_metadata.pickle").exists():
        return ""
    total = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            total.update(block)
    return total.hexdigest()


def _chroma_file_is_sound(path: Path) -> bool:
    # Chroma writes to this file whenever it is opened, so no sum over it can stay.
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            sound = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
            return bool(sound and connection.execute("SELECT count(*) FROM collections").fetchone() == (2,))
    except sqlite3.Error:
        return False


def _write_whole(path: Path, text: str) -> None:
    aside = path.with_name(path.name + ".new")
    aside.write_text(text, encoding="utf-8")
    sync_file(aside)
    aside.replace(path)
    sync_file(path.parent)
