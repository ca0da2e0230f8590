"""`/archive/<table>`: Datasette's page of the rows of a table, in our template."""

from __future__ import annotations

from jobscraper.publish.site.configuration import DATABASE
from jobscraper.publish.site.shared.page import of_datasette

TABLE_PAGE = of_datasette(
    f"/{DATABASE}/advert", pattern=rf"/{DATABASE}/[^/.]+$", asked=("_all=on", "region=Wales&_facet=status")
)
