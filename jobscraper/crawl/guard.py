"""The guard of a crawl: public addresses only, by http or https, and no credentials in a URL.

What a page, a redirect or a name server says must not lead a crawl into the network of whoever runs it. The resolver gives
out public addresses only, and Twisted connects to what it is given: a name that answers otherwise the second time gains
nothing. It takes literal addresses, too, but can say nothing of IPv6 and has no way to tell why; so the middleware says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.resolver import CachingThreadedResolver, dnscache
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from jobscraper.crawl.addresses import Address, literal, why_forbidden
from jobscraper.crawl.scrapy_private import keep_suffixes_at_home


class ForbiddenAddressError(IgnoreRequest):
    """A request that leads where a crawl must not go; it is not sent."""


class PublicResolver(CachingThreadedResolver):
    """Scrapy's resolver, which knows no address that is not public. IPv4 only, as Scrapy's."""

    everywhere = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:
        """Scrapy's constructor."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.everywhere = crawler.settings.getbool("PRIVATE_ADDRESSES_ALLOWED")
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 - Twisted's interface
        """The address of a name, or of an address; fails with DNSLookupError where that is not public."""
        found = super().getHostByName(name, timeout)
        return found if self.everywhere else found.addCallback(_only_public)


def _only_public(address: str) -> str:
    why = why_forbidden(ip_address(address))
    if why:
        raise DNSLookupError(f"{address} is {why}")
    return address


class GuardMiddleware:
    """Refuses what may not be asked, with an error that names the address; next to the downloader, so that nothing passes."""

    def __init__(self, everywhere: bool) -> None:
        self.everywhere = everywhere

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> GuardMiddleware:
        """Scrapy's constructor."""
        keep_suffixes_at_home()
        return cls(crawler.settings.getbool("PRIVATE_ADDRESSES_ALLOWED"))

    def process_request(self, request: Request) -> None:
        """Let pass what the URL alone does not forbid.

        :raises ForbiddenAddressError: another scheme than http or https, credentials, or an address
            that is not public.
        """
        parts = urlparse_cached(request)
        if parts.scheme not in ("http", "https"):
            raise ForbiddenAddressError(f"{parts.scheme} is not asked: a crawl speaks http and https only")
        if "@" in parts.netloc:
            raise ForbiddenAddressError("its address holds a user name or a password; it is not asked")
        self._refuse(parts.hostname or "", literal(parts.hostname or ""))

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Say so where a name could not be resolved because its address is not public.

        :raises ForbiddenAddressError: it is not.
        """
        host = urlparse_cached(request).hostname or ""
        if isinstance(exception, CannotResolveHostError) and host in dnscache:
            self._refuse(host, ip_address(dnscache[host]))

    def _refuse(self, host: str, address: Address | None) -> None:
        why = why_forbidden(address) if address and not self.everywhere else None
        if why:
            raise ForbiddenAddressError(f"{host} is at {address} ({why}): only public addresses are asked")
