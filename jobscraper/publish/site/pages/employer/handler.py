"""`/archive/employer/<id>`: what an employer advertises and pays."""

from __future__ import annotations

from typing import Any

from datasette.utils import urlsafe_components

from jobscraper.publish.build.summary import ALL
from jobscraper.publish.site.configuration import DATABASE
from jobscraper.publish.site.pages.employer.queries import ALIASES, EMPLOYER_SUMMARY, OF_EMPLOYER
from jobscraper.publish.site.shared import data
from jobscraper.publish.site.shared.criteria import Criteria
from jobscraper.publish.site.shared.page import Values, added_to
from jobscraper.publish.site.shared.profile import profile_of
from jobscraper.publish.site.shared.spread import scale_of


@added_to(
    f"row-{DATABASE}-employer.html",
    f"/{DATABASE}/employer/{{}}",
    pattern=rf"/{DATABASE}/employer/[^/.]+$",
    keys="SELECT id FROM employer ORDER BY rowid",
)
async def employer(datasette: Any, request: Any) -> Values:
    """What an employer advertises and pays, beside its row."""
    identity = urlsafe_components(request.url_vars["pks"])[0]
    found = await data.one(datasette, "SELECT * FROM employer WHERE id = ?", [identity])
    if found is None:
        return {}
    summary = await data.rows(datasette, EMPLOYER_SUMMARY, [identity])
    region = next((row["region"] or "" for row in summary if row["period"] == ALL), "")
    profile = await profile_of(
        datasette,
        summary,
        condition=OF_EMPLOYER,
        code=identity,
        name=found["name"],
        region=region,
        kind=found["kind"],
        search=Criteria(employer_id=identity),
    )
    aliases = await data.rows(datasette, ALIASES, [identity])
    scale = scale_of([*profile.beside, *profile.by_year])
    as_of = await data.as_of(datasette)
    return {"employer": found, "aliases": aliases, "profile": profile, "scale": scale, "as_of": as_of}
