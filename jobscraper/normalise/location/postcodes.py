"""Postcodes in running text.

In: any text. Out: the postcodes of the United Kingdom in it, as they are written officially, with where they stand. A
string of the right shape counts only if its outward half exists: `SO51 8EN` and `SO518EN` do, `MS4 8GB` does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from jobscraper.registers.places import CodePoint, outcode, postcode

# BS 7666 / Royal Mail: A9, A99, A9A, AA9, AA99, AA9A, then a digit and two letters (never C I K M O V).
_FULL = re.compile(
    r"(?<![A-Za-z0-9])([A-Za-z]{1,2}\d[A-Za-z0-9]?)[ \u00a0]{0,2}(\d[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2})(?![A-Za-z0-9])"
)
_OUT = re.compile(r"(?:^|(?<=[,;/(\-] )|(?<=[,;/(]))\s*([A-Z]{1,2}\d[A-Z0-9]?)(?=\s*(?:$|[,;/)-]))")
_IRISH = re.compile(r"BT\d{1,2}$")
_CROWN = re.compile(r"(?:GY|JE|IM)\d{1,2}$")


@attrs.frozen
class Found:
    """A postcode at `text[start:end]`. `point` is None where the register carries none, as for Northern Ireland."""

    code: str
    start: int
    end: int
    point: CodePoint | None
    full: bool = True

    @property
    def irish(self) -> bool:
        """True for Northern Ireland, whose postcodes are not carried: their licence is not open."""
        return _IRISH.match(self.code.split()[0]) is not None

    @property
    def crown(self) -> bool:
        """True for the Channel Islands and the Isle of Man, which have UK postcodes and are not in the UK."""
        return _CROWN.match(self.code.split()[0]) is not None


def find_postcodes(text: str) -> Iterator[Found]:
    """Yield the full postcodes of a text in order.

    >>> [found.code for found in find_postcodes("Romsey, SO51 8EN, Romsey, SO517QN")]
    ['SO51 8EN', 'SO51 7QN']
    """
    for match in _FULL.finditer(text):
        if match[2][1:].islower() and not match[1].islower():
            continue  # `Grade E5 2nd floor`
        outward, inward = match[1].upper(), match[2].upper()
        code = f"{outward} {inward}"
        found = Found(code, match.start(), match.end(), postcode(code) or outcode(outward))
        if found.point or found.irish or found.crown:
            yield found


def find_outcodes(text: str) -> Iterator[Found]:
    """Yield outward halves that stand alone (`Birtley, DH3`): in a sentence `M4` is a road and `E5` a grade."""
    for match in _OUT.finditer(text):
        found = Found(match[1], match.start(1), match.end(1), outcode(match[1]), full=False)
        if found.point is not None or found.irish or found.crown:
            yield found
