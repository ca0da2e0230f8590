"""A raw advert as a line of JSON in, what the archive would say of it out. Pure: no archive is opened.

For `jobscraper normalise advert`, for trying a reader on adverts of anybody's, and for measuring.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import attrs
import msgspec

from jobscraper.archive.prepare import redacted
from jobscraper.archive.rows import advert_columns
from jobscraper.model.errors import JobscraperError
from jobscraper.model.reading import RawAdvert
from jobscraper.normalise.advert import Advert, normalise
from jobscraper.normalise.dates.dates import LONDON
from jobscraper.normalise.version import normaliser_version

_NOON = time(12)  # Of a day without a time: no zone and no midnight makes another day of it.
_EARLIEST, _LATEST = 1990, 2999


class AdvertLineError(JobscraperError):
    """Says why a line is no raw advert."""


@attrs.frozen(kw_only=True)
class _Line(RawAdvert):
    """The fields of a raw advert; `observed` is the day or the instant at which it was seen so."""

    source_ref: str = ""
    observed: str | None = None


_FIELDS = [field.name for field in attrs.fields(RawAdvert)] + ["observed"]


def read_line(line: str) -> tuple[RawAdvert, datetime | None]:
    """Read a JSON object with fields of a raw advert and maybe `observed`; return the advert and that moment.

    :raises AdvertLineError: it is none; the message names what is wrong with it.
    """
    try:
        fields = msgspec.json.decode(line)
        if isinstance(fields, dict) and (unknown := sorted(fields.keys() - set(_FIELDS))):
            raise AdvertLineError(f"no field of a raw advert is called {unknown[0]!r}; there are {', '.join(_FIELDS)}")
        printed = attrs.asdict(msgspec.convert(fields, _Line), recurse=False)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise AdvertLineError(f"not a raw advert as a JSON object: {error}") from error
    observed = printed.pop("observed")
    return RawAdvert(**printed), _moment(observed) if observed else None


def advert_answer(raw: RawAdvert, observed: datetime | None) -> dict[str, Any]:
    """Return the columns of `advert` that follow from what is printed, ready for JSON.

    Beside them stand the name and kind of the employer, all `places`, the `labels` and the `description` as they would
    be stored, with contact details taken out, and the `issues`. Amounts are numbers; `evidence` is by column.
    """
    clean, _ = redacted(raw)
    return _columns(normalise(clean, observed=observed))


def _columns(advert: Advert) -> dict[str, Any]:
    columns = advert_columns(advert)
    extras = columns["salary_extras"]
    return {
        "source_ref": advert.raw.source_ref,
        **columns,
        "salary_extras": msgspec.json.decode(extras) if extras else [],
        "employer_name": advert.employer.employer_name,
        "employer_kind": advert.employer.employer_kind,
        "places": [attrs.asdict(place) for place in advert.location.places],
        "labels": dict(advert.raw.labels),
        "description": advert.raw.description,
        "evidence": {column: attrs.asdict(evidence) for column, evidence in advert.evidence.items()},
        "issues": [attrs.asdict(issue) for issue in advert.issues],
        "normaliser_version": normaliser_version(),
    }


def _moment(printed: str) -> datetime:
    """A day as its noon in London; an instant without a zone is UTC, as everywhere in the archive."""
    try:
        if len(printed) <= len("2026-11-23"):
            moment = datetime.combine(date.fromisoformat(printed), _NOON, LONDON)
        else:
            moment = datetime.fromisoformat(printed)
    except ValueError as error:
        raise _no_moment(printed) from error
    if not _EARLIEST <= moment.year <= _LATEST:
        raise _no_moment(printed)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _no_moment(printed: str) -> AdvertLineError:
    forms = "a day such as 2026-11-23 nor an instant such as 2026-11-23T17:00:00Z"
    return AdvertLineError(f"observed is neither {forms}: {printed[:40]!r}")
