"""What is used of Scrapy and Twisted although it is not public. A test that fails here after an upgrade names what moved."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import pytest
from OpenSSL import SSL
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from jobscraper.crawl import scrapy_private

KEPT = {
    "scrapy.core.downloader.contextfactory": ["_ScrapyClientContextFactory"],
    "scrapy.core.downloader.handlers.http11": [
        "_LenientHTTP11ClientFactory",
        "_LenientHTTP11ClientProtocol",
        "_LenientHTTPClientParser",
    ],
    "scrapy.downloadermiddlewares.cookies": ["_split_domain", "_is_public_domain"],
    "twisted.internet._sslverify": ["IOpenSSLTrustRoot"],
}


@pytest.mark.parametrize(("module", "name"), [(module, name) for module, names in KEPT.items() for name in names])
def test_it_is_still_there(module: str, name: str) -> None:
    code = f"import {module} as theirs; assert hasattr(theirs, {name!r}), '{module} has no {name} any more'"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_parser_is_put_in_by_its_class() -> None:
    class Ours(scrapy_private.ClientParser):
        pass

    protocol = scrapy_private.ClientProtocol()
    protocol._parser = scrapy_private.ClientParser(SimpleNamespace(), lambda _: None)
    scrapy_private.set_parser(protocol, Ours)
    assert isinstance(protocol._parser, Ours)


def test_a_handler_makes_its_connections_with_our_factory() -> None:
    class Ours(scrapy_private.ClientFactory):
        pass

    handler = SimpleNamespace(_pool=SimpleNamespace(_factory=None))
    scrapy_private.set_factory(handler, Ours)  # type: ignore[arg-type]
    assert handler._pool._factory is Ours
    assert "_pool" in HTTP11DownloadHandler.__init__.__code__.co_names


def test_the_system_trusts_somebody() -> None:
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    scrapy_private.trust_of_system(context)
    assert context.get_cert_store() is not None


def test_certificates_are_judged_by_the_settings() -> None:
    factory = scrapy_private.ClientContextFactory.from_crawler(get_crawler(settings_dict={}))
    assert isinstance(scrapy_private.certificate_options(factory), dict)


@pytest.mark.parametrize(("had", "asked", "left"), [(1.0, 5.0, 5.0), (5.0, 1.0, 5.0), (1.0, 0.0, 1.0)])
def test_a_slot_waits_for_the_longer_of_two_delays(had: float, asked: float, left: float) -> None:
    slot = SimpleNamespace(delay=had)
    downloader = SimpleNamespace(slots={"board": slot}, per_slot_settings=Settings().getdict("DOWNLOAD_SLOTS"))
    scrapy_private.slow_down(downloader, "board", asked)
    assert slot.delay == left
    assert downloader.per_slot_settings.get("board", {}).get("delay") == (left if asked else None)


def test_the_downloader_has_slots_with_settings_of_their_own() -> None:
    from scrapy.core.downloader import Downloader

    names = Downloader.__init__.__code__.co_names
    assert {"slots", "per_slot_settings"} <= set(names)
