"""What a file is, by its content; what cannot be read is refused in one line with the file's name and advice."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path

import pytest
import xlwt
from made_files import document, written, zipped
from openpyxl import Workbook

from assistant.errors import BadInput, UnreadableFile
from assistant.importers import word_doc
from assistant.importers.detection import format_of
from assistant.importers.files import read
from assistant.reading_limits import ReadingLimits


def xlsx_bytes() -> bytes:
    book, content = Workbook(), BytesIO()
    assert book.active is not None
    book.active["A1"] = "甲"
    book.save(content)
    return content.getvalue()


def xls_bytes() -> bytes:
    book, content = xlwt.Workbook(), BytesIO()
    book.add_sheet("a").write(0, 0, "甲")
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (xlsx_bytes(), "表.pdf", "xlsx"),
        (xlsx_bytes(), "表.zip", "xlsx"),
        (xls_bytes(), "表.docx", "xls"),
        (b"%PDF-1.4\n", "表.txt", "pdf"),
        (b"\n%PDF-1.4\n", "表.pdf", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "表.jpg", "image"),
        (b"{\\rtf1 a}", "表.doc", "doc"),
        (b"<table><tr><td>a", "表.txt", "html"),
        ("\ufeff<!DOCTYPE html><p>甲".encode(), "表.xls", "html"),
        (b"<b>text</b> <table></table>", "表.md", "md"),
        ("甲,乙\n丙,丁".encode("gbk"), "表.xls", "csv"),
        ("甲\n乙".encode("gbk"), "表.doc", "txt"),
        ("甲".encode("utf-16"), "表.txt", "txt"),
    ],
)
def test_the_content_decides(tmp_path: Path, content: bytes, name: str, found: str) -> None:
    assert format_of(written(tmp_path / name, content)) == found


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "表.xlsx", "0 字节"),
        (xlsx_bytes()[:700], "表.xlsx", "不完整或已损坏"),
        (xlsx_bytes()[:-40], "表.xlsx", "不完整或已损坏"),
        (xls_bytes()[:600], "表.xls", "不完整或已损坏"),
        (b"Rar!\x1a\x07\x00", "表.zip", "RAR"),
        (b"7z\xbc\xaf\x27\x1c", "表.zip", "7z"),
        (b"PK\x05\x06" + b"\0" * 18, "表.zip", "空的压缩包"),
        (bytes(range(256)) * 20, "表.xls", "不支持这种格式"),
        (b"\0" * 1000, "表.docx", "不支持这种格式"),
        (b'<?xml version="1.0"?><project/>', "pom.xml", "不是 Excel 或 Word 保存的 XML"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_name_and_advice(
    tmp_path: Path, content: bytes, name: str, said: str
) -> None:
    with pytest.raises(BadInput, match=f"{name}：.*{said}") as refused:
        document(written(tmp_path / name, content))
    assert len(refused.value.problems) == 1


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"OFD.xml": "<a/>"}, "OFD"),
        ({"xl/workbook.bin": "x", "[Content_Types].xml": "<a/>"}, "xlsb"),
        ({"ppt/presentation.xml": "x"}, "演示文稿"),
        ({"[Content_Types].xml": "<a/>", "xl/styles.xml": "<a/>"}, "缺少 xl/workbook.xml"),
        ({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}, "没有正文"),
        ({"[Content_Types].xml": "<a/>", "word/document.xml": "<a"}, "不完整或已损坏"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "缺少 content.xml"),
    ],
)
def test_other_packages_are_refused_with_advice(tmp_path: Path, members: dict[str, str | bytes], said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        document(zipped(tmp_path / "表.docx", members))


def ole(*streams: str) -> bytes:
    """The smallest compound file with some empty streams: a header, one table of sectors, one of names."""
    end, free, special = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<I", 0)
    header += struct.pack("<I", free) * 108
    table = struct.pack("<II", special, end) + struct.pack("<I", free) * 126
    names = []
    for number, name in enumerate(("Root Entry", *streams)):
        encoded = name.encode("utf-16-le") + b"\0\0"
        right = number + 1 if 0 < number < len(streams) else free
        entry = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), 5 if number == 0 else 2, 1)
        entry += struct.pack("<III", free, right, 1 if number == 0 else free) + b"\0" * 36 + struct.pack("<IQ", end, 0)
        names.append(entry)
    return header + table + b"".join(names).ljust(512, b"\0")


@pytest.mark.parametrize("name", ["表.xlsx", "表.docx"])
def test_an_encrypted_office_file_is_said_to_have_a_password(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableFile, match="有密码，请在 Office 里去掉密码"):
        document(written(tmp_path / name, ole("EncryptionInfo", "EncryptedPackage")))


def test_another_compound_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="不是 Word 或 Excel"):
        document(written(tmp_path / "表.msg", ole("__properties")))


def test_a_missing_libreoffice_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(word_doc, "_USUAL_PLACES", ())
    with pytest.raises(UnreadableFile, match=r"表\.doc：.*请安装 LibreOffice"):
        document(written(tmp_path / "表.doc", b"{\\rtf1 a}"))


def test_libreoffice_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = written(tmp_path / "soffice", "#!/bin/sh\nexec /bin/sleep 600\n")
    office.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableFile, match="超过 1 秒，已停止"):
        document(written(tmp_path / "表.doc", b"{\\rtf1 a}"), ReadingLimits(office_seconds=1))


def test_a_package_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    parts: dict[str, str | bytes] = {"[Content_Types].xml": "<a/>", "word/document.xml": b"<" * 12_000_000}
    with pytest.raises(UnreadableFile, match="压缩比超过 200 倍"):
        document(zipped(tmp_path / "表.docx", parts))
    with pytest.raises(UnreadableFile, match="解压后超过 1 MB"):
        document(tmp_path / "表.docx", ReadingLimits(most_unpacked_mb=1))


def test_a_member_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "表.docx", {"[Content_Types].xml": "<a/>", "word/document.xml": b"<" * 5000})
    content = path.read_bytes()
    lying = content.replace(struct.pack("<I", 5000), struct.pack("<I", 10))
    assert lying != content
    with pytest.raises(UnreadableFile, match="已损坏"):
        document(written(path, lying))


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    (failure,) = read([path])
    assert "大.xlsx：文件超过 100 MB，请拆分后再导入" in failure.problems[0]  # type: ignore[union-attr]
