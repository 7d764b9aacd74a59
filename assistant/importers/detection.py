"""What a file is, told by its content: suffixes lie, office systems save XML as .xls and HTML as .doc."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

from assistant.errors import UnreadableFile, UnsupportedFormat
from assistant.importers.encodings import decode
from assistant.importers.package import BROKEN_ZIP, part_name

SUFFIXES = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xls",
    ".et": "xls",
    ".ods": "ods",
    ".docx": "docx",
    ".docm": "docx",
    ".doc": "doc",
    ".wps": "doc",
    ".rtf": "doc",
    ".odt": "doc",
    ".html": "html",
    ".htm": "html",
    ".xml": "excel2003",
    ".csv": "csv",
    ".tsv": "csv",
    ".md": "md",
    ".txt": "txt",
    ".zip": "zip",
    ".pdf": "pdf",
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".tif": "image",
    ".tiff": "image",
}
"""The suffixes a folder is searched for, and the format each promises."""

_HEAD = 65_536
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"BM", "image"),
    (b"{\\rtf", "doc"),
)
_REFUSED = (
    (b"Rar!\x1a", "是 RAR 压缩包，请解压后导入里面的文件，或改存为 zip"),
    (b"7z\xbc\xaf\x27\x1c", "是 7z 压缩包，请解压后导入里面的文件，或改存为 zip"),
    (b"\x1f\x8b", "是 gzip 压缩文件，请解压后导入里面的文件"),
    (b"PK\x05\x06", "是空的压缩包，里面没有文件"),
)
_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|table|meta|div|p|h[1-6]|center|style|title)\b", re.IGNORECASE)
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_XML_ROOTS = {"Workbook": "excel2003", "wordDocument": "word2003", "package": "word2003"}
_MHT = re.compile(r"^(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*)*?mime-version:", re.IGNORECASE)
_TEXTS = ("json", "jsonl", "csv", "md", "txt", "html")


def format_of(path: Path) -> str:
    """The format of a file by its content; raises `UnreadableFile` for what cannot be read and says what to do."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise UnreadableFile(path, "文件是空的（0 字节），请重新下载或保存")
    for magic, reason in _REFUSED:
        if head.startswith(magic):
            raise UnreadableFile(path, reason)
    if head.startswith(b"PK\x03\x04"):
        return _zip_format(path)
    if head.startswith(_OLE):
        return _ole_format(path)
    known = next((name for magic, name in _MAGIC if head.startswith(magic)), "")
    if not known and b"%PDF-" in head[:1024] and path.suffix.lower() == ".pdf":
        return "pdf"  # rubbish before the header is allowed in PDF
    return known or _text_format(path, head)


def _zip_format(path: Path) -> str:
    """An office file by the parts in it; any other zip is an archive."""
    try:
        with ZipFile(path) as opened:
            names = {part_name(name) for name in opened.namelist()}
            kind = opened.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in names else ""
    except (*BROKEN_ZIP, KeyError) as problem:
        raise UnreadableFile(path, "文件不完整或已损坏（可能没有下载完），请重新下载或用原软件重新保存") from problem
    if "ofd.xml" in names:
        raise UnreadableFile(path, "是 OFD 版式文件，请用阅读器另存为 PDF 后再导入")
    if "xl/workbook.bin" in names:
        raise UnreadableFile(path, "是二进制工作簿（xlsb），请在 Excel 里另存为 xlsx 后再导入")
    if any(name.startswith("ppt/") for name in names):
        raise UnreadableFile(path, "是演示文稿，里面的表请另存为 xlsx 或 docx 后再导入")
    if "opendocument.spreadsheet" in kind:
        return "ods"
    if "opendocument.text" in kind:
        return "doc"  # LibreOffice turns it into docx as well
    if "[content_types].xml" in names or "_rels/.rels" in names:
        for format_name, folder in (("xlsx", "xl/"), ("docx", "word/")):
            if any(name.startswith(folder) for name in names):
                return format_name
    return "zip"


def _ole_format(path: Path) -> str:
    """Binary Office files, and the encrypted new ones, by the streams in them [door: olefile]."""
    import olefile

    try:
        with olefile.OleFileIO(path) as opened:
            streams = {"/".join(entry).lower() for entry in opened.listdir()}
    except (OSError, ValueError, IndexError, TypeError, AttributeError, RecursionError) as problem:
        raise UnreadableFile(path, "文件不完整或已损坏，请用原软件重新保存后再导入") from problem
    if "encryptedpackage" in streams or "encryptioninfo" in streams:
        raise UnreadableFile(path, "文件有密码，请在 Office 里去掉密码另存后再导入")
    if streams & {"workbook", "book"}:
        return "xls"
    if "worddocument" in streams:
        return "doc"
    raise UnreadableFile(path, "是旧版 Office 文件，但不是 Word 或 Excel，请另存为 docx 或 xlsx 后再导入")


def _text_format(path: Path, head: bytes) -> str:
    """Text by what it begins with; csv, md and txt are told apart by the suffix only."""
    promised = SUFFIXES.get(path.suffix.lower(), "")
    decoded = decode(head)
    text = decoded.text.lstrip("\ufeff \t\r\n\0")
    if promised not in _TEXTS and _is_binary(decoded.text):
        raise UnsupportedFormat(path, sorted(SUFFIXES))
    if text.startswith("<"):
        root = _ROOT.search(text)
        if root and root[1] in _XML_ROOTS:
            return _XML_ROOTS[root[1]]
        if _MARKUP.search(text) and promised != "md":
            return "html"
        if text.startswith("<?xml"):
            raise UnreadableFile(path, "是 XML，但不是 Excel 或 Word 保存的 XML，请另存为 xlsx 或 docx 后再导入")
    if _MHT.match(text[:4096]):
        raise UnreadableFile(path, "是单个文件网页（mht），请在浏览器或 Word 里另存为 html 或 docx 后再导入")
    if promised in _TEXTS:
        return promised
    if not promised:
        raise UnsupportedFormat(path, sorted(SUFFIXES))
    return "csv" if _looks_listed(text) else "txt"


def _is_binary(text: str) -> bool:
    """Tell whether a decoded text is no text: control characters, or many that no encoding explains."""
    odd = sum(one < " " and one not in "\t\n\r\f\v" for one in text) + text.count("\ufffd")
    return odd > len(text) * 0.02 + 1


def _looks_listed(text: str) -> bool:
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    return bool(lines) and any(sum(mark in line for line in lines) * 2 > len(lines) for mark in ("\t", ","))
