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
from assistant.schema import chinese_problems

if TYPE_CHECKING:
    from assistant.model import ChatModel
    from assistant.precedents.store import PastTables
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
    limits: Limits = Field(default_factory=Limits, title="检查阈值（工具默认）")

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

    def searcher(self, progress: Progress | None = None) -> Searcher:
        """Search over the store, its index brought up to date first."""
        from assistant.precedents.joining import join_new_names
        from assistant.retrieval.embedding import PackagedEncoder
        from assistant.retrieval.index import open_index
        from assistant.retrieval.search import Searcher

        encoder = PackagedEncoder()
        index = open_index(self.home, self.store, encoder, chroma_url=self.chroma_url, progress=progress)
        join_new_names(self.store, encoder.name, index.text_vectors, progress or (lambda *_: None))
        return Searcher(self.store, index)

    def chat_model(self) -> ChatModel | None:
        """The configured chat model, None when there is none: everything works without."""
        if self.model_url is None:
            return None
        if not self.model_name:
            raise BadSetting("设置了 JIMU_MODEL_URL，还要设置 JIMU_MODEL_NAME（模型名称）")
        key = self.model_key.get_secret_value() if self.model_key else "none"
        if not key.isascii():
            raise BadSetting("JIMU_MODEL_KEY（对话模型密钥）里有非英文字符，请重新复制")
        from assistant.model.endpoint import Endpoint

        return Endpoint(self.model_url, self.model_name, key)


def load_settings() -> Settings:
    """The settings of this run; raises `BadSetting` with one Chinese line per problem."""
    try:
        return Settings()
    except ValidationError as problem:
        raise BadSetting(*(f"设置 {line}" for line in chinese_problems(problem))) from problem
    except (OSError, ValueError) as problem:
        raise BadSetting(f"配置文件 jimu.toml 读不了（{problem}），请检查写法") from problem
