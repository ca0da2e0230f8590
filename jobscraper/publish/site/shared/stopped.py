"""What is said where a query was stopped: a title, and what to do."""

from __future__ import annotations

TOO_LONG = (
    "This took too long",
    "The query was stopped because it took too long. Ask for less, or download the archive and query that.",
)
TOO_MUCH = (
    "This took too much memory",
    "The query was stopped because it needed too much memory. Ask for less, or download the archive and query that.",
)
