"""What the templates have: folders to be found in, our ways of showing values, and what pages add to those of Datasette."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from datasette.utils import tilde_encode
from jinja2 import ChoiceLoader, FileSystemLoader

from jobscraper.publish.dictionary import tables
from jobscraper.publish.site import pages
from jobscraper.publish.site.shared import TEMPLATES
from jobscraper.publish.site.shared.answers import answered, cell_class, heading, link_of
from jobscraper.publish.site.shared.cells import (
    bytes_in_words,
    day,
    label,
    moment,
    pay,
    shown,
    standing,
    visible,
    web_address,
    whole_day,
    words,
)
from jobscraper.publish.site.shared.hooks import hook
from jobscraper.publish.site.shared.lookup import counted
from jobscraper.publish.site.shared.order import order_in_words
from jobscraper.publish.site.shared.page import Values

_NAMED = {"tilde": tilde_encode, "bytes": bytes_in_words}
_FILTERS = (
    answered,
    cell_class,
    counted,
    heading,
    link_of,
    visible,
    web_address,
    pay,
    standing,
    day,
    moment,
    label,
    shown,
    whole_day,
    words,
    order_in_words,
)


@hook
def prepare_jinja2_environment(env: Any) -> None:
    """Have our templates found before Datasette's of the same names, and make our ways of showing values filters."""
    env.loader = ChoiceLoader([FileSystemLoader([TEMPLATES, *pages.FOLDERS]), env.loader])
    env.filters.update(_NAMED | {way.__name__: way for way in _FILTERS})


@hook
def extra_template_vars(template: str, request: Any, datasette: Any) -> Callable[[], Awaitable[Values]]:
    """The data dictionary for every page, and what our pages add to Datasette's."""

    async def values() -> Values:
        found: Values = {"dictionary": tables()}
        for page in pages.pages():
            if page.values and page.template == template:
                found |= await page.values(datasette, request)
        return found

    return values
