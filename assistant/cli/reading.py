"""Input files of the command line that are no tables: a brief in JSON, a description in a text or a proposal."""

from __future__ import annotations

import json
from pathlib import Path

from assistant.brief import BriefRequest, request_from_data
from assistant.errors import BadInput, UnreadableFile
from assistant.importers.files import why_unreadable
from assistant.importers.json_table import why_not_json
from assistant.importers.proposal import read_proposal
from assistant.reading_limits import ReadingLimits

LARGEST_INPUT = 5 * 1024 * 1024
_TEXT_SUFFIXES = (".txt", ".md")


def brief_request(
    brief_file: Path | None, text: str | None, from_file: Path | None, limits: ReadingLimits
) -> BriefRequest:
    """The project description, given in exactly one of three ways."""
    given = [source for source in (brief_file, text, from_file) if source is not None]
    if len(given) != 1:
        raise BadInput("请在 --brief、--text、--from 中给出一个（且只给一个）")
    if brief_file is not None:
        return request_from_data(json_object(brief_file))
    if from_file is not None:
        return request_from_data(described_in(from_file, limits))
    return request_from_data({"description": text})


def json_object(path: Path) -> object:
    """Parsed JSON of a file; raises `UnreadableFile`."""
    try:
        return json.loads(_text(path))
    except (ValueError, RecursionError) as problem:
        raise UnreadableFile(path, f"不是有效的 JSON（{why_not_json(problem)}）") from problem


def described_in(path: Path, limits: ReadingLimits) -> dict[str, object]:
    """The keys of a brief in a file: a plain text is the description as it stands, a document also names its project.

    Raises `BadInput`.
    """
    if path.suffix.lower() in _TEXT_SUFFIXES:
        return {"description": _text(path)}
    try:
        return read_proposal(path, limits)
    except OSError as problem:
        raise UnreadableFile(path, f"读不出来（{why_unreadable(problem)}），请检查路径和权限") from problem


def _text(path: Path) -> str:
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise UnreadableFile(path, "不是普通文件（是管道或设备），不能读取，请换成文档本身")
        if path.stat().st_size > LARGEST_INPUT:
            raise UnreadableFile(path, f"文件超过 {LARGEST_INPUT // 1024 // 1024} MB，请只留下项目描述")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise UnreadableFile(path, "不是 UTF-8 编码的文本，请另存为 UTF-8 后重试") from problem
    except OSError as problem:
        raise UnreadableFile(path, f"读不出来（{why_unreadable(problem)}），请检查路径和权限") from problem
