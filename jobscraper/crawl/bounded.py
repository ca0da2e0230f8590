"""Scrapy's way of asking by HTTP, with a bound on what stands before a body: Twisted takes headers as long as they come.

The rest is bounded by settings: the time of a whole answer, the size of a body, packed and unpacked.
"""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.crawler import Crawler

from jobscraper.crawl.failures import HeadTooLongError

MOST_HEAD_BYTES = 64 * 1024
"""Of the status line and the headers of an answer, those of answers 1xx before it included."""


class _BoundedParser(_LenientHTTPClientParser):
    """Adds nothing to the state of an object: Scrapy's way of putting in a parser is to change its class."""

    head_bytes = 0

    def lineReceived(self, line: bytes) -> None:  # noqa: N802 - Twisted's interface
        self.head_bytes += len(line) + 1
        if self.head_bytes > MOST_HEAD_BYTES:
            raise _too_long()
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: ARG002, N802 - Twisted's interface
        raise _too_long()


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    def request(self, request: Any) -> Any:
        answer = super().request(request)
        assert self._parser is not None
        self._parser.__class__ = _BoundedParser
        return answer


class _BoundedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> _BoundedProtocol:  # noqa: ARG002, N802 - Twisted's interface
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class BoundedHandler(HTTP11DownloadHandler):
    """Scrapy's handler, whose connections give up on a head that is too long."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _BoundedFactory


def _too_long() -> HeadTooLongError:
    return HeadTooLongError(f"more than {MOST_HEAD_BYTES // 1024} KiB of headers")
