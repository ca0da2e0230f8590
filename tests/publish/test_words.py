"""Whatever somebody types is an expression that the search index takes, and that finds what was meant."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobscraper.publish.build.build import TOKENIZER
from jobscraper.publish.words import as_match, match, without_short_beginnings

TITLES = (
    "C# Developer",
    "C++ Developer",
    "C Developer",
    "Planning Officer, £30,000",
    "Planner",
    "O'Brien Ward Manager",
    "Care Home Manager",
    "Home Care Worker",
    "Café Assistant",
)


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute(f'CREATE VIRTUAL TABLE advert_fts USING FTS5 (title, tokenize="{TOKENIZER}")')
        db.executemany("INSERT INTO advert_fts VALUES (?)", [(title,) for title in TITLES])
        yield db


def found(index: sqlite3.Connection, words: str) -> list[str]:
    rows = index.execute("SELECT title FROM advert_fts WHERE advert_fts MATCH ? ORDER BY rowid", [as_match(words)])
    return [title for (title,) in rows]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("C#", ["C# Developer"]),
        ("c++ developer", ["C++ Developer"]),
        ("C", ["C Developer"]),
        ("£30,000", ["Planning Officer, £30,000"]),
        ("O'Brien", ["O'Brien Ward Manager"]),
        ("manager care", ["Care Home Manager"]),
        ('"care home"', ["Care Home Manager"]),
        ('"care home', ["Care Home Manager"]),
        ("care -manager", ["Home Care Worker"]),
        ('home -"care home"', ["Home Care Worker"]),
        ("plan*", ["Planning Officer, £30,000", "Planner"]),
        ("planning & officer", ["Planning Officer, £30,000"]),
        ("cafe", ["Café Assistant"]),
        ("manager AND care NOT home", []),
        ("title : planner", []),
        ("", []),
        ('"', []),
        ("-manager", []),
    ],
)
def test_words_find_what_was_meant(words: str, titles: list[str], index: sqlite3.Connection) -> None:
    assert found(index, words) == titles


def test_words_that_only_exclude_are_told_apart() -> None:
    assert match("-manager").found == ""
    assert match("-manager").excluded == '("manager")'


def test_in_one_column() -> None:
    assert match("leeds -city", "employer").found == 'employer : ("leeds")'


@given(st.text(max_size=40))
def test_nothing_is_a_syntax_error(words: str) -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute(f'CREATE VIRTUAL TABLE advert_fts USING FTS5 (title, tokenize="{TOKENIZER}")')
        db.execute("SELECT * FROM advert_fts WHERE advert_fts MATCH ?", [as_match(words)]).fetchall()


@pytest.mark.parametrize(
    ("words", "kept", "short"),
    [
        ("plan* in*", "plan* in", ["in*"]),
        ("-a* nurse", "-a nurse", ["-a*"]),
        ("co-op*", "co-op", ["co-op*"]),
        ("co-oper*", "co-oper*", []),
        ('"in* the"', '"in* the"', []),
        ("*", "", ["*"]),
    ],
)
def test_short_beginnings_are_taken_as_words(words: str, kept: str, short: list[str]) -> None:
    assert without_short_beginnings(words) == (kept, short)
