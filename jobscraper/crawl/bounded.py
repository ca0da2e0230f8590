"""Scrapy's way of asking by HTTP, with a bound on what stands before a body: Twisted takes headers as long as they come.

The rest is bounded by settings: the time of a whole answer, the size of a body, packed and unpacked.
"""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler

from jobscraper.crawl.failures import HeadTooLongError
from jobscraper.crawl.scrapy_private import (
    ClientFactory,
    ClientParser,
    ClientProtocol,
    new_protocol,
    set_factory,
    set_parser,
)

MOST_HEAD_BYTES = 64 * 1024
"""Of the status line and the headers of an answer, those of answers 1xx before it included."""


class _BoundedParser(ClientParser):
    """Adds nothing to the state of an object: it is put in by changing the class of one."""

    head_bytes = 0

    def lineReceived(self, line: bytes) -> None:  # noqa: N802 - Twisted's interface
        self.head_bytes += len(line) + 1
        if self.head_bytes > MOST_HEAD_BYTES:
            raise _too_long()
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: ARG002, N802 - Twisted's interface
        raise _too_long()


class _BoundedProtocol(ClientProtocol):
    def request(self, request: Any) -> Any:
        answer = super().request(request)
        set_parser(self, _BoundedParser)
        return answer


class _BoundedFactory(ClientFactory):
    def buildProtocol(self, addr: Any) -> ClientProtocol:  # noqa: ARG002, N802 - Twisted's interface
        return new_protocol(self, _BoundedProtocol)


class BoundedHandler(HTTP11DownloadHandler):
    """Scrapy's handler, whose connections give up on a head that is too long."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        set_factory(self, _BoundedFactory)


def _too_long() -> HeadTooLongError:
    return HeadTooLongError(f"more than {MOST_HEAD_BYTES // 1024} KiB of headers")
