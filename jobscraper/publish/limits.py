"""What a snapshot and its site are bounded by: checked when it is built, and kept to when it is served."""

from __future__ import annotations

from typing import Any

LONGEST_VALUE = 1_000_000
"""Bytes of one value, both of what may be published and of what a query may make."""
LARGEST_RESULT = 15_000_000
"""Bytes of memory for the rows of one query; the answer that is made of them takes several times as much."""

SETTINGS: dict[str, Any] = {
    "default_page_size": 50,
    "max_returned_rows": 1000,
    "sql_time_limit_ms": 1000,
    "facet_time_limit_ms": 1000,
    # Suggesting facets costs seconds on a large archive, and the declared ones are enough.
    "suggest_facets": False,
    "default_facet_size": 10,
    "truncate_cells_html": 200,
}
