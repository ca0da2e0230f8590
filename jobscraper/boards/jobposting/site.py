"""What the pages of one site have in common: its host, and the paths of its adverts."""

from __future__ import annotations

import re
from typing import ClassVar, TypeVar
from urllib.parse import urlsplit

from jobscraper.read.page import Page
from jobscraper.text.addresses import parts_of


class SitePage(Page):
    """A page of such a site. `advert_path` matches the path of an advert's page; its group `ref` is the reference."""

    advert_path: ClassVar[str] = r"(?!)"

    def is_own(self, url: str) -> bool:
        """Whether a URL is one of this site's: a sitemap may name anything."""
        parts = parts_of(url)
        return parts.scheme in ("http", "https") and parts.netloc == urlsplit(str(self.url)).netloc

    def ref_of(self, url: str) -> str | None:
        """The reference that the path of an advert's page holds; None for any other page."""
        found = re.search(self.advert_path, parts_of(url).path)
        return found["ref"] if found else None

    def canonical(self, url: str) -> str:
        """A URL of this site without query and fragment."""
        return str(self.urljoin(parts_of(url).path))


P = TypeVar("P", bound=SitePage)


def of_site(page: type[P], advert_path: str) -> type[P]:
    """The page object with the site's own pattern: a page object knows nothing of its source."""
    return type(page.__name__, (page,), {"advert_path": advert_path})
