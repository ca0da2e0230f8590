"""Feeds in Atom (RFC 4287)."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import attrs

_ATOM = "http://www.w3.org/2005/Atom"
# XML 1.0 has no way to write these.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@attrs.frozen(kw_only=True)
class Entry:
    """An entry of a feed; `updated` is an instant in ISO 8601, `summary` plain text."""

    link: str
    title: str
    updated: str
    author: str
    summary: str


@attrs.frozen(kw_only=True)
class Feed:
    """A feed: the address of the page that it follows, its own, and its entries, newest first."""

    title: str
    page: str
    itself: str
    updated: str
    entries: tuple[Entry, ...]


def as_xml(feed: Feed) -> str:
    """The feed as a document; links stand for identities, as nothing else of an advert is stable for everybody."""
    ET.register_namespace("", _ATOM)
    root = ET.Element(f"{{{_ATOM}}}feed")
    _text(root, "id", feed.itself)
    _text(root, "title", feed.title)
    _text(root, "updated", feed.updated)
    _link(root, feed.itself, "self")
    _link(root, feed.page, "alternate")
    for entry in feed.entries:
        element = ET.SubElement(root, f"{{{_ATOM}}}entry")
        _text(element, "id", entry.link)
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
