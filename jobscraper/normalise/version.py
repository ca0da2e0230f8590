"""Which code reads: a digest that changes with whatever may read otherwise, and with nothing else."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable

from jobscraper.registers import user_tables

ROOMS = ("text", "registers", "normalise")
LIBRARIES = ("dateparser", "html-text", "lxml", "parsel", "phonenumbers", "rapidfuzz", "selectolax", "tldextract")
"""Those that these rooms call to read with; another version of one may read otherwise."""

_DOCSTRING = re.compile(r'^ *"""(?=[^\s.),])[^"]*(?:"(?!"")[^"]*)*"""$', re.MULTILINE)
_COMMENT = re.compile(r"^ *#.*\n| {2}#.*$", re.MULTILINE)


@cache
def normaliser_version() -> str:
    """Twelve hex digits that name the code, the registers and the libraries that normalise: another version may read otherwise.

    The user's own tables count: who has fetched other lists reads otherwise, and the archive must be able to tell. What
    comments and docstrings say does not.
    """
    total = hashlib.sha256()
    for library in LIBRARIES:
        total.update(f"{library} {version(library)}".encode())
    for room in ROOMS:
        for file in _files(resources.files("jobscraper") / room):
            total.update(
                without_comments(file.read_text("utf-8")).encode() if file.name.endswith(".py") else file.read_bytes()
            )
    for table in user_tables.tables():
        total.update(table.name.encode() + table.read_bytes())
    return total.hexdigest()[:12]


def without_comments(code: str) -> str:
    """Python as the formatter lays it out, without what only people read."""
    return _COMMENT.sub("", _DOCSTRING.sub("", code))


def _files(folder: Traversable) -> Iterable[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry)
        elif entry.name.endswith((".py", ".csv")):
            yield entry
