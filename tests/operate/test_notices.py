"""Notices: once when an incident begins, once when it is over, by webhook or e-mail; never lost and never twice."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from jobscraper.archive.store import open_archive
from jobscraper.cli.main import main
from jobscraper.config.values import Notices
from jobscraper.operate.notices import MailTo, NoticeError, by_mail, by_webhook, configured, tell, to_tell
from jobscraper.operate.round import Crawled
from jobscraper.publish.build.snapshot import PublishError
from jobscraper.quality.health import Incident
from tests.publish.conftest import insert

NOW = datetime(2026, 11, 26, 6, tzinfo=UTC)
DAY = timedelta(days=1)
BEGUN = ("board", "2026-11-25T06:00:00Z", "begun")
OVER = ("board", "2026-11-25T06:00:00Z", "over")


def incident(until: datetime | None = None, since: datetime = NOW - DAY) -> Incident:
    return Incident(state="blocked", since=since, until=until, first="403")


@pytest.mark.parametrize(
    ("found", "told", "expected"),
    [
        (incident(), frozenset(), [BEGUN]),
        (incident(), frozenset({BEGUN}), []),
        (incident(until=NOW), frozenset({BEGUN}), [OVER]),
        (incident(until=NOW), frozenset({BEGUN, OVER}), []),
        (incident(until=NOW), frozenset(), []),
        (
            incident(since=NOW - 40 * DAY, until=NOW - 30 * DAY),
            frozenset({("board", "2026-10-17T06:00:00Z", "begun")}),
            [],
        ),
    ],
    ids=["new", "told already", "over", "both told", "over before anybody was told", "long over"],
)
def test_what_is_to_be_told(found: Incident, told: frozenset[tuple[str, str, str]], expected: list[object]) -> None:
    assert [notice.key for notice in to_tell({"board": [found]}, told, NOW)] == expected


def test_an_incident_is_told_once_and_its_end_once(tmp_path: Path) -> None:
    sent: list[list[str]] = []
    with closing(open_archive(tmp_path / "archive.db")) as db:
        insert(db, "source", id="board", title="B", publisher="B", homepage="https://b.example/", confirmed=1,
               lists_everything=1, cadence_hours=24.0)  # fmt: skip
        for day, verdict in enumerate(("blocked", "blocked", "complete")):
            at = NOW + day * DAY
            insert(db, "run", id=f"board-{day}", source_id="board", verdict=verdict, started=f"{at:%Y-%m-%dT%H:%M:%SZ}",
                   code_version="1", stop_reason="the board refused: 403" if verdict == "blocked" else None)  # fmt: skip
            tell(db, tmp_path / "noted.json", sent.append, at)
            tell(db, tmp_path / "noted.json", sent.append, at)
    assert sent == [
        ["board is blocked since 2026-11-26 06:00 UTC: the board refused: 403"],
        ["board is ok again; it was blocked from 2026-11-26 06:00 UTC: the board refused: 403"],
    ]


def test_what_could_not_be_sent_is_sent_the_next_time(tmp_path: Path) -> None:
    def refuse(_: list[str]) -> None:
        raise NoticeError("no")

    sent: list[list[str]] = []
    with closing(open_archive(tmp_path / "archive.db")) as db:
        insert(
            db,
            "source",
            id="board",
            title="B",
            publisher="B",
            homepage="https://b.example/",
            confirmed=1,
            lists_everything=1,
        )
        insert(
            db,
            "run",
            id="board-1",
            source_id="board",
            verdict="broken",
            started="2026-11-26T06:00:00Z",
            code_version="1",
        )
        with pytest.raises(NoticeError):
            tell(db, tmp_path / "noted.json", refuse, NOW)
        tell(db, tmp_path / "noted.json", sent.append, NOW)
    assert len(sent) == 1


@contextmanager
def listening(handler: type[socketserver.BaseRequestHandler]) -> Iterator[int]:
    with HTTPServer(("127.0.0.1", 0), handler) as server:  # type: ignore[arg-type]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_a_webhook_gets_the_lines_as_text() -> None:
    got: list[object] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with listening(Hook) as port:
        by_webhook(f"http://127.0.0.1:{port}/secret")(["one", "two"])
    assert got == [{"text": "one\ntwo"}]


def test_who_is_to_be_told_is_told_also_when_nothing_could_be_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise PublishError("the disk is full")

    sent: list[list[str]] = []
    with closing(open_archive(tmp_path / "archive.db")) as db:
        insert(
            db,
            "source",
            id="wmjobs",
            title="W",
            publisher="W",
            homepage="https://w.example/",
            confirmed=1,
            lists_everything=1,
        )
        insert(
            db, "run", id="w-1", source_id="wmjobs", verdict="broken", started="2026-11-26T06:00:00Z", code_version="1"
        )
    monkeypatch.setattr(
        "jobscraper.operate.round.crawl_round", lambda *_: [Crawled(name="wmjobs", seconds=1, is_good=True, said="")]
    )
    monkeypatch.setattr("jobscraper.publish.build.snapshot.publish", fail)
    monkeypatch.setattr("jobscraper.operate.notices.configured", lambda _: [sent.append])
    done = CliRunner().invoke(main, ["run", "wmjobs", "--archive", str(tmp_path / "archive.db")])
    assert "the disk is full" in done.stderr
    assert sent == [["wmjobs is broken since 2026-11-26 06:00 UTC: the run was broken"]]


@pytest.mark.parametrize(
    ("address", "why"),
    [("http://127.0.0.1:{port}/secret", "it answered 302"), ("http://127.0.0.1:9/secret", "Connection refused"),
     ("http://127.0.0.1:{port}/a secret", "InvalidURL")],
    ids=["it leads to itself", "nobody listens", "no such address"],
)  # fmt: skip
def test_a_webhook_that_takes_no_notice_is_named_without_its_secret(address: str, why: str) -> None:
    class Circle(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(302)
            self.send_header("Location", self.path)
            self.end_headers()

        do_GET = do_POST  # noqa: N815 - its interface

        def log_message(self, *_: object) -> None:
            pass

    with (
        listening(Circle) as port,
        pytest.raises(NoticeError, match=r"the notice could not be sent to the webhook at 127\.0\.0\.1: ") as refused,
    ):
        by_webhook(address.format(port=port))(["one"])
    assert why in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_mail_server_gets_a_message() -> None:
    got: list[str] = []

    class Mail(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            in_text = False
            for line in self.rfile:
                got.append(line.decode().rstrip())
                if in_text and line != b".\r\n":
                    continue
                in_text = line.upper().startswith(b"DATA")
                self.wfile.write(
                    b"354 go on\r\n" if in_text else b"221 bye\r\n" if line[:4].upper() == b"QUIT" else b"250 ok\r\n"
                )

    with listening(Mail) as port:
        by_mail(MailTo(server=f"127.0.0.1:{port}", recipient="you@your.org", sender="me@your.org"))(
            ["board is blocked"]
        )
    assert "Subject: board is blocked" in got
    assert "To: you@your.org" in got


def test_a_password_goes_only_through_an_encrypted_connection() -> None:
    class Plain(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            for line in self.rfile:
                assert b"AUTH" not in line
                self.wfile.write(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 ok\r\n")

    with listening(Plain) as port, pytest.raises(NoticeError, match=r"STARTTLS extension not supported"):
        by_mail(MailTo(server=f"127.0.0.1:{port}", recipient="a@b.org", sender="a@b.org", user="me", password="x"))(
            ["board is blocked"]
        )


@pytest.mark.parametrize(
    ("notices", "ways"),
    [
        (Notices(), 0),
        (Notices(webhook="https://hook.example/x"), 1),
        (Notices(webhook="https://hook.example/x", smtp="localhost:2525", mail_to="a@b.example"), 2),
    ],
)
def test_ways_are_named_by_the_settings(notices: Notices, ways: int) -> None:
    assert len(configured(notices)) == ways
