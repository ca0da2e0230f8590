"""One part of one advert, seen in one capture of one run."""

from __future__ import annotations

import attrs

from jobscraper.model.reading import Part, RawAdvert


@attrs.frozen(kw_only=True)
class Sighting:
    """What was seen where: `at` is the instant of the capture, `digest` that of the print, `raw` the print itself."""

    advert_id: str
    run_id: str
    source_id: str
    capture_id: str
    at: str
    part: Part
    raw: RawAdvert
    digest: str
