"""`jimu eval` as a user runs it: a report, the same figures twice, every table accounted for, clear refusals."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from past_tables import flat_table

from assistant.errors import JimuError
from evals import command

ROADS = (
    ("数量指标", "通村道路硬化里程", "≥12公里"),
    ("质量指标", "道路工程验收合格率", "=100%"),
    ("时效指标", "道路完工时间", "2022年10月31日前"),
    ("社会效益指标", "沿线受益人口数", "≥3000人"),
    ("服务对象满意度指标", "沿线群众满意度", "≥90%"),
)
PENSION = (
    ("数量指标", "养老金发放人数", "≥21000人"),
    ("质量指标", "养老金足额发放率", "=100%"),
    ("社会效益指标", "城乡居民参保率", "≥95%"),
    ("服务对象满意度指标", "参保人员满意度", "≥90%"),
)


def jimu(*words: str, home: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("JIMU_")}
    return subprocess.run(
        [sys.executable, "-m", "assistant", "eval", *words],
        capture_output=True,
        text=True,
        env={**kept, "JIMU_HOME": str(home), **settings},
        check=False,
    )


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six tables: four cases, one double, one that cannot be read; and one without any row."""
    folder = tmp_path_factory.mktemp("past")
    tables = {
        "a": flat_table("a"),
        "b": flat_table("b", region="四川省", year=2022, rows=ROADS, project_name="通村道路硬化", goal="硬化12公里。"),
        "c": flat_table(
            "c", region="湖南省", year=2021, rows=PENSION, project_name="居民养老保险补助", goal="按时发放。"
        ),
        "d": flat_table("d", region="江西省", year=2024, rows=PENSION[:3] + ROADS[4:], project_name="养老保险"),
        "e": flat_table("a", rows=ROADS),
        "g": flat_table("g", rows=()),
    }
    for name, table in tables.items():
        (folder / f"{name}.json").write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
    (folder / "f.json").write_text("{ 不是 JSON", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def runs(past: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The output folders of two runs over the same tables."""
    folders = [tmp_path_factory.mktemp(f"run{number}") for number in (1, 2)]
    for folder in folders:
        done = jimu("drafting", "--data", str(past), "--alone", "--out", str(folder / "out"), home=folder / "home")
        assert done.returncode == 0, done.stderr
    return folders


def figures(folder: Path) -> dict[str, object]:
    path = next((folder / "out").glob("*-drafting.json"))
    found: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return found


@pytest.mark.slow
def test_two_runs_give_the_same_figures(runs: list[Path]) -> None:
    first, second = map(figures, runs)
    for differs in ("measured", "cost"):
        first.pop(differs), second.pop(differs)
    assert first == second


@pytest.mark.slow
def test_every_table_is_a_case_or_named_with_the_reason(runs: list[Path]) -> None:
    told = figures(runs[0])
    assert told["cases"] == 4
    assert told["skipped"] == {"a": "编号重复，只用第一张"}
    assert told["unread"] == ["f.json", "g.json"]
    page = next((runs[0] / "out").glob("*.md")).read_text(encoding="utf-8")
    assert "f.json" in page and "编号重复" in page


@pytest.mark.slow
def test_the_systems_stand_side_by_side_and_jimu_invents_nothing(runs: list[Path]) -> None:
    systems = figures(runs[0])["systems"]
    assert isinstance(systems, dict)
    assert "jimu_blind" in systems and "bare_model" not in systems  # no model is configured
    assert systems["jimu_offline"]["ungrounded"]["mean"] == 0.0
    assert systems["copy_words"]["f1"]["mean"] is not None


@pytest.mark.slow
def test_the_journal_is_gone_after_the_run(runs: list[Path]) -> None:
    assert not list((runs[0] / "out").glob(".*journal*"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("drafting", "--data", "没有的文件夹"), "找不到 没有的文件夹"),
        (("drafting", "--alone"), "--alone 只和 --data 一起用"),
        (("weather",), "drafting"),
        (("checking", "--fast"), "只管 drafting"),
        (("drafting", "--baseline", "--set-baseline"), "只能给一个"),
    ],
)
def test_what_cannot_be_done_is_one_chinese_line(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = jimu(*words, "--out", str(tmp_path / "out"), home=tmp_path / "home")
    assert done.returncode == 2
    assert said in done.stderr and "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


class Model(BaseHTTPRequestHandler):
    """An endpoint on this machine that answers every question with the same small table."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        rows = [
            {"level2": "数量指标", "name": "培训人次", "value": "≥777人次"},
            {"level2": "质量指标", "name": "培训考核合格率"},
        ]
        message = {"role": "assistant", "content": json.dumps({"indicators": rows}, ensure_ascii=False)}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        usage = {"prompt_tokens": 80, "completion_tokens": 20, "total_tokens": 100}
        head = {"id": "1", "object": "chat.completion", "created": 0, "model": "m"}
        data = json.dumps({**head, "choices": [choice], "usage": usage}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.slow
def test_a_configured_model_stands_beside_the_others_and_its_inventions_are_counted(past: Path, tmp_path: Path) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Model)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    words = ("drafting", "--data", str(past), "--alone", "--out", str(tmp_path / "out"))
    url = f"http://127.0.0.1:{server.server_port}/v1"
    done = jimu(*words, home=tmp_path / "home", JIMU_MODEL_URL=url, JIMU_MODEL_NAME="qwen")
    server.shutdown()
    assert done.returncode == 0, done.stderr
    told = figures(tmp_path)
    assert isinstance(told["systems"], dict) and isinstance(told["cost"], dict)
    assert told["systems"]["bare_model"]["ungrounded"]["mean"] == 1.0  # 777 stands nowhere
    assert told["systems"]["bare_model"]["values_cited"]["mean"] == 0.0
    assert told["cost"]["bare_model"]["tokens"] == 100 and told["cost"]["bare_model"]["calls"] == 1


@pytest.mark.slow
def test_a_single_table_makes_no_case_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "a.json").write_text(json.dumps(flat_table("a"), ensure_ascii=False), encoding="utf-8")
    done = jimu("drafting", "--data", str(tmp_path / "one"), "--alone", "--out", str(tmp_path), home=tmp_path / "home")
    assert done.returncode == 2
    assert "没有可用的先例" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("suite", ["drafting", "calibration"])
def test_a_report_that_cannot_be_written_is_said(suite: str, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file stands here", encoding="utf-8")
    done = jimu(suite, "--out", str(tmp_path / "out"), home=tmp_path / "home")
    assert done.returncode == 2
    assert "写不进" in done.stderr and "Traceback" not in done.stderr


def test_without_its_libraries_the_command_says_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_LIBRARIES", ("no_such_library",))
    done = CliRunner().invoke(command.evaluate, [], obj=None)
    assert isinstance(done.exception, JimuError)
    assert "no_such_library" in str(done.exception) and "make evals" in str(done.exception)


def test_json_goes_to_standard_output_alone(tmp_path: Path) -> None:
    done = jimu("calibration", "--json", "--out", str(tmp_path / "out"), home=tmp_path / "home")
    assert done.returncode == 0
    assert json.loads(done.stdout)["calibration"]["threshold"] == 0.6
