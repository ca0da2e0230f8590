"""The order of a table in words, where Datasette says `sorted by last_seen descending`."""

from __future__ import annotations

_INSTANTS = frozenset({"at", "observed_at", "fetched_at", "started", "finished", "published_at", "posted_on"})
_DESCENDING = {
    "last_seen": "most recently seen first",
    "first_seen": "most recently found first",
    "closes_at": "latest closing date first",
    **dict.fromkeys(_INSTANTS, "newest first"),
}
_ASCENDING = {
    "last_seen": "least recently seen first",
    "first_seen": "earliest found first",
    "closes_at": "earliest closing date first",
    **dict.fromkeys(_INSTANTS, "oldest first"),
}


def order_in_words(description: str, ascending: str | None, descending: str | None) -> str:
    """Datasette's description of filters and order with the order said as a reader would.

    :param ascending: the column that is sorted by from the lowest, if any; `descending`: from the highest.
    """
    column = descending or ascending
    said = f"sorted by {column} descending" if descending else f"sorted by {column}"
    if not column or not description.endswith(said):
        return description
    known = (_DESCENDING if descending else _ASCENDING).get(column)
    words = f"sorted by {column.replace('_', ' ')}" + (", from the highest" if descending else "")
    filters = description.removesuffix(said).rstrip()
    return ", ".join(filter(None, (filters, known or words)))
