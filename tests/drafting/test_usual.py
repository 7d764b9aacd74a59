"""What the nearest tables usually have: shared concepts, in this project's own words, or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.brief import Brief, request_from_data, understand
from assistant.drafting.usual import Usual, fillings, usual_concepts
from assistant.precedents import PastTables
from assistant.precedents.joining import join_new_names
from assistant.precedents.patterns import Pattern
from assistant.retrieval.embedding import PackagedEncoder
from assistant.schema import Indicator, Level2, PastTable, PerformanceTable, Project

PAID = ("社保待遇发放准确率", "养老待遇发放准确率", "救助待遇发放准确率")
PAYS = "为0.7万名重度残疾人代缴养老保险费，基础养老金按月发放。"


def told(text: str = PAYS, **given: object) -> Brief:
    return understand(request_from_data({"description": text, **given}))


def table(number: int, name: str, level2: Level2 = "质量指标") -> PastTable:
    made = PerformanceTable(
        fiscal_year=2023,
        form_generation="2021",
        project=Project(name=f"项目{number}"),
        indicators=(Indicator(level1="产出指标", level2=level2, name=name),),
    )
    return PastTable.model_validate({"id": f"表{number}", "table": made})


@pytest.fixture(scope="module")
def encoder() -> PackagedEncoder:
    return PackagedEncoder()


@pytest.fixture
def usual(tmp_path: Path, encoder: PackagedEncoder) -> Any:
    """What is usual when these tables are the nearest, all as close unless given."""

    def of(*tables: PastTable, brief: Brief, closeness: tuple[float, ...] = ()) -> list[Usual]:
        store = PastTables.open(tmp_path)
        list(store.add(tables))
        names = dict(store.row_texts())
        join_new_names(
            store,
            encoder.name,
            lambda keys: dict(zip(keys, encoder.embed([names[key] for key in keys]), strict=True)),
            lambda *_: None,
        )
        ids = [one.id for one in tables]
        close = closeness or (0.5,) * len(ids)
        return usual_concepts(store.rows_of_tables(ids), dict(zip(ids, close, strict=True)), brief, store)

    return of


def test_a_name_that_fits_any_project_is_usual_from_two_tables_on(usual: Any) -> None:
    assert usual(table(1, "资金发放及时率"), brief=told()) == []
    (shared,) = usual(table(1, "资金发放及时率"), table(2, "资金发放及时率"), brief=told())
    assert (shared.name, shared.adapted_from, shared.tables) == ("资金发放及时率", None, 2.0)
    assert {row.table_id for row in shared.rows} == {"表1", "表2"}


def test_a_table_far_away_speaks_with_less_than_one_voice(usual: Any) -> None:
    pair = (table(1, "资金发放及时率"), table(2, "资金发放及时率"))
    assert usual(*pair, brief=told(), closeness=(0.8, 0.4)) == []


def test_a_table_that_is_not_near_at_all_says_nothing(usual: Any) -> None:
    three = [table(number, "资金发放及时率") for number in (1, 2, 3)]
    (shared,) = usual(*three, brief=told(), closeness=(0.5, 0.5, 0.0))
    assert {row.table_id for row in shared.rows} == {"表1", "表2"}


def test_what_more_tables_share_comes_first(usual: Any) -> None:
    tables = [table(number, "资金发放及时率") for number in (1, 2, 3)] + [
        table(4, "政策知晓率"),
        table(5, "政策知晓率"),
    ]
    assert [one.tables for one in usual(*tables, brief=told())] == [3.0, 2.0]


def test_another_project_s_thing_gives_way_to_one_s_own(usual: Any) -> None:
    brief = told("举办乡村医生培训班6期。")
    (shared,) = usual(*(table(at, name) for at, name in enumerate(PAID, start=1)), brief=brief)
    assert shared.adapted_from in PAID
    assert not any(thing in shared.name for thing in ("社保", "养老", "救助"))
    assert shared.name.endswith("发放准确率")


def test_a_thing_the_description_names_stays_as_it_is(usual: Any) -> None:
    (shared,) = usual(*(table(at, name) for at, name in enumerate(PAID, start=1)), brief=told("养老待遇按月发放。"))
    assert (shared.name, shared.adapted_from) == ("养老待遇发放准确率", None)


def test_how_many_of_another_thing_there_are_is_never_usual(usual: Any) -> None:
    bought = ("消防设备购置数量", "医疗设备购置数量", "教学设备购置数量")
    counts = [table(at, name, "数量指标") for at, name in enumerate(bought, start=1)]
    assert usual(*counts, brief=told()) == []
    assert [one.name for one in usual(*counts, brief=told("购置医疗设备12台。"))] == ["医疗设备购置数量"]


def test_another_trade_s_row_without_a_slot_is_left_out(usual: Any) -> None:
    assert usual(table(1, "路面平整度检测合格率"), table(2, "路面平整度检测合格率"), brief=told()) == []


def test_people_fill_the_slot_for_people_and_subjects_any_other() -> None:
    brief = told().model_copy(update={"beneficiaries": ("参保老人",), "subjects": ("养老金",), "facts": ()})
    assert fillings(Pattern("", "对象", "满意度"), brief) == ["参保老人满意度"]
    assert fillings(Pattern("", "资金", "发放及时率"), brief) == ["养老金发放及时率"]


def test_a_pattern_without_a_slot_is_filled_with_nothing() -> None:
    assert fillings(Pattern("政策知晓率", "", ""), told()) == []


def test_nothing_is_said_twice_and_nothing_long_is_filled_in() -> None:
    brief = told().model_copy(update={"subjects": ("发放", "城乡居民基本养老保险财政补助"), "facts": ()})
    assert fillings(Pattern("", "资金", "发放及时率"), brief) == []
