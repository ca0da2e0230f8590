"""`/archive/advert/<id>`: an advert, how its pay was understood, and its history."""

from __future__ import annotations

from typing import Any

from datasette.utils import tilde_encode, urlsafe_components

from jobscraper.model.columns import facts
from jobscraper.publish.site.configuration import DATABASE
from jobscraper.publish.site.pages.advert.evidence import marked_pay
from jobscraper.publish.site.pages.advert.explain import citation, pay_explained
from jobscraper.publish.site.pages.advert.queries import ADVERT, CHANGES, EVENTS, PLACES
from jobscraper.publish.site.shared import data
from jobscraper.publish.site.shared.page import Values, added_to


@added_to(
    f"row-{DATABASE}-advert.html",
    f"/{DATABASE}/advert/{{}}",
    pattern=rf"/{DATABASE}/advert/[^/.]+$",
    keys="SELECT id FROM advert ORDER BY rowid",
)
async def advert(datasette: Any, request: Any) -> Values:
    """What was printed, what it was understood as, and what became of it."""
    identity = urlsafe_components(request.url_vars["pks"])[0]
    (found,) = await data.rows(datasette, ADVERT, [identity])
    path = f"{datasette.urls.table(DATABASE, 'advert')}/{tilde_encode(identity)}"
    address = datasette.absolute_url(request, path)
    return {
        "advert": found,
        "printed_pay": marked_pay(found),
        "as_of": await data.as_of(datasette),
        "explained": pay_explained(found),
        "facts": facts(),
        "citation": citation(found, address if "://" in address else identity),
        "events": await data.rows(datasette, EVENTS, [identity]),
        "changes": await data.rows(datasette, CHANGES, [identity]),
        "places": await data.rows(datasette, PLACES, [identity]),
    }
