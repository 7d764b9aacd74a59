"""Which encoder and reranker the settings choose; contradictions are refused in one line each."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.errors import BadSetting, JimuError
from assistant.retrieval.embedding import PackagedEncoder
from assistant.settings import Settings, load_settings

URL = "http://127.0.0.1:9/v1"
KINDS = ("embedding", "reranker")


def chosen(kind: str, **given: object) -> object:
    settings = Settings(**{f"{kind}_{name}": value for name, value in given.items()})
    return settings.embedder() if kind == "embedding" else settings.reranker()


def test_without_a_setting_the_encoder_comes_with_jimu_and_nothing_is_reranked() -> None:
    assert isinstance(Settings().embedder(), PackagedEncoder)
    assert Settings().reranker() is None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"url": URL, "model": "m", "folder": Path("/nowhere")}, "同时设置"),
        ({"url": URL}, "还要设置 JIMU_{}_MODEL"),
        ({"model": "m"}, "还要设置 JIMU_{}_URL"),
        ({"folder": Path("/nowhere")}, "JIMU_{}_FOLDER 指定的文件夹 /nowhere 不能用"),
        ({"url": URL, "model": "m", "key": "密钥"}, "JIMU_{}_KEY"),
    ],
)
def test_a_contradiction_is_refused_in_one_line(kind: str, given: dict[str, object], said: str) -> None:
    with pytest.raises(BadSetting, match=said.format(kind.upper())) as refused:
        chosen(kind, **given)
    assert len(refused.value.problems) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_the_environment_chooses_and_the_key_stays_hidden(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("URL", URL), ("MODEL", "m"), ("KEY", "sk-secret")):
        monkeypatch.setenv(f"JIMU_{kind.upper()}_{name}", value)
    settings = load_settings()
    assert "sk-secret" not in repr(settings)
    made = settings.embedder() if kind == "embedding" else settings.reranker()
    with pytest.raises(JimuError, match="连接不上") as failed:
        made.scores("桥", ["梁"]) if kind == "reranker" else made.embed(["桥"])  # type: ignore[union-attr]
    assert "sk-secret" not in str(failed.value)


@pytest.mark.parametrize("kind", KINDS)
def test_an_address_that_is_none_is_refused(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"JIMU_{kind.upper()}_URL", "ftp://files")
    with pytest.raises(BadSetting, match=f"{kind}_url 格式不对"):
        load_settings()


def test_a_missing_extra_is_one_line_that_says_what_to_install(tmp_path: Path) -> None:
    """In a process of its own whose path hides both libraries, as on a machine without the extra."""
    import subprocess
    import sys

    (tmp_path / "model.onnx").write_bytes(b"")
    (tmp_path / "tokenizer.json").write_text("{}")
    code = (
        "import sys\n"
        "from importlib.machinery import PathFinder\n"
        "class Without(PathFinder):\n"
        "    @classmethod\n"
        "    def find_spec(cls, name, *rest):\n"
        "        return None if name in ('onnxruntime', 'tokenizers') else PathFinder.find_spec(name, *rest)\n"
        "sys.meta_path[:] = [Without if one is PathFinder else one for one in sys.meta_path]\n"
        "from assistant.cli import main\n"
        "main()\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, "search", "桥梁"],
        env={**os.environ, "JIMU_HOME": str(tmp_path / "home"), "JIMU_EMBEDDING_FOLDER": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (ran.returncode, len(ran.stderr.splitlines())) == (2, 1), ran
    assert "JIMU_EMBEDDING_FOLDER 还需要组件 onnxruntime、tokenizers" in ran.stderr
    assert "local-embedding" in ran.stderr
