"""`/archive`: Datasette's page of all tables, in our template."""

from __future__ import annotations

from jobscraper.publish.site.configuration import DATABASE
from jobscraper.publish.site.shared.page import of_datasette

DATABASE_PAGE = of_datasette(f"/{DATABASE}")
