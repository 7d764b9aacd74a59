"""What a check hands out: one finding, in plain Chinese, as part of the Draft JSON."""

from __future__ import annotations

from pydantic import Field

from assistant.checks.fixes import Fix
from assistant.checks.registry import Level
from assistant.schema import Strict


class Finding(Strict):
    """One thing wrong with one place of a table: what, where, on what basis, and what to do."""

    rule: str = Field(title="规则")
    level: Level = Field(title="级别")
    title: str = Field(title="问题")
    row_id: str | None = Field(None, title="行号", description="None = 针对整张表")
    field: str = Field(title="位置", description="如 indicators[t1-03].value、funds[0].total")
    quote: str = Field("", title="原文")
    message: str = Field(title="说明")
    basis: tuple[str, ...] = Field((), title="依据")
    others: tuple[str, ...] = Field((), title="涉及的其他表")
    fix: Fix | None = Field(None, title="修复")
