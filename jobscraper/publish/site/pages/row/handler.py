"""`/archive/<table>/<key>`: Datasette's page of a row, in our template."""

from __future__ import annotations

from jobscraper.publish.site.configuration import DATABASE
from jobscraper.publish.site.shared.page import of_datasette

ROW_PAGE = of_datasette(
    f"/{DATABASE}/source/{{}}", pattern=rf"/{DATABASE}/[^/.]+/[^/.]+$", keys="SELECT id FROM source ORDER BY id"
)
