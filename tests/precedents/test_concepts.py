"""The 指标库: names become concepts, values are summed up, people's decisions hold whatever comes in later."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import BadInput
from assistant.precedents import PastTables
from assistant.precedents.concepts import ConceptLibrary, band_label
from assistant.precedents.decisions import decisions, merge_concepts, rename_concept, split_concept
from assistant.precedents.joining import join_new_names
from assistant.precedents.spread import spread
from assistant.precedents.texts import text_key
from assistant.retrieval.embedding import PackagedEncoder
from assistant.schema import Funds, Indicator, PastTable, PerformanceTable, Project
from assistant.values import parse_value

RATES = ("社保待遇发放准确率", "养老待遇发放准确率", "救助待遇发放准确率")
OTHER = "路面平整度检测合格率"


@pytest.fixture
def store(tmp_path: Path) -> PastTables:
    return PastTables.open(tmp_path)


@pytest.fixture(scope="module")
def encoder() -> PackagedEncoder:
    return PackagedEncoder()


def table(number: int, rows: Mapping[str, str], *, level2: str = "质量指标", **facts: object) -> PastTable:
    year, budget = facts.pop("year", 2023), facts.pop("budget", 100)
    made = PerformanceTable(
        fiscal_year=year,  # type: ignore[arg-type]
        form_generation="2021",
        project=Project(name=f"项目{number}"),
        funds=(Funds(total=Decimal(str(budget))),),
        indicators=tuple(
            Indicator(level1="产出指标", level2=level2, name=name, value=parse_value(value))  # type: ignore[arg-type]
            for name, value in rows.items()
        ),
    )
    return PastTable.model_validate({"id": f"表{number}", "field": "社会保险", "table": made, **facts})


def take_in(store: PastTables, encoder: PackagedEncoder, *tables: PastTable) -> ConceptLibrary:
    list(store.add(tables))

    def meanings(keys: Sequence[str]) -> dict[str, np.ndarray]:
        names = {text_key(name): name for name in (row.name for row in store.rows_of_texts(keys))}
        return dict(zip(keys, encoder.embed([names[key] for key in keys]), strict=True))

    join_new_names(store, encoder.name, meanings, lambda *_: None)
    return ConceptLibrary(store)


def test_like_names_are_one_concept_with_a_slot(store: PastTables, encoder: PackagedEncoder) -> None:
    library = take_in(store, encoder, *(table(at, {name: "≥98%", OTHER: "=100%"}) for at, name in enumerate(RATES)))
    concept = library.called(RATES[0])
    assert {library.called(name).id for name in RATES} == {concept.id}
    assert library.called(OTHER).id != concept.id
    assert concept.name == "〈资金〉发放准确率"
    assert concept.pattern.thing_of("工伤待遇发放准确率") == "工伤待遇"
    assert (concept.rows, concept.projects, concept.formula[:4]) == (3, 3, "准确无误")


def test_statistics_follow_what_comes_in_and_what_is_replaced(store: PastTables, encoder: PackagedEncoder) -> None:
    library = take_in(store, encoder, table(1, {RATES[0]: "≥90%"}), table(2, {RATES[1]: "≥96%"}))
    assert library.usual(library.called(RATES[0])).values == spread_of("≥90%", "≥96%")
    take_in(store, encoder, table(2, {RATES[1]: "≥98%"}), table(3, {RATES[2]: "≥99%"}), table(4, {RATES[2]: "优"}))
    usual = library.usual(library.called(RATES[0]))
    assert usual.values == spread_of("≥90%", "≥98%", "≥99%")
    assert (usual.direction, usual.family, usual.fields) == ("≥", "比率", {"社会保险": 4})
    assert usual.names == {RATES[0]: 1, RATES[1]: 1, RATES[2]: 2}


def spread_of(*values: str):
    from assistant.precedents.statistics import summarise
    from assistant.precedents.store import PastRow

    rows = [
        PastRow(f"{at}", f"{at}", 0, "产出指标", "质量指标", "率", parse_value(one), "k")
        for at, one in enumerate(values)
    ]
    return summarise(rows)


def test_values_can_be_taken_apart(store: PastTables, encoder: PackagedEncoder) -> None:
    library = take_in(
        store,
        encoder,
        table(1, {RATES[0]: "≥90%"}, year=2022, budget=30, region_level="县级"),
        table(2, {RATES[1]: "≥96%"}, year=2023, budget=300, region_level="市级"),
        table(3, {RATES[2]: "≥98%"}, year=2023, budget=9000, region_level="县级", field="医疗"),
    )
    concept = library.called(RATES[0])
    parts = {
        by: {key: spread(one).n for key, one in library.values(concept, by).items()}
        for by in ("field", "region_level", "year", "money")
    }  # type: ignore[union-attr]
    assert parts["field"] == {"社会保险": 2, "医疗": 1}
    assert parts["region_level"] == {"县级": 2, "市级": 1}
    assert parts["year"] == {"2022": 1, "2023": 2}
    assert {band_label(key): n for key, n in parts["money"].items()} == {
        "不足 50 万元": 1,
        "200–1000 万元": 1,
        "5000 万元以上": 1,
    }


def test_nothing_changes_when_nothing_is_new(store: PastTables, encoder: PackagedEncoder) -> None:
    library = take_in(store, encoder, table(1, {RATES[0]: "≥90%", OTHER: "=100%"}))
    before = library.commonest(9)
    take_in(store, encoder, table(1, {RATES[0]: "≥90%", OTHER: "=100%"}))
    assert library.commonest(9) == before


def test_cost_is_one_class_in_both_generations(store: PastTables, encoder: PackagedEncoder) -> None:
    library = take_in(
        store,
        encoder,
        table(1, {"培训人均成本": "≤500元/人"}, level2="成本指标"),
        table(2, {"培训人均成本": "≤600元/人"}, level2="经济成本指标"),
    )
    concept = library.called("培训人均成本")
    assert (concept.level2, concept.rows) == ("经济成本指标", 2)


def test_merged_stays_merged_and_takes_in_what_comes_later(store: PastTables, encoder: PackagedEncoder) -> None:
    library = take_in(store, encoder, table(1, {RATES[0]: "≥90%", OTHER: "=100%"}))
    merged = merge_concepts(store, [RATES[0], OTHER])
    assert (merged.rows, merged.settled) == (2, True)
    changed = table(1, {OTHER: "=100%"})
    take_in(store, encoder, changed, table(2, {RATES[0]: "≥90%"}), table(3, {RATES[1]: "≥91%"}))
    assert {library.called(name).id for name in (*RATES[:2], OTHER)} == {merged.id}
    assert library.get([merged.id])[0].rows == 3
    assert decisions(store)[0].what["into"] == merged.name


def test_split_stays_split(store: PastTables, encoder: PackagedEncoder) -> None:
    tables = [table(at, {name: "≥98%"}) for at, name in enumerate(RATES)]
    library = take_in(store, encoder, *tables)
    whole = library.called(RATES[0])

    def meanings(keys: Sequence[str]) -> dict[str, np.ndarray]:
        return {key: encoder.embed([name])[0] for key in keys for name in RATES if text_key(name) == key}

    own = split_concept(store, whole, [RATES[2]], meanings)
    assert (own.name, own.rows, own.settled) == (RATES[2], 1, True)
    take_in(store, encoder, *tables, table(7, {RATES[2]: "≥97%"}), table(8, {RATES[0]: "≥97%"}))
    assert library.called(RATES[2]).id == own.id
    assert library.called(RATES[0]).id == whole.id
    assert library.get([own.id])[0].rows == 2


def test_renamed_keeps_its_name(store: PastTables, encoder: PackagedEncoder) -> None:
    library = take_in(store, encoder, table(1, {RATES[0]: "≥90%"}))
    rename_concept(store, library.called(RATES[0]), "待遇准确率")
    take_in(store, encoder, table(2, {RATES[1]: "≥91%"}))
    assert library.called("待遇准确率").projects == 2


def test_decisions_about_nothing_are_refused(store: PastTables, encoder: PackagedEncoder) -> None:
    library = take_in(store, encoder, table(1, {RATES[0]: "≥90%"}), table(2, {"培训人次": "≥9人次"}, level2="数量指标"))
    with pytest.raises(BadInput, match="没有名为“没有的”"):
        library.called("没有的")
    with pytest.raises(BadInput, match="本来就是一个"):
        merge_concepts(store, [RATES[0], RATES[0]])
    with pytest.raises(BadInput, match="不能合为一个概念"):
        merge_concepts(store, [RATES[0], "培训人次"])
    with pytest.raises(BadInput, match="全拆出去就空了"):
        split_concept(store, library.called(RATES[0]), [RATES[0]], lambda _: {})
    with pytest.raises(BadInput, match="没有这些名称：别的"):
        split_concept(store, library.called(RATES[0]), ["别的"], lambda _: {})
    with pytest.raises(BadInput, match="新名称是空的"):
        rename_concept(store, library.called(RATES[0]), " ")
    assert decisions(store) == []


def test_a_name_under_two_classes_asks_which(store: PastTables, encoder: PackagedEncoder) -> None:
    library = take_in(
        store, encoder, table(1, {"设备更新率": "≥90%"}), table(2, {"设备更新率": "≥90%"}, level2="社会效益指标")
    )
    with pytest.raises(BadInput, match="可以指 2 个概念") as refused:
        library.called("设备更新率")
    own = refused.value.problems[0].split("编号：")[1][:12]
    assert library.called(own).rows == 1


def test_another_encoder_keeps_the_groups(store: PastTables, encoder: PackagedEncoder) -> None:
    from assistant.retrieval.embedding import HashedEncoder

    before = take_in(store, encoder, *(table(at, {name: "≥98%"}) for at, name in enumerate(RATES))).commonest(9)
    assert take_in(store, HashedEncoder(), table(9, {OTHER: "=100%"})).called(RATES[0]).id == before[0].id  # type: ignore[arg-type]


def test_a_store_of_the_first_format_is_brought_up_to_date(tmp_path: Path, encoder: PackagedEncoder) -> None:
    store = PastTables.open(tmp_path)
    list(store.add([table(1, {RATES[0]: "≥90%", "进度": "优"}), table(2, {RATES[1]: "≥96%"})]))
    store.close()
    with sqlite3.connect(tmp_path / "past.sqlite") as old:
        old.execute("DROP INDEX past_rows_values")
        for column in ("number", "counted_in", "direction"):
            old.execute(f"ALTER TABLE past_rows DROP COLUMN {column}")
        for name in ("concepts", "concept_texts", "concept_decisions"):
            old.execute(f"DROP TABLE {name}")
        old.execute("CREATE INDEX past_rows_text ON past_rows (text_key, name)")
        old.execute("UPDATE counters SET value = 1 WHERE name = 'schema'")
    again = PastTables.open(tmp_path)
    library = take_in(again, encoder)
    assert library.usual(library.called(RATES[0])).values == spread_of("≥90%", "≥96%")
    assert PastTables.open(tmp_path).counts().rows == 3


def test_numbers_are_counted_over_all_tables_a_filter_lets_through(store: PastTables) -> None:
    from assistant.precedents import Filter

    list(store.add([table(1, {RATES[0]: "≥90%"}, year=2022), table(2, {RATES[0]: "≥95%"}), table(3, {RATES[0]: "优"})]))
    key = text_key(RATES[0])
    assert spread(store.counted([key])[key]) == spread_of("≥90%", "≥95%")
    assert spread(store.counted([key], Filter(years=(2023, 2024)))[key]) == spread_of("≥95%")
    assert store.counted([key], Filter(field="教育")) == {}
