"""The JSON tree that a Jobiqo page carries for its own scripts (`script#__NEXT_DATA__`), and what is found in it by kind.

The path to the adverts moves between builds: `props.pageProps.data.jobs.pages[]`, or an Apollo cache whose entities have
keys such as `Job:123` and point at each other by `{"__ref": "Organization:5"}`, and whose fields may carry arguments
(`jobs({"page":2})`). So rows are told by `__typename`, wherever they stand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import attrs

from jobscraper.read.page import ChallengePageError, Page, UnreadablePageError
from jobscraper.text.json_values import parsed

JOB = "Job"
_ENTITY = re.compile(r"([A-Z]\w*):(.+)", re.DOTALL)
_DEEPEST = 8  # Entities point at each other in circles.
_CHALLENGE = re.compile(r"bot[-_ ]?(?:challenge|check|verified)", re.IGNORECASE)

Row = Mapping[str, Any]


@attrs.frozen
class Listing:
    """What the list says of itself: how many adverts there are in all, and how many rows this page has."""

    count: int | None
    shown: int | None


@attrs.frozen
class Tree:
    """A parsed tree, with the entities of its Apollo cache by key."""

    root: Any
    entities: Mapping[str, Row]

    @classmethod
    def of(cls, root: Any) -> Tree:
        """Gather the entities, wherever the cache stands."""
        found = ((key, node) for key, node in _walk(root) if isinstance(node, dict) and _ENTITY.fullmatch(key))
        return cls(root, dict(found))

    def jobs(self) -> list[Row]:
        """All adverts in the order of the tree, one of each `id`; one without an `id` stands alone.

        The same advert may be there in part (a link to it) and in whole: of a field, the first that says anything counts.
        """
        rows: dict[str, dict[str, Any]] = {}
        for key, node in _walk(self.root):
            if not isinstance(node, dict) or node.get("__typename") != JOB:
                continue
            row = self.row(node)
            entity = _ENTITY.fullmatch(key)
            row.setdefault("id", entity[2] if entity else None)
            ref = text_of_value(row["id"]) or f"without id {len(rows)}"
            known = rows.setdefault(ref, {})
            known.update({name: value for name, value in row.items() if known.get(name) in (None, "", [], {})})
        return [row for row in rows.values() if set(row) - {"__typename", "id", "url", "urlNoPrefix"}]

    def listing(self) -> Listing | None:
        """The list that has a `result_count`, with rows if there is one; None where nothing has."""
        lists = [self.row(node) for _, node in _walk(self.root) if isinstance(node, dict) and "result_count" in node]
        with_rows = [found for found in lists if isinstance(found.get("pages"), list)]
        for found in (*with_rows, *lists):
            rows = found.get("pages")
            return Listing(_whole(found["result_count"]), len(rows) if isinstance(rows, list) else None)
        return None

    def content(self) -> Row | None:
        """The advert that the page is about: `jobByPath.content`."""
        for key, node in _walk(self.root):
            if _bare(key) == "jobByPath":
                content = self.row(self._resolved(node)).get("content")
                if isinstance(content, dict) and content:
                    return content
        return None

    def row(self, node: Any) -> dict[str, Any]:
        """A mapping with its references resolved and its field names without arguments; empty for anything else."""
        resolved: dict[str, Any] = {}
        for key, value in node.items() if isinstance(node, dict) else ():
            name, found = _bare(key), self._resolved(value)
            if resolved.get(name) is None:
                resolved[name] = found
        return resolved

    def _resolved(self, value: Any, depth: int = 0) -> Any:
        if depth >= _DEEPEST:
            return None
        if isinstance(value, list):
            return [self._resolved(item, depth + 1) for item in value]
        if not isinstance(value, dict):
            return value
        reference = value.get("__ref") or (value.get("id") if value.get("type") == "id" else None)
        if isinstance(reference, str):
            return self._resolved(self.entities.get(reference), depth + 1)
        if value.get("type") == "json" and "json" in value:  # How older Apollo caches wrap plain values.
            return value["json"]
        return {_bare(key): self._resolved(item, depth + 1) for key, item in value.items()}


class TreePage(Page):
    """Base of both kinds of page: all that they print is in the tree."""

    def says_nothing_is_listed(self) -> bool:
        """`read` has judged that by the count."""
        return True

    @cached_property
    def tree(self) -> Tree:
        """The tree of the page, or of a response that is nothing but the tree.

        :raises ChallengePageError: there is none, but the board's challenge to bots.
        :raises UnreadablePageError: there is none: another page.
        """
        if self.response.body.lstrip()[:1] in (b"{", b"["):
            return read_tree(self.response.text, self.url)
        script = self.xpath("//script[@id='__NEXT_DATA__']/text()").get()
        if script is None and is_challenge(self.response.text):
            raise ChallengePageError(f"{self.url}: a challenge to bots, not a page of the board")
        return read_tree(script, self.url)


def read_tree(text: str | None, url: object) -> Tree:
    """The tree of a page.

    :param text: the script's text; None where the page has none.
    :raises UnreadablePageError: it is not there (another page, a challenge), or it is cut off.
    """
    if text is None:
        raise UnreadablePageError(f"{url}: not a page of the board; it has no __NEXT_DATA__")
    try:
        root = parsed(text)
    except (ValueError, RecursionError) as error:
        raise UnreadablePageError(f"{url}: __NEXT_DATA__ is not JSON, or cut off ({error})") from error
    if not isinstance(root, dict | list):
        raise UnreadablePageError(f"{url}: __NEXT_DATA__ is not a tree")
    return Tree.of(root)


def is_challenge(text: str) -> bool:
    """Whether a page that has no tree is the "botchallenge" stub, which has been met instead of the board."""
    return _CHALLENGE.search(text[:20_000]) is not None


def text_of_value(value: Any) -> str | None:
    """A value as words: a string or number itself, of a term its label, of a list all of them; None where none are."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float):
        return str(value).strip() or None
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(text for item in value if (text := text_of_value(item)))) or None
    if isinstance(value, dict):
        # `processed` and `value` are how Drupal gives a long text.
        for name in ("label", "name", "title", "processed", "value", "text", "number"):
            if text := text_of_value(value.get(name)):
                return text
        rest = {name: item for name, item in value.items() if name != "__typename" and item not in (None, "", [], {})}
        return json.dumps(rest, ensure_ascii=False)[:500] if rest else None
    return None


def _walk(root: Any) -> Iterator[tuple[str, Any]]:
    """All values of a tree in its order, each with the key that it stands under ("" in a list)."""
    waiting: list[tuple[str, Any]] = [("", root)]
    while waiting:
        key, node = waiting.pop()
        yield key, node
        if isinstance(node, dict):
            waiting.extend(reversed(node.items()))
        elif isinstance(node, list):
            waiting.extend(("", item) for item in reversed(node))


def _bare(key: str) -> str:
    return key.partition("(")[0]


def _whole(value: Any) -> int | None:
    digits = str(value)
    return (
        int(digits)
        if not isinstance(value, bool) and digits.isascii() and digits.isdigit() and len(digits) < 9
        else None
    )
