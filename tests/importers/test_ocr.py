"""Scans through recognition, and what is said where recognition is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from assistant.errors import UnreadableFile
from assistant.importers.document import Document, Grid, Text
from assistant.importers.ocr import ocr_missing
from assistant.importers.pdf import read_pdf
from assistant.importers.scans import read_scan
from assistant.reading_limits import ReadingLimits

needs_ocr = pytest.mark.skipif(
    bool(ocr_missing()), reason="没有安装 ocr 扩展（uv sync --extra ocr），跳过识别图片的测试"
)

CELLS = (
    (0, 0, 1, 3, "Project 2025"),
    (1, 0, 2, 1, "Output"),
    (1, 1, 1, 1, "Length of road"),
    (1, 2, 1, 1, "200 km"),
    (2, 1, 1, 1, "Bridges"),
    (2, 2, 1, 1, "95%"),
)
"""Row, column, rows, columns and text; Latin, as the only font every machine has is that of Pillow."""
EDGES, HEIGHT, LEFT, TOP = (0, 300, 800, 1100), 90, 120, 200


def picture(tilt: float = 0.0) -> Image.Image:
    """A small form as a scanner gives it."""
    page = Image.new("L", (1340, 700), 250)
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(38)
    pen.text((LEFT, 80), "Target form", font=font, fill=20)
    for row, column, rows, columns, text in CELLS:
        corner = (LEFT + EDGES[column], TOP + row * HEIGHT)
        pen.rectangle((*corner, LEFT + EDGES[column + columns], TOP + (row + rows) * HEIGHT), outline=30, width=3)
        pen.text((corner[0] + 15, corner[1] + 22), text, font=font, fill=20)
    return page.rotate(tilt, resample=Image.Resampling.BICUBIC, fillcolor=250)


def pdf_of(path: Path, *pages: Image.Image | str) -> Path:
    """A PDF whose pages are a picture or a line of text."""
    canvas = Canvas(str(path), pagesize=(595, 842))
    for page in pages:
        if isinstance(page, str):
            canvas.drawString(60, 700, page)
        else:
            canvas.drawImage(ImageReader(page), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return path


def cells(document: Document) -> list[tuple[int, int, int, int, str]]:
    grids = [part for part in document.parts if isinstance(part, Grid)]
    assert len(grids) == 1
    return [(cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in grids[0].cells]


@needs_ocr
def test_a_crooked_scan_gives_its_cells_and_the_text_above(tmp_path: Path) -> None:
    picture(tilt=1.1).save(tmp_path / "a.png")
    found = read_scan(tmp_path / "a.png")
    assert cells(found) == list(CELLS)
    assert isinstance(found.parts[0], Text)
    assert found.parts[0].lines == ("Target form",)
    assert found.format == "png"


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which the extra is not installed."""
    monkeypatch.setattr("assistant.importers.ocr.find_spec", lambda name: None)
    yield


@pytest.mark.usefixtures("without_ocr")
def test_a_picture_says_what_to_install(tmp_path: Path) -> None:
    picture().save(tmp_path / "a.png")
    with pytest.raises(UnreadableFile, match=r'pip install "jimu-assistant\[ocr\]"'):
        read_scan(tmp_path / "a.png")


@pytest.mark.usefixtures("without_ocr")
def test_a_pdf_of_pictures_only_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r'每一页都是图片.*pip install "jimu-assistant\[ocr\]"'):
        read_pdf(pdf_of(tmp_path / "a.pdf", picture(), picture()))


@pytest.mark.usefixtures("without_ocr")
def test_a_mixed_pdf_gives_its_text_and_names_the_pages_left_out(tmp_path: Path) -> None:
    found = read_pdf(pdf_of(tmp_path / "a.pdf", "the first page", picture(), "the third page has words"))
    assert [part.page for part in found.parts] == [1, 3]
    assert len(found.notes) == 1
    assert "第 2 页是图片" in found.notes[0]
    assert "jimu-assistant[ocr]" in found.notes[0]


@needs_ocr
@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(b"", "0 字节", id="zero bytes"),
        pytest.param(b"no picture at all", "不是能识别的图片", id="another format"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(40), "图片", id="only a beginning"),
    ],
)
def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "a.png").write_bytes(content)
    with pytest.raises(UnreadableFile, match=says):
        read_scan(tmp_path / "a.png")


@needs_ocr
def test_a_picture_cut_short_is_refused(tmp_path: Path) -> None:
    picture().save(tmp_path / "a.png")
    whole = (tmp_path / "a.png").read_bytes()
    (tmp_path / "a.png").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableFile, match="已损坏"):
        read_scan(tmp_path / "a.png")


@needs_ocr
def test_a_huge_picture_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    Image.new("1", (12_000, 9_000)).save(tmp_path / "a.png")
    with pytest.raises(UnreadableFile, match="图片过大（超过 6000 万像素）"):
        read_scan(tmp_path / "a.png")
    Image.new("1", (400, 300)).save(tmp_path / "b.png")
    with pytest.raises(UnreadableFile, match="图片过大"):
        read_scan(tmp_path / "b.png", ReadingLimits(most_pixels=100_000))


@needs_ocr
def test_too_many_frames_are_refused(tmp_path: Path) -> None:
    frame = Image.new("L", (60, 60), 255)
    frame.save(tmp_path / "a.tif", save_all=True, append_images=[frame, frame])
    with pytest.raises(UnreadableFile, match="有 3 页，超过 2 页"):
        read_scan(tmp_path / "a.tif", ReadingLimits(most_pages=2))


@needs_ocr
def test_frames_past_the_time_limit_are_named(tmp_path: Path) -> None:
    picture().save(tmp_path / "a.png")
    found = read_scan(tmp_path / "a.png", ReadingLimits(page_seconds=0))
    assert "读到第 1 页" in found.notes[0]
