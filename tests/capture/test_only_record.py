"""The record of a member that holds one is read without warcio: exactly as warcio reads it, or not at all."""

from __future__ import annotations

import gzip
from io import BytesIO

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobscraper.capture.format import packed
from jobscraper.capture.warc import Record, only_record, plain_records

HEAD = b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
END = b"\r\n\r\n"


def by_warcio(content: bytes) -> Record:
    return attrs.evolve(next(plain_records(BytesIO(content))), offset=0, length=0)


@given(
    kind=st.sampled_from(["response", "request", "revisit", "warcinfo", "metadata"]),
    block=st.binary(max_size=200),
    value=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30),
)
def test_what_we_write_is_read_as_by_warcio(kind: str, block: bytes, value: str) -> None:
    content = gzip.decompress(packed(kind, [("WARC-Target-URI", "https://example.org/"), ("X-Value", value)], block))
    record = only_record(content)
    assert record == by_warcio(content)
    assert record.block == block


@pytest.mark.parametrize(
    "content",
    [
        HEAD + b"content-length:  2 \r\n\r\nok" + END,
        HEAD + b"X-Colons: a: b: c\r\nContent-Length: 0\r\n\r\n" + END,
        HEAD + b"X-Empty:\r\nContent-Length: 4\r\n\r\n\r\n\r\n" + END,
        b"WARC/1.0\r\nContent-Length: 2\r\n\r\nok" + END,
    ],
)
def test_records_of_others_are_read_as_by_warcio(content: bytes) -> None:
    record = only_record(content)
    assert record is not None
    assert record == by_warcio(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        HEAD + b"Content-Length: 3\r\n\r\nok" + END,  # Cut off, or told wrongly.
        HEAD + b"Content-Length: 1\r\n\r\nok" + END,
        2 * (HEAD + b"Content-Length: 2\r\n\r\nok" + END),
        HEAD + b"Content-Length: 2\r\n\r\nok",
        HEAD + b"\r\nok" + END,
        HEAD + b"Content-Length: -2\r\n\r\nok" + END,
        HEAD + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\nok" + END,
        HEAD + b"X-Folded: a\r\n b\r\nContent-Length: 2\r\n\r\nok" + END,
        HEAD + "X-Place: Cærdydd\r\nContent-Length: 2\r\n\r\nok".encode() + END,
        HEAD + b"WARC-Target-URI: <http://example.org/>\r\nContent-Length: 2\r\n\r\nok" + END,
        HEAD + b"WARC-Target-URI: http://example.org/a b\r\nContent-Length: 2\r\n\r\nok" + END,
        HEAD + b"X-Broken: a\nb\r\nContent-Length: 2\r\n\r\nok" + END,
        HEAD + b"no colon\r\nContent-Length: 2\r\n\r\nok" + END,
        HEAD.replace(b"\r\n", b"\n") + b"Content-Length: 2\n\nok\n\n",
        b"http://example.org/ 192.0.2.1 20261120060000 text/html 2\nok\n",  # ARC, which came before WARC.
    ],
)
def test_all_others_are_left_to_warcio(content: bytes) -> None:
    assert only_record(content) is None
