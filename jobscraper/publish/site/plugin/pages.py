"""What the home page and the page of an advert show beyond what Datasette itself hands to a template."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from datasette.utils import tilde_encode, urlsafe_components
from markupsafe import Markup

from jobscraper.publish.dictionary import tables
from jobscraper.publish.site.plugin import data
from jobscraper.publish.site.plugin.ask import answered, cell_class, heading, link_of
from jobscraper.publish.site.plugin.cells import (
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
from jobscraper.publish.site.plugin.evidence import marked_pay
from jobscraper.publish.site.plugin.explain import citation, pay_explained
from jobscraper.publish.site.plugin.hooks import hook
from jobscraper.publish.site.plugin.lookup import counted
from jobscraper.publish.site.plugin.order import order_in_words
from jobscraper.publish.site.plugin.profile import employer_values
from jobscraper.publish.site.configuration import DATABASE

_NEWEST = """
    SELECT id, title, employer_text, location_text, salary_text, salary_annual_min, salary_annual_max, salary_currency,
           status, open, closes_at, first_seen
    FROM advert WHERE rowid IN (SELECT advert FROM listing WHERE open = 1 ORDER BY advert DESC LIMIT 8)
    ORDER BY rowid DESC"""

_SOURCES = """
    SELECT source.id, source.title, source.licence, run.verdict, run.started, run.finished,
           coalesce(fill_rate.adverts, 0) AS adverts, coalesce(fill_rate.open, 0) AS open
    FROM source LEFT JOIN fill_rate ON fill_rate.source_id = source.id LEFT JOIN run ON run.id =
        (SELECT id FROM run WHERE source_id = source.id ORDER BY started DESC LIMIT 1)
    ORDER BY source.title"""

# The seven days that end with the last one that the archive saw.
_WEEK_BEGINS = "SELECT date(as_of, '-6 days') FROM snapshot"
# `+`, so that the index by time is used and not the one by kind.
_LAST_WEEK = f"SELECT kind, count(*) AS events FROM event WHERE at >= ({_WEEK_BEGINS}) GROUP BY +kind"

_ADVERT = """
    SELECT advert.*, employer.name AS employer_name, source.title AS source_title, description,
           capture.fetched_at, capture.digest, capture.url AS capture_url
    FROM advert JOIN source ON source.id = source_id JOIN capture ON capture.id = capture_id
    LEFT JOIN employer ON employer.id = employer_id LEFT JOIN advert_text ON advert_text.advert_id = advert.id
    WHERE advert.id = ?"""

_EVENTS = "SELECT at, kind, detail FROM event WHERE advert_id = ? ORDER BY at, id LIMIT 100"
_CHANGES = (
    "SELECT observed_at, field, old, new, cause FROM change WHERE advert_id = ? ORDER BY observed_at, id LIMIT 100"
)
_PLACES = "SELECT text, region FROM advert_place WHERE advert_id = ? ORDER BY position LIMIT 50"

Values = dict[str, Any]


@hook
def prepare_jinja2_environment(env: Any) -> None:
    """Make our ways of showing values available to the templates."""
    named = {"tilde": tilde_encode, "bytes": bytes_in_words}
    filters = (
        answered,
        cell_class,
        counted,
        heading,
        link_of,
        visible,
        web_address,
        pay,
        standing,
        marked_pay,
        day,
        moment,
        label,
        shown,
        whole_day,
        words,
        order_in_words,
    )
    env.filters.update(named | {way.__name__: way for way in filters})


@hook
def extra_template_vars(template: str, request: Any, datasette: Any) -> Callable[[], Awaitable[Values]]:
    """The data dictionary for every page, and the rows that ours show."""

    async def values() -> Values:
        found: Values = {"dictionary": tables()}
        if template == "index.html":
            found |= await _home(datasette)
        elif template == f"row-{DATABASE}-employer.html":
            found |= await employer_values(datasette, urlsafe_components(request.url_vars["pks"])[0])
        elif template == f"row-{DATABASE}-advert.html":
            found |= await _advert(datasette, request, urlsafe_components(request.url_vars["pks"])[0])
        return found

    return values


async def _home(datasette: Any) -> Values:
    sources = await data.rows(datasette, _SOURCES)
    (snapshot,) = await data.rows(datasette, "SELECT * FROM snapshot")
    ((since,),) = await data.rows(datasette, _WEEK_BEGINS)
    return {
        "snapshot": snapshot,
        "as_of": snapshot["as_of"],
        "sources": sources,
        "newest": await data.rows(datasette, _NEWEST),
        "pictures": await _pictures(datasette),
        "week": {row["kind"]: row["events"] for row in await data.rows(datasette, _LAST_WEEK)},
        "week_begins": since,
    }


async def _pictures(datasette: Any) -> Values:
    """The pictures by name, as markup: they are ours, and drawing them kept no more than shapes and escaped words."""
    if not await datasette.get_database(DATABASE).table_exists("picture"):
        return {}
    return {row["name"]: Markup(row["svg"]) for row in await data.rows(datasette, "SELECT name, svg FROM picture")}


async def _advert(datasette: Any, request: Any, identity: str) -> Values:
    (advert,) = await data.rows(datasette, _ADVERT, [identity])
    path = f"{datasette.urls.table(DATABASE, 'advert')}/{tilde_encode(identity)}"
    address = datasette.absolute_url(request, path)
    return {
        "advert": advert,
        "as_of": await data.as_of(datasette),
        "explained": pay_explained(advert),
        "citation": citation(advert, address if "://" in address else identity),
        "events": await data.rows(datasette, _EVENTS, [identity]),
        "changes": await data.rows(datasette, _CHANGES, [identity]),
        "places": await data.rows(datasette, _PLACES, [identity]),
    }
