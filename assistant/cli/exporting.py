"""Drafts and tables into files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from assistant.brief import BriefRequest
from assistant.cli.reading import json_object
from assistant.drafting import Draft, Evidence
from assistant.errors import BadInput, BadTable, UnsupportedFormat
from assistant.exporters import WRITERS, Blank, Form, Source, export
from assistant.exporters.files import write_whole
from assistant.importers import read_one
from assistant.importers.json_table import is_draft, table_from_json
from assistant.policy import resolve
from assistant.schema import PerformanceTable, chinese_problems, table_from_data

MOST_NAMES = 20
LONGEST_NAME = 60
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|\u202a-\u202e\ud800-\udfff]')
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
        past, year_end, row = quote.partition("）：")  # 示例先例《…》（2024）：name value
        table_id, _, number = evidence.ref.partition("#")
        if year_end and number:
            where, quote = f"{past}）第{number}行，编号 {table_id}", row
    return Source(row_id, _KINDS[evidence.kind], where, quote, evidence.value or "")


def refuse_unwritable(out: Path) -> None:
    """Say before the work what would only fail after it: an unknown format, a folder that is not there."""
    if out.suffix.lower() not in WRITERS:
        raise UnsupportedFormat(out, tuple(WRITERS))
    if out.parent.exists() and not out.parent.is_dir():
        raise BadInput(f"{out.parent}：不是文件夹，不能把文件写在里面")


def export_draft(draft: Draft, out: Path, layout: str | None) -> None:
    """Write a draft: JSON keeps the whole draft, other formats the form with its sources."""
    _make_folder(out.parent)
    if out.suffix.lower() == ".json":
        text = json.dumps(draft.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"
        write_whole(out, text.encode("utf-8", "backslashreplace"))
    else:
        export(form_of(draft), out, layout=layout)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise BadInput(f"{folder}：文件夹建不了（{problem.strerror}），请换一个位置") from problem


def export_file(
    file: Path, out: str, layout: str | None, *, number: int | None = None, kind: str | None = None
) -> Iterator[Path]:
    """Write a draft or table of a file, or all of them into a folder, one file each; yields the paths written."""
    target = Path(out)
    whole_folder = out.endswith(("/", "\\")) or target.is_dir()
    if kind and not whole_folder:
        raise BadInput("--format 只在 --out 是文件夹时用；写成文件时格式随后缀")
    if not whole_folder:
        refuse_unwritable(target)
    contents = _contents(file)
    chosen = range(len(contents)) if number is None else range(number - 1, number)
    if number is not None and number > len(contents):
        raise BadInput(f"{file}：里面只有 {len(contents)} 张表，没有第 {number} 张")
    if len(chosen) > 1 and not whole_folder:
        raise BadInput(
            f"{file}：里面有 {len(contents)} 张表（{_listed(contents)}），"
            "请加 --table 选第几张，或把 --out 写成文件夹（如 out/）全部导出"
        )
    for index in chosen:
        path = target / f"{_file_name(contents, index)}.{kind or 'xlsx'}" if whole_folder else target
        _export_one(contents[index], path, layout)
        yield path


def _export_one(content: Draft | PerformanceTable, path: Path, layout: str | None) -> None:
    if isinstance(content, Draft):
        export_draft(content, path, layout)
    else:
        _make_folder(path.parent)
        export(Form(table=content), path, layout=layout)


def _contents(file: Path) -> list[Draft | PerformanceTable]:
    """Everything in the file that can be exported: our own drafts whole, of anything else the tables."""
    if file.suffix.lower() != ".json":
        return [past.table for past in read_one(file)]
    data = json_object(file)
    objects = data if isinstance(data, list) else [data]
    if not objects:
        raise BadInput(f"{file}：里面一张表也没有，请检查文件内容")
    return [_content(one, file, index if isinstance(data, list) else None) for index, one in enumerate(objects)]


def _content(data: object, file: Path, index: int | None) -> Draft | PerformanceTable:
    if is_draft(data):
        return _draft(data, file)
    if isinstance(data, dict) and "blanks" in data and "table" in data:  # a form as `exporters.as_json` writes it
        return table_from_data(data["table"], where=str(file))
    return table_from_json(data, file, index).table


def _name(content: Draft | PerformanceTable) -> str:
    table = content.table if isinstance(content, Draft) else content
    return " ".join((table.project.name or table.title).split())


def _listed(contents: Sequence[Draft | PerformanceTable]) -> str:
    """The tables by number and name, the first few of many."""
    names = [f"{number} {_name(one)}" for number, one in enumerate(contents[:MOST_NAMES], start=1)]
    return "、".join(names) + ("……" if len(contents) > MOST_NAMES else "")


def _file_name(contents: Sequence[Draft | PerformanceTable], index: int) -> str:
    """A name that is no path and no reserved word on any system, with the table's number where there are several."""
    name = _NOT_IN_NAMES.sub("", _name(contents[index])).strip(". ")[:LONGEST_NAME] or "绩效目标表"
    return f"{index + 1:0{len(str(len(contents)))}d}-{name}" if len(contents) > 1 else f"目标表-{name}"


def _draft(data: object, file: Path) -> Draft:
    try:
        return Draft.model_validate(data)
    except ValidationError as problem:
        raise BadTable(str(file), chinese_problems(problem)) from problem
