"""Binary Word documents (.doc, .wps), RTF and ODT: turned into .docx by LibreOffice, when it is installed.

LibreOffice runs with a profile of its own: it neither disturbs nor waits for an open window, and runs no macros.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from assistant.errors import UnreadableFile
from assistant.importers.document import Document, Grid
from assistant.importers.docx import read_docx
from assistant.reading_limits import ReadingLimits

_NAMES = ("soffice", "libreoffice")
_USUAL_PLACES = (
    "/usr/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)
_HOW = "请安装 LibreOffice（免费）后重试，或在 Word 里另存为 docx 后再导入"
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
"""Settings of our profile: no macros, nothing fetched from addresses a document names."""
_CELL_MARK = 0x07
_FEW_CELLS = 4
_HEADER = 0x20


def read_doc(path: Path, limits: ReadingLimits) -> Document:
    """A document through LibreOffice; raises `UnreadableFile` naming what to install when it is missing."""
    if _is_encrypted(path):
        raise UnreadableFile(path, "文件有密码，请在 Word 里去掉密码另存后再导入")
    office = _office()
    if office is None:
        raise UnreadableFile(path, f"读这种文件要用 LibreOffice，这台电脑上没有找到；{_HOW}")
    with tempfile.TemporaryDirectory(prefix="jimu-doc-", ignore_cleanup_errors=True) as folder:
        converted = _convert(office, path, Path(folder), limits)
        document = replace(read_docx(converted, limits), format="doc")
    read = sum(cell.rows for part in document.parts if isinstance(part, Grid) for cell in part.cells)
    marks = _cell_marks(path)
    if marks >= _FEW_CELLS and not read:
        raise UnreadableFile(path, "里面有表格，但 LibreOffice 没有转出来，请在 Word 里另存为 docx 后再导入")
    if 2 * read < marks:  # each cell and each row ends with a mark
        note = "LibreOffice 可能没有把表格转全，请核对，或在 Word 里另存为 docx 后再导入"
        return replace(document, notes=(note, *document.notes))
    return document


def _office() -> str | None:
    found = (shutil.which(name) for name in _NAMES)
    usual = (place for place in _USUAL_PLACES if Path(place).is_file())
    return next(filter(None, found), None) or next(usual, None)


def _convert(office: str, path: Path, folder: Path, limits: ReadingLimits) -> Path:
    """The document as .docx in a folder of ours; the name is ours too, so that no name of a file becomes an option."""
    source = folder / f"document{path.suffix.lower() if path.suffix.isascii() else '.doc'}"
    shutil.copyfile(path, source)
    (folder / "profile" / "user").mkdir(parents=True)
    (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    command = [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", "docx:MS Word 2007 XML"),
        *("--outdir", str(folder / "out"), str(source)),
    ]
    _run(command, path, limits)
    made = folder / "out" / "document.docx"
    if not made.is_file():
        raise UnreadableFile(path, "LibreOffice 打不开这份文件，可能已损坏，请在 Word 里另存为 docx 后再导入")
    return made


def _run(command: list[str], path: Path, limits: ReadingLimits) -> None:
    """Run a command with a time limit; when it is over, all its processes end."""
    process = subprocess.Popen(  # noqa: S603 – no shell, every argument is ours
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(limits.office_seconds)
    except subprocess.TimeoutExpired as problem:
        reason = f"LibreOffice 转换超过 {limits.office_seconds} 秒，已停止；请在 Word 里另存为 docx 后再导入"
        raise UnreadableFile(path, reason) from problem
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _word_stream(path: Path) -> bytes:
    """The main stream of a binary document, empty for RTF and ODT."""
    import olefile

    if not olefile.isOleFile(str(path)):
        return b""
    try:
        with olefile.OleFileIO(str(path)) as opened, opened.openstream("WordDocument") as stream:
            return bytes(stream.read())
    except (OSError, ValueError, IndexError, TypeError, AttributeError) as problem:
        raise UnreadableFile(path, "文件不完整或已损坏，请用原软件重新保存后再导入") from problem


def _is_encrypted(path: Path) -> bool:
    """The flag of the file's header: bit 8 of the word at byte 10."""
    stream = _word_stream(path)
    return len(stream) > 12 and bool(stream[11] & 0x01)


def _cell_marks(path: Path) -> int:
    """How many ends of table cells and rows the text holds; the header says from where to where the text goes."""
    stream = _word_stream(path)
    if len(stream) < _HEADER:
        return 0
    first, last = (int.from_bytes(stream[at : at + 4], "little") for at in (0x18, 0x1C))
    text = stream[first : min(last, len(stream))]
    wide, narrow = text[0::2].count(_CELL_MARK), text.count(_CELL_MARK)
    return wide if b"\0" in text or narrow == wide else narrow
