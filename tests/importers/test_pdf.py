"""PDF pages become tables with merged cells; what cannot be read is said in one Chinese line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from assistant.errors import UnreadableFile
from assistant.importers.document import Document, Grid, Text
from assistant.importers.pdf import read_pdf
from assistant.reading_limits import ReadingLimits

WIDTHS, LINE = (80, 80, 200, 100), 16
Rows = Sequence[Sequence[str]]

FORM: Rows = (
    ("项目名称", "农村道路养护", "<", "<"),
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "养护道路长度", "≥20公里"),
    ("^", "^", "修复桥涵数量", "4座"),
    ("^", "时效指标", "完成时间", "11月底前"),
)


def draw_table(canvas: Canvas, rows: Rows, top: float = 760, left: float = 60) -> None:
    """Cells as rectangles: "^" belongs to the cell above, "<" to the one on the left."""
    edges = [left + sum(WIDTHS[:column]) for column in range(len(WIDTHS) + 1)]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in ("^", "<"):
                continue
            right, below = c + 1, r + 1
            while right < len(row) and row[right] == "<":
                right += 1
            while below < len(rows) and rows[below][c] == "^":
                below += 1
            bottom = top - LINE * below
            canvas.rect(edges[c], bottom, edges[right] - edges[c], LINE * (below - r))
            canvas.drawString(edges[c] + 2, top - LINE * r - 12, text)


def pdf(path: Path, *pages: Any, **options: Any) -> Path:
    """A PDF of pages; each is a list of texts (lines from the top) and tables."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), pagesize=(595, 842), pageCompression=1, **options)
    for page in pages:
        canvas.setFont("STSong-Light", 10)
        top = 800.0
        for item in page:
            if isinstance(item, str):
                canvas.drawString(60, top, item)
                top -= LINE
            elif callable(item):
                item(canvas)
            else:
                draw_table(canvas, item, top)
                top -= LINE * (len(item) + 2)
        canvas.showPage()
    canvas.save()
    return path


def grids(document: Document) -> list[Grid]:
    return [part for part in document.parts if isinstance(part, Grid)]


def cells(grid: Grid) -> list[tuple[int, int, int, int, str]]:
    return [(cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in grid.cells]


def test_a_drawn_form_is_a_grid_with_its_merged_cells(tmp_path: Path) -> None:
    found = read_pdf(pdf(tmp_path / "a.pdf", ["项目支出绩效目标表", FORM, "填表人："]))
    assert [type(part) for part in found.parts] == [Text, Grid, Text]
    form = cells(grids(found)[0])
    assert (0, 1, 1, 3, "农村道路养护") in form
    assert (2, 0, 3, 1, "产出指标") in form
    assert (2, 1, 2, 1, "数量指标") in form
    assert (3, 3, 1, 1, "4座") in form
    assert found.format == "pdf"
    assert not found.notes


def test_texts_and_tables_stand_in_reading_order(tmp_path: Path) -> None:
    found = read_pdf(pdf(tmp_path / "a.pdf", ["附件1", FORM, "附件2", "（第二张）", FORM]))
    assert [part.lines if isinstance(part, Text) else part.place for part in found.parts] == [
        ("附件1",),
        "第 1 页第 1 个表格",
        ("附件2", "（第二张）"),
        "第 1 页第 2 个表格",
    ]


def test_a_table_cut_by_the_page_is_one_even_where_the_second_page_never_says_it_is_a_form(tmp_path: Path) -> None:
    rest = (("", "", "边沟清理长度", "9公里"), ("^", "^", "标线施划", "3公里"))
    form = grids(read_pdf(pdf(tmp_path / "a.pdf", [FORM], [rest])))
    assert len(form) == 1
    assert (2, 0, 5, 1, "产出指标") in cells(form[0])
    assert (6, 2, 1, 1, "标线施划") in cells(form[0])


def test_parts_of_a_table_get_common_columns(tmp_path: Path) -> None:
    head = (("项目名称", "农村道路养护", "<", "<"), ("年度绩效目标", "养护道路。", "<", "<"))
    rest = (("一级指标", "二级指标", "三级指标", "指标值"), ("产出指标", "数量指标", "养护长度", "9公里"))
    form = grids(read_pdf(pdf(tmp_path / "a.pdf", [head], [rest])))
    assert len(form) == 1
    assert (0, 1, 1, 3, "农村道路养护") in cells(form[0])
    assert (3, 3, 1, 1, "9公里") in cells(form[0])


def test_a_table_that_is_no_form_stays_text(tmp_path: Path) -> None:
    budget = (("科目编码", "科目名称", "基本支出", "项目支出"), ("201", "一般公共服务", "12.00", "3.00"))
    found = read_pdf(pdf(tmp_path / "a.pdf", ["部门预算", budget]))
    assert not grids(found)
    assert "一般公共服务" in "".join(line for part in found.parts if isinstance(part, Text) for line in part.lines)


def test_a_table_open_at_both_sides_is_closed_at_the_ends_of_its_lines(tmp_path: Path) -> None:
    def open_table(canvas: Canvas) -> None:
        for y in (700, 680, 660, 640):
            canvas.line(60, y, 460, y)
        for x in (200, 330):
            canvas.line(x, 640, x, 700)
        for row, texts in enumerate(
            (("二级指标", "三级指标", "指标值"), ("数量指标", "长度", "9公里"), ("质量指标", "合格率", "95%"))
        ):
            for x, text in zip((70, 210, 340), texts, strict=True):
                canvas.drawString(x, 686 - 20 * row, text)

    found = grids(read_pdf(pdf(tmp_path / "a.pdf", [open_table])))
    assert cells(found[0])[3:6] == [(1, 0, 1, 1, "数量指标"), (1, 1, 1, 1, "长度"), (1, 2, 1, 1, "9公里")]


BARE = (
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "养护道路长度", "≥20公里"),
    ("", "质量指标", "路面病害处治后", "≥95%"),
    ("", "", "的验收合格率", ""),
    ("", "时效指标", "完成时间", "11月底前"),
)


def bare(*, ruled: bool) -> Any:
    """The rows of `BARE` without borders, a name on two lines; `ruled` draws lines across."""

    def draw(canvas: Canvas) -> None:
        heights = (700, 670, 640, 626, 596)
        for y, texts in zip(heights, BARE, strict=True):
            for x, text in zip((60, 140, 220, 400), texts, strict=True):
                canvas.drawString(x, y, text)
        for y in (715, 690, 660, 616, 586) if ruled else ():
            canvas.line(55, y, 480, y)

    return draw


@pytest.mark.parametrize("ruled", [False, True])
def test_a_form_without_borders_is_inferred_and_says_so(tmp_path: Path, ruled: bool) -> None:
    found = read_pdf(pdf(tmp_path / "a.pdf", ["项目支出绩效目标表", bare(ruled=ruled)]))
    form = grids(found)[0]
    assert [text for _, _, _, _, text in cells(form)] == [
        *BARE[0],
        *BARE[1],
        *("", "质量指标", "路面病害处治后\n的验收合格率", "≥95%"),
        *BARE[4],
    ]
    assert all("推断" in cell.doubt for cell in form.cells if cell.text)


def test_running_text_about_a_form_stays_text(tmp_path: Path) -> None:
    text = ["绩效目标表分为一级指标、二级指标、三级指标和指标值四列，", "其中指标值应当可以衡量，三级指标不得重复。"]
    found = read_pdf(pdf(tmp_path / "a.pdf", text))
    assert not grids(found)


def sideways(canvas: Canvas) -> None:
    canvas.translate(595, 0)
    canvas.rotate(90)
    canvas.setFont("STSong-Light", 10)
    draw_table(canvas, FORM, 500)


def rotated_sheet(canvas: Canvas) -> None:
    canvas.setPageRotation(90)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param([sideways], id="content lying on its side"),
        pytest.param([rotated_sheet, sideways], id="a landscape sheet"),
        pytest.param([rotated_sheet, FORM], id="a sheet turned the wrong way"),
    ],
)
def test_a_table_is_read_whichever_way_it_lies(tmp_path: Path, page: list[Any]) -> None:
    form = grids(read_pdf(pdf(tmp_path / "a.pdf", page)))
    assert cells(form[0]) == cells(grids(read_pdf(pdf(tmp_path / "b.pdf", [FORM])))[0])


def test_characters_that_only_look_like_their_own_are_read_as_seen(tmp_path: Path) -> None:
    found = read_pdf(pdf(tmp_path / "a.pdf", ["绩效⽬标"]))
    assert isinstance(found.parts[0], Text)
    assert found.parts[0].lines == ("绩效目标",)


def test_a_page_with_too_many_lines_is_read_as_text_and_said(tmp_path: Path) -> None:
    def ruin(canvas: Canvas) -> None:
        canvas.drawString(60, 820, "绩效目标")
        canvas.grid([10 + i * 2 for i in range(200)], [10 + i * 2 for i in range(200)])
        path = canvas.beginPath()
        for i in range(30_000):
            path.moveTo(i % 500, i % 700)
            path.lineTo(i % 500 + 1, i % 700)
        canvas.drawPath(path)

    found = read_pdf(pdf(tmp_path / "a.pdf", [ruin], [FORM]))
    assert len(grids(found)) == 1
    assert "第 1 页" in found.notes[0]
    assert "线条" in found.notes[0]


def test_a_fine_mesh_of_lines_is_no_table(tmp_path: Path) -> None:
    def mesh(canvas: Canvas) -> None:
        canvas.drawString(60, 820, "绩效目标")
        for i in range(0, 4000, 5):
            canvas.line(i % 600, 0, i % 600 + 0.01 * i, 800 - i % 7)
        for i in range(900):
            canvas.line(0.5 + i * 0.6, 10, 0.5 + i * 0.6, 11)
            canvas.line(i, 10 + i * 0.8, i + 9, 10 + i * 0.8)

    found = read_pdf(pdf(tmp_path / "a.pdf", [mesh]))
    assert not grids(found)


BROKEN = [
    pytest.param(b"", "0 字节", id="zero bytes"),
    pytest.param(b"PK\x03\x04 not a pdf", "不是 PDF", id="another format"),
    pytest.param(b"%PDF-1.7\n%garbage", "已损坏", id="only a beginning"),
]


@pytest.mark.parametrize(("content", "says"), BROKEN)
def test_what_is_no_pdf_is_refused_in_one_line(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "坏.pdf"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=says) as caught:
        read_pdf(path)
    assert len(caught.value.problems) == 1
    assert "\n" not in caught.value.problems[0]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="读不出来"):
        read_pdf(tmp_path / "没有.pdf")


def test_a_locked_file_is_refused(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", [FORM], encrypt=StandardEncryption("secret", canPrint=0))
    with pytest.raises(UnreadableFile, match="有密码"):
        read_pdf(path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_cut_short_is_read_or_refused_and_never_crashes(tmp_path: Path, share: float) -> None:
    whole = pdf(tmp_path / "a.pdf", [FORM], [FORM]).read_bytes()
    path = tmp_path / "b.pdf"
    path.write_bytes(whole[: int(len(whole) * share)])
    try:
        found = read_pdf(path)
    except UnreadableFile as problem:
        assert "已损坏" in problem.problems[0]
    else:
        assert grids(found) or found.notes


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="3 页，超过 2 页"):
        read_pdf(pdf(tmp_path / "a.pdf", ["一"], ["二"], ["三"]), ReadingLimits(most_pages=2))


def test_pages_past_the_time_limit_are_named(tmp_path: Path) -> None:
    found = read_pdf(pdf(tmp_path / "a.pdf", [FORM], [FORM]), ReadingLimits(page_seconds=0))
    assert not found.parts
    assert "读到第 1 页" in found.notes[0]


def test_pdfs_without_a_form_give_no_tables(shared: Path) -> None:
    for path in (shared / "data/documents/negative").glob("*.pdf"):
        assert not grids(read_pdf(path)), path
