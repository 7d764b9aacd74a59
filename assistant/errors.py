"""Every error Jimu raises on purpose, and nothing else.

```
JimuError                  what happened, to what, what to do – in Chinese, one line per problem
├─ BadInput                the user's text, file or option cannot be used
│  ├─ BadBrief             a project description that cannot be drafted from
│  ├─ BadTable             data that does not fit the schema; one problem per field
│  ├─ UnreadableFile       a file that is missing, broken or not what its name says
│  └─ UnsupportedFormat    a suffix or content no reader or writer handles
├─ BadSetting              an environment variable or configuration value
├─ HomeUnusable            the data folder cannot be created or written
├─ DiskFull                the disk or quota is exhausted; nothing acknowledged is lost
├─ ModelFailed             the configured chat model gave no usable reply
├─ EmbeddingFailed         the configured encoder gave no usable vectors
├─ RerankingFailed         the configured reranker gave no usable scores
├─ StoreDamaged            the SQLite store of past tables cannot be read
└─ IndexUnavailable        the search index cannot be opened and could not be rebuilt
```

A bad *table* is not an error: it is findings (`assistant.checks`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class JimuError(Exception):
    """Something the user can understand and act on; `problems` holds one Chinese line each."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems: tuple[str, ...] = problems


class BadInput(JimuError):
    """The user's text, file or option cannot be used."""


class BadBrief(BadInput):
    """A project description that cannot be drafted from."""


class BadTable(BadInput):
    """Data that does not fit the schema."""

    def __init__(self, where: str, problems: Sequence[str]) -> None:
        super().__init__(*(f"{where}：{problem}" for problem in problems))


class UnreadableFile(BadInput):
    """A file that is missing, broken or not what its name says."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"{path}：{reason}")
        self.path, self.reason = Path(path), reason


class UnsupportedFormat(BadInput):
    """A suffix or content that no reader or writer handles."""

    def __init__(self, path: Path | str, supported: Sequence[str]) -> None:
        super().__init__(f"{path}：不支持这种格式，请改用 {'、'.join(supported)}")


class BadSetting(JimuError):
    """An environment variable or configuration value that cannot be used."""


class HomeUnusable(JimuError):
    """The data folder cannot be created or written."""

    def __init__(self, home: Path, reason: str) -> None:
        super().__init__(
            f"数据文件夹 {home} 不能写入（{reason}），没有改动任何内容；"
            "请检查权限，或用环境变量 JIMU_HOME 指定另一个文件夹"
        )


class DiskFull(JimuError):
    """The disk or quota is exhausted."""

    def __init__(self, home: Path) -> None:
        super().__init__(f"磁盘空间不足，写入 {home} 时中断；已确认保存的内容都在，请腾出空间后重试")


class StoreDamaged(JimuError):
    """The SQLite store of past tables cannot be read."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"先例库 {path} 打不开（{reason}）；文件原样保留未动，请用备份替换它，或把它移走后重新运行 jimu import"
        )


class IndexUnavailable(JimuError):
    """The search index cannot be opened and could not be rebuilt."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"检索索引不可用：{reason}；先例本身没有受影响，可删除数据文件夹下的 index 目录后重试")


class ModelFailed(JimuError):
    """The configured chat model gave no usable reply; the work goes on without it and says so."""

    def __init__(self, model: str, reason: str) -> None:
        super().__init__(f"对话模型 {model}：{reason}")


class EmbeddingFailed(JimuError):
    """The configured encoder gave no usable vectors; nothing else takes its place."""

    def __init__(self, encoder: str, reason: str) -> None:
        super().__init__(f"向量模型 {encoder}：{reason}")
        self.encoder, self.reason = encoder, reason

    def during_build(self, done: int, total: int) -> EmbeddingFailed:
        """The same failure, said of an index being built."""
        return EmbeddingFailed(
            self.encoder,
            f"{self.reason}；{total} 条文字已算好 {done} 条并保存，原有的索引和先例没有改动，恢复后重新运行会接着算",
        )


class RerankingFailed(JimuError):
    """The configured reranker gave no usable scores; the search goes on without it and says so."""

    def __init__(self, reranker: str, reason: str) -> None:
        super().__init__(f"重排模型 {reranker}：{reason}")
