"""The chat model without precedents: its reply is read row by row, and what is no table has no rows."""

import json

import pytest

from assistant.brief import BriefRequest
from assistant.errors import ModelFailed
from assistant.model import ScriptedModel
from evals.drafting.bare_model import draft_bare
from evals.drafting.systems import Counted

REQUEST = BriefRequest(project_name="基层干部培训", description="培训600人次。")


def test_the_rows_of_a_reply_are_read_and_the_request_is_sent_as_data() -> None:
    rows = [
        {"level2": "数量指标", "name": "培训人次", "value": "≥600人次"},
        {"level2": "质量", "name": "合格率", "value": None},
        {"level2": "心情指标", "name": "高兴"},
    ]
    model = ScriptedModel([f"好的：\n```json\n{json.dumps({'indicators': rows}, ensure_ascii=False)}\n```"])
    made = draft_bare(REQUEST, "2021", model)
    assert [(row.level2, row.name) for row in made] == [("数量指标", "培训人次"), ("质量指标", "合格率")]
    assert made[1].value is None
    assert "基层干部培训" in model.asked[0][1]


@pytest.mark.parametrize("reply", ["抱歉，做不到。", '{"indicators": "无"}', '{"rows": []}'])
def test_what_is_no_table_is_a_failure_and_not_an_empty_table(reply: str) -> None:
    with pytest.raises(ModelFailed, match="没有指标表"):
        draft_bare(REQUEST, "2021", ScriptedModel([reply]))


def test_calls_and_tokens_are_counted_for_a_system() -> None:
    counted = Counted(ScriptedModel(["一", "二"]))
    assert (counted.ask("", ""), counted.ask("", "")) == ("一", "二")
    assert (counted.calls, counted.tokens) == (2, None)
