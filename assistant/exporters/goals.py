"""绩效目标 on paper: which goal text stands in which box of the form."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.dialects import Dialect
from assistant.exporters.money import column_scopes
from assistant.schema import Goal, PerformanceTable


@dataclass(frozen=True)
class GoalBox:
    """One box: its heading, its text, and the goals it prints."""

    heading: str
    goals: tuple[Goal, ...]

    @property
    def text(self) -> str:
        """The goals of the box, one paragraph each."""
        return "\n".join(goal_text(goal) for goal in self.goals)


def goal_text(goal: Goal) -> str:
    """A goal with its name and share, as the form prints it."""
    ratio = f"（占比{goal.ratio:f}%）" if goal.ratio is not None else ""
    head = f"{goal.name or ''}{ratio}"
    return f"{head}：{goal.text}" if head else goal.text or ""


def two_column_goals(table: PerformanceTable, dialect: Dialect) -> tuple[GoalBox, ...]:
    """The goals of both scopes side by side (no scope = this level), then the goal of the whole period if any."""
    left, right = column_scopes(dialect)
    overall = _period_goal(table)
    yearly = [goal for goal in _stated(table) if goal is not overall]
    boxes = (
        GoalBox(f"年度总体绩效目标（含{left}）", tuple(goal for goal in yearly if goal.scope == left)),
        GoalBox(f"年度绩效目标（含{right}）", tuple(goal for goal in yearly if goal.scope in (None, "", right))),
    )
    return (*boxes, GoalBox("实施期目标", (overall,))) if overall else boxes


def annual_goals(table: PerformanceTable, dialect: Dialect) -> tuple[GoalBox, ...]:
    """The yearly goal, with the goal of the whole period at its left when the table has one."""
    overall = _period_goal(table)
    wide = column_scopes(dialect)[0]
    yearly = [goal for goal in _stated(table) if goal is not table.goals.overall]
    own = [goal for goal in yearly if goal.scope != wide] or yearly
    boxes = (GoalBox("年度绩效目标", tuple(own)),)
    return (GoalBox("实施期目标", (overall,)), *boxes) if overall else boxes


def period_and_year_goals(table: PerformanceTable, dialect: Dialect) -> tuple[GoalBox, ...]:
    """The goal of the whole period and the yearly one, side by side also where one is empty (财预〔2015〕88号 附表)."""
    *period, year = annual_goals(table, dialect)
    (left,) = period or (GoalBox("实施期目标", ()),)
    return left, GoalBox("年度目标", year.goals)


def _period_goal(table: PerformanceTable) -> Goal | None:
    """The goal of the whole period; 宁夏公开表 keeps a yearly goal with a scope in the same place (FORM.md 7.3)."""
    overall = table.goals.overall
    return overall if overall and overall.text and not overall.scope else None


def unplaced_goals(table: PerformanceTable, boxes: tuple[GoalBox, ...]) -> tuple[Goal, ...]:
    """Goals with a text that no box prints."""
    placed = [goal for box in boxes for goal in box.goals]
    return tuple(goal for goal in _stated(table) if goal not in placed)


def _stated(table: PerformanceTable) -> tuple[Goal, ...]:
    parts = (_numbered(goal, number) for number, goal in enumerate(table.goals.multi, start=1))
    goals = (table.goals.annual, table.goals.overall, *parts)
    return tuple(goal for goal in goals if goal and goal.text)


def _numbered(goal: Goal, number: int) -> Goal:
    """A part of the goal under the name 目标1, 目标2… where it brings none (豫财效〔2022〕4号 附件1)."""
    named = goal.name or (goal.text or "").startswith("目标")
    return goal if named else goal.model_copy(update={"name": f"目标{number}"})
