"""Reading a response that somebody saved to a file."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

import web_poet

from jobscraper.errors import JobscraperError
from jobscraper.items import Reading
from jobscraper.platforms.page import read_response
from jobscraper.platforms.source import Source

_MARKUP = re.compile(rb"<(?:html|body|div|p|br|h\d|li|table|!doctype)\b", re.IGNORECASE)


def read_saved(source: type[Source], file: Path, url: str) -> Reading:
    """Read a saved response of a source as if it came from `url`.

    :raises JobscraperError: no such file, a URL of another source, or a page that is not what it should be.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise JobscraperError(f"{url}: not a web address; give the URL that the file was saved from")
    host = urlsplit(url).hostname or ""
    domains = source.allowed_domains
    if not any(
        host == domain.removeprefix("www.") or host.endswith("." + domain.removeprefix("www.")) for domain in domains
    ):
        raise JobscraperError(f"{url}: not a page of {source.name}, whose pages are at {', '.join(domains)}")
    body = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    # Saved files have lost their Content-Type; what a page says of its own encoding still counts.
    kind = "text/html" if _MARKUP.search(body) else "text/plain; charset=utf-8"
    return read_response(web_poet.HttpResponse(url=url, body=body, headers={"Content-Type": kind}))
