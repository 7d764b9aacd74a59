"""The documents rules and drafts refer to: `corpus/policy/*.json`, one file a document, provisions in our own words.

A cite is written `document#provision` (`mof-2021-101#3.6`). Articles nobody has read in the original are never shown:
such a document is cited by number alone. Local documents bind their own region only; elsewhere the label says 参照.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from pydantic import Field, model_validator

from assistant.resources import corpus_folder
from assistant.schema import Strict

Scope = Literal["national", "local", "tool"]


class Provision(Strict):
    """One provision: where it stands and what it asks for, paraphrased."""

    key: str = Field(title="键", min_length=1)
    article: str = Field("", title="条号")
    paraphrase: str = Field(title="转述", min_length=1)
    verified: bool = Field(True, title="已核对")

    @model_validator(mode="after")
    def _no_unread_article(self) -> Provision:
        if self.article and not self.verified:
            raise ValueError("没有核对过的条文不能写条号")
        return self


class Document(Strict):
    """One policy document; scope "tool" holds what is our own default and no regulation."""

    id: str = Field(title="编号", min_length=1)
    number: str = Field("", title="文号")
    title: str = Field(title="标题", min_length=1)
    date: str | None = Field(None, title="日期", pattern=r"^\d{4}-\d{2}-\d{2}$")
    scope: Scope = Field(title="范围")
    region: str = Field("", title="地区")
    central_units_only: bool = Field(False, title="只发中央单位")
    verified: bool = Field(True, title="已核对")
    note: str = Field("", title="说明")
    provisions: tuple[Provision, ...] = Field((), title="条文")


@dataclass(frozen=True)
class Cite:
    """One provision of one document, as a rule or a suggested value refers to it."""

    document: Document
    provision: Provision

    @property
    def ref(self) -> str:
        """The written form, `document#provision`."""
        return f"{self.document.id}#{self.provision.key}"

    @property
    def label(self) -> str:
        """What users read when the region of the table is not known."""
        return self.label_for(None)

    def label_for(self, region: str | None) -> str:
        """What users of one region read: 参照 before a document that does not bind them."""
        if self.document.scope == "tool":
            return self.provision.article or self.document.title
        name = self.document.number or f"《{self.document.title}》"
        text = f"{name} {self.provision.article}".strip()
        if not self.provision.verified:
            text += "（未核对条文）"
        if self.document.scope == "local" and self.document.region not in (region or ""):
            return f"参照地方：{text}"
        local_table = bool(region) and region != "中央"
        return f"参照 {text}" if self.document.central_units_only and local_table else text


@cache
def load_documents() -> Mapping[str, Document]:
    """Every document by id, read once."""
    files = sorted((corpus_folder() / "policy").glob("*.json"))
    documents = [Document.model_validate(json.loads(file.read_text(encoding="utf-8"))) for file in files]
    return MappingProxyType({document.id: document for document in documents})


@cache
def resolve(ref: str) -> Cite:
    """The cite behind `document#provision`; an unknown one is a programming error (`LookupError`)."""
    document_id, _, key = ref.partition("#")
    document = load_documents().get(document_id)
    for provision in document.provisions if document else ():
        if document and provision.key == key:
            return Cite(document, provision)
    raise LookupError(f"no provision {ref!r} in corpus/policy")
