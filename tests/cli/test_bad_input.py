"""Whatever is typed: exit code 2, one clear Chinese line per problem, no traceback, nothing lost."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from assistant.precedents import PastTables

if sys.platform == "win32":
    pytest.skip("POSIX paths and limits", allow_module_level=True)

from running import Done, Jimu

ENGLISH = re.compile(r"\b(error|invalid|expect\w*|should|input|directory|range|traceback|no such)\b", re.IGNORECASE)


def assert_refused(done: Done, *said: str) -> None:
    """One line a problem, each with what was said, in Chinese and nothing else."""
    assert done.code == 2, done
    assert done.out == ""
    assert len(done.complaints) == len(said), done.err
    for line, words in zip(done.complaints, said, strict=True):
        assert words in line
        assert re.search(r"[\u4e00-\u9fff]", line)
        assert not ENGLISH.search(line), line


def brief(folder: Path, content: str | bytes | dict[str, object]) -> Path:
    path = folder / "简况.json"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "没有项目名称，也没有项目描述"),
        (" \n　 ", "没有项目名称，也没有项目描述"),
        ("Build twelve kilometres of road", "没有读出中文的项目描述"),
        ("asdf qwer 1234 zxcv ;;;", "没有读出中文的项目描述"),
    ],
    ids=["empty", "blank", "english", "gibberish"],
)
def test_a_text_that_says_nothing_is_refused(jimu: Jimu, text: str, said: str) -> None:
    assert_refused(jimu("draft", "--text", text), said)


def test_a_description_of_a_megabyte_is_refused(jimu: Jimu, tmp_path: Path) -> None:
    (tmp_path / "长.txt").write_text("修建农村公路三公里，" * 35_000, encoding="utf-8")
    assert (tmp_path / "长.txt").stat().st_size > 1_000_000
    assert_refused(jimu("draft", "--from", "长.txt"), "超过 20000 字")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"project_name": "修路", "budget_wan": -5}', ["budget_wan 金额不能是负数"]),
        ('{"project_name": "修路", "budget_wan": NaN}', ["budget_wan 应当是有限的数"]),
        ('{"project_name": "修路", "budget_wan": Infinity}', ["budget_wan 应当是有限的数"]),
        ('{"project_name": "修路", "budget_wan": 1e30}', ["budget_wan 位数太多"]),
        ('{"project_name": "修路", "year": 1800}', ["year 应当不小于 2000"]),
        ('{"project_name": "修路", "colour": 1, "money": 2}', ["colour 不认识的字段", "money 不认识的字段"]),
        ('{"project_name": "修路\\ud800"}', ["project_name 含有不能识别的字符"]),
        ('[{"project_name": "修路"}]', ["应当是一个对象"]),
        ("{}", ["没有项目名称，也没有项目描述"]),
        ('{"project_name": ', ["不是有效的 JSON"]),
        ("", ["不是有效的 JSON"]),
        (b"\x89PNG\r\n\x1a\n\x00\xff\xfe", ["不是 UTF-8 编码的文本"]),
    ],
    ids="negative nan infinite endless 1800 unknown surrogate array object broken empty binary".split(),
)
def test_an_unusable_brief_is_refused(jimu: Jimu, tmp_path: Path, content: str | bytes, said: list[str]) -> None:
    assert_refused(jimu("draft", "--brief", brief(tmp_path, content)), *said)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["draft", "--brief", "没有.json"], "没有这个文件"),
        (["draft", "--from", "没有.txt"], "没有这个文件"),
        (["draft", "--brief", "."], "这是文件夹"),
        (["draft", "--from", "."], "这是文件夹"),
        (["draft"], "给出一个（且只给一个）"),
        (["draft", "--text", "修路", "--from", "a.txt"], "给出一个（且只给一个）"),
        (["draft", "--text", "修路", "--frob"], "没有 --frob 这个选项"),
        (["draft", "--text", "修路", "--layout", "wide"], "应当是 central_2015、central_2021、two_column、annual 之一"),
        (["draft", "--text", "修路", "--out", "表.pdf"], "不支持这种格式，请改用 .xlsx、.docx、.json"),
        (["draft", "--text", "修路", "--out", "表"], "不支持这种格式"),
        (["draft", "--text", "修路", "--out", "文件/表.json"], "不是文件夹"),
        (["frob"], "没有这个命令（frob）"),
        (["search", " "], "查询内容是空的"),
        (["search", "修路", "--n", "0"], "应当是 1 到 100 之间的整数"),
        (["search", "修路", "--year", "前年"], "请写成 2023 或 2021-2024"),
        (["check", "没有.json"], "没有这个文件"),
        (["export", "没有.json", "--out", "表.xlsx"], "没有这个文件"),
        (["export", "文件", "--out", "表.xlsx"], "不支持这种格式"),
        (["export", "坏.json", "--out", "表.xlsx"], "不是有效的 JSON"),
        (["export", "两张.json", "--out", "表.xlsx"], "里面有 2 张表（1 修路、2 植树），请加 --table"),
        (["export", "两张.json", "--out", "表.xlsx", "--table", "3"], "里面只有 2 张表，没有第 3 张"),
        (["export", "两张.json", "--out", "表.xlsx", "--table", "0"], "应当是"),
        (["export", "两张.json", "--out", "表.xlsx", "--format", "docx"], "--format 只在 --out 是文件夹时用"),
        (["export", "两张.json", "--out", "文件/"], "文件夹建不了"),
        (["export", "空.json", "--out", "表.xlsx"], "里面一张表也没有"),
        (["rules", "ZZ9"], "没有规则 ZZ9"),
        (["import"], "缺少 路径…"),
        (["import", "没有"], "没有这个文件或文件夹"),
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_is_refused(jimu: Jimu, tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "文件").write_text("不是文件夹", encoding="utf-8")
    two = [{"form_generation": "2021", "project": {"name": name}} for name in ("修路", "植树")]
    (tmp_path / "两张.json").write_text(json.dumps(two, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "坏.json").write_text("{", encoding="utf-8")
    (tmp_path / "空.json").write_text("[]", encoding="utf-8")
    assert_refused(jimu(*arguments), said)


def test_a_home_below_a_file_is_refused(cli_home: Path, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("不是文件夹", encoding="utf-8")
    done = Jimu(tmp_path / "文件" / "绩目", tmp_path)("draft", "--text", "修建农村公路三公里")
    assert_refused(done, "数据文件夹")
    assert (tmp_path / "文件").read_text(encoding="utf-8") == "不是文件夹"


def test_a_damaged_store_is_named_and_left_untouched(own_jimu: Jimu) -> None:
    store = own_jimu.home / "past.sqlite"
    content = bytearray(store.read_bytes())
    content[:100] = b"\xa5" * 100
    store.write_bytes(content)
    assert_refused(own_jimu("draft", "--text", "修建农村公路三公里"), "past.sqlite 打不开")
    assert store.read_bytes() == content


def test_a_store_damaged_in_the_middle_is_named_and_left_untouched(own_jimu: Jimu) -> None:
    store = own_jimu.home / "past.sqlite"
    content = bytearray(store.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    store.write_bytes(content)
    assert_refused(own_jimu("search", "农村公路"), "past.sqlite 打不开")
    assert store.read_bytes() == content


def _no_index(index: Path) -> None:
    shutil.rmtree(index)


def _garbled(index: Path) -> None:
    for path in [path for path in index.rglob("*") if path.is_file() and path.name != "CURRENT"]:
        path.write_bytes(b"\xa5" * path.stat().st_size)


@pytest.mark.parametrize("damage", [_no_index, _garbled])
def test_a_missing_or_damaged_index_repairs_itself(own_jimu: Jimu, damage: object) -> None:
    damage(own_jimu.home / "index")  # type: ignore[operator]
    done = own_jimu("search", "农村公路养护里程", "--json")
    assert (done.code, done.err) == (0, "")
    assert len(done.data["tables"]) == 8


def test_a_full_disk_is_said_and_loses_nothing(own_jimu: Jimu, tmp_path: Path) -> None:
    before = PastTables.open(own_jimu.home).counts()
    rows = [
        {"level1": "产出指标", "level2": "数量指标", "name": f"培训人次{at}", "value": "300人次"} for at in range(900)
    ]
    table = {"id": "新表", "project_name": "干部培训", "indicators": rows}
    done = own_jimu("import", brief(tmp_path, json.dumps(table)), largest_file=100_000)
    assert_refused(done, "磁盘空间不足")
    assert PastTables.open(own_jimu.home).counts() == before


def test_a_full_disk_leaves_no_half_written_form(jimu: Jimu, tmp_path: Path) -> None:
    done = jimu("draft", "--text", "修建农村公路3公里，2026年底前完工。", "--out", "表.json", largest_file=4_000)
    assert_refused(done, "磁盘空间不足")
    assert list(tmp_path.iterdir()) == []
