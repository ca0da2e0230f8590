"""Which addresses a crawl may connect to: public ones. Pure; the standard library's registers decide."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

_NAT64 = IPv6Network("64:ff9b::/96")
_KINDS = ("unspecified", "loopback", "link_local", "multicast", "private", "reserved")


def why_forbidden(address: Address) -> str | None:
    """Why a crawl may not connect to an address, in a word (`loopback`, `private`…); None if it may.

    An IPv6 address that stands for an IPv4 one is judged by that.
    """
    carried = _carried(address)
    if carried is not None:
        return why_forbidden(carried)
    for kind in _KINDS:
        if getattr(address, f"is_{kind}"):
            return kind.replace("_", "-")
    is_site_local = isinstance(address, IPv6Address) and address.is_site_local
    return None if address.is_global and not is_site_local else "not public"


def literal(host: str) -> Address | None:
    """The address that a host of a URL spells out, also in the old spellings of IPv4 (`0x7f.1`, `2130706433`); None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None


def _carried(address: Address) -> IPv4Address | None:
    """The IPv4 address to which a translator or a tunnel would lead."""
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
