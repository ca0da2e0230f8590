"""Names of public bodies without the words of their legal form, so that two spellings of one body meet.

In: a folded name. Out: its kind as far as the words tell, its core, and the words that were taken off.
`doncaster mbc` and `doncaster metropolitan borough council` have one core; so have `barts health` and `barts health nhs
trust`. The rules are how bodies of each kind are named in law and in adverts.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs


@attrs.frozen
class Form:
    """`words` are those of the legal form that tell more than the kind, or that tell the kind for sure."""

    kind: str
    core: str
    words: frozenset[str] = frozenset()


_ABBREVIATED = {
    "mbc": "metropolitan borough council",
    "mdc": "metropolitan district council",
    "cbc": "county borough council",
    "lb": "london borough",
    "lbc": "london borough council",
    "rb": "royal borough",
    "bc": "borough council",
    "cc": "council",
    "dc": "district council",
    "boro": "borough",
    "nhsft": "nhs foundation trust",
    "nhst": "nhs trust",
    "ft": "foundation trust",
    "uhb": "university health board",
    "thb": "teaching health board",
    "hsct": "health and social care trust",
    "uni": "university",
    "univ": "university",
    "frs": "fire and rescue service",
    "fras": "fire and rescue service",
}
# Counties as the post office shortened them, which people still write.
_COUNTIES = {
    "beds": "bedfordshire",
    "berks": "berkshire",
    "bucks": "buckinghamshire",
    "cambs": "cambridgeshire",
    "glos": "gloucestershire",
    "hants": "hampshire",
    "herts": "hertfordshire",
    "lancs": "lancashire",
    "leics": "leicestershire",
    "lincs": "lincolnshire",
    "northants": "northamptonshire",
    "notts": "nottinghamshire",
    "oxon": "oxfordshire",
    "pembs": "pembrokeshire",
    "shrops": "shropshire",
    "staffs": "staffordshire",
    "warks": "warwickshire",
    "wilts": "wiltshire",
    "worcs": "worcestershire",
    "yorks": "yorkshire",
}
_POINTS = {"n": "north", "s": "south", "e": "east", "w": "west", "ne": "north east", "nw": "north west"}
_SHORT = _ABBREVIATED | _COUNTIES
_COUNCIL = frozenset({"council", "borough"})
_DESIGNATIONS = frozenset({"county", "borough", "district", "city", "metropolitan", "london", "royal"})
_WELSH_COUNCIL = frozenset({"cyngor", "sir", "dinas", "bwrdeistref", "sirol", "a"})
_NHS = frozenset({"nhs", "foundation", "trust"})
# A board that commissions care in an area is no trust, and bears the name of the area as a trust does.
_COMMISSIONERS = frozenset({"icb", "icbs", "ics", "ccg", "commissioning", "csu"})
# Words of a trust's name that, alone, could be anybody's: they serve for a name that is the same word for word.
_VAGUE = frozenset({"trust", "care", "childrens", "womens", "partnership"})
_HEALTH = (_VAGUE - {"trust"}) | {"hospital", "hospitals", "health", "healthcare", "ambulance", "hospice", "maudsley"}
_POLICE = frozenset({"police", "constabulary"})
_POLICE_FORM = _POLICE | {"service", "force", "heddlu"}
_FIRE_FORM = frozenset({"fire", "and", "rescue", "service", "authority", "brigade"})
_HOUSING_FORM = frozenset({"association", "company", "group", "homes", "limited", "ltd", "society", "trust"})
_UNIVERSITY_FORM = frozenset({"of", "the", "at", "in", "prifysgol"})


def _council(words: list[str], known: bool = False) -> Form | None:
    """Read `Doncaster MBC`; of a `known` council also the bare name, so that the word Council may be added to it."""
    if words[0] == "cyngor" or (known and words[0] in _WELSH_COUNCIL):
        rest = " ".join(word for word in words if word not in _WELSH_COUNCIL)
        return Form("council", rest) if rest else None
    if not known and not _COUNCIL & set(words) and words[:2] != ["city", "of"]:
        return None
    rest = " ".join(word for word in words if word not in _DESIGNATIONS and word not in {"council", "of", "the"})
    form = frozenset(word for word in words if word in _DESIGNATIONS)
    return Form("council", rest, form) if rest else None


def _nhs(words: list[str], known: bool = False) -> Form | None:
    """Read `Barts Health`, `The Christie NHS FT`: NHS is said, or trust or a word of health after two words at least.

    `NHS Bolton` is none: so the boards that commission care in an area are called, and a trust may bear the area's name.
    Of a `known` trust every name counts, so that NHS Foundation Trust may be added to it (`NELFT NHS Foundation Trust`).
    """
    if not _COMMISSIONERS.isdisjoint(words) or "integrated care board" in " ".join(words):
        return None
    core = ["hospital" if word == "hospitals" else word for word in words if word not in _NHS]
    said = frozenset(words) & (_HEALTH | ({"trust"} if words[0] == "nhs" else {"nhs", "trust"}))
    sure = known or "nhs" in said or {"foundation", "trust"} <= set(words)
    if not core or not (sure or (len(core) > 1 and said)):
        return None
    return Form("nhs_trust", " ".join(core), said - _VAGUE)


def _university(words: list[str]) -> Form | None:
    if "university" not in words:
        return None
    return Form("university", " ".join(sorted(word for word in words if word not in _UNIVERSITY_FORM)))


def _police(words: list[str]) -> Form | None:
    core = " ".join(word for word in words if word not in _POLICE_FORM)
    return Form("police", core) if core and _POLICE & set(words) else None


def _fire(words: list[str]) -> Form | None:
    core = " ".join(word for word in words if word not in _FIRE_FORM or word == "and")
    core = core.removesuffix(" and").removesuffix(" and")
    return Form("fire", core) if core and "fire" in words and len(words) > 2 else None


def _housing(words: list[str]) -> Form | None:
    """Read `Hyde Housing`: the word stays in the core, because the name before it is often that of a town."""
    core = " ".join(word for word in words if word not in _HOUSING_FORM)
    return Form("housing", core) if "housing" in words and core != "housing" else None


_READERS = {
    "housing": _housing,
    "council": _council,
    "nhs_trust": _nhs,
    "university": _university,
    "police": _police,
    "fire": _fire,
}


_KNOWN = {"council": _council, "nhs_trust": _nhs}


def forms_of(folded: str, kind: str | None = None) -> Iterator[Form]:
    """Yield the forms that a folded name can be read as; only that of `kind` where it is known.

    >>> [form.core for form in forms_of("doncaster mbc")]
    ['doncaster']
    """
    if kind is not None and kind not in _READERS:
        return
    words = folded.split()
    if not _SHORT.keys().isdisjoint(words):
        words = " ".join(_SHORT.get(word, word) for word in words).split()
    if len(words) > 2 and words[0] in _POINTS:
        words = [*_POINTS[words[0]].split(), *words[1:]]
    if known := _KNOWN.get(kind or ""):
        yield from filter(None, [known(words, known=True)])
        return
    for reader in (_READERS[kind],) if kind else _READERS.values():
        if form := reader(words):
            yield form
