"""Writes what is generated in `docs/`: the JSON Schemas of the contracts and the catalogue of rules.

`make docs` writes them in place; `--out FOLDER` writes them elsewhere, which is how `tests/test_docs.py` compares.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import click
from pydantic import BaseModel

from assistant.brief import BriefRequest
from assistant.checks import RULES
from assistant.checks.examples import Example, example
from assistant.checks.registry import LEVEL_LABELS, MODE_LABELS, Rule
from assistant.drafting import Draft
from assistant.policy import Cite
from assistant.schema import PastTable, PerformanceTable

DOCS = Path(__file__).parents[1] / "docs"

SCHEMAS: tuple[tuple[type[BaseModel], Literal["validation", "serialization"]], ...] = (
    (PerformanceTable, "validation"),
    (PastTable, "validation"),
    (BriefRequest, "validation"),
    (Draft, "serialization"),  # what `jimu draft --json` prints: every key is there
)

THEMES: dict[str, str] = {
    "I": "导入与清洗",
    "F": "表的结构",
    "G": "绩效目标",
    "N": "指标名称",
    "V": "指标值",
    "L": "指标层级",
    "T": "时效指标",
    "C": "成本指标",
    "S": "满意度指标",
    "W": "权重",
    "B": "资金",
    "X": "跨行与跨表",
    "P": "可行性与公开",
}
"""The first letter of a rule's id → its chapter, in the order of the catalogue."""

_INTRODUCTION = """\
# 规则目录

本页由 `make docs` 从 `assistant/checks/` 生成，请不要手工修改。每条规则的“不通过”“通过”两栏同时是它的测试。

“错误”使 `jimu check` 以退出码 1 结束；“警告”“建议”不影响退出码。个别规则对较轻的情形会降级，以检查结果为准。
依据中的条文内容是本项目的转述，不是原文；标“非法规”的是审核实务或系统通行校验，“工具默认”是本工具自定的阈值，
可以在 `jimu.toml` 的 `[limits]` 里改。方式：“规则”直接判断；“规则预筛”由规则指出、疑难处由人确认；“需语言模型”
没有配置模型时只做规则初筛（建议级）；“需历史数据”要提供上年表或支出标准。
例子是在下面这张小表上只改一处；没有写明的地方都和小表一样：
"""


def write(folder: Path) -> list[Path]:
    """Write all generated documents under a folder; returns the files written."""
    texts = {folder / "schema" / f"{model.__name__}.json": schema_text(model, mode) for model, mode in SCHEMAS}
    texts[folder / "rules.md"] = rules_text(RULES.values())
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(texts)


def schema_text(model: type[BaseModel], mode: Literal["validation", "serialization"]) -> str:
    """The JSON Schema of one contract."""
    return json.dumps(model.model_json_schema(mode=mode), ensure_ascii=False, indent=1) + "\n"


def rules_text(rules: Iterable[Rule]) -> str:
    """The catalogue of rules as a page, by theme and number."""
    rules = sorted(rules, key=lambda rule: rule.id)
    homeless = [rule.id for rule in rules if rule.id[0] not in THEMES]
    if homeless:
        raise click.ClickException(f"no chapter for {', '.join(homeless)}: add the letter to THEMES in {__file__}")
    lines = [_INTRODUCTION, *_small_table(), "", _count(rules)]
    for letter, theme in THEMES.items():
        lines += ["", f"## {letter} {theme}"]
        for rule in (rule for rule in rules if rule.id[0] == letter):
            lines += ["", f"### {rule.id} {rule.title}", "", *_rule_lines(rule)]
    return "\n".join(lines) + "\n"


def _small_table() -> Iterator[str]:
    yield "| 二级指标 | 三级指标 | 指标值 |"
    yield "|---|---|---|"
    for row in example().table().indicators:
        yield f"| {row.level2} | {row.name} | {row.value.raw if row.value else ''} |"


def _count(rules: Iterable[Rule]) -> str:
    levels = [rule.level for rule in rules]
    parts = "、".join(f"{label} {levels.count(level)} 条" for level, label in LEVEL_LABELS.items())
    return f"共 {len(levels)} 条：{parts}。"


def _rule_lines(rule: Rule) -> Iterator[str]:
    yield f"- 级别：{LEVEL_LABELS[rule.level]}；方式：{MODE_LABELS[rule.mode]}"
    yield from (f"- 依据：{_basis(cite)}" for cite in rule.cites)
    if rule.ask:
        yield f"- 问模型：{rule.ask.wording}"
    if rule.ask and rule.ask.bad:
        yield f"- 不通过：{rule.ask.bad}"
        yield f"- 通过：{rule.ask.good}"
        return
    yield from (f"- 不通过：{_shown(one)}" for one in rule.fails)
    yield from (f"- 通过：{_shown(one)}" for one in rule.passes)


def _basis(cite: Cite) -> str:
    return f"{cite.label} – {cite.provision.paraphrase}"


def _shown(one: Example) -> str:
    """Backquoted, because values hold characters Markdown would take for its own."""
    return f"`{one.text}`" + ("（2015 版指标体系）" if one.generation == "2015" else "")


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default=DOCS, help="Folder to write into.")
def main(out: Path) -> None:
    """Write docs/schema/*.json and docs/rules.md."""
    for path in write(out):
        click.echo(path)


if __name__ == "__main__":
    main()
