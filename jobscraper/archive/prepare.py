"""Making a printed advert ready for folding: redacted, read, and laid out in rows. Pure, so any process may do it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from jobscraper.archive.rows import advert_columns
from jobscraper.model.reading import RawAdvert
from jobscraper.normalise.advert import Advert, normalise
from jobscraper.normalise.contacts import redact_advert
from jobscraper.normalise.description import plain_text
from jobscraper.normalise.employer.employer import Employer
from jobscraper.normalise.location.location import Place
from jobscraper.normalise.result import Evidence, Issue


@attrs.frozen(kw_only=True)
class AdvertRows:
    """The rows that follow from an advert as it was read: its own columns, and the rows that hang on it."""

    columns: Mapping[str, Any]
    employer: Employer
    places: tuple[Place, ...]
    issues: tuple[Issue, ...]
    dates: Mapping[str, Evidence]


@attrs.frozen(kw_only=True)
class PreparedAdvert:
    """A print of an advert that no archive knows yet: `raw` is redacted, `digest` is that of the print as it was."""

    digest: str
    raw: RawAdvert
    rows: AdvertRows
    contacts_removed: int


def prepare(raw: RawAdvert, observed: datetime) -> PreparedAdvert:
    """Make a print ready that was seen at `observed`."""
    clean, removed = redacted(raw)
    return PreparedAdvert(
        digest=raw.digest, raw=clean, rows=rows_of(normalise(clean, observed=observed)), contacts_removed=removed
    )


def redacted(raw: RawAdvert) -> tuple[RawAdvert, int]:
    """Return the advert as it may be stored, and how many contact details were taken out."""
    text = plain_text(raw.description)
    return redact_advert(raw if text == raw.description else attrs.evolve(raw, description=text))


def rows_of(advert: Advert) -> AdvertRows:
    """Lay an advert out in rows."""
    return AdvertRows(
        columns=advert_columns(advert),
        employer=advert.employer,
        places=advert.location.places,
        issues=advert.issues,
        dates={column: advert.evidence[column] for column in ("posted_on", "closes_at") if column in advert.evidence},
    )
