"""Rebuilding starts from what a crawl of a local board left."""

from tests.crawl.conftest import archive, command, crawl

__all__ = ["archive", "command", "crawl"]
