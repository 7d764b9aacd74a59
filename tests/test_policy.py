"""The policy documents: every cite resolves, nothing unread is quoted by article, local documents say so."""

import pytest
from pydantic import ValidationError

from assistant.checks import RULES
from assistant.policy import Provision, load_documents, resolve


@pytest.mark.parametrize("ref", sorted({ref for rule in RULES.values() for ref in rule.cite}))
def test_every_cite_of_every_rule_resolves(ref: str) -> None:
    cite = resolve(ref)
    assert cite.ref == ref and cite.label and cite.provision.paraphrase


def test_no_unverified_provision_shows_an_article() -> None:
    for document in load_documents().values():
        assert document.verified or not any(one.article or one.verified for one in document.provisions)


def test_an_unread_article_cannot_be_entered() -> None:
    with pytest.raises(ValidationError, match="没有核对过"):
        Provision(key="1", article="第一条", paraphrase="……", verified=False)


def test_labels_say_number_and_article() -> None:
    assert resolve("mof-2021-101#3.6").label == "财预〔2021〕101号 附件1 三（六）"
    assert resolve("tool#default").label == "工具默认"
    assert resolve("mof-2015-88#whole").label == "财预〔2015〕88号（未核对条文）"


def test_a_local_document_binds_only_its_region() -> None:
    cite = resolve("henan-2022-4#16")
    assert cite.label == "参照地方：豫财效〔2022〕4号 第十六条"
    assert cite.label_for("河南省周口市") == "豫财效〔2022〕4号 第十六条"


def test_the_central_guidance_is_a_reference_for_local_tables() -> None:
    assert resolve("mof-2021-101#2.4").label_for("湖北省") == "参照 财预〔2021〕101号 附件1 二（四）"
    assert resolve("mof-2020-10#13").label_for("湖北省") == "财预〔2020〕10号 第十三条"


def test_files_are_named_by_their_id_and_keys_are_unique() -> None:
    for name, document in load_documents().items():
        keys = [provision.key for provision in document.provisions]
        assert document.id == name and len(keys) == len(set(keys)) and document.provisions


def test_an_unknown_cite_is_a_programming_error() -> None:
    for ref in ("mof-2021-101#9.9", "nobody#1", "mof-2021-101"):
        with pytest.raises(LookupError):
            resolve(ref)
