"""`/robots.txt` and `/sitemap.xml`: what robots are told."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

from datasette import Response
from datasette.utils import tilde_encode
from datasette.utils.asgi import NotFound

from jobscraper.publish.site.configuration import DATABASE
from jobscraper.publish.site.pages import pages
from jobscraper.publish.site.shared import data
from jobscraper.publish.site.shared.page import file

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
# As many as one sitemap may hold.
_MOST_IN_A_SITEMAP = 50_000

_ROBOTS = """\
User-agent: *
Disallow: /*?
Disallow: /-/
Disallow: /search
Disallow: /archive.db
Disallow: /exports/
"""


@file("/robots.txt")
async def robots_txt(datasette: Any, request: Any) -> Response:
    """`/robots.txt`: adverts may be found; searches, which have no end, are not for robots."""
    sitemap = datasette.absolute_url(request, datasette.urls.path("sitemap.xml"))
    return Response.text(f"{_ROBOTS}Sitemap: {sitemap}\n" if _is_absolute(sitemap) else _ROBOTS)


@file("/sitemap.xml")
async def sitemap_xml(datasette: Any, request: Any) -> Response:
    """`/sitemap.xml`: our own pages, and those of the newest open adverts (sitemaps.org), which wants whole addresses."""
    if not _is_absolute(datasette.absolute_url(request, "/")):
        raise NotFound("There is no sitemap until the address of this site is set (site_url in its settings)")
    ET.register_namespace("", _SITEMAP)
    root = ET.Element(f"{{{_SITEMAP}}}urlset")
    own = [page.path for page in pages() if page.is_single and page.is_quick and page.is_for_robots]
    for path in own:
        _listed(root, datasette.absolute_url(request, datasette.urls.path(path)))
    open_ones = f"SELECT advert FROM listing WHERE open = 1 ORDER BY advert DESC LIMIT {_MOST_IN_A_SITEMAP - len(own)}"
    for row in await data.rows(datasette, f"SELECT id, last_seen FROM advert WHERE rowid IN ({open_ones})"):
        path = f"{datasette.urls.table(DATABASE, 'advert')}/{tilde_encode(row['id'])}"
        url = _listed(root, datasette.absolute_url(request, path))
        ET.SubElement(url, f"{{{_SITEMAP}}}lastmod").text = row["last_seen"]
    body = '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode")
    return Response(body, content_type="application/xml; charset=utf-8")


def _listed(root: ET.Element, address: str) -> ET.Element:
    url = ET.SubElement(root, f"{{{_SITEMAP}}}url")
    ET.SubElement(url, f"{{{_SITEMAP}}}loc").text = address
    return url


def _is_absolute(address: str) -> bool:
    return "://" in address
