"""The real server under hostile questions: each is stopped, the others are answered, and nothing of it is left behind."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import attrs
import psutil
import pytest

from tests.publish.conftest import real_server
from tests.waiting import wait_for

N = "with recursive n(i) as (select 1 union all select i + 1 from n{}) "
OBJECT = "select '{' || group_concat('\"k' || i || '\":1') || '}' x from n"
# One call of one function that takes half a minute, and that nothing in SQLite stops.
ENDLESS = f"select length(json_patch(x, x)) from ({N.format(' limit 80000')}{OBJECT})"
BLOB = "replace(hex(zeroblob(490000)), '0', char(1))"
EXPENSIVE = {
    "endless recursion": N.format("") + "select max(i) from n",
    "one long call": ENDLESS,
    "one long call in a condition": f"select 1 from advert where ({ENDLESS}) > 1",
    "a long format": "select printf('%.*c', 2000000000, 'x')",
    "many long formats": "select " + ", ".join(f"printf('%.*c', {300000000 + n}, 'x')" for n in range(100)),
    "quadratic replace": "select length(replace(hex(zeroblob(400000)), hex(zeroblob(200000)) || '1', 'b'))",
    "quadratic instr": "select instr(hex(zeroblob(490000)), hex(zeroblob(240000)) || '1')",
    "JSON of blobs": f"select length(json_array({', '.join([BLOB] * 39)}))",
    "JSON of a hundred blobs": f"select length(json_array({', '.join([BLOB] * 100)}))",
    "JSON of an object": "select length(json_object(" + ", ".join(f"'{n}', {BLOB}" for n in range(19)) + "))",
    "JSON of rows": N.format(" limit 1000") + f"select length(json_group_array({BLOB})) from n",
    "JSON of names": N.format(" limit 1000") + f"select length(json_group_object(i, {BLOB})) from n",
    "text of rows": "select group_concat(hex(zeroblob(1000)), '') from advert a, advert b, advert c",
    "cross join": "select count(*) from advert a, advert b, advert c, advert d, advert e, advert f, advert g",
    "sorting blobs": "select hex(zeroblob(400000)) x from advert a, advert b, advert c order by random() limit 1",
    "kept blobs": "with t as materialized (select zeroblob(999999) x from advert a, advert b, advert c) select count(*) from t",
    "distinct blobs": N.format("") + "select distinct hex(zeroblob(90000)) || i from n limit 1 offset 100000",
    "windows of blobs": "select sum(length(x)) over (order by x) from (select hex(zeroblob(90000)) || a.id x from advert a, advert b)",
    "medians of everything": N.format("") + "select median(i) from n",
    "medians of windows": N.format(" limit 30000") + "select median(i) over (order by i) from n",
    "a large answer": f"select {BLOB} from advert limit 14",
    "too large an answer": f"select {BLOB} from advert a, advert b limit 400",
    "a wide answer": "select a.*, b.* from advert a, advert b, advert c limit 1000",
    "long patterns": f"select count(*) from advert a, advert b where hex(zeroblob(490000)) like '{'%0' * 400}%1'",
    "long globs": f"select count(*) from advert a, advert b where hex(zeroblob(490000)) glob '{'*0' * 400}*1'",
    "JSON against JSON": f"select count(*) from json_each('[' || substr({BLOB.replace('char(1)', chr(39) + '1,' + chr(39))}, 1, 790000) || '1]') a, "
    "json_each('[' || substr(replace(hex(zeroblob(2000)), '0', '1,'), 1, 7900) || '1]') b",
    "words near words": "select count(*) from advert_fts, advert b, advert c, advert d, advert e, advert f where advert_fts match 'a* OR p* OR t*'",
    "escaped words": "select length(escape_fts(hex(zeroblob(490000)))) from advert a, advert b, advert c",
}  # fmt: skip
CLIENTS = [f"127.0.0.{10 + number}" for number in range(8)]


@attrs.frozen
class Answer:
    """What the server said."""

    status: int
    headers: dict[str, str]
    text: str


def ask(port: int, path: str, source: str = "127.0.0.1", headers: dict[str, str] | None = None) -> Answer:
    """Ask as a client of its own address."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60, source_address=(source, 0))
    try:
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, found, answer.read().decode())
    finally:
        connection.close()


def query(sql: str, form: str = ".json") -> str:
    return f"/archive{form}?{urlencode({'sql': sql})}"


@attrs.frozen
class Server:
    """A server that runs."""

    process: subprocess.Popen[str]
    port: int

    def below(self) -> list[psutil.Process]:
        """All its processes but the first."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def workers(self) -> list[psutil.Process]:
        """Those that answer visitors."""
        return [one for one in self.below() if one.ppid() != self.process.pid]

    def memory(self) -> int:
        """PSS in bytes of all its processes."""
        found = 0
        for process in (self.process.pid, *(one.pid for one in self.below())):
            with suppress(OSError):
                said = Path(f"/proc/{process}/smaps_rollup").read_text()
                found += 1024 * int(re.findall(r"^Pss:\s+(\d+)", said, re.MULTILINE)[0])
        return found


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[Server]:
    with real_server(site) as (process, port):
        assert ask(port, query("select 1")).status == 200
        yield Server(process, port)


def besieged(server: Server) -> tuple[dict[str, Answer], int]:
    """The answers to all expensive questions, sent by eight clients, and the most memory that was seen meanwhile."""
    peak, over = 0, False

    def watch() -> None:
        nonlocal peak
        while not over:
            peak = max(peak, server.memory())
            time.sleep(0.1)

    with ThreadPoolExecutor(len(CLIENTS) + 1) as pool:
        watching = pool.submit(watch)
        asked = {
            name: pool.submit(ask, server.port, query(sql, ""), CLIENTS[number % len(CLIENTS)])
            for number, (name, sql) in enumerate(EXPENSIVE.items())
        }
        answers = {name: one.result() for name, one in asked.items()}
        over = True
        watching.result()
    return answers, peak


def trouble(sql: str, answer: Answer) -> str:
    """What is wrong with the answer to an expensive question; empty if it is an answer, or says what stopped it."""
    if answer.status == 200:
        return ""
    editor = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", answer.text, re.DOTALL)
    if answer.status != 400 or not editor:
        return f"status {answer.status}, editor {editor}"
    if unescape(editor[1]) != sql:
        return "the query is gone that somebody wrote"
    if not re.search(r'class="warning">.*(too long|too much|memory|larger|too big|too many arg)', answer.text):
        return "nothing is said of what stopped it"
    return "" if "content-security-policy" in answer.headers else "no policy"


def test_expensive_questions_end_in_answers_or_in_words(server: Server) -> None:
    answers, peak = besieged(server)
    found = {name: trouble(EXPENSIVE[name], answer) for name, answer in answers.items()}
    assert {name: what for name, what in found.items() if what} == {}
    assert 0 < peak < 1_000_000_000
    for sql in ("select count(*) from advert", "select json_array(1, 2)"):
        assert ask(server.port, query(sql), "127.0.0.30").status == 200, "an ordinary question, afterwards"


def test_a_call_that_nothing_interrupts_is_killed(server: Server) -> None:
    answer = ask(server.port, query(ENDLESS), "127.0.0.31")
    assert answer.status == 400
    assert "took too long" in answer.text
    assert answer.headers["content-type"].startswith("application/json")
    assert ask(server.port, query("select 1"), "127.0.0.31").status == 200


def test_a_condition_that_was_stopped_is_a_query_in_the_editor(server: Server) -> None:
    answer = ask(server.port, "/archive/advert?" + urlencode({"_where": f"({ENDLESS}) = 1"}), "127.0.0.32")
    assert answer.status == 400
    assert "took too long" in answer.text
    assert "select * from advert where ((select length(json_patch(x, x))" in unescape(answer.text)


def test_our_own_pages_wait_for_nobody(server: Server) -> None:
    """All processes that answer visitors are halted, and questions wait for them."""
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(ask, server.port, query(ENDLESS), f"127.0.0.{40 + n}") for n in range(6)]
        time.sleep(0.5)
        for worker in server.workers():
            worker.suspend()
        for path in ("/", "/search?q=planning", "/archive/advert/localgov~3A0002", "/pay", "/assets/site.css"):
            assert ask(server.port, path).status == 200
        assert not any(one.done() and one.result().status == 200 for one in asked)
        # Those that are halted are killed when their time is over, as others are.
        assert {one.result().status for one in asked} <= {400, 503}


def test_a_client_that_asks_too_much_is_told_when_to_come_back(server: Server) -> None:
    slow = query(N.format("") + "select max(i) from n")
    with ThreadPoolExecutor(16) as pool:
        asked = [
            pool.submit(ask, server.port, slow, "127.0.0.50", {"X-Forwarded-For": f"192.0.2.{n}"}) for n in range(16)
        ]
        time.sleep(0.3)
        assert ask(server.port, query("select 1"), "127.0.0.51").status == 200, "somebody else is answered"
        answers = [one.result() for one in asked]
    refused = [answer for answer in answers if answer.status == 429]
    assert refused, "another name in a header is no other client"
    assert all(int(answer.headers["retry-after"]) > 0 for answer in refused)
    assert all('"status": 429' in answer.text for answer in refused)


def until(status: int, port: int, path: str, source: str) -> None:
    """Ask until the answer has this status."""
    wait_for(lambda: ask(port, path, source).status == status)


def test_whole_tables_have_turns_of_their_own_and_give_them_back(server: Server) -> None:
    path, client = "/archive/advert.csv?_stream=on", "127.0.0.70"
    endless = f"{path}&{urlencode({'_where': f'({ENDLESS}) = 1'})}"
    with socket.create_connection(("127.0.0.1", server.port), source_address=(client, 0)) as stream:
        stream.sendall(f"GET {endless} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        until(429, server.port, path, client)
        assert ask(server.port, query("select 1"), client).status == 200
    until(200, server.port, path, client)  # Nobody listens any more.


def killed(processes: list[psutil.Process]) -> None:
    """Kill them, and give the server a moment to see it."""
    for process in processes:
        process.kill()
    wait_for(lambda: not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in processes))
    time.sleep(0.5)


def test_a_process_that_has_died_is_replaced(server: Server) -> None:
    assert ask(server.port, query("select 1"), "127.0.0.60").status == 200
    killed(server.workers())
    assert ask(server.port, query("select 2"), "127.0.0.60").status == 200
    killed(server.below())
    assert ask(server.port, query("select 3"), "127.0.0.60").status == 200


def test_nothing_of_it_is_in_the_log(site: Path) -> None:
    with real_server(site) as (process, port):
        for sql in ("select secret_words", ENDLESS, "select fts3_tokenizer('secret_words')", "select 1; select 2"):
            assert ask(port, query(sql)).status == 400
        assert ask(port, "/archive/advert.csv?_stream=on&_where=secret_words").status == 400
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_nothing_is_left_of_a_server_that_was_killed(site: Path) -> None:
    with real_server(site) as (process, port):
        assert ask(port, query("select 1")).status == 200
        below = Server(process, port).below()
        assert len(below) == 2
        with ThreadPoolExecutor(1) as pool:
            asking = pool.submit(ask, port, query(ENDLESS))
            time.sleep(0.5)
            os.kill(process.pid, signal.SIGKILL)
            assert asking.exception() is not None
        _, alive = psutil.wait_procs(below, timeout=10)
        assert not alive


QUICK = "from jobscraper.publish.site import connections as c; c.REQUEST_SECONDS = c.READING_SECONDS = 0.5"


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: x\r\nX-a: ",
        b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\nGET / HT",
        b"POST /archive HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\na",
    ],
)
def test_a_request_that_never_ends_is_closed(site: Path, sent: bytes) -> None:
    with real_server(site, QUICK) as (_, port), socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(sent)
        client.settimeout(20)
        with suppress(ConnectionError):
            while client.recv(65536):
                with suppress(OSError):
                    client.sendall(b"b")  # A byte now and then does not help.


def test_an_answer_that_nobody_takes_is_closed(site: Path) -> None:
    with real_server(site, QUICK) as (process, port), socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", port))
        client.sendall(b"GET /archive.db HTTP/1.1\r\nHost: x\r\n\r\n" * 40)  # More than any buffer on the way.
        server = psutil.Process(process.pid)

        def open_connections() -> int:
            return sum(one.status == psutil.CONN_ESTABLISHED for one in server.net_connections("tcp"))

        for wanted in (1, 0):
            wait_for(lambda wanted=wanted: open_connections() == wanted)
