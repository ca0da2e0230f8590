"""Posts to advertise, with what they paid full time in 2026, and words to write about them with."""

from __future__ import annotations

import random

import attrs


@attrs.frozen
class Post:
    """A title, its pay in pounds a year, and whose pay scale it stands on."""

    title: str
    pay: int
    sector: str


GRADES = {
    "council": [("NJC", f"Grade {grade}, SCP {point}", str(point)) for grade, point in enumerate(range(3, 43, 4), 1)],
    "health": [("AfC", f"Band {band}", band) for band in ("2", "3", "4", "5", "6", "7", "8a", "8b")],
    "school": [("teachers_ew", scale, scale) for scale in ("M1", "M3", "M6", "U1", "U3")],
    "state": [("civil_service", grade, grade) for grade in ("AO", "EO", "HEO", "SEO", "Grade 7", "Grade 6")],
}

_POSTS = {
    "council": (
        ("Social Worker", 39000), ("Planning Officer", 36000), ("Support Worker", 24500), ("Highways Engineer", 41000),
        ("Housing Officer", 32000), ("Refuse Loader", 24000), ("Benefits Officer", 28500), ("Care Assistant", 24200),
        ("Environmental Health Officer", 42000), ("Librarian", 29000), ("Planner", 38000), ("Solicitor", 48000),
        ("Building Surveyor", 43000), ("Finance Manager", 51000), ("Customer Services Adviser", 25000),
        ("Tree Officer", 36500), ("Youth Worker", 29500), ("Democratic Services Officer", 33500), ("Accountant", 44000),
        ("C# Developer", 46000), ("Data Analyst", 38500), ("Gardener", 25500), ("Traffic Warden", 25800),
        ("Head of Legal", 78000), ("Director of Adult Services", 118000),
    ),
    "health": (
        ("Staff Nurse", 31000), ("Healthcare Assistant", 24400), ("Medical Secretary", 27500), ("Midwife", 38500),
        ("Occupational Therapist", 37500), ("Consultant Psychiatrist", 109000), ("Porter", 24000), ("Radiographer", 38000),
        ("Pharmacist", 47500), ("Physiotherapist", 37800), ("Ward Manager", 50500), ("Dental Nurse", 27200),
        ("Community Mental Health Nurse", 39500), ("Biomedical Scientist", 37000), ("Domestic Assistant", 23800),
    ),
    "school": (
        ("Teacher of Mathematics", 33000), ("Teaching Assistant", 24800), ("Teacher of English", 33000),
        ("Class Teacher", 32900), ("Midday Supervisor", 24100), ("Caretaker", 25900), ("Headteacher", 72000),
        ("Cover Supervisor", 26800), ("School Business Manager", 44500), ("Lecturer in Hydrology", 43000),
        ("Early Years Educator", 26500), ("Science Technician", 26200), ("Learning Support Assistant", 24600),
    ),
    "state": (
        ("Administrative Officer", 26000), ("Executive Officer", 30500), ("Policy Adviser", 41500), ("Prison Officer", 34500),
        ("Police Constable", 31200), ("Firefighter", 30000), ("Statistician", 44000), ("Work Coach", 30200),
        ("Crown Prosecutor", 52000), ("Software Engineer", 52500),
    ),
}  # fmt: skip


def _mixed() -> tuple[Post, ...]:
    """All posts, in an order that mixes the sectors: earlier ones are advertised more."""
    posts = [Post(title, pay, sector) for sector, found in _POSTS.items() for title, pay in found]
    random.Random(3).shuffle(posts)
    return tuple(posts)


POSTS = _mixed()

_COMMON = (
    "the and to of a in for with you will we our is as team work be are this role on experience support people have your "
    "skills working service an all at who that from can job care or public council staff looking health training manager "
    "community development children needs post within opportunity apply services management planning school nurse"
)
_BEGINNINGS = ("con", "de", "re", "pro", "in", "ex", "sub", "trans", "per", "dis", "over", "inter", "com", "en", "pre")
_MIDDLES = (
    "form",
    "port",
    "tract",
    "duct",
    "sist",
    "vert",
    "scrib",
    "cede",
    "plor",
    "ject",
    "pel",
    "struct",
    "fer",
    "mand",
)
_ENDINGS = ("", "s", "ed", "ing", "ion", "able", "er", "ment", "ive", "al", "ity", "ence", "ory", "ful", "ly")


def vocabulary(count: int) -> list[str]:
    """`count` words, the commonest of adverts first, then ones that sound like English."""
    words = _COMMON.split()
    made = (f"{a}{b}{c}{d}" for d in ("", "un", "a", "o") for c in _ENDINGS for b in _MIDDLES for a in _BEGINNINGS)
    for word in made:
        if len(words) == count:
            break
        words.append(word)
    return words[:count]
