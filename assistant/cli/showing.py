"""A draft on the terminal: the form as a table, then what is open."""

from __future__ import annotations

from pathlib import Path

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assistant.drafting import Draft, DraftRow

_BLANK = "[yellow]待填[/yellow]"


def show_draft(draft: Draft, out: Path | None) -> None:
    """Print header, goal, rows with their sources, questions, findings and what was left out."""
    console = Console(width=None if Console().is_terminal else 120, highlight=False)
    table, project = draft.table, draft.table.project
    year = f"{table.fiscal_year or '____'} 年度，{table.form_generation} 版指标体系"
    console.print(f"[bold]{escape(table.title)}[/bold]（{year}）", justify="center")
    who = (("项目名称", project.name), ("主管部门", project.dept), ("实施单位", project.unit))
    console.print("　".join(f"{label}：{escape(text or '____')}" for label, text in who))
    total = table.funds[0].total if table.funds else None
    console.print(f"年度资金总额（万元）：{'____' if total is None else format(total, 'f')}")
    console.print(f"年度绩效目标：{escape(table.goals.annual.text or '____')}\n")
    console.print(_grid(draft))
    blanks = [row for row in draft.rows if row.indicator.value is None]
    _section(console, f"待填 {len(blanks)} 处", [f"{row.indicator.name}：{row.blank_reason}" for row in blanks])
    _section(console, f"请回答 {len(draft.questions)} 个问题", list(draft.questions))
    words = {"error": "错误", "warn": "警告", "advice": "建议"}
    _section(
        console,
        f"检查发现 {len(draft.findings)} 处",
        [f"[{words[f.level]}] {f.rule} {f.message}" for f in draft.findings],
    )
    _section(console, f"没有采用 {len(draft.rejected)} 项", [f"{one.row}：{one.why}" for one in draft.rejected])
    console.print(
        f"未使用语言模型，全部在本机完成，用时 {draft.engine.seconds:.2f} 秒"
        + (f"；已写入 {escape(str(out))}" if out else "")
    )


def _grid(draft: Draft) -> Table:
    grid = Table(box=box.SQUARE, show_lines=True, header_style="bold")
    for title, share in (("一级指标", 8), ("二级指标", 8), ("三级指标", 24), ("指标值", 16), ("权重", 4), ("依据", 36)):
        grid.add_column(title, ratio=share if share > 10 else None, min_width=min(share, 10), overflow="fold")
    above: tuple[str, str] = ("", "")
    for row in draft.rows:
        level1, level2 = row.indicator.level1, row.indicator.level2
        grid.add_row(
            "" if level1 == above[0] else level1.removesuffix("指标"),
            "" if (level1, level2) == above else level2.removesuffix("指标"),
            escape(row.indicator.name),
            escape(row.value_text) if row.indicator.value else _BLANK,
            format(row.indicator.weight, "f") if row.indicator.weight else "",
            escape(_source(row)),
        )
        above = (level1, level2)
    return grid


def _source(row: DraftRow) -> str:
    cited = [one for one in row.evidence if one.kind != "policy"]
    if not cited:
        return ""
    first = cited[0]
    more = f" 等 {len(cited)} 处" if len(cited) > 1 else ""
    return f"描述：{first.quote}{more}" if first.kind == "brief" else f"{first.quote}{more}"


def _section(console: Console, title: str, lines: list[str]) -> None:
    if lines:
        console.print(f"[bold]{title}[/bold]")
        for number, line in enumerate(lines, start=1):
            console.print(f"  {number}. {escape(line)}")
