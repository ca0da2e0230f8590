"""All that is used here of Scrapy and of Twisted although it is not public: it may move with any version, and then the tests of
this module name what did.

Nothing else of the project touches a name of theirs that begins with `_`, nor an attribute that they do not document.
"""

from __future__ import annotations

from typing import Any

from OpenSSL import SSL
from scrapy.core.downloader.contextfactory import _ScrapyClientContextFactory as ClientContextFactory
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientFactory as ClientFactory
from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientProtocol as ClientProtocol
from scrapy.core.downloader.handlers.http11 import _LenientHTTPClientParser as ClientParser
from scrapy.downloadermiddlewares import cookies
from twisted.internet._sslverify import IOpenSSLTrustRoot as TrustRoot
from twisted.internet.ssl import platformTrust

__all__ = ["ClientContextFactory", "ClientFactory", "ClientParser", "ClientProtocol", "TrustRoot"]


def set_parser(protocol: ClientProtocol, parser: type[ClientParser]) -> None:
    """Read the answer to the request that was just sent with another parser: Scrapy's own way of putting in one is to change the class."""
    assert protocol._parser is not None
    protocol._parser.__class__ = parser


def new_protocol(factory: ClientFactory, protocol: type[ClientProtocol]) -> ClientProtocol:
    """A protocol for a new connection, which goes back to the pool when it is idle."""
    return protocol(factory._quiescentCallback)


def set_factory(handler: HTTP11DownloadHandler, factory: type[ClientFactory]) -> None:
    """Make the connections of a handler with another factory."""
    handler._pool._factory = factory


def trust_of_system(context: SSL.Context) -> None:
    """Add the roots that this machine trusts."""
    platformTrust()._addCACertsToContext(context)  # type: ignore[no-untyped-call]


def certificate_options(factory: ClientContextFactory) -> dict[str, Any]:
    """What Scrapy's settings say of TLS, as Twisted takes it."""
    return factory._get_cert_options_kwargs()


def keep_suffixes_at_home() -> None:
    """Let the cookies of Scrapy fetch no list of public suffixes: that request would pass the guard and the captures."""
    cookies._split_domain.suffix_list_urls = ()


def slow_down(downloader: Any, key: str, delay: float) -> None:
    """Wait at least `delay` seconds between the requests of a slot, now, and when it is made anew: idle ones are thrown away."""
    if delay and key in downloader.slots:
        slot = downloader.slots[key]
        slot.delay = max(slot.delay, delay)
        downloader.per_slot_settings[key] = {**downloader.per_slot_settings.get(key, {}), "delay": slot.delay}
