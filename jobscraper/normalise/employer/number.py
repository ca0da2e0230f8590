"""The official number that a source prints beside an employer's name, as an id of the register.

In: what is printed as identifier. Out: `urn:106271`, `ukprn:10007795`, `trust:2044`, a trust's `TR00123`, or None. A URN
has six digits, a UKPRN eight that begin with 1, the UID of a group of schools four or five (Get Information About Schools);
three digits are a local authority's number with the Department for Education, which says nothing that its name does not.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\s*(?:(urn|ukprn|uid|trust)\s*[:#]?\s*)?(tr\d{5}|\d{4,8})\s*", re.IGNORECASE)
_KINDS = {4: "trust", 5: "trust", 6: "urn", 8: "ukprn"}


def register_number(printed: str) -> str | None:
    """Return the id that a printed identifier stands for, or None where it is a number of another kind.

    >>> register_number("106271"), register_number("UKPRN: 10007795"), register_number("https://example.org/7")
    ('urn:106271', 'ukprn:10007795', None)
    """
    match = _NUMBER.fullmatch(printed)
    if match is None:
        return None
    said, number = (match[1] or "").lower(), match[2].upper()
    if number.startswith("TR"):
        return number
    kind = _KINDS.get(len(number))
    right = said in {"", kind} or (kind == "trust" and said == "uid")
    if kind is None or not right or (kind == "ukprn" and not number.startswith("1")):
        return None
    return f"{kind}:{number}"
