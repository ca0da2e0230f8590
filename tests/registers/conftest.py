"""A publisher of official lists on this machine, and lists to publish."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class Publisher:
    """Answers each path with a status, headers and a body; `asked` holds what was asked for, and by whom."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, Mapping[str, str], bytes]] = {}
        self.asked: list[tuple[str, str | None]] = []
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                publisher.asked.append((self.path, self.headers.get("User-Agent")))
                status, headers, body = publisher.answers.get(self.path, (404, {}, b"no such list"))
                self.send_response(status)
                for name, value in ({"Content-Length": str(len(body))} | dict(headers)).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def publish(self, path: str, body: bytes | object, status: int = 200, **headers: str) -> str:
        """Answer `path` with a body (what is no bytes is made JSON) and return its address."""
        encoded = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.answers[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, encoded)
        return self.url + path


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    publisher = Publisher()
    threading.Thread(target=publisher.server.serve_forever, args=(0.01,), daemon=True).start()
    yield publisher
    publisher.server.shutdown()
    publisher.server.server_close()


def trusts(count: int, **more: str) -> dict[str, object]:
    """An answer of ODS with that many trusts."""
    entries = [
        {"OrgId": f"X{i:03}", "Name": f"TEST TRUST {i} NHS TRUST", "Status": "Active"} | more for i in range(count)
    ]
    return {"Organisations": entries}
