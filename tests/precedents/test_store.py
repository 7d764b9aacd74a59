"""The store of past tables: what is acknowledged is there, whole, and only once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from past_examples import indicator, past

from assistant.errors import HomeUnusable, JimuError, StoreDamaged
from assistant.precedents import Filter, PastTables, plain_name, text_key
from assistant.schema import Funds

ROOT = Path(__file__).parents[2]


@pytest.fixture
def store(tmp_path: Path) -> PastTables:
    return PastTables.open(tmp_path)


def add(store: PastTables, *tables: object) -> list[str]:
    return [added.status for added in store.add(tables)]  # type: ignore[arg-type]


def changed(number: int, **columns: object):
    old = past(number)
    return old.model_copy(update={"table": old.table.model_copy(update=columns)})


def test_a_stored_table_comes_back_equal(store: PastTables) -> None:
    assert add(store, past(1)) == ["new"]
    assert store.get("表1") == past(1)


def test_money_of_any_precision_comes_back_exactly(store: PastTables) -> None:
    exact = changed(1, funds=(Funds(total=Decimal("12345678901234.5678")),))
    add(store, exact)
    assert store.get("表1") == exact
    assert store.facts(["表1"])["表1"].budget_wan == Decimal("12345678901234.5678")


def test_an_unknown_table_is_none(store: PastTables) -> None:
    assert store.get("没有") is None


def test_adding_the_same_table_again_changes_nothing(store: PastTables) -> None:
    add(store, past(1))
    before = store.revision, store.state
    assert add(store, past(1)) == ["same"]
    assert (store.revision, store.state) == before


def test_a_changed_table_replaces_the_old_one_and_its_rows(store: PastTables) -> None:
    add(store, past(1), changed(1, indicators=(indicator("新的指标"),)))
    assert [row.name for row in store.rows_of_tables(["表1"])] == ["新的指标"]
    assert store.counts().rows == 1


def test_the_same_content_under_another_id_is_named_and_not_stored_twice(store: PastTables) -> None:
    other = past(1).model_copy(update={"id": "另一份", "source": "别处"})
    *_, second = store.add([past(1), other])
    assert (second.status, second.other) == ("duplicate", "表1")
    assert store.get("另一份") is None


def test_a_known_table_that_becomes_equal_to_another_is_kept_and_says_so(store: PastTables) -> None:
    twin = past(1).model_copy(update={"id": "表2"})
    *_, last = store.add([past(1), past(2), twin])
    assert (last.status, last.other) == ("replaced", "表1")


def test_every_change_raises_the_revision(store: PastTables) -> None:
    add(store, past(1), past(2), changed(1, title="改过的标题"))
    assert store.revision == 3


def test_a_backup_put_back_is_another_state_even_at_the_same_revision(tmp_path: Path) -> None:
    one, two = PastTables.open(tmp_path / "甲"), PastTables.open(tmp_path / "乙")
    add(one, past(1))
    add(two, past(1))
    assert one.revision == two.revision
    assert one.state != two.state


def test_tables_are_committed_before_they_are_acknowledged(store: PastTables) -> None:
    adding = store.add([past(1), past(2)])
    next(adding)
    again = PastTables.open(store.home)
    assert again.get("表1") is not None
    assert again.get("表2") is None


def test_facts_keep_the_order_asked_for_and_skip_unknown_ids(store: PastTables) -> None:
    add(store, past(1), past(2))
    facts = store.facts(["表2", "没有", "表1"])
    assert list(facts) == ["表2", "表1"]
    assert (facts["表1"].year, facts["表1"].budget_wan, facts["表1"].source) == (2021, Decimal("1.50"), None)


def test_rows_know_their_table_position_and_value(store: PastTables) -> None:
    add(store, past(3))
    rows = store.rows_of_tables(["表3", "没有"])
    assert [row.id for row in rows] == [f"表3#{place}" for place in range(1, 7)]
    assert [row.value for row in rows] == [row.value for row in past(3).table.indicators]


def test_rows_are_found_by_a_text_written_in_another_way(store: PastTables) -> None:
    add(
        store,
        changed(1, indicators=(indicator("指标1： 服务对象满意度"),)),
        changed(2, indicators=(indicator("服务对象　满意度"),)),
    )
    assert [row.table_id for row in store.rows_of_texts([text_key("服务对象满意度")])] == ["表1", "表2"]
    assert list(store.row_texts()) == [(text_key("服务对象满意度"), "服务对象满意度")]


def test_more_keys_than_one_query_takes_are_all_answered(store: PastTables) -> None:
    add(store, *(past(number, rows=1) for number in range(600)))
    ids = [f"表{number}" for number in range(600)]
    assert len(store.facts(ids)) == 600
    assert len(store.rows_of_tables(ids)) == 600
    assert [key for key, _ in store.table_texts()] == sorted(ids)


def test_a_table_text_holds_project_department_goal_and_indicators_and_is_short(store: PastTables) -> None:
    add(store, past(1, rows=200))
    ((_, text),) = store.table_texts()
    assert text.startswith("农村公路养护项目甲1号 县级主管局 项目服务中心 完成农村公路养护任务第1批")
    assert len(text) == 600


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Filter(), None),
        (Filter(years=(2021, 2022)), {1, 2, 6, 7}),
        (Filter(region="河南省"), {0, 2, 4, 6}),
        (Filter(field="交通"), {1, 3, 5, 7}),
        (Filter(generation="2021", years=(2020, 2021)), {1, 5}),
        (Filter(origins=("unit",), exclude=frozenset({"表0"})), {1, 2, 3, 4, 5, 6, 7}),
        (Filter(origins=("published",)), set()),
        (Filter(region="%"), set()),
    ],
)
def test_a_filter_lets_the_right_tables_through(store: PastTables, where: Filter, expected: set[int] | None) -> None:
    add(store, *map(past, range(8)))
    assert store.matching(where) == (None if expected is None else {f"表{number}" for number in expected})


def test_texts_know_their_tables(store: PastTables) -> None:
    add(store, past(1))
    key = store.rows_of_tables(["表1"])[0].text_key
    assert store.tables_of_texts([key, "没有"]) == {key: frozenset({"表1"})}


def test_vectors_are_kept_by_model_and_leave_the_revision_alone(store: PastTables) -> None:
    items = [(f"键{number}", np.full(4, number, dtype=np.float32)) for number in range(1500)]
    store.save_vectors("甲", items)
    store.save_vectors("甲", [("键0", np.ones(4, dtype=np.float32))])
    assert store.vectors("乙", ["键1"]) == {}
    found = store.vectors("甲", [key for key, _ in items] + ["没有"])
    assert len(found) == 1500
    assert found["键0"].tolist() == [1, 1, 1, 1]
    assert found["键7"].tolist() == [7, 7, 7, 7]
    assert store.revision == 0


def test_notes_are_kept(store: PastTables) -> None:
    store.set_meta("示例摘要", "一")
    store.set_meta("示例摘要", "二")
    assert PastTables.open(store.home).meta("示例摘要") == "二"
    assert store.meta("没有") is None


def test_several_threads_and_stores_write_at_once_without_loss(tmp_path: Path) -> None:
    def write(start: int) -> None:
        add(PastTables.open(tmp_path), *map(past, range(start, start + 20)))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(0, 80, 20)))
    assert PastTables.open(tmp_path).counts().tables == 80
    assert PastTables.open(tmp_path).revision == 80


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("指标1：培训人数", "培训人数"),
        ("指标：培训人数", "培训人数"),
        ("三级指标2: 培训 人数", "培训人数"),
        ("1、培训人数", "培训人数"),
        ("（１）培训人数", "培训人数"),
        ("①培训人数", "培训人数"),
        ("一、1.培训人数", "培训人数"),
        ("2.5公里道路", "2.5公里道路"),
        ("12所学校", "12所学校"),
        ("一次性补助", "一次性补助"),
        ("指标1：", "指标1:"),
    ],
)
def test_numbering_is_not_part_of_a_name(written: str, plain: str) -> None:
    assert plain_name(written) == plain


@given(st.text(min_size=1))
def test_any_name_has_a_plain_form_that_stays_and_a_key(name: str) -> None:
    assert plain_name(name)
    assert len(text_key(name)) == 32


def test_a_home_below_a_file_is_unusable(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("不是文件夹", encoding="utf-8")
    with pytest.raises(HomeUnusable, match="是文件而不是文件夹"):
        PastTables.open(tmp_path / "文件" / "绩目")
    with pytest.raises(HomeUnusable):
        PastTables.open(tmp_path / "文件")


@pytest.mark.parametrize("content", [b"", "不是数据库".encode() * 500])
def test_a_file_that_is_no_database_is_reported_and_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "past.sqlite").write_bytes(content)
    with pytest.raises(StoreDamaged, match=r"past\.sqlite"):
        PastTables.open(tmp_path)
    assert (tmp_path / "past.sqlite").read_bytes() == content


def test_a_database_without_our_tables_is_reported(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "past.sqlite") as other:
        other.execute("CREATE TABLE something (a)")
    with pytest.raises(StoreDamaged, match="没有先例表"):
        PastTables.open(tmp_path)


def test_a_garbled_page_is_reported_as_damage(store: PastTables) -> None:
    add(store, *map(past, range(50)))
    store.close()
    content = bytearray(store.path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    store.path.write_bytes(content)
    with pytest.raises(StoreDamaged):
        list(PastTables.open(store.home).table_texts())


def test_a_store_of_a_newer_version_is_refused_with_what_to_do(store: PastTables) -> None:
    with sqlite3.connect(store.path) as database:
        database.execute("UPDATE counters SET value = 99 WHERE name = 'schema'")
    with pytest.raises(JimuError, match="由更新版本的绩目写成"):
        PastTables.open(store.home)


_FILL_UP = """
import resource, sys
from pathlib import Path
sys.path[:0] = [{root!r}, {root!r} + "/tests/precedents"]
from past_examples import past
from assistant.errors import DiskFull
from assistant.precedents import PastTables
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
store = PastTables.open(Path({home!r}))
try:
    for added in store.add(past(number) for number in range(100_000)):
        print(added.id, flush=True)
except DiskFull as problem:
    print("满", problem)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no RLIMIT_FSIZE")
def test_a_full_disk_is_said_and_loses_nothing_acknowledged(tmp_path: Path) -> None:
    code = _FILL_UP.format(root=str(ROOT), home=str(tmp_path))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    *acknowledged, last = done.stdout.splitlines()
    assert last.startswith("满 磁盘空间不足")
    assert len(acknowledged) > 20
    store = PastTables.open(tmp_path)
    assert store.facts(acknowledged).keys() == set(acknowledged)
    assert add(store, past(999_999)) == ["new"]
