"""What a filter may be asked for: the controlled lists, whether or not an advert of this archive has the value today."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import get_args

from jobscraper.normalise.employer.employer import EmployerKind
from jobscraper.normalise.terms.contract_words import CONTRACT_TYPES, WORKING_PATTERNS
from jobscraper.normalise.terms.engagement_words import Engagement
from jobscraper.registers.places import areas

Known = Mapping[str, Collection[str]]
"""The values that a filter may have, by its field."""


@cache
def _controlled() -> dict[str, frozenset[str]]:
    return {
        "region": frozenset(area.region for area in areas() if area.region),
        "kind": frozenset(get_args(EmployerKind)),
        "contract": frozenset(CONTRACT_TYPES),
        "engagement": frozenset(get_args(Engagement)),
        "pattern": frozenset(WORKING_PATTERNS),
        "grade": frozenset(),
        "lad": frozenset(area.area_id for area in areas() if area.kind == "lad"),
    }


def known(codes: Known) -> dict[str, frozenset[str]]:
    """The controlled lists by field, with the values that a snapshot has beside them: of a district that is no more.

    :param codes: the values that are in the snapshot, by field.
    """
    return {field: values.union(codes.get(field, ())) for field, values in _controlled().items()}
