"""What all replies of a pod have in common: their one item."""

from __future__ import annotations

from jobscraper.boards.oracle.requisition import Node
from jobscraper.read.page import Page, UnreadablePageError
from jobscraper.text.json_values import parsed


def item_of(page: Page) -> Node:
    """The one item of a reply.

    :raises UnreadablePageError: it is no such reply.
    """
    try:
        items = parsed(page.response.body)["items"]
    except (ValueError, LookupError, TypeError) as error:
        raise UnreadablePageError(f"{page.url}: not a reply with items, or cut off ({error})") from error
    if not isinstance(items, list) or not items or not isinstance(items[0], dict):
        raise UnreadablePageError(f"{page.url}: a reply without an item")
    return items[0]
