"""Addresses that an operator names: is this one at all? Nobody is asked. Pure."""

from __future__ import annotations

import re
from ipaddress import ip_network
from urllib.parse import SplitResult, urlsplit

_HOST = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]"
# RFC 5322's atoms, without what would end a quotation or a comment in a header or a crontab.
_MAIL = re.compile(rf"[\w.!#$%&'*+/=?^`{{|}}~-]+@{_HOST}", re.IGNORECASE | re.ASCII)
_PUBLIC_HOST = re.compile(_HOST, re.IGNORECASE | re.ASCII)
_SERVER = re.compile(r"[\w.-]+(?::(\d{1,5}))?", re.ASCII)
_IN_A_HEADER = re.compile(r"[!-~]+")
_QUOTING = re.compile(r"[\"<>\\`]")


def is_mail_address(text: str) -> bool:
    """Whether it is an e-mail address of a public host: `jobs@example.org`."""
    return bool(_MAIL.fullmatch(text))


def is_web_address(url: str) -> bool:
    """Whether it is an http(s) address without a user name."""
    parts = _parts(url)
    return parts is not None and parts.scheme in ("http", "https") and "@" not in parts.netloc


def is_contact(text: str) -> bool:
    """Whether a board can reach somebody by it: e-mail or web addresses of public hosts, one or several.

    It goes into the user agent, and into files that `schedule` prints.
    """
    several = re.split(r"[,;]? +", text)
    return all(is_mail_address(one.removeprefix("mailto:")) or _is_public(one) for one in several)


def is_site_address(url: str) -> bool:
    """Whether it is the address of a site: a scheme and a host, and no path, because ours is served at none."""
    parts = _parts(url)
    return parts is not None and is_web_address(url) and not (parts.path.strip("/") or parts.query or parts.fragment)


def is_server(text: str) -> bool:
    """Whether it is `HOST` or `HOST:PORT`."""
    found = _SERVER.fullmatch(text)
    return found is not None and (found[1] is None or 0 < int(found[1]) < 65536)


def is_machine(text: str) -> bool:
    """Whether it is the address of a machine or of a network, by number: `127.0.0.1`, `::1`, `10.0.0.0/8`."""
    try:
        ip_network(text)
    except ValueError:
        return False
    return True


def _is_public(url: str) -> bool:
    parts = _parts(url.removeprefix("+"))  # As crawlers write it.
    return is_web_address(url.removeprefix("+")) and bool(_PUBLIC_HOST.fullmatch((parts and parts.hostname) or ""))


def _parts(url: str) -> SplitResult | None:
    """The parts of an address with a host and no character that a header could not hold; None of anything else."""
    if not _IN_A_HEADER.fullmatch(url) or _QUOTING.search(url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.hostname else None
