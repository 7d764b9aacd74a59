"""From files and folders to past tables: ids, archives, locks, wrong suffixes, and nothing lost without a word."""

from __future__ import annotations

import json
import os
import struct
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from made_files import written, zipped
from openpyxl import Workbook

from assistant.errors import BadInput, UnreadableFile
from assistant.importers import Failure, Imported, find_files, read, read_one
from assistant.reading_limits import ReadingLimits

HEAD = "<tr><td>一级指标<td>二级指标<td>三级指标<td>指标值"
PAGE = f"<h1>2024年项目支出绩效目标表</h1><table>{HEAD}<tr><td>产出指标<td>数量指标<td>培训人数<td>≥{{}}人次</table>"
FLAT = json.dumps(
    {"id": "甲", "indicators": [{"level1": "产出指标", "level2": "数量指标", "name": "培训人数", "value": "≥5人次"}]}
)


def page(count: int = 200) -> str:
    return PAGE.format(count)


def tables(found: list[Imported | Failure]) -> list[Imported]:
    return [one for one in found if isinstance(one, Imported)]


def said(found: list[Imported | Failure]) -> list[str]:
    return [line for one in found if isinstance(one, Failure) for line in one.problems]


def test_a_form_in_a_file_becomes_a_past_table(tmp_path: Path) -> None:
    (past,) = read_one(written(tmp_path / "表.html", page()))
    (row,) = past.table.indicators
    assert (row.level2, row.name, row.value.raw if row.value else None) == ("数量指标", "培训人数", "≥200人次")


def test_equal_names_in_two_folders_do_not_collide_equal_content_has_one_id(tmp_path: Path) -> None:
    for folder, count in (("甲", 200), ("乙", 300), ("丙", 200)):
        (tmp_path / folder).mkdir()
        written(tmp_path / folder / "表.html", page(count))
    ids = {one.path.parent.name: one.table.id for one in tables(list(read(find_files([tmp_path])[0])))}
    assert ids["甲"] == ids["丙"] != ids["乙"]
    assert all(one.startswith("表-1-") for one in ids.values())


def test_the_id_of_a_table_and_of_its_past_table_agree(tmp_path: Path) -> None:
    (past,) = read_one(written(tmp_path / "表.html", page()))
    assert past.table.table_id == past.id


def test_a_folder_is_searched_for_all_formats_and_locks_are_passed_over(tmp_path: Path) -> None:
    names = "a.xlsx b.XLS c.ods d.docx e.doc f.html g.htm h.csv i.md j.txt k.zip l.pdf m.json n.jsonl o.xml p.png q.tif"
    for name in (*names.split(), "~$a.xlsx", "z.exe", ".hidden.xlsx"):
        written(tmp_path / name, "x")
    files, passed_over = find_files([tmp_path])
    assert [one.name for one in files] == sorted(names.split())
    assert [(one.path.name, one.harmless) for one in passed_over] == [("z.exe", False), ("~$a.xlsx", True)]


def test_a_wrong_suffix_is_read_by_content_and_said(tmp_path: Path) -> None:
    (past,) = read_one(written(tmp_path / "导出.xls", page()))
    assert any("后缀是 .xls，内容是 html" in one.issue for one in past.table.unresolved)


def test_a_file_without_a_form_says_so_with_what_was_noted(tmp_path: Path) -> None:
    (failure,) = read([written(tmp_path / "文.xls", "<p>通知</p><p hidden>甲</p>")])
    assert isinstance(failure, Failure)
    beginnings = ("没有找到绩效目标表", "后缀是 .xls，内容是 html", "有 1 处隐藏内容没有读取")
    for line, beginning in zip(failure.problems, beginnings, strict=True):
        assert line.partition("：")[2].startswith(beginning)


def test_torn_text_keeps_its_own_reader_in_any_encoding(tmp_path: Path) -> None:
    head = "某县2024年项目支出绩效目标表\n项目名称\t培训\n\t一级指标\t二级指标\t三级指标\n"
    text = head + "\t产出指标\t数量指标\t指标1：培训人数\n指标值\n≥5人次\n"
    (past,) = read_one(written(tmp_path / "表.txt", text, "gbk"))
    (row,) = past.table.indicators
    assert (row.value.raw if row.value else None) == "≥5人次"
    assert row.provenance is not None
    assert "alignment_confidence" in row.provenance


def test_members_of_an_archive_are_read_like_files(tmp_path: Path) -> None:
    path = zipped(tmp_path / "包.zip", {"一/表.html": page(1), "二/表.html": page(2), "丙.json": FLAT, "说明.exe": "x"})
    found = list(read([path]))
    assert [str(one.path.relative_to(tmp_path)) for one in tables(found)] == [
        "包.zip/一/表.html",
        "包.zip/二/表.html",
        "包.zip/丙.json",
    ]
    assert said(found) == [f"{path}/说明.exe：暂不支持 .exe 格式，已跳过"]


def test_a_bad_member_is_named_and_does_not_stop_the_others(tmp_path: Path) -> None:
    path = zipped(tmp_path / "包.zip", {"坏.xlsx": b"PK\x03\x04", "空.docx": b"", "坏.json": "{", "好.html": page()})
    found = list(read([path]))
    assert len(tables(found)) == 1
    assert [line.partition("：")[0] for line in said(found)] == [
        f"{path}/{name}" for name in ("坏.xlsx", "空.docx", "坏.json")
    ]
    assert len(read_one(path)) == 1


def test_an_archive_of_bad_members_alone_is_refused_with_all_of_them(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        read_one(zipped(tmp_path / "包.zip", {"坏.xlsx": b"PK\x03\x04", "空.docx": b""}))
    assert len(refused.value.problems) == 2


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_member_names_are_decoded_as_chinese_archivers_write_them(tmp_path: Path, encoding: str) -> None:
    raw = "目标表.html".encode(encoding)
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr(ZipInfo("x" * len(raw)), page())
    path = written(tmp_path / "包.zip", content.getvalue().replace(b"x" * len(raw), raw))
    (one,) = read([path])
    assert one.path.name == "目标表.html"


@pytest.mark.parametrize("name", ["../外.html", "/etc/外.html", "a/../../外.html", "..\\外.html", "C:\\外.html"])
def test_a_path_that_leads_out_is_refused_and_listed(tmp_path: Path, name: str) -> None:
    (tmp_path / "里").mkdir()
    path = zipped(tmp_path / "里" / "包.zip", {name: page(), "好.html": page()})
    found = list(read([path]))
    assert [one.path.name for one in tables(found)] == ["好.html"]
    assert "路径指向包外" in said(found)[0]
    assert sorted(one.name for one in tmp_path.rglob("*")) == ["包.zip", "里"]


def test_archives_in_archives_are_read_to_a_depth(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "内.zip", {"表.html": page()}).read_bytes()
    middle = zipped(tmp_path / "中.zip", {"内.zip": inner}).read_bytes()
    outer = zipped(tmp_path / "外.zip", {"中.zip": middle})
    assert len(tables(list(read([tmp_path / "中.zip"])))) == 1
    assert "嵌套超过 2 层" in said(list(read([outer])))[0]


def test_all_archives_in_one_share_what_may_be_unpacked(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "内.zip", {"表.txt": bytes(range(256)) * 2500}).read_bytes()
    outer = zipped(tmp_path / "外.zip", {f"{number}.zip": inner for number in range(3)})
    assert "连同里面的压缩包超过 1 MB" in said(list(read([outer], ReadingLimits(most_unpacked_mb=1))))[-1]


def test_a_bomb_is_refused_before_unpacking(tmp_path: Path) -> None:
    path = zipped(tmp_path / "包.zip", {"表.txt": b"0" * 12_000_000})
    assert said(list(read([path]))) == [f"{path}：压缩比超过 200 倍，可能是压缩炸弹，没有解压"]
    many = zipped(tmp_path / "多.zip", {f"{number}.txt": "x" for number in range(20)})
    assert "里面有 20 个文件" in said(list(read([many], ReadingLimits(most_members=10))))[0]


def test_a_password_is_said_of_each_member(tmp_path: Path) -> None:
    content = zipped(tmp_path / "包.zip", {"a.html": page()}).read_bytes()
    local, central = content.index(b"PK\x03\x04"), content.index(b"PK\x01\x02")
    locked = bytearray(content)
    struct.pack_into("<H", locked, local + 6, 1)
    struct.pack_into("<H", locked, central + 8, 1)
    path = written(tmp_path / "包.zip", bytes(locked))
    assert said(list(read([path]))) == [f"{path}/a.html：压缩包有密码，请解压后再导入"]


def test_a_table_of_our_own_keeps_its_id(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("一级指标", "二级指标", "三级指标", "指标值"), ("产出指标", "数量指标", "培训人数", "≥5人次")):
        sheet.append(row)
    hidden = book.create_sheet("jimu")
    hidden.sheet_state = "veryHidden"
    hidden["A1"] = json.dumps({"table_id": "表-1"})
    book.save(tmp_path / "表.xlsx")
    (past,) = read_one(tmp_path / "表.xlsx")
    assert past.id == "表-1"


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="没有这个文件"):
        read_one(tmp_path / "没有.xlsx")


def test_an_archive_of_nothing_is_refused(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "包.zip", "w", ZIP_DEFLATED) as archive:
        archive.mkdir("空")
    assert said(list(read([tmp_path / "包.zip"]))) == [f"{tmp_path / '包.zip'}：是空的压缩包，里面没有文件"]


def test_a_pipe_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "管道.txt"
    os.mkfifo(pipe)
    with pytest.raises(BadInput, match="不是普通文件"):
        read_one(pipe)
    link = tmp_path / "设备.xlsx"
    link.symlink_to("/dev/zero")
    with pytest.raises(BadInput, match="不是普通文件"):
        read_one(link)
