"""The two generations of the form, the spellings of their levels, their weights and variants."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.dialects import (
    DEFAULT_DIALECT,
    DIALECTS,
    LEVELS,
    cost_level,
    detect_dialect,
    dialect_of,
    generation_of,
    level1_of,
    level2_of,
    parents,
    translate_level,
    weight_profile,
)
from assistant.policy import resolve
from assistant.schema import LEVEL1, LEVEL2, Funds, Level1, Level2


@pytest.mark.parametrize("level", LEVEL1)
def test_a_first_level_is_known_with_and_without_its_ending(level: Level1) -> None:
    assert level1_of(level) == level1_of(level.removesuffix("指标")) == level


@pytest.mark.parametrize("level", LEVEL2)
def test_a_second_level_is_known_with_and_without_its_ending(level: Level2) -> None:
    assert level2_of(level) == level2_of(level.removesuffix("指标")) == level


@pytest.mark.parametrize(
    ("label", "level"),
    [
        ("产出（工作量）指标", "产出指标"),
        ("产 出\n指标", "产出指标"),
        ("产出指标（50分）", "产出指标"),
        ("效果指标", "效益指标"),
        ("项目效益", "效益指标"),
        ("满意度指标等", "满意度指标"),
        ("创新指标", None),
        ("", None),
    ],
)
def test_spellings_of_the_first_level(label: str, level: str | None) -> None:
    assert level1_of(label) == level


@pytest.mark.parametrize(
    ("label", "level"),
    [
        ("产出数量", "数量指标"),
        ("数量指标(20)", "数量指标"),
        ("经济效益指标等", "经济效益指标"),
        ("环境效益", "生态效益指标"),
        ("可持续性影响指标", "可持续影响指标"),
        ("社会公众或服务对象满意度指标", "服务对象满意度指标"),
        ("绩效指标", None),
        ("", None),
    ],
)
def test_spellings_of_the_second_level(label: str, level: str | None) -> None:
    assert level2_of(label) == level


def test_cost_is_part_of_output_in_2015_and_a_level_of_its_own_in_2021() -> None:
    assert cost_level("2015") == ("产出指标", "成本指标")
    assert cost_level("2021") == ("成本指标", "经济成本指标")


@pytest.mark.parametrize("generation", ["2015", "2021"])
@pytest.mark.parametrize("level2", [two for levels in LEVELS.values() for twos in levels.values() for two in twos])
def test_a_translated_row_stands_somewhere_in_both_generations(level2: Level2, generation: str) -> None:
    level1, moved = translate_level(level2, generation)  # type: ignore[arg-type]
    known = LEVELS[generation].get(level1, ()) if moved not in ("社会成本指标", "生态环境成本指标") else (moved,)  # type: ignore[index]
    assert moved in known


def test_only_cost_moves_between_generations() -> None:
    assert translate_level("成本指标", "2021") == ("成本指标", "经济成本指标")
    assert translate_level("经济成本指标", "2015") == ("产出指标", "成本指标")
    assert translate_level("数量指标", "2015") == translate_level("数量指标", "2021") == ("产出指标", "数量指标")


def test_the_parents_of_a_second_level_are_those_of_both_generations() -> None:
    assert parents("数量指标") == ("产出指标",)
    assert parents("成本指标") == ("产出指标",)
    assert parents("经济成本指标") == ("成本指标",)


@pytest.mark.parametrize(
    ("pairs", "year", "generation"),
    [
        ([("成本指标", "经济成本指标")], None, "2021"),
        ([("成本指标", "经济成本指标"), ("效益指标", "可持续影响指标")], 2018, "2021"),
        ([("产出指标", "成本指标")], 2024, "2015"),
        ([("效益指标", "可持续影响指标")], None, "2015"),
        ([], 2023, "2021"),
        ([], 2019, "2015"),
        ([], None, "2015"),
    ],
)
def test_where_cost_stands_tells_the_generation(
    pairs: list[tuple[str, str]], year: int | None, generation: str
) -> None:
    assert generation_of(pairs, year) == generation


@pytest.mark.parametrize(
    ("levels", "points"),
    [
        (("成本指标", "产出指标", "效益指标", "满意度指标"), (20, 40, 20, 10)),
        (("成本指标", "产出指标", "效益指标"), (20, 40, 30, None)),
        (("产出指标", "效益指标", "满意度指标"), (None, 50, 30, 10)),
        (("产出指标", "效益指标"), (None, 50, 40, None)),
    ],
)
def test_the_profile_follows_the_levels_present_and_adds_up_to_ninety(
    levels: tuple[Level1, ...], points: tuple[int | None, ...]
) -> None:
    profile = weight_profile(levels)
    assert (profile.cost, profile.output, profile.benefit, profile.satisfaction) == points
    assert profile.total == Decimal(90)
    assert [profile.points(level) for level in LEVEL1] == list(points)


def test_the_weights_cite_a_provision_that_exists() -> None:
    assert "101号" in resolve(weight_profile(LEVEL1).cite).label


@pytest.mark.parametrize("name", DIALECTS)
def test_a_dialect_is_listed_under_its_name_and_prints_known_money(name: str) -> None:
    dialect = DIALECTS[name]
    assert dialect.name == name
    assert {key for key, _ in dialect.funds_labels} <= set(Funds.model_fields)
    assert dialect.generation in LEVELS


def test_every_generation_has_a_default_dialect() -> None:
    assert DIALECTS[DEFAULT_DIALECT["2015"]].generation == "2015"
    assert DIALECTS[DEFAULT_DIALECT["2021"]].generation == "2021"


def test_an_unknown_dialect_is_the_default_of_its_generation() -> None:
    assert dialect_of("没有这种", "2021").name == "central_2021"
    assert dialect_of("henan", "2015").name == "henan"


@pytest.mark.parametrize(
    ("generation", "region", "dialect"),
    [
        ("2021", "河南省郑州市", "henan"),
        ("2015", "河南省郑州市", "zhengzhou"),
        ("2015", "宁夏回族自治区固原市", "ningxia_public_2col"),
        ("2015", "湖北省鄂州市", "hubei"),
        ("2015", "河南省洛阳市", "central_2015"),
        ("2021", None, "central_2021"),
        ("local", "湖北省", "central_2015"),
    ],
)
def test_a_table_that_names_no_variant_is_taken_for_that_of_its_region(generation, region, dialect) -> None:
    assert detect_dialect(generation, region) == dialect
