"""schema.org's JobPosting as microdata (`itemscope`, `itemprop` in the markup), in the shape of JSON-LD's."""

from __future__ import annotations

from lxml import etree
from parsel import Selector

from jobscraper.platforms.jsonld_values import Node, is_a
from jobscraper.platforms.markup import text_of

_SCOPES = "//*[@itemscope and contains(@itemtype, 'JobPosting')]"
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


def microdata_postings(page: Selector) -> list[Node]:
    """Every JobPosting that a page marks up with microdata, as the mapping that JSON-LD would print."""
    return [found for scope in page.xpath(_SCOPES) if is_a(found := _item(scope.root), "JobPosting")]


def _item(scope: etree._Element) -> Node:
    """The properties of one `itemscope`; of a property that is printed several times, a list."""
    item: dict[str, object] = {"@type": str(scope.get("itemtype", "")).split() or None}
    waiting = list(scope.iterchildren("*", reversed=True))
    while waiting:
        node = waiting.pop()
        for name in str(node.get("itemprop", "")).split():
            _add(item, name.rsplit("/", 1)[-1], _value(node, name))
        # What stands in a scope of its own belongs to that one.
        if node.get("itemscope") is None:
            waiting += node.iterchildren("*", reversed=True)
    return item


def _add(item: dict[str, object], name: str, value: object) -> None:
    earlier = item.get(name)
    if value in (None, "") or value == earlier:
        return
    item[name] = value if earlier is None else [*(earlier if isinstance(earlier, list) else [earlier]), value]


def _value(node: etree._Element, name: str) -> object:
    """The value of one property: an item, an attribute, or the text.

    `content` is believed on any element (boards put it on `<span>`), and a link says a name by its text.
    """
    if node.get("itemscope") is not None:
        return _item(node)
    if node.get("content") is not None:
        return str(node.get("content")).strip()
    attribute = _ATTRIBUTES.get(str(node.tag))
    if attribute and node.get(attribute) is not None and not (attribute == "href" and name in _NOT_ADDRESSES):
        return str(node.get(attribute)).strip()
    if name in _WITH_MARKUP:
        inner = (etree.tostring(child, encoding="unicode", method="html") for child in node)
        return ((node.text or "") + "".join(inner)).strip()
    return text_of(Selector(root=node))
