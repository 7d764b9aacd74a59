"""Workbook and document as LibreOffice opens them: all is on paper, and comes back when saved again."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import pytest
from form_examples import full_form
from openpyxl import load_workbook

from assistant.carried import CARRIED_SHEET, row_of_anchor, with_identity
from assistant.exporters import export
from assistant.schema import PerformanceTable

SOFFICE = shutil.which("lowriter") and shutil.which("soffice")
PDFTOTEXT = shutil.which("pdftotext")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SOFFICE is None, reason="没有安装 LibreOffice（Calc 和 Writer），跳过打印效果测试"),
]

BOTH = pytest.mark.parametrize("dialect", ["ningxia_public_2col", "central_2021"])


def convert(source: Path, kind: str, folder: Path | None = None) -> Path:
    """The file converted by a LibreOffice with a profile of its own; `folder` None = the file's own."""
    target = folder or source.parent
    profile = f"-env:UserInstallation={(source.parent / 'profile').as_uri()}"
    command = [str(SOFFICE), "--headless", profile, "--convert-to", kind, "--outdir", str(target), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return target / f"{source.stem}.{kind.partition(':')[0]}"


@BOTH
def test_csv_has_every_indicator_with_its_value(tmp_path: Path, dialect: str) -> None:
    form = full_form(dialect)
    export(form, tmp_path / "form.xlsx")
    target = convert(tmp_path / "form.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76")
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    for row in form.table.indicators:
        line = next(line for line in rows if any(text.endswith(row.name) for text in line))
        assert (row.value.raw if row.value else "") in line


@pytest.mark.parametrize(("name", "layout"), [("form.xlsx", None), ("form.docx", None), ("form.docx", "central_2015")])
@pytest.mark.skipif(PDFTOTEXT is None, reason="没有安装 pdftotext（poppler-utils），跳过打印效果测试")
def test_pdf_shows_every_indicator_value_reason_and_source(tmp_path: Path, name: str, layout: str | None) -> None:
    form = full_form("central_2021")
    export(form, tmp_path / name, layout=layout)
    target = convert(tmp_path / name, "pdf")
    raw = subprocess.run([str(PDFTOTEXT), "-raw", str(target), "-"], check=True, capture_output=True, text=True).stdout
    printed = re.sub(r"\s", "", raw)
    for row in form.table.indicators:
        assert row.name in printed
        assert row.value is None or row.value.raw in printed
    for text in ("材料里没有里程", "项目是否跨年？", "example-07", "文号不完整", "第1页"):
        assert text in printed
    assert "table_id" not in printed


def test_a_workbook_saved_again_still_carries_its_table_and_names_its_rows(tmp_path: Path) -> None:
    form = full_form("central_2021")
    export(form, tmp_path / "form.xlsx")
    (tmp_path / "again").mkdir()
    book = load_workbook(convert(tmp_path / "form.xlsx", "xlsx", tmp_path / "again"))
    text = "".join(str(cell.value) for (cell,) in book[CARRIED_SHEET].iter_rows(max_col=1))
    assert PerformanceTable.model_validate_json(text) == with_identity(form.table)
    assert {row_of_anchor(name) for name in book.defined_names} >= {row.id for row in form.table.indicators}


def test_a_document_saved_again_still_carries_its_table_and_names_its_rows(tmp_path: Path) -> None:
    form = full_form("central_2021")
    export(form, tmp_path / "form.docx")
    (tmp_path / "again").mkdir()
    with ZipFile(convert(tmp_path / "form.docx", "docx", tmp_path / "again")) as package:
        carried = fromstring(package.read("customXml/item1.xml"))
        body = package.read("word/document.xml").decode()
    assert PerformanceTable.model_validate_json(carried.text or "") == with_identity(form.table)
    names = re.findall('<w:bookmarkStart [^>]*w:name="(jimu_row_[^"]*)"', body)
    assert {row_of_anchor(name) for name in names} == {row.id for row in form.table.indicators}
