"""What page objects of HTML share: text as a reader sees it, addresses out of torn attributes, XML without entities."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from lxml import etree
from parsel import Selector

from jobscraper.read.page import UnreadablePageError
from jobscraper.text.fold import fold_name, fold_space, fold_space_keep_lines
from jobscraper.text.labels import pay_of, split_label
from jobscraper.text.lines import breaks_mended, lines_of

_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BARE_AMPERSAND = re.compile(rb"(<!\[CDATA\[.*?\]\]>)|&(?!#\d+;|#x[0-9a-fA-F]+;|(?:amp|lt|gt|quot|apos);)", re.DOTALL)
_ESCAPED_MARKUP = re.compile(r"&(?:amp;)*(?:lt|gt|nbsp|#\d+|[a-z]+);", re.IGNORECASE)


def text_of(node: Selector | None) -> str | None:
    """The text of an element, a line for each line that a reader sees (`<br>` does not glue words); None if blank."""
    if node is None:
        return None
    return fold_space_keep_lines("\n".join(map(fold_space, lines_of(node.root)))) or None


def first(node: Selector, xpath: str) -> Selector | None:
    """The first element that `xpath` finds, or None; ids repeat, and the first one is the one that is shown."""
    found = node.xpath(xpath)
    return found[0] if found else None


def first_text(node: Selector, xpath: str) -> str | None:
    """The text of the first element (or attribute) that `xpath` finds, on one line; None where there is none."""
    found = first(node, xpath)
    if found is None:
        return None
    return fold_space(found.root if isinstance(found.root, str) else text_of(found) or "") or None


def labelled_in(markup: str | None) -> dict[str, str]:
    """What the lines of an advert's text label (`Salary: …`), by field of `RawAdvert`; of a field the first counts.

    A label in bold begins a line of its own, also where nothing breaks the line before it.
    """
    if not markup:
        return {}
    page = Selector(f"<div>{breaks_mended(markup)}</div>")
    for bold in page.xpath("//strong | //b"):
        printed = fold_space("".join(bold.root.itertext()))
        if printed.endswith(":") or (printed and (bold.root.tail or "").lstrip().startswith(":")):
            bold.root.addprevious(etree.Element("br"))
    found: dict[str, str] = {}
    pay: dict[str, str] = {}
    for line in (text_of(page) or "").split("\n"):
        labelled = split_label(line)
        if labelled is None or not labelled.value:
            continue
        money = pay_of(labelled, line)
        if money:
            pay.setdefault(fold_name(line[: labelled.value_start]), money)
        if labelled.field != "salary":
            found.setdefault(labelled.field, labelled.value)
    if pay:
        found["salary"] = _one_string(pay)
    return found


def _one_string(pay: Mapping[str, str]) -> str:
    """The pay of the first label; what the holder gets for fewer hours is added, with its label."""
    first, *others = pay.items()
    actual = [text for label, text in others if "actual" in label or "gwirioneddol" in label]
    return "; ".join((first[1], *actual[:1]))


def joined(node: Selector, xpath: str) -> str | None:
    """The texts of all elements that `xpath` finds, joined by a comma: values of one field, without words glued."""
    texts = (fold_space(text_of(found) or "") for found in node.xpath(xpath))
    return ", ".join(dict.fromkeys(text for text in texts if text)) or None


def has_class(name: str) -> str:
    """The XPath condition for an element with the class `name`.

    >>> f"//li[{has_class('job')}]"
    "//li[contains(concat(' ', normalize-space(@class), ' '), ' job ')]"
    """
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def untorn(address: str) -> str:
    """An address without the newlines and tabs that some boards print inside the quotes of `href`."""
    return "".join(address.split())


def whole(text: str | None) -> int | None:
    """The whole number that a text is, `1,905` too; None for anything else, and for more figures than a count has."""
    figures = (text or "").strip().replace(",", "")
    return int(figures) if figures.isascii() and figures.isdigit() and len(figures) < 10 else None


def unescaped(text: str) -> str:
    """Undo escaping of markup, also where it was done twice (`&amp;lt;div&amp;gt;`)."""
    for _ in range(3):
        if "&" not in text or not _ESCAPED_MARKUP.search(text):
            break
        text = html.unescape(text)
    return text


def xml_root(body: bytes, url: object, *landmarks: str) -> etree._Element:
    """The root of an XML document, whose tag must be one of `landmarks`.

    Entities are not expanded and nothing is fetched; control characters and bare ampersands, which boards print, are mended.

    :raises UnreadablePageError: it is not XML, it is cut off, or it is another document.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, strip_cdata=True)
    mended = _BARE_AMPERSAND.sub(lambda found: found[1] or b"&amp;", _CONTROL.sub(b"", body.lstrip()))
    try:
        root = etree.fromstring(mended, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadablePageError(f"{url}: not XML, or cut off ({error.msg})") from error
    name = etree.QName(root).localname
    if name not in landmarks:
        raise UnreadablePageError(f"{url}: <{name}> is not the document that it should be ({', '.join(landmarks)})")
    return root
