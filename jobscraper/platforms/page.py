"""Reading: a response in, what it prints out. No network, no clock, no database.

Which page object reads a response follows from its URL, so that any capture, ours or somebody else's, can be read without
the crawl that made it.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import tldextract.tldextract
import web_poet

from jobscraper.errors import JobscraperError
from jobscraper.items import Reading

# web-poet's URL rules ask tldextract, which otherwise fetches a list from the network: reading must not.
tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


class NoReaderError(JobscraperError):
    """No page object reads URLs of this shape."""


class UnreadablePageError(JobscraperError):
    """This is not the page that it should be: an error page, a login, a page cut off. Never "no adverts"."""


class Page(web_poet.WebPage[Reading]):
    """Base of all page objects. `url_examples` are shown to whoever gives a URL that nothing reads."""

    url_examples: Iterable[str] = ()

    @abstractmethod
    def read(self) -> Reading:
        """Return all that this response gives."""


def read_response(response: web_poet.HttpResponse) -> Reading:
    """Read a response with the page object that handles its URL.

    :raises NoReaderError: no page object handles it.
    """
    page_class = _registry().page_cls_for_item(str(response.url), Reading)
    if page_class is None:
        raise NoReaderError(f"{response.url}: no reader for such a URL; readers know {', '.join(sorted(_examples()))}")
    page: Page = page_class(response=response)
    return page.read()


@cache
def _registry() -> web_poet.RulesRegistry:
    """web-poet's rules, with those of all platforms: a page object is registered when its module is imported."""
    import jobscraper.platforms as platforms

    for module in iter_modules(platforms.__path__):
        import_module(f"jobscraper.platforms.{module.name}")
    return web_poet.default_registry


def _examples() -> set[str]:
    return {url for rule in _registry().get_rules() for url in getattr(rule.use, "url_examples", ())}
