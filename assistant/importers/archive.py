"""Zip archives: the members to read, unpacked under names of ours; paths that lead out, bombs and passwords refused."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zipfile import ZipFile, ZipInfo

from assistant.errors import UnreadableFile
from assistant.importers.package import BROKEN_ZIP, is_encrypted, refuse_bomb
from assistant.reading_limits import MEGABYTE, ReadingLimits

_UTF8_FLAG = 0x800
_CHUNK = 1 * MEGABYTE
_SYSTEM = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Member:
    """One member of an archive: its name, and where it lies or why it does not."""

    name: str
    """A relative path, as the archive has it."""
    file: Path | None = None
    problem: str = ""


@dataclass
class Room:
    """How much may still be unpacked, over an archive and the archives in it."""

    megabytes: float
    members: int

    @staticmethod
    def of(limits: ReadingLimits) -> Room:
        """All that the limits allow."""
        return Room(limits.most_unpacked_mb, limits.most_members)


def members(path: Path, limits: ReadingLimits, room: Room) -> Iterator[Member]:
    """The members of an archive one after the other; each file is gone when the next one is asked for."""
    try:
        archive = ZipFile(path)
    except BROKEN_ZIP as problem:
        raise UnreadableFile(path, "压缩包不完整或已损坏，请重新下载或压缩") from problem
    with archive, tempfile.TemporaryDirectory(prefix="jimu-zip-") as folder:
        infos = [one for one in archive.infolist() if not one.is_dir()]
        refuse_bomb(path, infos, limits)
        room.megabytes -= sum(one.file_size for one in infos) / MEGABYTE
        room.members -= len(infos)
        if room.megabytes < 0 or room.members < 0:
            most = f"{limits.most_unpacked_mb} MB 或 {limits.most_members} 个文件"
            raise UnreadableFile(path, f"连同里面的压缩包超过 {most}，没有解压，请拆分后再导入")
        yield from _members(archive, infos, Path(folder))


def _members(archive: ZipFile, infos: list[ZipInfo], folder: Path) -> Iterator[Member]:
    for number, info in enumerate(infos, start=1):
        name = member_name(info)
        if any(part in name.lower() for part in _SYSTEM):
            continue
        problem = _refusal(name, info)
        if problem:
            yield Member(_harmless(name), problem=problem)
            continue
        # The suffix is all of a member's name that reaches the disk.
        file = folder / f"{number}{PurePosixPath(name).suffix[:10] if PurePosixPath(name).suffix.isascii() else ''}"
        yield _unpack(archive, info, file, name)
        file.unlink(missing_ok=True)


def _unpack(archive: ZipFile, info: ZipInfo, file: Path, name: str) -> Member:
    try:
        with archive.open(info) as source, file.open("wb") as target:
            while chunk := source.read(_CHUNK):
                target.write(chunk)
    except BROKEN_ZIP:
        return Member(name, problem="压缩包里的这份文件已损坏，请重新压缩")
    return Member(name, file)


def _refusal(name: str, info: ZipInfo) -> str:
    parts = PurePosixPath(name).parts
    if not name or name.startswith("/") or ".." in parts or ":" in name or "\0" in name:
        return "压缩包里的路径指向包外，可能有害，没有解压"
    if is_encrypted(info):
        return "压缩包有密码，请解压后再导入"
    return ""


def _harmless(name: str) -> str:
    return name.replace("\0", "").lstrip("/") or "（无名）"


def member_name(info: ZipInfo) -> str:
    """A member's name: UTF-8 where flagged or valid, else GB18030, as Chinese Windows packs it."""
    if info.flag_bits & _UTF8_FLAG:
        return info.filename.replace("\\", "/")
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename.replace("\\", "/")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue  # the other encoding is tried
    return info.filename.replace("\\", "/")
