"""Which addresses a crawl may connect to, how they may be spelled, and what the resolver gives out."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any

import pytest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer

from jobscraper.crawl.addresses import literal, why_forbidden
from jobscraper.crawl.guard import PublicResolver


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("93.184.215.14", None),
        ("192.0.0.9", None),
        ("0.0.0.0", "unspecified"),
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("10.1.2.3", "private"),
        ("172.31.255.255", "private"),
        ("172.32.0.1", None),
        ("192.168.0.1", "private"),
        ("169.254.169.254", "link-local"),
        ("100.64.0.1", "not public"),
        ("224.0.0.251", "multicast"),
        ("198.51.100.7", "private"),
        ("255.255.255.255", "private"),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", None),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("fe80::1", "link-local"),
        ("fc00::1", "private"),
        ("fec0::1", "not public"),
        ("ff02::1", "multicast"),
        ("2001:db8::1", "private"),
        ("4000::1", "reserved"),
        ("::ffff:127.0.0.1", "loopback"),
        ("::ffff:93.184.215.14", None),
        ("::127.0.0.1", "reserved"),
        ("64:ff9b::10.0.0.1", "private"),
        ("64:ff9b::93.184.215.14", None),
        ("2002:7f00:1::", "loopback"),
    ],
)
def test_only_public_addresses_are_connected_to(address: str, why: str | None) -> None:
    assert why_forbidden(ip_address(address)) == why


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0x7f000001", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("::1", "::1"),
        ("::ffff:7f00:1", "::ffff:127.0.0.1"),
        ("fe80::1%eth0", "fe80::1%eth0"),
        ("localhost", None),
        ("127.0.0.1.example", None),
        ("1.2.3.4.5", None),
        ("café.example", None),
        ("", None),
    ],
)
def test_addresses_are_known_however_they_are_spelled(host: str, address: str | None) -> None:
    found = literal(host)
    assert found == (ip_address(address) if address else None)


class NoReactor:
    """The resolver asks it nothing here."""


def asked(resolver: PublicResolver, name: str) -> str:
    """What the resolver answers, at once; the word of its failure where it fails."""
    heard: list[Any] = []
    resolver.getHostByName(name).addBoth(heard.append)
    return heard[0] if isinstance(heard[0], str) else str(heard[0].value)


def test_a_name_that_is_given_another_address_later_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["93.184.215.14", "127.0.0.1"])
    monkeypatch.setattr(CachingThreadedResolver, "getHostByName", lambda *_: defer.succeed(next(answers)))
    resolver = PublicResolver(NoReactor(), cache_size=0, timeout=1)  # type: ignore[arg-type]
    assert asked(resolver, "board.example") == "93.184.215.14"
    assert "127.0.0.1 is loopback" in asked(resolver, "board.example")
