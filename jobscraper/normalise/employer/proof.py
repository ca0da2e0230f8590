"""Whether a name that the register bears is proof of the body: a false link is worse than none.

In: a printed employer, the part of it that was looked up, and the row that bears the name. Out: what speaks against the
link, in words, or None. Met on boards: `FCA Scotland` (Foster Care Associates) read as the Financial Conduct Authority,
`Tate Southampton` (a recruiter) as the galleries, `CITB (NI)` as the board of Great Britain, `GP Practices - Hywel Dda …`
as the health board, `NHS East Lancashire CCG` as the hospitals there.
"""

from __future__ import annotations

import re

from jobscraper.normalise.employer.text import Candidate, is_acronym_of
from jobscraper.registers.abroad import foreign_area_named
from jobscraper.registers.employers import EmployerRow, folded
from jobscraper.registers.forms import forms_of
from jobscraper.registers.kinds import is_common_word
from jobscraper.registers.places import areas_named, places_named
from jobscraper.text.fold import fold_name

# Words that make a body of its own of the name beside them: a trust's charity is not the trust.
_OWN = frozenset(
    "ccg ccgs commissioning commissioners practice practices gp gps surgery surgeries pcn pcns charity charities"
    " charitable union unions guild federation federations alumni enterprises ventures friends league hospice hospices"
    " club society".split()
)
# The same, beside a body that is no company itself.
_COMPANY = frozenset("ltd limited plc llp cic".split())
_MAY_BE_A_COMPANY = frozenset({"housing", "other", "agency", "school"})
# Words of what stands before the name of a body and is a part of it or a place where it works.
_PART = frozenset(
    "team teams directorate directorates department departments division unit bank office offices house ward site"
    " careers recruitment resources resourcing vacancies jobs hr social adult adults children childrens estates schools"
    " highways libraries".split()
)
_NATIONS = {
    "scotland": "Scotland",
    "wales": "Wales",
    "cymru": "Wales",
    "northern ireland": "Northern Ireland",
    "ni": "Northern Ireland",
    "england": "England",
}
_OF_ONE_NATION = frozenset({"agency", "department", "other"})
# Bodies that have namesakes abroad, and no offices there as departments have.
_AT_HOME = frozenset({"council", "nhs_trust", "police", "fire", "university", "school", "housing"})
_AUSTRALIAN = frozenset({"NSW", "QLD", "VIC", "TAS"})
# Letters that say of an acronym whose it is: the Crown's, the health service's, the United Kingdom's.
_SIGNED = re.compile(r"(?:hm|nhs|uk)[a-z0-9]{2,}$")
_LETTERS = 3
"""An acronym of three letters is borne by many; one of four or more seldom by two bodies that advertise."""
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)")
_COLLEGE = re.compile(r"(?!the )\w+(?: \w+)* college$")


def doubt(text: str, candidate: Candidate, row: EmployerRow) -> str | None:
    """Return what speaks against taking `candidate`, a part of a printed `text`, for `row`; None if nothing does."""
    start, end = candidate.within
    own = text[candidate.start : candidate.end]
    brackets = _BRACKETS.findall(own) if own != candidate.name else []
    left = (text[start : candidate.start], text[candidate.end : end], *brackets)
    if word := _own_word(text[start:end], row):
        return f"{word} makes it a body of its own"
    # Staff banks are the health service's: `UCLH Staff Bank`.
    alone = not _cut(candidate) or (row.kind == "nhs_trust" and fold_name(left[1]) in {"staff bank", "bank"})
    if one_word_is_no_proof(candidate.name, row, alone=alone):
        return "one word is no proof"
    if any(_other_nation(part, row) for part in left):
        return "another nation's body"
    if row.kind in _AT_HOME and any(_is_abroad(part, row) for part in left):
        return "another country's body"
    if row.kind == "university" and _COLLEGE.search(fold_name(left[1])):
        return "a college employs its own people"
    if row.kind == "university" and candidate.rule == "before comma" and "university" not in folded(candidate.name):
        return "a college of that name in another town"
    if candidate.rule in {"after division", "after comma"} and not _belongs(left[0], candidate, row):
        return "who stands before it may employ"
    return None


def one_word_is_no_proof(name: str, row: EmployerRow, *, alone: bool) -> bool:
    """True for a name of one word that others bear too: of three letters, or a word of the language, or cut out of more.

    A council is known by the bare name of its area, which is checked elsewhere; three letters are no area's.
    """
    word = folded(name)
    if " " in word:
        return False
    if len(word) <= _LETTERS or row.kind == "council":
        return len(word) <= _LETTERS
    return is_common_word(word) if alone else not is_signed(name)


def is_signed(name: str) -> bool:
    """True for an acronym that says whose it is: `HMRC`, `NHSBT`, `UKHSA`; and for any name of several words."""
    return " " in folded(name) or _SIGNED.match(folded(name)) is not None


def is_own_body(printed: str) -> bool:
    """True for a practice, a charity, a union…: where it works for another body, it employs all the same."""
    return not _OWN.isdisjoint(fold_name(printed).split())


def is_other_nation(place: str, row: EmployerRow) -> bool:
    """True if `place` is a nation that is not the body's: `Environment Agency Wales` is no office of the agency."""
    nation = _NATIONS.get(fold_name(place))
    return nation is not None and row.kind in _OF_ONE_NATION and nation != row.nation


def _cut(candidate: Candidate) -> bool:
    return candidate.rule.startswith(("before", "after")) or candidate.rule.endswith(("acronym", "brackets"))


def _own_word(printed: str, row: EmployerRow) -> str | None:
    """Return the words of `printed` that make another body of it, if the row's own names have none such."""
    name = fold_name(printed)
    own = _OWN if row.kind in _MAY_BE_A_COMPANY else _OWN | _COMPANY
    found = [word for word in name.split() if word in own]
    if not found:
        return "academy of" if "academy of" in name and "academy of" not in folded(row.name) else None
    borne = {word for other in (row.name, *row.aliases) for word in folded(other).split()}
    return next((word for word in found if word not in borne), None)


def _other_nation(part: str, row: EmployerRow) -> bool:
    return any(is_other_nation(piece, row) for piece in _pieces(part))


def _is_abroad(part: str, row: EmployerRow) -> bool:
    """True of `Newcastle City Council, NSW` and `Lincoln University, New Zealand`."""
    return any(piece in _AUSTRALIAN or _is_foreign(piece, row) for piece in _pieces(part))


def _is_foreign(piece: str, row: EmployerRow) -> bool:
    """False in `Belfast City Council, Ireland` and `Westminster City Council, Victoria`, which lies in Westminster."""
    area = foreign_area_named(fold_name(piece))
    if area is None or (area.country == "IE" and row.nation == "Northern Ireland"):
        return False
    at_home = {place.lad_code for place in places_named(piece)}.union(*(a.lad_codes for a in areas_named(piece)))
    return row.lad_code not in at_home


def _pieces(part: str) -> list[str]:
    return [piece.strip() for piece in re.split(r"[(),|/–—-]", part) if piece.strip()]


def _belongs(head: str, candidate: Candidate, row: EmployerRow) -> bool:
    """True if what stands before a body's name is its acronym, another of its names, or a team or site of it."""
    words = fold_name(head).split()
    names = {folded(name) for name in (row.name, *row.aliases)}
    if not words or " ".join(words) in names or is_acronym_of(head, candidate.name):
        return True
    kinds = {form.kind for form in forms_of(" ".join(words))}
    return not kinds and not _PART.isdisjoint(words)
