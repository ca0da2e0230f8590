"""The word that qualifies the pay: open ends first, then what the pay depends on."""

from __future__ import annotations

from collections.abc import Set

from jobscraper.normalise.salary import tags
from jobscraper.normalise.salary.result import Qualifier
from jobscraper.normalise.salary.tags import Tag
from jobscraper.normalise.salary.tokens import Token

_REACH = 7
# In the order of their weight; `competitive` says nothing where an amount is printed.
_ORDER: tuple[tuple[Tag, Qualifier], ...] = (
    (tags.OTE, "ote"),
    (tags.NEGOTIABLE, "negotiable"),
    (tags.COMPETITIVE, "competitive"),
    (tags.DOE, "depends_on_experience"),
    (tags.MINIMUM_WAGE, "minimum_wage"),
    (tags.UNPAID, "unpaid"),
)
QUALIFYING = frozenset({tags.DEPENDS, tags.EXPERIENCE, *(tag for tag, _ in _ORDER)})


def find_qualifier(tokens: list[Token], has_amount: bool, ends_of_ote: Set[int]) -> tuple[Qualifier, int, int] | None:
    """Return the qualifier with the first and last token of the words that say it. An `OTE` at one of `ends_of_ote`
    belongs to an amount of its own (`£60,000 OTE`), as does one before an amount.
    """
    spoken: dict[Tag, tuple[int, int]] = {}
    for at, token in enumerate(tokens):
        if token.tag not in QUALIFYING:
            continue
        if token.tag == tags.DEPENDS or token.tag == tags.EXPERIENCE:
            end = _experience(tokens, at)
            if end is not None:
                spoken.setdefault(tags.DOE, (at, end))
        elif token.tag == tags.OTE and at not in ends_of_ote and not _names_an_amount(tokens, at):
            spoken.setdefault(tags.OTE, (at, at))
        elif token.tag not in {tags.OTE, tags.EXPERIENCE, tags.DEPENDS}:
            spoken.setdefault(token.tag, (at, at))
    for tag, qualifier in _ORDER if spoken else ():
        if tag in spoken and not (tag in {tags.COMPETITIVE, tags.UNPAID} and has_amount):
            return qualifier, *spoken[tag]
    return None


def _experience(tokens: list[Token], at: int) -> int | None:
    """`depending on skills and experience`, `experience dependent`: the words may stand a little apart, in one
    sentence.
    """
    wanted = tags.EXPERIENCE if tokens[at].tag == tags.DEPENDS else tags.DEPENDS
    reach = _REACH if wanted == tags.EXPERIENCE else 2
    for end in range(at + 1, min(at + reach, len(tokens))):
        if tokens[end].tag == wanted:
            return end
        if tokens[end].tag in {tags.STOP, tags.MONEY}:
            return None
    return None


def _names_an_amount(tokens: list[Token], at: int) -> bool:
    following = (t.tag for t in tokens[at + 1 : at + 5])
    return next(
        (
            tag == tags.MONEY
            for tag in following
            if tag not in {tags.FILLER, tags.COLON, tags.UP_TO, tags.CIRCA, tags.FROM}
        ),
        False,
    )
