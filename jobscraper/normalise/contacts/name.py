"""What a name is: words cut out of a text, and whether they are those of a person, of a body, or of a thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import attrs

from jobscraper.normalise.contacts.words import (
    BODIES,
    BODY_ENDINGS,
    COMPASS,
    MUTATED,
    NAMED_AS_PEOPLE,
    OTHERS,
    PARTICLES,
    PLACES,
    ROLE_ENDING,
    ROLES,
    TITLES,
)
from jobscraper.registers.places import is_place

_TOKEN = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*|\n|\d+|[^\w\s]")
# `al-Sampl`, `d'Example`: a part of a name with its particle.
_PARTICLE_BEFORE = re.compile(r"(?:al|el|ul|ap|d|de|du)[-'’](?=[A-Z])")
# The next label of a form may be glued to a name: `Sam ExampleJob title`.
_GLUED = re.compile(r"(?<=[a-z])[A-Z][a-z]+$")
MAY_BE_GLUED = re.compile(r"[A-Z](?<=[a-z][A-Z])")
NO_NAME = ROLES | BODIES | OTHERS


class Token(NamedTuple):
    """A word, a sign or a line end. A tuple, because there are sixty to a text."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower().replace("’", "'")

    @property
    def stem(self) -> str:
        """In small letters, without a Welsh article or a softened beginning: `Chyngor`, `Swyddfa'r`."""
        word = self.low.removesuffix("'r").removesuffix("'n")
        return MUTATED.get(word, word)

    @property
    def capital(self) -> bool:
        return self.text[0].isupper() or _PARTICLE_BEFORE.match(self.text) is not None


@attrs.frozen
class Name:
    """A name, the number of the token after it, and whether it is sure to be one without a number beside it."""

    start: int
    end: int
    after: int
    sure: bool


def tokens_between(text: str, start: int, end: int) -> list[Token]:
    """The words, signs and line ends of a part of a text; what is glued to a name stands apart."""
    start, end = max(0, start), max(0, end)
    found = [Token(match[0], *match.span()) for match in _TOKEN.finditer(text, start, end)]
    if MAY_BE_GLUED.search(text, start, end):
        return [part for token in found for part in _unglued(token)]
    return found


def _unglued(token: Token) -> Iterator[Token]:
    glued = _GLUED.search(token.text)
    if glued and glued[0].lower() in NO_NAME:
        at = token.start + glued.start()
        yield Token(token.text[: glued.start()], token.start, at)
        yield Token(glued[0], at, token.end)
    else:
        yield token


def name_from(tokens: list[Token], first: int) -> Name | None:
    """The name that begins with a token, with its title; None where none begins."""
    step, titled = first, False
    while step < len(tokens) and tokens[step].capital and tokens[step].low in TITLES:
        step, titled = step + 1, True
        step += step < len(tokens) and tokens[step].text == "."
    words: list[Token] = []
    while step < len(tokens) and len(words) < 5 and is_part(tokens, step, words):
        words.append(tokens[step])
        step += 1
        step += (
            len(words[-1].text) == 1
            and step < len(tokens) - 1
            and tokens[step].text == "."
            and tokens[step + 1].capital
        )
    return _judged(tokens, first, step, words, titled)


def is_part(tokens: list[Token], step: int, words: list[Token]) -> bool:
    """Whether a token goes on with a name of which these words are known."""
    token = tokens[step]
    if token.low in PARTICLES and not token.capital and words:
        following = [later for later in tokens[step + 1 : step + 3] if later.low not in PARTICLES or later.capital]
        return bool(following) and following[0].capital
    if len(token.text) == 1:
        # An initial: `A` and `I` are words too.
        following = [later for later in tokens[step + 1 : step + 3] if later.text != "."]
        return token.capital and (bool(words) or (bool(following) and following[0].capital))
    if not token.capital or token.stem in NO_NAME or ROLE_ENDING.search(token.low):
        return False
    return token.low not in TITLES or bool(words)


def _judged(tokens: list[Token], first: int, step: int, words: list[Token], titled: bool) -> Name | None:
    capitals = [word for word in words if word.capital]
    if not _is_written_as_name(words, capitals, titled) or _is_a_body(tokens, step, titled):
        return None
    owns = words[-1].low.endswith("'s")
    if owns and (titled or len(capitals) < 2):
        return None
    sure = titled or len(capitals) > 1
    if not titled and (_means_another_thing(words, capitals) or (not sure and capitals[0].text.isupper())):
        return None
    return Name(tokens[first].start, words[-1].end - (2 if owns else 0), step, sure)


def _is_written_as_name(words: list[Token], capitals: list[Token], titled: bool) -> bool:
    """Whether one word at least is written out; without a title, also that none is an acronym and the last no initial."""
    if all(len(word.text) == 1 for word in capitals):
        return False
    return titled or (len(words[-1].text) > 1 and not _has_acronym(capitals))


def _means_another_thing(words: list[Token], capitals: list[Token]) -> bool:
    """Whether words without a title are known as a place or a body, or are too many: a list, or a body of which a word is left out."""
    return (
        len(capitals) > 3
        or capitals[0].low in PLACES
        or capitals[-1].low in BODY_ENDINGS
        or sum(word.low in COMPASS for word in capitals) > 1
        or " ".join(word.low for word in words) in NAMED_AS_PEOPLE
        or is_place(" ".join(word.text for word in words))
    )


def _is_a_body(tokens: list[Token], step: int, titled: bool) -> bool:
    """Whether what follows makes a phrase a body: `… School`, `… Cancer Support`, `… and Hove City Council`."""
    behind = tokens[step : step + 6]
    if not behind:
        return False
    if behind[0].capital:
        ends = len(behind) < 2 or not behind[1].capital
        return behind[0].stem in BODIES or (ends and not titled and behind[0].low in BODY_ENDINGS)
    if titled or behind[0].low not in {"and", "&"}:
        return False
    for token in behind[1:]:
        if not token.capital or token.low in ROLES:
            return False
        if token.stem in BODIES:
            return token is not behind[1]
    return False


def _has_acronym(words: list[Token]) -> bool:
    """`RIS Delivery`, `HEE CYP`: letters that are no initials (`AJ Example`) beside a word, or nothing but letters."""
    short = [word.text.isupper() and 1 < len(word.text) <= 4 for word in words]
    if all(word.text.isupper() for word in words):
        return (
            all(len(word.text) <= 3 for word in words)
            and len(words) > 1
            and not any(len(word.text) == 1 for word in words)
        )
    return any(short[1:]) or (short[0] and len(words[0].text) > 2)
