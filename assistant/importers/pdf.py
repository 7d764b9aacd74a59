"""PDF pages as they are drawn: tables from their lines, the text around them, scanned pages through OCR.

Two libraries share the work: pdfium tells in milliseconds what a page is and gives running text; pdfplumber is asked
for lines and characters only where the page's words speak of a form, and on the pages such a table runs on to.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from assistant.errors import UnreadableFile
from assistant.importers.document import Document
from assistant.importers.lattice import Drawn
from assistant.importers.ocr import LONGEST_SIDE, ocr_missing
from assistant.importers.pages import Item, Line, parts_of, runs_on
from assistant.importers.pdf_page import common_characters, read_drawn_page
from assistant.importers.scans import read_picture
from assistant.importers.stitching import stitched
from assistant.reading_limits import DEFAULT_READING_LIMITS, ReadingLimits

_FORM_WORDS = re.compile(
    "绩效目标|绩效指标|[一二三末]级指标|指标值|指标名称|指标内容|目标值|(?:产出|效益|成本|满意度|完成)指标|产出(?:数量|质量|值)|(?:数量|质量|时效|年度数)值"
)
"""A page with none of these holds no part of a form, unless the one before it runs on."""
_MOST_OBJECTS = 20_000
"""Lines, pictures, runs of text or characters on a page; a page with more is read as text only."""
_SCAN_TEXT, _SCAN_PATHS = 20, 5
_SCAN_SHARE, _FULL_SHARE = 0.5, 0.8
_WRONG_PASSWORD, _LOCKED = 4, 5
_DPI = 200


@dataclass(frozen=True)
class _Look:
    """What pdfium says of a page at a glance."""

    text: str
    scanned: bool
    crowded: bool

    @property
    def speaks_of_a_form(self) -> bool:
        return bool(_FORM_WORDS.search(re.sub(r"\s", "", self.text)))


@dataclass
class _Reading:
    """What has been read so far: the items of every page, and what a person should know."""

    pages: list[list[Item]]
    notes: list[str]
    scans_left_out: list[int]


def read_pdf(path: Path, limits: ReadingLimits = DEFAULT_READING_LIMITS) -> Document:
    """The tables and texts of a PDF; raises `UnreadableFile` for one locked, broken, too long or only scanned."""
    _check_beginning(path)
    with _opened(path) as pdf:
        if len(pdf) > limits.most_pages:
            raise UnreadableFile(path, f"有 {len(pdf)} 页，超过 {limits.most_pages} 页的上限，请拆分后再导入")
        reading = _read_pages(path, pdf, limits)
    if reading.scans_left_out and not any(reading.pages):
        raise UnreadableFile(path, f"每一页都是图片，没有文字；{ocr_missing()}")
    if reading.scans_left_out:
        pages = "、".join(map(str, reading.scans_left_out))
        reading.notes.append(f"第 {pages} 页是图片，没有读；{ocr_missing()}")
    return Document("pdf", stitched(parts_of(reading.pages)), notes=tuple(reading.notes))


def _check_beginning(path: Path) -> None:
    try:
        with path.open("rb") as file:
            beginning = file.read(1024)
    except OSError as problem:
        raise UnreadableFile(path, f"读不出来（{problem.strerror}）") from problem
    if not beginning:
        raise UnreadableFile(path, "文件是空的（0 字节），请重新下载或导出")
    if b"%PDF-" not in beginning:
        raise UnreadableFile(path, "不是 PDF 文件，请检查后缀名")


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """The file in pdfium, closed afterwards; its errors as ours."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        pdf = PdfDocument(path)
    except PdfiumError as problem:
        if problem.err_code in (_WRONG_PASSWORD, _LOCKED):
            raise UnreadableFile(path, "PDF 有密码，请先去掉密码（打开后另存或打印为 PDF）再导入") from problem
        raise UnreadableFile(path, "PDF 已损坏或不完整，请重新下载或导出") from problem
    try:
        if not len(pdf):
            raise UnreadableFile(path, "PDF 里一页也没有，请重新下载或导出")
        yield pdf
    finally:
        pdf.close()


def _read_pages(path: Path, pdf: Any, limits: ReadingLimits) -> _Reading:
    reading = _Reading([], [], [])
    deadline = time.monotonic() + limits.page_seconds
    with _Tables(path) as tables:
        for number in range(1, len(pdf) + 1):
            if time.monotonic() >= deadline:
                reading.notes.append(f"读到第 {number} 页时超过 {limits.page_seconds:g} 秒的上限，从这一页起没有读")
                break
            reading.pages.append(_read_page(pdf, number, tables, reading, limits))
    return reading


def _read_page(pdf: Any, number: int, tables: _Tables, reading: _Reading, limits: ReadingLimits) -> list[Item]:
    look = _look(pdf, number, reading.notes)
    if look is None:
        return []
    if look.scanned:
        return _scanned_page(pdf, number, reading, limits)
    open_table = _last_table(reading.pages[-1]) if reading.pages else None
    form = look.speaks_of_a_form
    if (form or open_table) and look.crowded:
        reading.notes.append(f"第 {number} 页的线条或文字过多（超过 {_MOST_OBJECTS} 个），没有按表格读，只取了文字")
    elif form or open_table:
        items = tables.page(number, reading.notes)
        first = next((item for item in items or () if isinstance(item, Drawn)), None)
        if items is not None and (form or (open_table and first and runs_on(open_table, first))):
            return items
    return [Line(line.strip()) for line in look.text.splitlines() if line.strip()]


def _look(pdf: Any, number: int, notes: list[str]) -> _Look | None:
    from pypdfium2 import PdfiumError
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE, FPDF_PAGEOBJ_PATH, FPDFPath_CountSegments

    try:
        page = pdf[number - 1]
        textpage = page.get_textpage()
        text = common_characters(textpage.get_text_range())
        count = paths = covered = 0
        for one in islice(page.get_objects(max_depth=4), _MOST_OBJECTS + 1):
            count += 1
            if one.type == FPDF_PAGEOBJ_PATH:
                paths += 1
                count += max(0, FPDFPath_CountSegments(one.raw))
            elif one.type == FPDF_PAGEOBJ_IMAGE:
                left, bottom, right, top = one.get_bounds()
                covered += (right - left) * (top - bottom)
        share = covered / max(1.0, page.get_width() * page.get_height())
        textpage.close()
        page.close()
    except PdfiumError:
        notes.append(f"第 {number} 页已损坏，没有读")
        return None
    written = len(re.sub(r"\s", "", text))
    scanned = (share >= _SCAN_SHARE and written < _SCAN_TEXT) or (share >= _FULL_SHARE and paths < _SCAN_PATHS)
    return _Look(text, scanned, max(count, written) > _MOST_OBJECTS)


def _scanned_page(pdf: Any, number: int, reading: _Reading, limits: ReadingLimits) -> list[Item]:
    """A picture of a page through OCR, where that is installed."""
    if ocr_missing():
        reading.scans_left_out.append(number)
        return []
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    page = pdf[number - 1]
    sizes = [one.get_px_size() for one in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=4)]
    if any(width * height > limits.most_pixels for width, height in sizes):
        reading.notes.append(f"第 {number} 页的图片过大（超过 {limits.most_pixels // 10_000} 万像素），没有读")
        return []
    scale = min(_DPI / 72, LONGEST_SIDE / max(1.0, page.get_width(), page.get_height()))
    picture = page.render(scale=scale).to_pil().convert("RGB")
    page.close()
    return read_picture(picture, number, reading.notes)


class _Tables:
    """The same file in pdfplumber, opened when the first page asks for it."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._pdf: Any = None

    def __enter__(self) -> _Tables:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()  # pdfplumber's own close reads every page again, and fails on damaged ones

    def page(self, number: int, notes: list[str]) -> list[Item] | None:
        """A page's tables and text lines in reading order; None, and a note, where pdfplumber cannot read it."""
        import pdfplumber
        from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

        try:
            self._pdf = self._pdf or pdfplumber.open(self._file)
            page = self._pdf.pages[number - 1]
            page.objects  # noqa: B018  (read here, and kept, so that only the library's errors are caught)
        except (PdfminerException, MalformedPDFException, LookupError, TypeError, ValueError, ArithmeticError):
            notes.append(f"第 {number} 页的表格线读不出来，只取了文字")
            return None
        try:
            return read_drawn_page(page, notes)
        finally:
            page.close()


def _last_table(items: list[Item]) -> Drawn | None:
    return next((item for item in reversed(items) if isinstance(item, Drawn)), None)
