"""Names of people that stand with a way to reach them, or after words that say that one may.

A name is two or three capitalised words (or one after a title) that are no role, no body and no place. Names elsewhere
(a school's patron, an author) stay: they are nobody's contact.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set

import attrs

from jobscraper.normalise.contacts.name import MAY_BE_GLUED, NO_NAME, Name, Token, is_part, name_from, tokens_between
from jobscraper.normalise.contacts.spans import Span, near
from jobscraper.normalise.contacts.words import (
    APPOSED,
    BEFORE_STEM,
    BETWEEN,
    BODIES,
    CUE,
    DEFINITE,
    DETERMINERS,
    FILLERS,
    LINE_STEMS,
    LINE_TO,
    ONE_SMALL_NAME,
    PLACES,
    PLAIN_TITLE,
    ROLES,
    SEPARATORS,
    SHARED_TITLE,
    SMALL_NAME,
    SMALL_WORDS,
    STEM,
    TITLES,
    WITH_ROLE,
)
from jobscraper.text.fold import lower_in_place

_REACH, _REACH_BACK = 110, 90
_MOST_STEPS = 18
_LOCAL_PART = re.compile(r"([A-Za-z][\w.'-]{3,60})[@(\[ ]")
_LOWER = re.compile(r"[\s:,]{0,4}(?:(?:and|or)\s)?([a-z]+)(?![’'-])")
_LAST = re.compile(r"(?<![\w'’-])([a-z]+)[\s:.]{0,3}$")
_STEPS = ROLES | FILLERS | SEPARATORS | {"of"}
_TITLED = re.compile(rf"(?:(?:{'|'.join(sorted(TITLES))})\b\.?\s*)+", re.IGNORECASE)
_NO_SMALL_NAME = NO_NAME | FILLERS | BETWEEN | PLACES | SMALL_WORDS
# Each begins with a class of characters, which the engine skips to.
# A word in small letters that stands by itself: not inside another one, an e-mail address or a path.
_SMALL = re.compile(r"[a-z\u00df-\u024f](?<![\w@/'’-].)[a-z\u00df-\u024f'’-]*(?![\w@/'’-]|\.\w)")
_CAPITAL, _LETTER = re.compile(r"[A-Z\u00c0-\u024f](?<!\w\w)"), re.compile(r"[^\W\d_](?<!\w\w)")
_PAIR = re.compile(rf"{_CAPITAL.pattern}[^\W\d_]*\s(?=([^\W\d_]+)\b)")
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_NEAR = 60
# Behind a first name that stands a little apart from its number: `Jo in the office on …`, `Jo (Deputy) on …`.
_GOES_ON = re.compile(r"\s?(?:[(,/]|(?:in|at|from|or|and|neu|on|via|ar|for|before|after|between|to|when|once|if)\b)")


def find_names(text: str, addresses: Sequence[Span]) -> list[Span]:
    """Where names of contacts stand. `addresses` are the e-mail addresses and numbers of the text, in order."""
    names = [*_after_cues(text, addresses), *_after_titles(text, addresses), *_line_to(text)]
    for address in addresses:
        names += [*_before(text, address), *_behind(text, address)]
    names += _spelled_in(text, addresses)
    small = set(_SMALL.findall(text)) if names else set()
    names = [name for name in names if not _is_prose(text[name[0] : name[1]], small)]
    return [*names, *_repeated(text, names)] if names else []


def _is_prose(name: str, small: Set[str]) -> bool:
    """Whether all words of a phrase stand in small letters elsewhere in the text: `Infection Prevention` is a matter."""
    words = name.split()
    return len(words) > 1 and not words[0].islower() and all(word.lower() in small for word in words)


def _after_cues(text: str, addresses: Sequence[Span]) -> Iterator[Span]:
    for at in _stems(text):
        cue = CUE.match(text, at)
        if cue is None:
            yield from _apposed(text, at)
            continue
        if not _goes_on(text, cue.end()):
            tokens = tokens_between(text, cue.end(), cue.end() + _REACH)
            if cue["label"] and (name := _signed(text, tokens)):
                yield name
            if cue["weak"]:
                tokens = _up_to_second_phrase(tokens)
            yield from _walk(tokens, text, addresses, lines=cue["label"] is not None)
        elif addresses:
            yield from _in_small_letters(text, cue.end(), addresses)


def _stems(text: str) -> Iterator[int]:
    """Where a word begins as a cue does, or what is glued to the word before it: `example.orgTelephone`."""
    low = lower_in_place(text)
    yield from (match.start() for match in BEFORE_STEM.finditer(f" {low}"))
    yield from (glued.start() for glued in MAY_BE_GLUED.finditer(text) if STEM.match(low, glued.start()))


def _signed(text: str, tokens: list[Token]) -> Span | None:
    """`Thanks, Jo` at the end of a text: a first name alone on what is left of the last line."""
    rest = [token for token in tokens if token.text not in {",", "\n"}]
    name = name_from(rest, 0) if len(rest) == 1 and rest[0].end == len(text.rstrip()) else None
    return (name.start, name.end) if name else None


def _apposed(text: str, at: int) -> Iterator[Span]:
    """`Hi, I'm Sam Example`, `our consultant Sam Example`, `Mae Sam Example, Rheolwr y Tîm, …`."""
    cue = APPOSED.match(text, at)
    if cue is None:
        return
    tokens = tokens_between(text, cue.end(), cue.end() + 90)
    name = name_from(tokens, 0)
    if name is None or any(token.capital for token in tokens[name.after : name.after + 1]):
        return
    behind = tokens[name.after : name.after + 5]
    if name.sure:
        is_told = not cue[0].lower().startswith(WITH_ROLE) or _has_role(behind)
    else:  # `I'm Sam, the Matron`, but not `I'm Deaf, a nurse`.
        is_told = cue["own"] is not None and _has_role(behind) and (behind[1].capital or behind[1].low in DEFINITE)
    if is_told:
        yield name.start, name.end


def _has_role(tokens: list[Token]) -> bool:
    """Whether a role follows behind a comma or in brackets: `, our Lead Nurse`."""
    return bool(tokens) and tokens[0].text in {",", "("} and any(token.low in ROLES for token in tokens)


def _up_to_second_phrase(tokens: list[Token]) -> list[Token]:
    """After `reports to`, a role and a name may stand; what follows is a department or a place."""
    signs = [nth for nth, token in enumerate(tokens) if token.text in {",", ".", "\n", ";"}]
    return tokens[: signs[1]] if len(signs) > 1 else tokens


def _in_small_letters(text: str, end: int, addresses: Sequence[Span]) -> Iterator[Span]:
    name = SMALL_NAME.match(text, end) or ONE_SMALL_NAME.match(text, end)
    if (
        name
        and not set(name["name"].split()) & _NO_SMALL_NAME
        and any(start >= name.end() - 1 for start, _ in near(addresses, name.end() - 1, name.end() + 1))
    ):
        yield name.span("name")


def _line_to(text: str) -> Iterator[Span]:
    for at in _places(text, LINE_STEMS):
        line = LINE_TO.match(text, at)
        if line and not {word.lower() for word in line["name"].split()} & (NO_NAME | PLACES):
            yield line.span("name")


def _goes_on(text: str, end: int) -> bool:
    """True where the sentence goes on with a word before which no name can follow: most cues, so no need to walk."""
    word = _LOWER.match(text, end)
    return word is not None and word[1] not in _STEPS


def _places(text: str, stems: Iterable[str]) -> Iterator[int]:
    """Where any of a few beginnings stands: for six, a search for each is faster than one for a pattern of all."""
    for stem in [stem for stem in stems if stem in text]:
        at = text.find(stem)
        while at >= 0:
            yield at
            at = text.find(stem, at + 1)


@attrs.define
class _Steps:
    """What a walk to a name has come by so far; whether a name may stand next is `ready`."""

    lines: bool
    ready: bool = True
    newlines: int = 0
    free_words: int = 0
    body: bool = False
    role: bool = False
    place: bool = False

    def go_over(self, tokens: list[Token], step: int) -> bool:
        """Take one more token in; False where no name can follow it."""
        token = tokens[step]
        if token.text == "\n":
            return self._line_end(tokens, step)
        if token.low in SEPARATORS or token.low in FILLERS:
            return self._filler(token)
        if token.text == ".":
            self.ready = False
            return tokens[step - 1].low in TITLES
        if token.low in ROLES or token.low == "of" or token.capital:
            return self._part_of_phrase(token)
        return self._other_word(token)

    def _line_end(self, tokens: list[Token], step: int) -> bool:
        self.newlines += 1
        self.ready = True
        return self.newlines <= 2 and (self.lines or _is_label(tokens, step))

    def _filler(self, token: Token) -> bool:
        """After a body comes its address: `Durham County Council, Aykley Heads`. A team's body is part of its role."""
        self.place = not self.role and (self.place or self.body)
        self.ready, self.role, self.body = not self.place, False, False
        if token.low in DETERMINERS:
            self.free_words = 3
        return True

    def _part_of_phrase(self, token: Token) -> bool:
        self.ready = token.low in ROLES
        self.role = self.role or self.ready
        self.body = self.body or token.stem in BODIES
        return True

    def _other_word(self, token: Token) -> bool:
        """`please contact the recruiting Sam Example`: a few words may follow a determiner."""
        if not self.free_words or token.low in BETWEEN:
            return False
        self.free_words -= 1
        return True


def _walk(tokens: list[Token], text: str, addresses: Sequence[Span], *, lines: bool) -> Iterator[Span]:
    """Step over fillers and a role to a name, and on to the names that are joined to it; stop at anything else."""
    starts = {start for start, _ in near(addresses, tokens[0].start, tokens[-1].end)} if tokens else set()
    so_far, step = _Steps(lines), 0
    while step < min(len(tokens), _MOST_STEPS):
        name = name_from(tokens, step) if so_far.ready else None
        if name and (name.sure or _leads_to(text, name, addresses)):
            yield name.start, name.end
            step, so_far.ready = name.after, False
        elif not so_far.go_over(tokens, step) or tokens[step].start in starts:
            return
        else:
            step += 1


def _is_label(tokens: list[Token], step: int) -> bool:
    """`Contact:` may end its line."""
    return step > 0 and tokens[step - 1].text == ":" and step <= 2


def _leads_to(text: str, name: Name, addresses: Sequence[Span]) -> bool:
    """True where a number or an address is in the same sentence: `Ring Jo on 01632 …`, `on 01632 … and ask for Jo`."""
    return any(
        (name.end < start <= name.end + 30 and _only_between(text, name.end, start))
        or (name.end < start <= name.end + _NEAR and _GOES_ON.match(text, name.end) and _is_one(text, name.end, start))
        or (end < name.start <= end + _NEAR and _is_one(text, end, name.start))
        for start, end in near(addresses, name.start - _NEAR, name.end + _NEAR)
    )


def _only_between(text: str, start: int, end: int) -> bool:
    return all(token.low in BETWEEN or is_part([token], 0, []) for token in tokens_between(text, start, end))


def _is_one(text: str, start: int, end: int) -> bool:
    """Whether no sentence ends between two places."""
    return _SENTENCE_END.search(text, start, end) is None


def _after_titles(text: str, addresses: Sequence[Span]) -> Iterator[Span]:
    for title in PLAIN_TITLE.finditer(text):
        name = name_from(tokens_between(text, title.start(), title.start() + 60), 0)
        if name:
            yield name.start, name.end
    for title in SHARED_TITLE.finditer(text):
        name = name_from(tokens_between(text, title.end(), title.end() + 60), 0)
        # Two words, the first of which may be an initial, and nothing behind them that makes them a body.
        if name and name.start == title.end() and _is_whole(text, name, addresses):
            yield name.start, name.end


def _is_whole(text: str, name: Name, addresses: Sequence[Span]) -> bool:
    """Whether a name has two words or is in the sentence of a number, and is not the beginning of a longer phrase or somebody's: `Dr Example's School`."""
    words = text[name.start : name.end].split()
    behind = text[name.end : name.end + 3]
    return (len(words) > 1 or _leads_to(text, name, addresses)) and not re.match(r"[’']|\s[A-Z]", behind)


def _before(text: str, address: Span) -> Iterator[Span]:
    """Names before an address, with nothing between but a role and words such as `on` or `Tel:`."""
    last = _LAST.search(text, max(0, address[0] - 24), address[0])
    if last and last[1] not in BETWEEN and last[1] not in ROLES:  # `please call 01632 …`
        return
    tokens = tokens_between(text, address[0] - _REACH_BACK, address[0])
    first, newlines = len(tokens), 0
    while first and newlines < 4 and len(tokens) - first < 24:
        token = tokens[first - 1]
        newlines += token.text == "\n"
        if not (token.capital or token.low in BETWEEN or token.low in ROLES or token.text == "\n"):
            break
        first -= 1
    yield from _all_names(tokens, first)


def _all_names(tokens: list[Token], first: int) -> Iterator[Span]:
    step = first
    while step < len(tokens):
        name = name_from(tokens, step)
        if name and (name.sure or _is_on(tokens[name.after :])):
            yield name.start, name.end
            step = name.after
            continue
        # The rest of a phrase that is no name is none either: `Example [House School]`.
        step += 1
        while not name and step < len(tokens) and tokens[step].capital and tokens[step - 1].low in BODIES | PLACES:
            step += 1


def _is_on(tokens: list[Token]) -> bool:
    """`Jo is on …`, `Jo can be reached at …`, with nothing between that and the number."""
    words = [token.low for token in tokens]
    return words[:1] in (["is"], ["can"]) and len(words) < 7 and all(word in BETWEEN for word in words)


def _behind(text: str, address: Span) -> Iterator[Span]:
    """`01632 960123 (Sam Example)`."""
    tokens = tokens_between(text, address[1], address[1] + 60)
    if tokens and tokens[0].text in "(-–":
        name = name_from(tokens, 1)
        if name and name.sure:
            yield name.start, name.end


def _spelled_in(text: str, addresses: Iterable[Span]) -> Iterator[Span]:
    """Names that an address itself spells: `sam.example@…` or `s.example@…`, and `Sam Example` anywhere."""
    firsts: dict[str, set[str]] = defaultdict(set)
    for start, end in addresses:
        local = _LOCAL_PART.match(text[start:end])
        parts = [part.lower() for part in re.split(r"[\W\d_]+", local[1]) if part] if local else []
        if len(parts) == 2 and len(parts[1]) > 2 and not set(parts) & NO_NAME:
            firsts[parts[1]].add(parts[0])
    for pair in _PAIR.finditer(text) if firsts else ():
        first = pair[0].rstrip().lower()
        if {first, first[0]} & firsts.get(pair[1].lower(), set()):
            yield pair.start(), pair.end(1)


def _repeated(text: str, names: list[Span]) -> Iterator[Span]:
    """The other places at which a name of several words stands that was found once."""
    known = {name for start, end in names if " " in (name := _TITLED.sub("", text[start:end]))}
    lengths = {len(name) for name in known}
    begins = _LETTER if any(name[0].islower() for name in known) else _CAPITAL
    for word in begins.finditer(text) if known else ():
        for end in (word.start() + length for length in lengths):
            if text[word.start() : end] in known and not text[end : end + 1].isalnum():
                yield word.start(), end
