"""`/place/<code>`: what is advertised and paid in a local authority district."""

from __future__ import annotations

from typing import Any

import attrs
from datasette import Response
from datasette.utils.asgi import NotFound

from jobscraper.publish.build.summary import ALL, RECENT
from jobscraper.publish.site.pages.place.queries import EMPLOYERS, OF_PLACE, PLACE_SUMMARY
from jobscraper.publish.site.shared import data
from jobscraper.publish.site.shared.criteria import Criteria
from jobscraper.publish.site.shared.page import page
from jobscraper.publish.site.shared.profile import profile_of
from jobscraper.publish.site.shared.spread import scale_of, summaries


@page(
    "/place/{}",
    pattern=r"/place/(?P<code>[A-Z]\d{8})$",
    keys="SELECT value FROM code WHERE field = 'lad' ORDER BY code",
)
async def place_page(datasette: Any, request: Any) -> Response:
    """`/place/<code>`: a local authority district.

    :raises NotFound: no advert of the archive is in it.
    """
    code = request.url_vars["code"]
    place = await data.one(
        datasette, "SELECT lad_code, lad_name, region, nation FROM advert WHERE rowid ="
        f" (SELECT max(advert) FROM listing WHERE {OF_PLACE})", {"code": code}
    )  # fmt: skip
    if place is None:
        raise NotFound(f"The archive has no adverts in a district with the code {code}")
    summary = await data.rows(datasette, PLACE_SUMMARY, [code])
    profile = await profile_of(
        datasette,
        [row for row in summary if row["kind"] == ALL],
        condition=OF_PLACE,
        code=code,
        name=place["lad_name"] or code,
        region=place["region"] or "",
        kind=ALL,
        search=Criteria(lad=code),
    )
    kinds = [row for row in summary if row["period"] == RECENT and row["kind"] != ALL]
    profile = attrs.evolve(profile, by_kind=summaries(kinds, "kind"))
    return await data.page(
        datasette, request, "place.html", place=place, profile=profile,
        employers=await data.rows(datasette, EMPLOYERS, [code]),
        scale=scale_of([*profile.beside, *profile.by_year, *profile.by_kind]),
    )  # fmt: skip
