"""The door to a compatible endpoint, against a small server on this machine; the key never shows."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest

from assistant.errors import BadSetting, ModelFailed
from assistant.model.endpoint import Endpoint
from assistant.settings import Settings


class Server(BaseHTTPRequestHandler):
    status = 200
    body: ClassVar[dict] = {}
    seen: ClassVar[list[dict]] = []
    headers_seen: ClassVar[list[dict]] = []

    def do_POST(self) -> None:
        self.headers_seen.append(dict(self.headers))
        self.seen.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        data = json.dumps(self.body).encode()
        self.send_response(self.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[tuple[type[Server], str]]:
    handler = type("Handler", (Server,), {"seen": [], "headers_seen": []})
    running = HTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield handler, f"http://127.0.0.1:{running.server_port}/v1"
    running.shutdown()


def reply(text: str | None) -> dict:
    message = {"role": "assistant", "content": text}
    return {"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": [
        {"index": 0, "finish_reason": "stop", "message": message}
    ]}  # fmt: skip


def test_system_and_user_go_out_and_the_text_comes_back(server) -> None:
    handler, url = server
    handler.body = reply("好")
    assert Endpoint(url, "qwen", "sk-secret").ask("系统", "用户") == "好"
    (sent,) = handler.seen
    assert [one["content"] for one in sent["messages"]] == ["系统", "用户"] and sent["temperature"] == 0


def test_nothing_of_the_environment_goes_out(server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-secret")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "project-secret")
    handler, url = server
    handler.body = reply("好")
    Endpoint(url, "qwen", "sk-secret").ask("系统", "用户")
    assert "secret" not in str(handler.headers_seen[0]).replace("sk-secret", "")


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (401, {"error": {"message": "bad key sk-secret"}}, "401"),
        (200, reply(None), "空的"),
        (200, [1], "接口约定"),
        (200, {"choices": [{}]}, "接口约定"),
        (200, {"choices": []}, "接口约定"),
        (200, "<html>登录</html>", "接口约定"),
        (302, {}, "302"),
    ],
)
def test_a_failure_says_what_to_do_and_never_the_key(server, status: int, body: dict, said: str) -> None:
    handler, url = server
    handler.status, handler.body = status, body
    with pytest.raises(ModelFailed, match=said) as failed:
        Endpoint(url, "qwen", "sk-secret").ask("系统", "用户")
    assert "sk-secret" not in str(failed.value)


def test_an_endpoint_nobody_listens_on_is_named() -> None:
    with pytest.raises(ModelFailed, match="连接不上"):
        Endpoint("http://127.0.0.1:9/v1", "qwen", "sk-secret").ask("系统", "用户")


def test_without_an_address_there_is_no_model_and_the_key_is_hidden() -> None:
    assert Settings().chat_model() is None
    assert "sk-secret" not in repr(Settings(model_key="sk-secret"))


def test_a_key_that_no_header_can_carry_is_refused() -> None:
    with pytest.raises(BadSetting, match="JIMU_MODEL_KEY"):
        Settings(model_url="http://127.0.0.1:9/v1", model_name="m", model_key="密钥").chat_model()


def test_an_address_without_a_model_name_is_refused() -> None:
    with pytest.raises(BadSetting, match="JIMU_MODEL_NAME"):
        Settings(model_url="http://127.0.0.1:9/v1").chat_model()
