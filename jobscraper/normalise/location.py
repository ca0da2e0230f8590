"""Where the job is: from the printed location to places with official codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import attrs

from jobscraper.normalise.result import Evidence, Issue

Workplace = Literal["on_site", "hybrid", "remote"]


@attrs.frozen(kw_only=True)
class Place:
    """One place as far as the text settles it. Codes are ONS (GSS), coordinates WGS84 degrees."""

    text: str
    place_id: str | None = None
    place: str | None = None
    lad_code: str | None = None
    lad_name: str | None = None
    region: str | None = None
    nation: str | None = None
    postcode: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@attrs.frozen(kw_only=True)
class Location:
    """All the places of a printed location, in printed order; the first one is the advert's place."""

    location_text: str | None = None
    places: tuple[Place, ...] = ()
    workplace: Workplace | None = None
    evidence: Mapping[str, Evidence] = attrs.field(factory=dict)
    issues: tuple[Issue, ...] = ()
