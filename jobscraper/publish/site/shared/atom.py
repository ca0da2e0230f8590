"""Feeds in Atom (RFC 4287)."""

from __future__ import annotations

import re
from urllib.parse import quote
from xml.etree import ElementTree as ET

import attrs

_ATOM = "http://www.w3.org/2005/Atom"
# XML 1.0 has no way to write these.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


# Of nobody's domain (RFC 6761), because an advert has the same identity wherever somebody serves it. Never change it: a
# reader of feeds takes what has another identity for new.
_TAG = "tag:jobscraper.invalid,2026:"


def tag(*parts: str) -> str:
    """An identity that never changes (RFC 4151): `advert`, `wmjobs:12` is `tag:jobscraper.invalid,2026:advert/wmjobs:12`."""
    return _TAG + "/".join(quote(part, safe=":=&+~") for part in parts)


@attrs.frozen(kw_only=True)
class Entry:
    """An entry of a feed; `id` is a `tag`, `updated` an instant in ISO 8601, `summary` plain text."""

    id: str
    link: str
    title: str
    updated: str
    author: str
    summary: str


@attrs.frozen(kw_only=True)
class Feed:
    """A feed: its `tag`, the address of the page that it follows, its own, and its entries, newest first."""

    id: str
    title: str
    page: str
    itself: str
    updated: str
    entries: tuple[Entry, ...]


def as_xml(feed: Feed) -> str:
    """The feed as a document."""
    ET.register_namespace("", _ATOM)
    root = ET.Element(f"{{{_ATOM}}}feed")
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", feed.updated)
    _link(root, feed.itself, "self")
    _link(root, feed.page, "alternate")
    for entry in feed.entries:
        element = ET.SubElement(root, f"{{{_ATOM}}}entry")
        _text(element, "id", entry.id)
        _text(element, "title", entry.title)
        _text(element, "updated", entry.updated)
        _link(element, entry.link, "alternate")
        _text(ET.SubElement(element, f"{{{_ATOM}}}author"), "name", entry.author)
        _text(element, "summary", entry.summary)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode")


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}{name}").text = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _link(parent: ET.Element, href: str, relation: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}link", {"href": href, "rel": relation})
