"""No cell of any CSV is a formula, whatever it begins with; and what is a number stays one."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
import unicodedata
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobscraper.publish.build.tabular import columns_of, write_csv
from jobscraper.publish.formulas import as_csv, harmless, harmless_rows

DDE = "=cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=5",
        DDE,
        "+44 a number",
        "-2+3+cmd|' /C calc'!A0",
        "- weekends",
        "@SUM(A1)",
        "|calc",
        "%0A=1",
        "＝1+1",
        "＋1+1",
        "－1+1",
        "＠SUM(A1)",
        "﹦1+1",
        "−1+1",
        "\t=1",
        "\tPlanner",
        "\r=1",
        "\nPlanner",
        "  =1+1",
        "\N{NO-BREAK SPACE}=1+1",
        "\N{ZERO WIDTH SPACE}=1+1",
        "\N{ZERO WIDTH NO-BREAK SPACE}@SUM(A1)",
        "\N{RIGHT-TO-LEFT OVERRIDE}\N{IDEOGRAPHIC SPACE}＝1",
        "\x00=1+1",
        "-1.5\n=1",
    ],
)
def test_text_that_begins_like_a_formula_is_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    "value",
    [
        None,
        5,
        -1.5,
        "-1.5",
        "+3",
        "-12,000",
        "-1e-05",
        "Planner",
        "£20,000 - £25,000",
        "'=1+1",
        "A = B",
        "(1)",
        "",
        " ",
    ],
)
def test_what_is_none_stays_as_it_is(value: object) -> None:
    assert harmless(value) == value


def test_whatever_is_not_seen_hides_no_formula() -> None:
    hidden = {"Zs", "Zl", "Zp", "Cc", "Cf"}
    bare = [char for char in map(chr, range(0x110000)) if unicodedata.category(char) in hidden
            and harmless(f"{char}=1") == f"{char}=1"]  # fmt: skip
    assert bare == []


def test_whatever_a_sign_is_folded_from_is_a_sign() -> None:
    signs = [char for char in map(chr, [*range(0xD800), *range(0xE000, 0x110000)])
             if unicodedata.normalize("NFKC", char)[0] in "=+-@|%"]  # fmt: skip
    assert len(signs) > 20
    assert [char for char in signs if harmless(f"{char}1+1") == f"{char}1+1"] == []


@given(st.lists(st.text(st.characters(codec="utf-8")) | st.none() | st.integers(), min_size=1, max_size=4))
def test_a_row_is_read_as_it_was_written(values: list[object]) -> None:
    (row,) = csv.reader(io.StringIO(as_csv(values), newline=""))
    assert row == ["" if value is None else str(harmless(value)) for value in values]


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=1, max_size=4))
def test_no_cell_is_a_formula_for_who_parts_at_semicolons_or_tabs_too(values: list[str]) -> None:
    bare = re.sub('"(?:[^"]|"")*"', "", as_csv(values))  # What is in quotes is one cell for everybody.
    assert not set(bare) & set(";\t")


def test_a_cell_may_be_as_long_as_a_value_of_the_archive() -> None:
    assert harmless_rows(f'1,"{"x" * 900_000}"\r\n') == f"1,{'x' * 900_000}\r\n"


def test_the_head_of_an_export_is_no_formula_either(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    query = f'SELECT 1 AS "{DDE}", "Planner;{DDE}" AS title'
    with closing(sqlite3.connect(":memory:")) as db:
        write_csv(columns_of(db, query), db.execute(query), target)
    assert target.read_text().splitlines() == [f"'{DDE},title", f'1,"Planner;{DDE}"']
