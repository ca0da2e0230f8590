"""The pages of the site, a folder each: `handler.py`, which declares it (shared/page.py), its templates, its queries.

No page knows another one, and only this module knows all.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import Path

from jobscraper.publish.site.shared.page import Address, Page

FOLDERS = sorted(path.parent for path in Path(__file__).parent.glob("*/handler.py"))
"""Of the pages; their templates lie in them."""


@cache
def declared() -> tuple[Address, ...]:
    """All that the pages declare, in the order of their folders."""
    modules = (import_module(f"{__name__}.{folder.name}.handler") for folder in FOLDERS)
    return tuple(it for module in modules for it in vars(module).values() if isinstance(it, Address))


def pages() -> tuple[Page, ...]:
    """Those of them that people read."""
    return tuple(it for it in declared() if isinstance(it, Page))


@cache
def _quick() -> re.Pattern[str]:
    return re.compile("|".join(it.pattern for it in declared() if it.is_quick))


def is_quick(path: str) -> bool:
    """Whether a page that is known to be quick answers at `path`, as it stands in the request."""
    return _quick().match(path) is not None
