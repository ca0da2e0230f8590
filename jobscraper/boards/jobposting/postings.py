"""The JobPostings of a page, and what an advert's own page gives by its own; boards whose pages carry one read it so, too."""

from __future__ import annotations

from typing import Any

import attrs

from jobscraper.model.reading import Reading
from jobscraper.read.jsonld import PostingEntry, job_postings
from jobscraper.read.jsonld_values import Node
from jobscraper.read.labels import Labelled
from jobscraper.read.marked_up import marked_up_postings
from jobscraper.read.page import Page, UnreadablePageError

_NO_LABELS = Labelled({}, {})


def postings_of(page: Page) -> list[Node]:
    """The JobPostings of a page: of its JSON-LD, or else of its markup."""
    return job_postings(page.response.text) or marked_up_postings(page.selector)


def posting_reading(page: Page, ref: str, url: str, printed: Labelled = _NO_LABELS) -> Reading:
    """What an advert's own page gives, under the board's reference and its URL without tracking parts.

    `printed` is what the page prints beside the JobPosting: where the JobPosting is silent, it counts.

    :raises UnreadablePageError: the page has no JobPosting and prints nothing else.
    """
    postings = postings_of(page)
    entry = PostingEntry(_own(postings, ref) if postings else {})
    raw = entry.raw()
    added = {name: value for name, value in printed.values.items() if not getattr(raw, name)}
    if not postings and not added:
        raise UnreadablePageError(f"{page.url}: no JobPosting on this page")
    fields: dict[str, Any] = {**added, "labels": {**printed.labels, **raw.labels}}
    known = attrs.evolve(raw, source_ref=ref, url=url, **fields)
    return Reading(part="page", adverts=(known,), problems=(*entry.problems(), *entry.unread, *printed.problems))


def _own(postings: list[Node], ref: str) -> Node:
    """The JobPosting of the page itself; others are those of similar jobs."""
    named = (
        posting for posting in postings if ref in (PostingEntry(posting).source_ref, _last_part(posting.get("url")))
    )
    return next(named, postings[0])


def _last_part(url: object) -> str | None:
    return url.rstrip("/").rsplit("/", 1)[-1] if isinstance(url, str) else None
