"""The word that qualifies the pay: open ends first, then what the pay depends on."""

from __future__ import annotations

from jobscraper.normalise.salary.result import Qualifier
from jobscraper.normalise.salary.tokens import Token
from jobscraper.normalise.salary.vocabulary import Tag

_REACH = 7
# In the order of their weight; `competitive` says nothing where an amount is printed.
_ORDER: tuple[tuple[Tag, Qualifier], ...] = (
    (Tag.OTE, "ote"),
    (Tag.NEGOTIABLE, "negotiable"),
    (Tag.COMPETITIVE, "competitive"),
    (Tag.DOE, "depends_on_experience"),
    (Tag.MINIMUM_WAGE, "minimum_wage"),
    (Tag.UNPAID, "unpaid"),
)


def find_qualifier(tokens: list[Token], has_amount: bool) -> tuple[Qualifier, int, int] | None:
    """Return the qualifier with the first and last token of the words that say it."""
    spoken: dict[Tag, tuple[int, int]] = {}
    for at, token in enumerate(tokens):
        if token.tag is Tag.DEPENDS or token.tag is Tag.EXPERIENCE:
            end = _experience(tokens, at)
            if end is not None:
                spoken.setdefault(Tag.DOE, (at, end))
        elif token.tag is Tag.OTE and not _names_an_amount(tokens, at):
            spoken.setdefault(Tag.OTE, (at, at))
        elif token.tag is not Tag.OTE:
            spoken.setdefault(token.tag, (at, at))
    for tag, qualifier in _ORDER:
        if tag in spoken and not (tag in {Tag.COMPETITIVE, Tag.UNPAID} and has_amount):
            return qualifier, *spoken[tag]
    return None


def _experience(tokens: list[Token], at: int) -> int | None:
    """`depending on skills and experience`, `experience dependent`: the words may stand a little apart, in one sentence."""
    wanted = Tag.EXPERIENCE if tokens[at].tag is Tag.DEPENDS else Tag.DEPENDS
    reach = _REACH if wanted is Tag.EXPERIENCE else 2
    for end in range(at + 1, min(at + reach, len(tokens))):
        if tokens[end].tag is wanted:
            return end
        if tokens[end].tag in {Tag.STOP, Tag.MONEY}:
            return None
    return None


def _names_an_amount(tokens: list[Token], at: int) -> bool:
    following = (t.tag for t in tokens[at + 1 : at + 5])
    return next((tag is Tag.MONEY for tag in following if tag not in {Tag.FILLER, Tag.COLON, Tag.UP_TO, Tag.CIRCA, Tag.FROM}), False)
