"""A reader that hangs, dies or eats memory costs one file, nothing else."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from assistant.errors import UnreadableFile
from assistant.importers.apart import apart
from assistant.importers.document import Document, Text
from assistant.reading_limits import ReadingLimits

LIMITS = ReadingLimits(page_seconds=0.0)


def answers(path: Path, _limits: ReadingLimits) -> Document:
    return Document("pdf", (Text((path.name, str(os.getpid())), ""),))


def refuses(path: Path, _limits: ReadingLimits) -> Document:
    raise UnreadableFile(path, "有密码")


def hangs(_path: Path, _limits: ReadingLimits) -> Document:
    while True:
        time.sleep(60)


def dies(_path: Path, _limits: ReadingLimits) -> Document:
    os._exit(11)


def swells(_path: Path, _limits: ReadingLimits) -> Document:
    return Document("pdf", (Text((str(len(bytearray(64 * 1024**3))),), ""),))


def process_of(path: Path) -> str:
    (text,) = apart(answers)(path, LIMITS).parts
    assert isinstance(text, Text) and text.lines[0] == path.name
    return text.lines[1]


def test_files_are_read_in_one_other_process(tmp_path: Path) -> None:
    first, second = process_of(tmp_path / "一.pdf"), process_of(tmp_path / "二.pdf")
    assert first == second != str(os.getpid())


@pytest.mark.parametrize(
    ("reader", "said"),
    [(refuses, "有密码"), (dies, "程序中断"), (swells, "内存不够"), (hangs, "还没有读完，已停止")],
)
def test_what_happens_there_is_one_line_here_and_the_next_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: object, said: str
) -> None:
    monkeypatch.setattr("assistant.importers.apart._GRACE", 3.0)
    with pytest.raises(UnreadableFile, match=said):
        apart(reader)(tmp_path / "坏.pdf", LIMITS)  # type: ignore[arg-type]
    assert process_of(tmp_path / "好.pdf")
