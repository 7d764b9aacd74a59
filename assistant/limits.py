"""Thresholds no national document sets: our own defaults (工具默认), changed in `jimu.toml` under `[limits]`."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from assistant.schema import Strict


class Limits(Strict):
    """Where a rule begins to speak; every one is a 工具默认, none stands in a regulation."""

    shortest_goal: int = Field(30, title="绩效目标最少字数", ge=0)
    longest_goal: int = Field(500, title="绩效目标最多字数", ge=1)
    vague_words_per_100: Decimal = Field(Decimal(3), title="每百字空泛词次数", gt=0)
    long_name: int = Field(30, title="指标名称建议字数上限", ge=1)
    longest_name: int = Field(100, title="指标名称字数上限（一体化系统）", ge=1)
    alike_names: float = Field(0.75, title="名称近似重复的相似度", gt=0, le=1)
    fewest_rows: int = Field(5, title="三级指标最少条数", ge=0)
    most_rows: int = Field(25, title="三级指标最多条数", ge=1)
    most_rows_of_a_class: int = Field(6, title="单个二级指标下最多条数", ge=1)
    most_output_share: int = Field(75, title="产出指标占比上限（%）", gt=0, le=100)
    full_rates: int = Field(70, title="取值100%的比率占比上限（%）", gt=0, le=100)
    fewest_rates: int = Field(4, title="起算清一色100%的比率条数", ge=1)
    most_qualitative: int = Field(30, title="定性指标占比上限（%）", ge=0, le=100)
    lowest_satisfaction: int = Field(80, title="满意度过低线（%）", ge=0, le=100)
    usual_satisfaction: int = Field(90, title="满意度提示线（%）", ge=0, le=100)
    largest_weight: Decimal = Field(Decimal(25), title="单条权重上限", gt=0)
    budget_deviation: int = Field(20, title="单价×数量与预算的偏离（%）", ge=0)
    below_last_year: int = Field(5, title="低于上年的幅度（%）", ge=0)
    copied_share: int = Field(40, title="两表相同指标的占比（%）", gt=0, le=100)
    copied_from_last_year: int = Field(90, title="照抄上年的占比（%）", gt=0, le=100)
    same_goal: float = Field(0.6, title="两个目标算作同一件事的相似度", gt=0, le=1)

    def told(self, name: str, words: str = "") -> str:
        """A threshold as a finding tells it: 工具默认不超过 500, or 本单位设置… when it was changed here."""
        value = getattr(self, name)
        whose = "工具默认" if value == type(self).model_fields[name].default else "本单位设置"
        return f"{whose}{words} {value}"


DEFAULT_LIMITS = Limits()
