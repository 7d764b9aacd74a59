"""Services on this machine that speak `/embeddings` and `/rerank`, and can be told to go wrong or to die."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from assistant.retrieval.embedding import HashedEncoder

Body = dict[str, Any]


def hashed_vectors(texts: Sequence[str]) -> list[list[float]]:
    return [[float(one) for one in row] for row in HashedEncoder().embed(texts)]


def embedding_reply(vectors: Sequence[Sequence[float]]) -> Body:
    data = [{"object": "embedding", "index": place, "embedding": one} for place, one in enumerate(vectors)]
    return {"object": "list", "model": "m", "data": data, "usage": {"prompt_tokens": 1, "total_tokens": 1}}


def answer_embeddings(asked: Body) -> Body:
    return embedding_reply(hashed_vectors(asked["input"]))


def answer_reranking(asked: Body) -> Body:
    """The longer the text, the better; results in the order of their scores, as services give them."""
    scored = [{"index": place, "relevance_score": float(len(text))} for place, text in enumerate(asked["documents"])]
    return {"results": sorted(scored, key=lambda one: -one["relevance_score"])}


@dataclass
class Service:
    """One listening service; `answer` makes a reply of a request, an `int` of it is a status without one."""

    answer: Callable[[Body], Body | int]
    seen: list[Body] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    requests_to_live: int | None = None
    port: int = 0
    _server: ThreadingHTTPServer | None = None

    def start(self) -> Service:
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if service.requests_to_live == 0:  # it dies with the question in its hands
                    threading.Thread(target=service.stop).start()
                    self.close_connection = True
                    return
                if service.requests_to_live is not None:
                    service.requests_to_live -= 1
                service.seen.append(asked)
                service.headers.append(dict(self.headers))
                service.paths.append(self.path)
                reply = service.answer(asked)
                data = json.dumps({} if isinstance(reply, int) else reply).encode()
                self.send_response(reply if isinstance(reply, int) else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def stop(self) -> None:
        server, self._server = self._server, None
        if server:
            server.shutdown()
            server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def texts(self) -> list[str]:
        """Every text that was sent to `/embeddings`, in order."""
        return [text for asked in self.seen for text in asked["input"]]
