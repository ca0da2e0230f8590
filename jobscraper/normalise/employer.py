"""Who employs: from the printed employer to a row of the register of employers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import attrs

from jobscraper.normalise.result import Evidence, Issue

EmployerKind = Literal[
    "council",
    "nhs_trust",
    "school",
    "university",
    "department",
    "agency",
    "police",
    "fire",
    "housing",
    "other",
    "unresolved",
]


@attrs.frozen(kw_only=True)
class Employer:
    """`employer_id` is an id of the register, or `unresolved:<folded name>` so that counts work for unknown bodies."""

    employer_text: str | None = None
    employer_id: str | None = None
    employer_name: str | None = None
    employer_kind: EmployerKind | None = None
    evidence: Mapping[str, Evidence] = attrs.field(factory=dict)
    issues: tuple[Issue, ...] = ()
