"""`/archive?sql=…`: Datasette's page of a query, in our template."""

from __future__ import annotations

from jobscraper.publish.site.configuration import DATABASE
from jobscraper.publish.site.shared.page import of_datasette

QUERY_PAGE = of_datasette(
    f"/{DATABASE}",
    asked=("sql=select+title,+salary_annual_min,+region+from+advert", "sql=select+1+where+0"),
)
