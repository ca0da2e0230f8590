"""Bodies that were captured before are not written again, and are found again."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import attrs
import pytest

from jobscraper.capture.bodies import Bodies, Reference
from jobscraper.capture.read import Exchange, PassedOver, entries, exchange_at, exchanges, records
from jobscraper.capture.record import Capture, CapturedRequest, CapturedResponse
from jobscraper.capture.replay import Replay
from jobscraper.capture.write import CaptureFile
from tests.capture.files import AT, HTML, LATER, page, run, url

PAGE = b"<p>a page of a board, long enough to be worth a reference</p>"
UNCHANGED = CapturedResponse(304, (("ETag", '"v1"'), ("Date", "Fri, 27 Nov 2026 06:00:00 GMT")), b"")


@pytest.fixture
def first(tmp_path: Path) -> Capture:
    """The capture of a page in an earlier run."""
    (capture,) = run(tmp_path / "first.warc.gz", [(url(1), page(PAGE))])
    return capture


def second(tmp_path: Path, answer: CapturedResponse, earlier: Capture) -> Path:
    run(tmp_path / "second.warc.gz", [(url(1), answer, earlier)], at=LATER)
    return tmp_path / "second.warc.gz"


def only(path: Path, bodies: Bodies | None = None) -> Exchange:
    (exchange,) = exchanges(path, bodies=bodies)
    return exchange


def types(path: Path) -> list[str]:
    return [record.type for record in records(path) if record.type in ("response", "revisit")]


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ([(1, PAGE), (1, PAGE)], ["response", "revisit"]),
        ([(1, PAGE), (2, PAGE)], ["response", "revisit"]),
        ([(1, PAGE), (2, PAGE + b"!")], ["response", "response"]),
        ([(1, b""), (2, b"")], ["response", "response"]),
    ],
    ids=["same URL", "another URL", "another body", "no body"],
)
def test_a_body_is_written_once_in_a_run(tmp_path: Path, pages: list[tuple[int, bytes]], expected: list[str]) -> None:
    run(tmp_path / "run.warc.gz", [(url(number), page(body)) for number, body in pages])
    assert types(tmp_path / "run.warc.gz") == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [(page(PAGE), "revisit"), (page(PAGE + b"!"), "response"), (UNCHANGED, "revisit"), (page(b""), "response")],
    ids=["same body", "another body", "304", "no body"],
)
def test_a_body_of_an_earlier_run_is_not_written_again(
    tmp_path: Path, first: Capture, answer: CapturedResponse, expected: str
) -> None:
    assert types(second(tmp_path, answer, first)) == [expected]


def test_a_304_to_nothing_known_is_a_response(tmp_path: Path) -> None:
    run(tmp_path / "run.warc.gz", [(url(1), UNCHANGED)])
    assert types(tmp_path / "run.warc.gz") == ["response"]


@pytest.mark.parametrize("answer", [page(PAGE), UNCHANGED], ids=["same body", "304"])
@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("warc-refers-to", lambda capture: f"<urn:uuid:{capture.id}>"),
        ("warc-refers-to-target-uri", lambda capture: capture.url),
        ("warc-refers-to-date", lambda _: "2026-11-20T06:00:00Z"),
        ("warc-refers-to-filename", lambda capture: capture.warc_file),
        ("warc-refers-to-file-offset", lambda capture: str(capture.offset)),
        ("warc-payload-digest", lambda capture: capture.digest),
    ],
)
def test_a_revisit_says_where_the_body_is(tmp_path: Path, first: Capture, answer, header: str, told) -> None:  # type: ignore[no-untyped-def]
    (revisit,) = [record for record in records(second(tmp_path, answer, first)) if record.type == "revisit"]
    assert revisit.headers[header] == told(first)


@pytest.mark.parametrize("answer", [page(PAGE), UNCHANGED], ids=["same body", "304"])
def test_a_revisit_is_read_with_the_body(tmp_path: Path, first: Capture, answer: CapturedResponse) -> None:
    assert only(second(tmp_path, answer, first)).response.body == PAGE


@pytest.mark.parametrize(("answer", "status"), [(page(PAGE), 200), (UNCHANGED, 304)], ids=["same body", "304"])
def test_a_revisit_has_its_own_instant_and_status(
    tmp_path: Path, first: Capture, answer: CapturedResponse, status: int
) -> None:
    capture = only(second(tmp_path, answer, first)).capture
    assert (capture.fetched_at, capture.status, capture.refers_to) == (LATER, status, first.id)


def test_a_304_is_read_as_the_page_that_it_confirms(tmp_path: Path, first: Capture) -> None:
    response = only(second(tmp_path, UNCHANGED, first)).response
    assert response.status == 200
    assert response.headers == (*UNCHANGED.headers, HTML[0])


def test_the_same_bytes_under_another_type_keep_their_own_type(tmp_path: Path, first: Capture) -> None:
    answer = page(PAGE, headers=(("Content-Type", "text/plain"),))
    assert only(second(tmp_path, answer, first)).response.headers == answer.headers


def test_no_revisit_refers_to_a_revisit(tmp_path: Path) -> None:
    one, two, three = run(tmp_path / "run.warc.gz", [(url(number), page(PAGE)) for number in (1, 2, 3)])
    assert (one.refers_to, two.refers_to, three.refers_to) == (None, one.id, one.id)


def test_a_capture_that_refers_is_refused_as_the_earlier_one(tmp_path: Path) -> None:
    _, two = run(tmp_path / "run.warc.gz", [(url(1), page(PAGE)), (url(1), page(PAGE))])
    with pytest.raises(AssertionError, match="holds no body"):
        run(tmp_path / "next.warc.gz", [(url(1), page(PAGE), two)])


def test_the_validators_are_kept_as_they_came(first: Capture) -> None:
    assert (first.etag, first.last_modified) == ('"v1"', "Thu, 19 Nov 2026 12:00:00 GMT")


@pytest.mark.parametrize("answer", [page(PAGE), UNCHANGED, page(b"else")], ids=["same body", "304", "another body"])
def test_the_file_gives_the_same_index_entry_as_the_crawl(
    tmp_path: Path, first: Capture, answer: CapturedResponse
) -> None:
    path = tmp_path / "second.warc.gz"
    written = run(path, [(url(1), answer, first), (url(2), page(b"")), (url(3), answer, first)], at=LATER)
    assert [entry.capture for entry in entries(path)] == written
    assert [exchange.capture for exchange in exchanges(path)] == written


def test_the_index_entry_of_a_revisit_leads_to_the_page(tmp_path: Path, first: Capture) -> None:
    path = second(tmp_path, UNCHANGED, first)
    found = only(path)
    assert exchange_at(path, found.capture.offset, found.capture.id, found.request) == found


class TestWhereTheBodyIs:
    """The file that is named, or else any file at hand, or else whoever is asked."""

    def test_in_a_folder_that_is_handed_in(self, tmp_path: Path, first: Capture) -> None:
        path = second(tmp_path, UNCHANGED, first)
        path = path.rename((tmp_path / "elsewhere.warc.gz").absolute())
        folder = tmp_path / "old"
        folder.mkdir()
        (tmp_path / "first.warc.gz").rename(folder / "first.warc.gz")
        assert only(path, Bodies(folders=[folder])).response.body == PAGE

    def test_in_a_file_of_another_name_that_is_handed_in(self, tmp_path: Path, first: Capture) -> None:
        path = second(tmp_path, UNCHANGED, first)
        renamed = (tmp_path / "first.warc.gz").rename(tmp_path / "renamed.warc.gz")
        assert only(path, Bodies([renamed])).response.body == PAGE

    def test_in_a_run_whose_own_file_was_renamed(self, tmp_path: Path) -> None:
        run(tmp_path / "run.warc.gz", [(url(1), page(PAGE)), (url(2), page(PAGE))])
        renamed = (tmp_path / "run.warc.gz").rename(tmp_path / "renamed.warc.gz")
        assert [exchange.response.body for exchange in exchanges(renamed)] == [PAGE, PAGE]

    def test_with_a_resolver(self, tmp_path: Path, first: Capture) -> None:
        path = second(tmp_path, UNCHANGED, first)
        (tmp_path / "first.warc.gz").unlink()
        asked: list[Reference] = []

        def resolver(reference: Reference) -> CapturedResponse:
            asked.append(reference)
            return page(PAGE)

        assert only(path, Bodies(resolver=resolver)).response.body == PAGE
        assert asked == [Reference(first.id, first.url, AT, first.warc_file, first.offset, None)]

    @pytest.mark.parametrize("answer", [page(PAGE), UNCHANGED], ids=["same body", "304"])
    def test_nowhere_it_is_named_and_passed_over(
        self, tmp_path: Path, first: Capture, answer: CapturedResponse
    ) -> None:
        path = second(tmp_path, answer, first)
        (tmp_path / "first.warc.gz").unlink()
        named: list[PassedOver] = []
        assert list(exchanges(path, named.append)) == []
        assert len(named) == 1
        assert "first.warc.gz" in str(named[0])

    def test_a_name_of_a_file_never_leads_out_of_the_folder(self, tmp_path: Path, first: Capture) -> None:
        inner = tmp_path / "inner"
        inner.mkdir()
        hostile = attrs.evolve(first, warc_file="../first.warc.gz")
        assert list(exchanges(second(inner, UNCHANGED, hostile))) == []

    def test_another_record_at_that_place_is_not_taken_for_it(self, tmp_path: Path, first: Capture) -> None:
        path = second(tmp_path, UNCHANGED, first)
        (tmp_path / "first.warc.gz").unlink()
        run(tmp_path / "first.warc.gz", [(url(1), page(b"<p>another page" + PAGE))])
        assert list(exchanges(path)) == []


class TestReplay:
    """A replay answers from revisits too."""

    @pytest.mark.parametrize("answer", [page(PAGE), UNCHANGED], ids=["same body", "304"])
    def test_the_page_comes_with_the_newest_instant(
        self, tmp_path: Path, first: Capture, answer: CapturedResponse
    ) -> None:
        replay = Replay([tmp_path / "first.warc.gz", second(tmp_path, answer, first)])
        found = replay.answer("GET", url(1), b"")
        assert found is not None
        assert (found.response.status, found.response.body, found.capture.fetched_at) == (200, PAGE, LATER)

    def test_a_body_that_is_not_at_hand_hides_no_older_answer(self, tmp_path: Path, first: Capture) -> None:
        lost = attrs.evolve(first, id="0", url=url(9), warc_file="lost.warc.gz", digest="sha1:X")
        replay = Replay([tmp_path / "first.warc.gz", second(tmp_path, UNCHANGED, lost)])
        found = replay.answer("GET", url(1), b"")
        assert found is not None
        assert found.capture.fetched_at == AT
        assert len(replay.breaks) == 1


def test_many_threads_lose_and_mix_up_nothing(tmp_path: Path) -> None:
    warc = CaptureFile(tmp_path / "run.warc.gz", limit=20_000)
    warc.begin({"software": "jobscraper"}, AT)
    asked = [(url(number), b"%d " % (number % 50) * 100) for number in range(400)]
    with ThreadPoolExecutor(8) as pool:
        captures = list(pool.map(lambda one: warc.add(CapturedRequest("GET", one[0]), page(one[1]), AT), asked))
    warc.finish({}, AT)
    found = {
        exchange.capture.id: (exchange.request.url, exchange.response.body)
        for path in tmp_path.iterdir()
        for exchange in exchanges(path)
    }
    assert [found[capture.id] for capture in captures] == asked


def test_other_peoples_tool_finds_revisits_valid(tmp_path: Path, first: Capture) -> None:
    run(tmp_path / "run.warc.gz", [(url(1), page(PAGE)), (url(2), page(PAGE)), (url(3), UNCHANGED, first)])
    command = [sys.executable, "-m", "warcio.cli", "check", "-v", str(tmp_path / "run.warc.gz")]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout.count("digest pass")) == (0, 6), checked.stdout
