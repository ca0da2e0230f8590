"""Employment agencies: they print themselves as the employer, and are not.

In: a folded name. Out: whether an agency bears it, or whether its words say so.
"""

from __future__ import annotations

import re

# Employment agencies whose name does not say so. `Reed in Partnership` is an employer, and is no row of this table.
_RECRUITERS = frozenset(
    [
        "reed",
        "hays",
        "adecco",
        "manpower",
        "randstad",
        "michael page",
        "badenoch and clark",
        "brook street",
        "penna",
        "gatenbysanderson",
        "gatenby sanderson",
        "tile hill",
        "venn group",
        "matrix scm",
        "comensura",
        "pertemps",
        "starfish search",
        "saxton bampfylde",
        "odgers",
        "odgers berndtson",
        "faerfield",
        "service care solutions",
        "sellick partnership",
        "spencer clarke group",
        "sanctuary personnel",
        "liquid personnel",
        "primary care careers",
        "office angels",
        "blue arrow",
        "tempest resourcing",
        "morgan hunt",
        "allen lane",
        "robert half",
        "eden brown",
        "carrington west",
    ]
)
_AGENCY_WORDS = re.compile(r"\b(?:recruitment|recruiting|resourcing|staffing|search and selection|executive search)\b")


def is_recruiter(folded: str) -> bool:
    """True for the name of an agency that does not say what it is."""
    return folded in _RECRUITERS


def says_recruiter(folded: str) -> bool:
    """True for a name whose words say that it is an agency's (`Tradewind Recruitment`)."""
    return _AGENCY_WORDS.search(folded) is not None
