"""Whatever the bytes: a document or a refusal in one Chinese line – no other error, nothing endless, no lost cell."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import docx
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import document, grids, no_overlap, texts, written, zipped
from openpyxl import Workbook

from assistant.errors import BadInput
from assistant.importers.detection import SUFFIXES, format_of
from assistant.importers.formats import READERS, read_document
from assistant.reading_limits import ReadingLimits

MUTATIONS = 60
SMALL = ReadingLimits(most_cells=20_000, most_unpacked_mb=20)
CELL = st.text(alphabet="绩效目标≥95%&<>\"'|,;=+-@ \t\n甲乙", max_size=8)
TABLE = st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=5)


def xlsx_of(rows: list[list[str]]) -> bytes:
    book, content = Workbook(), BytesIO()
    assert book.active is not None
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            cell = book.active.cell(number, column, text or None)
            cell.data_type = "s" if text else "n"
    book.save(content)
    return content.getvalue()


def xls_of(rows: list[list[str]]) -> bytes:
    book, content = xlwt.Workbook(encoding="utf-8"), BytesIO()
    sheet = book.add_sheet("a")
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write(number, column, text)
    book.save(content)
    return content.getvalue()


def docx_of(rows: list[list[str]]) -> bytes:
    word, content = docx.Document(), BytesIO()
    table = word.add_table(len(rows), max(map(len, rows)))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    word.save(content)
    return content.getvalue()


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def html_of(rows: list[list[str]]) -> bytes:
    lines = ("<tr>" + "".join(f"<td>{escaped(text)}</td>" for text in row) + "</tr>" for row in rows)
    return f"<html><table>{''.join(lines)}</table></html>".encode()


def excel_xml_of(rows: list[list[str]]) -> bytes:
    lines = (
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{escaped(text)}</Data></Cell>' for text in row) + "</Row>"
        for row in rows
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    head = f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
    return f'{head}<Worksheet ss:Name="a"><Table>{"".join(lines)}</Table></Worksheet></Workbook>'.encode()


def ods_of(rows: list[list[str]]) -> bytes:
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("table", "text"))
    paragraphs = [[escaped(text).replace("\n", "</text:p><text:p>") for text in row] for row in rows]
    lines = (
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in row)
        + "</table:table-row>"
        for row in paragraphs
    )
    content = (
        f"<document-content {spaces}><table:table table:name='a'>{''.join(lines)}</table:table></document-content>"
    )
    with TemporaryDirectory() as folder:
        members: dict[str, str | bytes] = {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
        }
        return zipped(Path(folder) / "a.ods", members).read_bytes()


MAKERS: dict[str, Callable[[list[list[str]]], bytes]] = {
    ".xlsx": xlsx_of,
    ".xls": xls_of,
    ".docx": docx_of,
    ".html": html_of,
    ".xml": excel_xml_of,
    ".ods": ods_of,
}


@cache
def sample(suffix: str) -> bytes:
    rows = [["一级指标", "二级指标", "三级指标", "指标值"], ["产出指标", "数量指标", "培训人数", "≥200人次"]] * 3
    return MAKERS[suffix](rows)


def read_or_refused(path: Path) -> None:
    """Read a file to the end, or be refused in one line that names it."""
    try:
        found = format_of(path)
        if found not in READERS or found == "doc":
            return
        read = read_document(path, found, SMALL)
    except BadInput as problem:
        assert len(problem.problems) == 1
        assert problem.problems[0].startswith(f"{path}：")
    else:
        assert all(no_overlap(grid) for grid in grids(read))


def mutated(content: bytes, seed: int) -> bytes:
    """The content with some bytes changed, a piece cut out, doubled or filled – or cut short."""
    dice = random.Random(seed)
    changed = bytearray(content)
    for _ in range(dice.choice((1, 1, 2, 8, 40))):
        at, size = dice.randrange(len(changed)), dice.choice((1, 2, 4, 64, 400))
        piece = changed[at : at + size]
        changed[at : at + size] = dice.choice(
            (bytes(dice.randrange(256) for _ in piece), b"", piece * 2, b"\xff" * len(piece), b"\0" * len(piece))
        )
        changed = changed or bytearray(b"x")
    return bytes(changed[: dice.randrange(len(changed)) + 1] if dice.random() < 0.2 else changed)


@pytest.mark.parametrize("seed", range(MUTATIONS))
@pytest.mark.parametrize("suffix", MAKERS)
def test_damaged_files_are_read_or_refused(tmp_path: Path, suffix: str, seed: int) -> None:
    read_or_refused(written(tmp_path / f"表{suffix}", mutated(sample(suffix), seed)))


@pytest.mark.parametrize("seed", range(MUTATIONS))
@pytest.mark.parametrize(
    ("suffix", "part"),
    [
        (".xlsx", "xl/worksheets/sheet1.xml"),
        (".xlsx", "xl/workbook.xml"),
        (".xlsx", "xl/styles.xml"),
        (".docx", "word/document.xml"),
        (".ods", "content.xml"),
    ],
)
def test_damaged_parts_in_a_sound_archive_are_read_or_refused(
    tmp_path: Path, suffix: str, part: str, seed: int
) -> None:
    with ZipFile(BytesIO(sample(suffix))) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    content = members[part]
    assert isinstance(content, bytes)
    members[part] = mutated(content, seed) if seed % 2 else with_odd_numbers(content, seed)
    read_or_refused(zipped(tmp_path / f"表{suffix}", members))


def with_odd_numbers(content: bytes, seed: int) -> bytes:
    """Well-formed still, with some of the values in quotes replaced by absurd ones."""
    dice = random.Random(seed)
    pieces = content.split(b'"')
    for _ in range(5):
        pieces[dice.randrange(len(pieces) // 2) * 2 + 1] = dice.choice(
            (b"-1", b"0", b"99999999999999999999", b"", b"1e9", b"A1:XFD1048576", b"\xe4\xb8\x80", b"nan")
        )
    return b'"'.join(pieces)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(sorted(SUFFIXES)))
def test_any_bytes_are_read_or_refused(content: bytes, suffix: str) -> None:
    with TemporaryDirectory() as folder:
        read_or_refused(written(Path(folder) / f"表{suffix}", content))


@settings(max_examples=100, deadline=None)
@given(
    st.text(alphabet="<>/=\"' |\t\n,甲tabledrhp0&;#-│┌┼", max_size=120),
    st.sampled_from([".html", ".md", ".txt", ".csv"]),
)
def test_any_text_is_read_or_refused(text: str, suffix: str) -> None:
    with TemporaryDirectory() as folder:
        read_or_refused(written(Path(folder) / f"表{suffix}", text))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("表.md", "<table" * 200_000),
        ("表.md", "# 甲" + " " * 500_000 + "乙"),
        ("表.md", "|" + "**a" * 200_000 + "|\n|b|c|\n"),
        ("表.txt", " \u3000" * 300_000 + "甲\n"),
        ("表.txt", "│ 甲 │\n" * 100_000),
        ("表.txt", "─────\n" * 200_000),
        ("表.html", "<table><tr><td rowspan=65534 colspan=16384>甲" + "<tr><td>乙" * 50_000),
        ("表.html", "<table><tr>" + "<td colspan=16384>甲" * 20_000),
        ("表.csv", "," * 100_000 + "甲"),
    ],
    ids=range(9),
)
def test_what_takes_squares_of_time_elsewhere_is_read_or_refused_at_once(tmp_path: Path, name: str, text: str) -> None:
    """Each would take minutes or days if some step looked at every rest of the text again."""
    read_or_refused(written(tmp_path / name, text))


def plain(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("suffix", MAKERS)
@settings(max_examples=25, deadline=None)
@given(rows=TABLE)
def test_no_cell_of_a_sound_file_is_lost(suffix: str, rows: list[list[str]]) -> None:
    """Blanks aside, every text comes back, in order."""
    meant = [plain(text) for row in rows for text in row if plain(text)]
    with TemporaryDirectory() as folder:
        path = written(Path(folder) / f"表{suffix}", MAKERS[suffix](rows))
        if meant:
            assert [plain(text) for grid in texts(document(path)) for text in grid if plain(text)] == meant
