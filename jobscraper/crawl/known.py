"""What earlier runs know, so that a board that has not changed is asked for little: pure policy over what is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

import attrs

from jobscraper.capture.record import Capture


@attrs.frozen(kw_only=True)
class KnownPage:
    """An advert's own page and its card, as earlier runs saw them.

    `page_seen` is when the page was last fetched, None if never; `card_digest` what the card printed, `card_changed` since when.
    """

    page_seen: datetime | None
    card_digest: str | None
    card_changed: datetime | None


@attrs.frozen
class Earlier:
    """The newest good answer of a URL: the capture that holds its body, and the validators to ask with."""

    body: Capture
    validators: Mapping[str, str]


class Memory(Protocol):
    """What the archive remembers of earlier runs."""

    def page(self, source_id: str, source_ref: str) -> KnownPage | None:
        """What is known of an advert's own page; None for an advert that is not."""

    def earlier(self, url: str) -> Earlier | None:
        """The newest good answer to a GET of `url`, or None."""


def is_due(known: KnownPage | None, card_digest: str, now: datetime, revisit_after: timedelta) -> bool:
    """Say whether an advert's own page is to be fetched: it never was, its card has changed since, or it is due again."""
    if known is None or known.page_seen is None:
        return True
    if known.card_digest != card_digest or (known.card_changed and known.page_seen < known.card_changed):
        return True
    return now - known.page_seen >= revisit_after
