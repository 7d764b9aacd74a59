"""Shared ground of all tests: no network but loopback, a fresh data folder, the shared material where it is."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections leave this machine only over my dead body; loopback is fine."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family in (socket.AF_INET, socket.AF_INET6) and host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"network is off in tests: {address}")
        real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture
def shared() -> Path:
    """The folder of shared material; tests that need it skip without it."""
    if not SHARED.is_dir():
        pytest.skip("../shared 不在，跳过用真实材料的测试（项目自带的样例已覆盖同样内容）")
    return SHARED
