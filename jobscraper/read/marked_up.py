"""schema.org's JobPosting in the markup itself, as microdata (`itemscope`, `itemprop`) or as RDFa Lite (`typeof`,
`property`), in the shape of JSON-LD's.
"""

from __future__ import annotations

import re

import attrs
from lxml import etree
from parsel import Selector

from jobscraper.read.jsonld_values import Node, is_a
from jobscraper.read.markup import text_of

_NAME = re.compile(r"(?:schema:|https?://(?:www\.)?schema\.org/)?(\w+)")
_WITH_MARKUP = frozenset({"description", "responsibilities", "qualifications", "skills", "jobBenefits"})
# Where HTML says that the value of a property is, by element; of all others it is the text.
_ATTRIBUTES = {
    "a": "href",
    "area": "href",
    "link": "href",
    "img": "src",
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "object": "data",
    "meta": "content",
    "data": "value",
    "meter": "value",
    "time": "datetime",
}
_NOT_ADDRESSES = frozenset({"name", "title", "employmentType", "identifier", "hiringOrganization", "jobLocation"})


@attrs.frozen
class _Syntax:
    """The attributes by which a syntax marks the element of an item, its class, and the names of its properties."""

    scope: str
    kind: str
    name: str


_MICRODATA = _Syntax("itemscope", "itemtype", "itemprop")
_RDFA = _Syntax("typeof", "typeof", "property")


def marked_up_postings(page: Selector) -> list[Node]:
    """Every JobPosting that a page marks up, as the mapping that JSON-LD would print; the microdata where it has both."""
    return _postings(page, _MICRODATA) or _postings(page, _RDFA)


def _postings(page: Selector, by: _Syntax) -> list[Node]:
    scopes = page.xpath(f"//*[@{by.scope} and contains(@{by.kind}, 'JobPosting')]")
    return [found for scope in scopes if is_a(found := _item(scope.root, by), "JobPosting")]


def _item(scope: etree._Element, by: _Syntax) -> Node:
    """The properties of one item; of a property that is printed several times, a list."""
    item: dict[str, object] = {"@type": str(scope.get(by.kind, "")).split() or None}
    waiting = list(scope.iterchildren("*", reversed=True))
    while waiting:
        node = waiting.pop()
        for spelled in str(node.get(by.name, "")).split():
            if named := _NAME.fullmatch(spelled):
                _add(item, named[1], _value(node, named[1], by))
        # What stands in a scope of its own belongs to that one.
        if node.get(by.scope) is None:
            waiting += node.iterchildren("*", reversed=True)
    return item


def _add(item: dict[str, object], name: str, value: object) -> None:
    earlier = item.get(name)
    if value in (None, "") or value == earlier:
        return
    item[name] = value if earlier is None else [*(earlier if isinstance(earlier, list) else [earlier]), value]


def _value(node: etree._Element, name: str, by: _Syntax) -> object:
    """The value of one property: an item, an attribute, or the text.

    `content` is believed on any element (boards put it on `<span>`), and a link says a name by its text.
    """
    if node.get(by.scope) is not None:
        return _item(node, by)
    if node.get("content") is not None:
        return str(node.get("content")).strip()
    attribute = _ATTRIBUTES.get(str(node.tag))
    if attribute and node.get(attribute) is not None and not (attribute == "href" and name in _NOT_ADDRESSES):
        return str(node.get(attribute)).strip()
    if name in _WITH_MARKUP:
        inner = (etree.tostring(child, encoding="unicode", method="html") for child in node)
        return ((node.text or "") + "".join(inner)).strip()
    return text_of(Selector(root=node))
