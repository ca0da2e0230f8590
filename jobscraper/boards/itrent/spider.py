"""iTrent Web Recruitment: where a crawl begins, and what reads which pages."""

from __future__ import annotations

from typing import Any, ClassVar

from jobscraper.boards.itrent.list import ResultsPage
from jobscraper.boards.itrent.shell import ShellPage
from jobscraper.crawl import settings
from jobscraper.crawl.source import Source


class Itrent(Source):
    """Base of the sources on iTrent: the tenant's path, and the number of its view (WVID), which goes stale."""

    tenant: ClassVar[str]
    view: ClassVar[str]
    custom_settings: ClassVar[dict[str, Any]] = {  # type: ignore[misc]
        "COOKIES_ENABLED": True,
        "DEFAULT_REQUEST_HEADERS": {**settings.DEFAULT_REQUEST_HEADERS, "X-Requested-With": "XMLHttpRequest"},
    }
    to_check: ClassVar[tuple[str, ...]] = (
        "the number of the view: etrec002gf.open leads to the live one",
        "that the session is given to a client that is no browser",
    )

    @classmethod
    def starts(cls) -> list[str]:
        """The page of the board."""
        return [f"https://{cls.allowed_domains[0]}/{cls.tenant}_webrecruitment/wrd/run/ETREC179GF.open?WVID={cls.view}"]

    @classmethod
    def url_patterns(cls) -> Any:
        """The two pages, below the tenant's path."""
        base = f"{cls.allowed_domains[0]}/{cls.tenant}_webrecruitment/wrd/run"
        yield f"{base}/ETREC179GF.open", ShellPage
        yield f"{base}/ETREC106GF.json", ResultsPage
