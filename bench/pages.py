"""Pages to measure with: news articles of some 65 kB, all different, each with a box of one invented advert; and the page that
a job board makes of an advert, as people and as search engines see it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from html import escape
from typing import Any

_PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Article {number} | LocalGov</title></head><body>
<header><nav>{links}</nav></header><article><h1>Article {number}</h1>{paragraphs}</article>
{box}
<div id="linkedin"><a href="https://www.linkedin.com/">Linkedin Banner</a></div></body></html>"""
_BOX = """<aside><h4>Highways jobs</h4><ul class="widget"><li><strong>Highways Officer {number}</strong><br><br>
<em class="employer">West Northamptonshire Council</em><br><span class="pay">£{low:,} - £{high:,}</span><br>
<span class="blurb">{blurb} Rotherham, South Yorkshire</span><br>
Recuriter: <em>West Northamptonshire Council</em></li></ul></aside>"""
_ADVERT = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{title} | Board</title>
<script type="application/ld+json">{posting}</script></head><body><header><nav>{links}</nav></header>
<main><h1>{title}</h1>{paragraphs}</main></body></html>"""
_WORDS = "council services residents budget highways libraries planning report meeting officers decision local".split()


def article(number: int, advert: int) -> bytes:
    """The article `number`, with a box of the advert `advert`."""
    chance = random.Random(number)
    links = _links(chance, 150)
    paragraphs = "".join(
        f'<p class="body" data-n="{nth}">{" ".join(chance.choices(_WORDS, k=60))} <a href="/x/{nth}">more</a></p>'
        for nth in range(100)
    )
    return _PAGE.format(number=number, links=links, paragraphs=paragraphs, box=_box(advert)).encode()


def advert_page(posting: Mapping[str, Any]) -> bytes:
    """The page of an advert, with its JobPosting as JSON-LD and its text as paragraphs."""
    lines = str(posting.get("description", "")).split("\n")
    return _ADVERT.format(
        title=escape(str(posting.get("title", ""))),
        posting=json.dumps(posting, ensure_ascii=False).replace("</", "<\\/"),
        links=_links(random.Random(0), 30),
        paragraphs="".join(f"<p>{escape(line)}</p>" for line in lines),
    ).encode()


def _links(chance: random.Random, count: int) -> str:
    return "".join(
        f'<li class="n{nth}"><a href="/section/{nth}">{chance.choice(_WORDS)}</a></li>' for nth in range(count)
    )


def _box(advert: int) -> str:
    chance = random.Random(advert)
    low = chance.randrange(20_000, 60_000)
    blurb = " ".join(chance.choices(_WORDS, k=30)).capitalize() + "."
    return _BOX.format(number=advert, low=low, high=low + 3_000, blurb=blurb)
