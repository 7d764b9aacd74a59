"""Binary Word documents through a real LibreOffice; skipped where there is none."""

from __future__ import annotations

import subprocess
from pathlib import Path

import docx
import pytest
from made_files import document, grids, lines, texts, written

from assistant.errors import UnreadableFile
from assistant.importers.word_doc import _office

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def office() -> str:
    found = _office()
    if found is None:
        pytest.skip("这台电脑没有 LibreOffice，跳过")
    return found


def made_doc(office: str, folder: Path, *, last_line: bool) -> Path:
    word = docx.Document()
    word.add_paragraph("项目支出绩效目标表")
    table = word.add_table(2, 3)
    for row in range(2):
        for column in range(3):
            table.cell(row, column).text = f"格{row}{column}"
    table.cell(0, 0).merge(table.cell(1, 0))
    if last_line:
        word.add_paragraph("完")
    word.save(str(folder / "表.docx"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "doc:MS Word 97", "--outdir", str(folder / "out")]
    subprocess.run([*command, str(folder / "表.docx")], check=True, capture_output=True)
    return folder / "out" / "表.doc"


def test_a_binary_document_keeps_its_tables(office: str, tmp_path: Path) -> None:
    read = document(made_doc(office, tmp_path, last_line=True))
    assert (read.format, read.notes) == ("doc", ())
    assert lines(read) == ["项目支出绩效目标表", "完"]
    assert texts(read) == [["格00\n格10", "格01", "格02", "格11", "格12"]]
    assert grids(read)[0].cells[0].rows == 2


def test_a_table_libreoffice_loses_is_not_lost_silently(office: str, tmp_path: Path) -> None:
    """A table that ends the document came back as nothing with LibreOffice 7.4."""
    try:
        read = document(made_doc(office, tmp_path, last_line=False))
    except UnreadableFile as problem:
        assert "请在 Word 里另存为 docx" in problem.reason
    else:
        assert "格12" in texts(read)[0]


def test_rich_text_under_a_word_suffix_is_read(office: str, tmp_path: Path) -> None:
    rtf = rb"{\rtf1\ansi \trowd\cellx2000\cellx4000 \intbl one\cell two\cell\row \pard\par}"
    assert texts(document(written(tmp_path / "-表.doc", rtf))) == [["one", "two"]]


def test_a_broken_document_is_refused(office: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"表\.doc：.*(已损坏|没有文字)"):
        document(written(tmp_path / "表.doc", b"{\\rtf1 " + b"\xff\x00{" * 50))
