"""A text model in a local folder [door: onnxruntime, tokenizers]: its files, their digest, and one run over texts."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cached_property
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.errors import BadSetting, JimuError

_LONGEST = 512  # tokens, unless the folder says fewer
_LIBRARIES = ("onnxruntime", "tokenizers")
_INPUTS = {"input_ids", "attention_mask", "token_type_ids"}
_SAY_LENGTH = (("sentence_bert_config.json", "max_seq_length"), ("tokenizer_config.json", "model_max_length"))
POOLING = "1_Pooling/config.json"

T = TypeVar("T", dict[str, Any], list[Any])
Read = tuple[NDArray[np.float32], NDArray[np.int64]]
"""What the model says (texts × tokens × dimensions, or texts × numbers), and which tokens are no padding."""


class OnnxModel:
    """The model of one folder, loaded at the first use; `setting` is the variable that named the folder."""

    def __init__(self, folder: Path, setting: str) -> None:
        self.folder = folder
        self._setting = setting
        models = [path for path in (folder / "model.onnx", folder / "onnx" / "model.onnx") if path.is_file()]
        if not models:
            raise self.unusable("里面没有 model.onnx（或 onnx/model.onnx）")
        if not (folder / "tokenizer.json").is_file():
            raise self.unusable("里面没有 tokenizer.json")
        if missing := [one for one in _LIBRARIES if find_spec(one) is None]:
            raise BadSetting(f"{setting} 还需要组件 {'、'.join(missing)}：请运行 pip install '.[local-embedding]'")
        self._file = models[0]

    def unusable(self, reason: str) -> BadSetting:
        """The error that names the folder."""
        return BadSetting(f"{self._setting} 指定的文件夹 {self.folder} 不能用：{reason}，请换成完整的 ONNX 模型文件夹")

    @cached_property
    def digest(self) -> str:
        """Changes with any file that decides what the model says."""
        beside = sorted(self._file.parent.glob("model.onnx*"))  # large weights lie beside, as model.onnx_data
        names = ("tokenizer.json", POOLING, *(name for name, _ in _SAY_LENGTH))
        total = sha256()
        for path in (*beside, *(self.folder / name for name in names if (self.folder / name).is_file())):
            total.update(f"{path.relative_to(self.folder).as_posix()}:{path.stat().st_size}:".encode())
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    total.update(block)
        return total.hexdigest()[:16]

    def said(self, name: str, kind: type[T]) -> T:
        """What a JSON file of the folder holds, an empty one where it is not there."""
        path = self.folder / name
        if not path.is_file():
            return kind()
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as problem:
            raise self.unusable(f"{name} 读不懂") from problem
        if not isinstance(found, kind):
            raise self.unusable(f"{name} 读不懂")
        return found

    def read(self, texts: Sequence[str] | Sequence[tuple[str, str]], failed: Callable[[str], JimuError]) -> Read:
        """One run over texts, or over pairs of them; raises `failed(reason)`, `BadSetting` when it cannot be loaded."""
        tokenizer, session = self._tokenizer, self._session
        with _Told(failed):
            encoded = tokenizer.encode_batch(list(texts))
            given = {
                "input_ids": [one.ids for one in encoded],
                "attention_mask": [one.attention_mask for one in encoded],
                "token_type_ids": [one.type_ids for one in encoded],
            }
            wanted = [one.name for one in session.get_inputs()]
            said = session.run([self._output], {name: np.array(given[name], dtype=np.int64) for name in wanted})
        return np.asarray(said[0], dtype=np.float32), np.array(given["attention_mask"], dtype=np.int64)

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4  # what matters is raised
        with _Told(self._broken("model.onnx")):
            session = onnxruntime.InferenceSession(str(self._file), options, providers=["CPUExecutionProvider"])
        if strange := {one.name for one in session.get_inputs()} - _INPUTS:
            raise self.unusable(f"模型要的输入 {'、'.join(sorted(strange))} 这里不提供（只支持句向量和交叉编码模型）")
        return session

    @cached_property
    def _output(self) -> str:
        names = [one.name for one in self._session.get_outputs()]
        return "sentence_embedding" if "sentence_embedding" in names else str(names[0])

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        with _Told(self._broken("tokenizer.json")):
            tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
            padding = tokenizer.padding or {}
            tokenizer.enable_padding(**padding | {"length": None})
            tokenizer.enable_truncation(max_length=self._longest())
        return tokenizer

    def _broken(self, name: str) -> Callable[[str], JimuError]:
        return lambda _reason: self.unusable(f"{name} 打不开")

    def _longest(self) -> int:
        said = [self.said(name, dict).get(key) for name, key in _SAY_LENGTH]
        return min([_LONGEST, *(int(one) for one in said if isinstance(one, int | float) and one > 0)])


class _Told:
    """Says in our words whatever onnxruntime and tokenizers raise.

    A context manager and no `except`: tokenizers raises bare `Exception`, onnxruntime classes without a public name.
    """

    def __init__(self, failed: Callable[[str], JimuError]) -> None:
        self._failed = failed

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, problem: BaseException | None, trace: TracebackType | None) -> None:
        if isinstance(problem, Exception) and not isinstance(problem, JimuError):
            raise self._failed(f"模型运行出错（{type(problem).__name__}）") from problem
