"""Web addresses as boards print them. What is none (`http://[::bad/`) is no error: one bad link must not cost a page."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit

_NONE = SplitResult("", "", "", "", "")


def parts_of(address: str) -> SplitResult:
    """The parts of an address; of what is none, nothing but empty ones.

    >>> parts_of("http://[::bad/jobs").path
    ''
    """
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        return _NONE
    return parts


def joined(base: str, link: str) -> str:
    """A link on the page `base` as an address by itself; as it is printed where it is none, and will not be asked for.

    >>> joined("https://board.example.org/jobs", "/job/7"), joined("https://board.example.org/jobs", "http://[::bad/")
    ('https://board.example.org/job/7', 'http://[::bad/')
    """
    try:
        return urljoin(base, link)
    except ValueError:
        return link
