"""Every file format and its reader, in one table; which one a file goes to is told by its content."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from assistant.errors import UnreadableFile
from assistant.importers.apart import apart
from assistant.importers.delimited import read_csv
from assistant.importers.document import Document
from assistant.importers.docx import read_docx, read_word_xml
from assistant.importers.excel_xml import read_excel_xml
from assistant.importers.html_page import read_html
from assistant.importers.ods import read_ods
from assistant.importers.pdf import read_pdf
from assistant.importers.plain_text import read_markdown, read_txt
from assistant.importers.scans import read_scan
from assistant.importers.word_doc import read_doc
from assistant.importers.xls import read_xls
from assistant.importers.xlsx import read_xlsx
from assistant.reading_limits import ReadingLimits

Reader = Callable[[Path, ReadingLimits], Document]
"""Reads one file; raises `UnreadableFile` with one Chinese line; imports heavy libraries inside."""

READERS: Mapping[str, Reader] = {
    "xlsx": read_xlsx,
    "xls": read_xls,
    "ods": read_ods,
    "excel2003": read_excel_xml,
    "docx": read_docx,
    "doc": read_doc,
    "word2003": read_word_xml,
    "html": read_html,
    "pdf": apart(read_pdf),
    "image": apart(read_scan),
    "csv": read_csv,
    "md": read_markdown,
    "txt": read_txt,
}


def read_document(path: Path, format_name: str, limits: ReadingLimits) -> Document:
    """One file as a document of tables and text, by the reader of its format."""
    reader = READERS.get(format_name)
    if reader is None:
        raise UnreadableFile(path, f"暂不支持读取 {format_name} 格式，请另存为 xlsx 或 docx 后再导入")
    try:
        document = reader(path, limits)
    except RecursionError as problem:
        raise UnreadableFile(path, "内容嵌套太深，无法读取，请另存为 xlsx 或 docx 后再导入") from problem
    except MemoryError as problem:
        raise UnreadableFile(path, "内容太多，内存不够，请拆分后再导入") from problem
    if not document.parts and not document.carried:
        raise UnreadableFile(path, "里面没有文字也没有表格，请检查文件内容")
    return document
