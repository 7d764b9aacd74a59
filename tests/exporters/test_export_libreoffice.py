"""The workbook as LibreOffice opens it: every indicator and value is on paper and in the cells."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from form_examples import full_form

from assistant.exporters import export

SOFFICE = shutil.which("soffice")
PDFTOTEXT = shutil.which("pdftotext")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SOFFICE is None, reason="没有安装 LibreOffice（soffice），跳过打印效果测试"),
]

BOTH = pytest.mark.parametrize("dialect", ["ningxia_public_2col", "central_2021"])


def convert(source: Path, kind: str) -> Path:
    """The file converted by a LibreOffice with a profile of its own."""
    profile = f"-env:UserInstallation={(source.parent / 'profile').as_uri()}"
    command = [str(SOFFICE), "--headless", profile, "--convert-to", kind, "--outdir", str(source.parent), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return source.with_suffix("." + kind.partition(":")[0])


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


@BOTH
@pytest.mark.skipif(PDFTOTEXT is None, reason="没有安装 pdftotext（poppler-utils），跳过打印效果测试")
def test_pdf_shows_every_indicator_value_reason_and_source(tmp_path: Path, dialect: str) -> None:
    form = full_form(dialect)
    export(form, tmp_path / "form.xlsx")
    target = convert(tmp_path / "form.xlsx", "pdf")
    raw = subprocess.run([str(PDFTOTEXT), "-raw", str(target), "-"], check=True, capture_output=True, text=True).stdout
    printed = re.sub(r"\s", "", raw)
    for row in form.table.indicators:
        assert row.name in printed
        assert row.value is None or row.value.raw in printed
    for text in ("材料里没有里程", "项目是否跨年？", "example-07", "文号不完整", "第1页"):
        assert text in printed
    assert "table_id" not in printed
