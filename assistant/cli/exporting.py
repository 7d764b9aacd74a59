"""Drafts and tables into files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.brief import BriefRequest
from assistant.cli.reading import json_object
from assistant.drafting import Draft, Evidence
from assistant.errors import BadInput, BadTable, UnsupportedFormat
from assistant.exporters import WRITERS, Blank, Form, Source, export
from assistant.exporters.files import write_whole
from assistant.policy import resolve
from assistant.schema import chinese_problems, table_from_data

_KINDS = {"brief": "项目描述", "precedent": "往年先例", "policy": "政策规定"}


def form_of(draft: Draft) -> Form:
    """A draft as the exporters take it: the table with its blanks, sources, questions and findings."""
    # The weights of a first level rest on one rule: said once a level, not once a row.
    first_of_level = {row.indicator.level1: row for row in reversed(draft.rows)}
    return Form(
        table=draft.table,
        blanks={
            row.id: Blank(row.blank_reason or "", row.question or "")
            for row in draft.rows
            if row.indicator.value is None
        },
        sources=tuple(
            _source(row.id, one)
            for row in draft.rows
            for one in row.evidence
            if one.kind != "policy" or row is first_of_level[row.indicator.level1]
        ),
        questions=draft.questions,
        findings=tuple(f"{finding.rule} {finding.title}：{finding.message}" for finding in draft.findings)
        + tuple(f"没有采用：{one.row}（{one.why}）" for one in draft.rejected),
    )


def _source(row_id: str, evidence: Evidence) -> Source:
    """A piece of evidence with the place where a clerk looks it up."""
    where, quote = evidence.ref, evidence.quote
    if evidence.kind == "brief":
        where = BriefRequest.model_fields[evidence.ref].title or evidence.ref
    elif evidence.kind == "policy":
        where = resolve(evidence.ref).label
        quote = quote.removeprefix(f"{where}：")
    else:
        table, year_end, row = quote.partition("）：")  # 示例先例《…》（2024）：name value
        number = evidence.ref.partition("#")[2]
        if year_end:
            where, quote = f"{table}）第{number}行" if number else f"{table}）", row
    return Source(row_id, _KINDS[evidence.kind], where, quote, evidence.value or "")


def refuse_unwritable(out: Path) -> None:
    """Say before the work what would only fail after it: an unknown format, a folder that is not there."""
    if out.suffix.lower() not in WRITERS:
        raise UnsupportedFormat(out, tuple(WRITERS))
    if out.parent.exists() and not out.parent.is_dir():
        raise BadInput(f"{out.parent}：不是文件夹，不能把文件写在里面")


def export_draft(draft: Draft, out: Path, layout: str | None) -> None:
    """Write a draft: JSON keeps the whole draft, other formats the form with its sources."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise BadInput(f"{out.parent}：文件夹建不了（{problem.strerror}），请换一个位置") from problem
    if out.suffix.lower() == ".json":
        text = json.dumps(draft.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"
        write_whole(out, text.encode("utf-8", "backslashreplace"))
    else:
        export(form_of(draft), out, layout=layout)


def export_file(file: Path, out: Path, layout: str | None) -> Path:
    """Write a draft or a table that lies in a JSON file; returns the path written."""
    data = json_object(file)
    if isinstance(data, list):
        raise BadInput(
            f"{file}：里面是 {len(data)} 张表，一次导出一张；请把要导出的那张（一对花括号里的内容）单独存成文件"
        )
    if isinstance(data, dict) and "rows" in data and "table" in data:
        export_draft(_draft(data, file), out, layout)
    else:
        inner = data["table"] if isinstance(data, dict) and "table" in data else data
        export(Form(table=table_from_data(inner, where=str(file))), out, layout=layout)
    return out


def _draft(data: dict[str, Any], file: Path) -> Draft:
    try:
        return Draft.model_validate(data)
    except ValidationError as problem:
        raise BadTable(str(file), chinese_problems(problem)) from problem
