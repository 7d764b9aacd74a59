"""The only reader of environment and configuration; builds the concrete parts from them.

Environment variables begin with `JIMU_`; the same names in lower case stand in `jimu.toml` in the data folder.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from assistant.errors import BadSetting
from assistant.limits import Limits
from assistant.reading_limits import ReadingLimits
from assistant.schema import chinese_problems

if TYPE_CHECKING:
    from assistant.model import ChatModel
    from assistant.precedents.store import PastTables
    from assistant.retrieval.embedding import Embedder
    from assistant.retrieval.reranking import Reranker
    from assistant.retrieval.search import Searcher

Progress = Callable[[str, int, int], None]


class Settings(BaseSettings):
    """What the user configured; every value has a default that keeps all work on this machine."""

    model_config = SettingsConfigDict(env_prefix="JIMU_", env_nested_delimiter="__", frozen=True, extra="ignore")

    home: Path = Field(default_factory=lambda: user_data_path("jimu", appauthor=False), title="数据文件夹")
    chroma_url: str | None = Field(None, title="Chroma 服务地址", pattern=r"^https?://")
    model_url: str | None = Field(None, title="对话模型接口地址", pattern=r"^https?://")
    model_name: str | None = Field(None, title="对话模型名称")
    model_key: SecretStr | None = Field(None, title="对话模型密钥")
    embedding_url: str | None = Field(None, title="向量接口地址", pattern=r"^https?://")
    embedding_model: str | None = Field(None, title="向量模型名称")
    embedding_key: SecretStr | None = Field(None, title="向量接口密钥")
    embedding_folder: Path | None = Field(None, title="本机向量模型文件夹")
    reranker_url: str | None = Field(None, title="重排接口地址", pattern=r"^https?://")
    reranker_model: str | None = Field(None, title="重排模型名称")
    reranker_key: SecretStr | None = Field(None, title="重排接口密钥")
    reranker_folder: Path | None = Field(None, title="本机重排模型文件夹")
    limits: Limits = Field(default_factory=Limits, title="检查阈值（工具默认）")
    reading: ReadingLimits = Field(default_factory=ReadingLimits, title="读取文件的上限")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 – the signature is pydantic-settings' own
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment over `jimu.toml` in the data folder over the defaults."""
        home = env_settings().get("home") or user_data_path("jimu", appauthor=False)
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, Path(home) / "jimu.toml")

    @cached_property
    def store(self) -> PastTables:
        """The store of past tables in the data folder."""
        from assistant.precedents.store import PastTables

        return PastTables.open(self.home)

    def searcher(self, progress: Progress | None, tell: Callable[[str], None]) -> Searcher:
        """Search over the store, its index brought up to date first; `tell` hears what users should know of it."""
        from assistant.precedents.joining import join_new_names
        from assistant.retrieval.index import open_index
        from assistant.retrieval.reranking import SecondLook
        from assistant.retrieval.search import Searcher

        reranker = self.reranker()
        look = None if reranker is None else SecondLook(reranker, tell)
        encoder = self.embedder()
        index = open_index(self.home, self.store, encoder, chroma_url=self.chroma_url, progress=progress)
        join_new_names(self.store, encoder.name, index.text_vectors, progress or (lambda *_: None))
        return Searcher(self.store, index, second_look=look)

    def embedder(self) -> Embedder:
        """The configured encoder; without a setting the one that comes with Jimu."""
        _require_one_source("EMBEDDING", self.embedding_url, self.embedding_model, self.embedding_folder)
        if self.embedding_folder is not None:
            from assistant.retrieval.folder_encoder import FolderEncoder

            return FolderEncoder(self.embedding_folder.expanduser())
        if self.embedding_url and self.embedding_model:
            from assistant.model.embedding_endpoint import EmbeddingEndpoint
            from assistant.retrieval.remote_encoder import RemoteEncoder

            key = _usable(self.embedding_key, "JIMU_EMBEDDING_KEY") or "none"
            return RemoteEncoder(EmbeddingEndpoint(self.embedding_url, self.embedding_model, key))
        from assistant.retrieval.embedding import PackagedEncoder

        return PackagedEncoder()

    def reranker(self) -> Reranker | None:
        """The configured reranker, None when there is none."""
        _require_one_source("RERANKER", self.reranker_url, self.reranker_model, self.reranker_folder)
        if self.reranker_folder is not None:
            from assistant.retrieval.reranking import FolderReranker

            return FolderReranker(self.reranker_folder.expanduser())
        if self.reranker_url and self.reranker_model:
            from assistant.model.rerank_endpoint import RerankEndpoint

            key = _usable(self.reranker_key, "JIMU_RERANKER_KEY")
            return RerankEndpoint(self.reranker_url, self.reranker_model, key)
        return None

    def chat_model(self) -> ChatModel | None:
        """The configured chat model, None when there is none: everything works without."""
        if self.model_url is None:
            return None
        if not self.model_name:
            raise BadSetting("设置了 JIMU_MODEL_URL，还要设置 JIMU_MODEL_NAME（模型名称）")
        from assistant.model.endpoint import Endpoint

        return Endpoint(self.model_url, self.model_name, _usable(self.model_key, "JIMU_MODEL_KEY") or "none")


def load_settings() -> Settings:
    """The settings of this run; raises `BadSetting` with one Chinese line per problem."""
    try:
        return Settings()
    except ValidationError as problem:
        raise BadSetting(*(f"设置 {line}" for line in chinese_problems(problem))) from problem
    except (OSError, ValueError) as problem:
        raise BadSetting(f"配置文件 jimu.toml 读不了（{problem}），请检查写法") from problem


def _require_one_source(what: str, url: str | None, model: str | None, folder: Path | None) -> None:
    name = f"JIMU_{what}"
    if url and folder is not None:
        raise BadSetting(f"{name}_URL 和 {name}_FOLDER 同时设置了，只能用一个，请去掉另一个")
    if url and not model:
        raise BadSetting(f"设置了 {name}_URL，还要设置 {name}_MODEL（模型名称）")
    if model and not url:
        raise BadSetting(f"设置了 {name}_MODEL，还要设置 {name}_URL（接口地址）")


def _usable(key: SecretStr | None, name: str) -> str | None:
    """The key as it goes into a header."""
    if key is None:
        return None
    if not key.get_secret_value().isascii():
        raise BadSetting(f"{name}（密钥）里有非英文字符，请重新复制")
    return key.get_secret_value()
