"""Rows of CSV that no spreadsheet runs: `=HYPERLINK(…)` in a title is a title."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from jobscraper.publish.limits import LONGEST_VALUE

# Descriptions are longer than what the module takes for the longest cell, and an export must not end in the middle.
csv.field_size_limit(LONGEST_VALUE)

# What is not seen at the beginning of a cell, and what programs pass over or strip: white space, control and format
# characters, fillers, variation selectors.
_UNSEEN = (
    r"\s\x00-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    r"\u180b-\u180f\u200b-\u200f\u2028-\u202f"
    r"\u205f-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    r"\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# What Excel, LibreOffice and Google Sheets take for the beginning of a formula, `|` and `%` of older programs among
# them, and what looks like it: an Excel of Japan or China takes full-width signs for the plain ones.
_SIGNS = r"=+\-@|%\u207a\u207b\u207c\u208a\u208b\u208c\u2212\u2a74-\u2a76\ufb29\ufe62\ufe63\ufe66\ufe69\ufe6a\ufe6b\uff05\uff0b\uff0d\uff1d\uff20\uff5c"
_FORMULA = re.compile(rf"[\t\r\n]|[{_UNSEEN}]*[{_SIGNS}]")
# As Python and SQLite write numbers too: a cell is no less a number for its sign.
_NUMBER = re.compile(r"[+-][\d.,]+(?:e[+-]?\d+)?", re.IGNORECASE | re.ASCII)
_PARTING = re.compile(r'[",;\t\r\n]')


def harmless(value: object) -> object:
    """A value for a cell of a CSV file: text that would be a formula with an apostrophe before it, the rest as it is."""
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def as_csv(values: Iterable[object]) -> str:
    """A row of CSV (RFC 4180) with every cell harmless; NULL is empty.

    Not by `csv.writer`, which leaves a cell with a semicolon or tab bare: LibreOffice parts cells at these, too, unless told
    otherwise, and what stands behind one would begin a cell of its own.
    """
    cells = [_quoted("" if value is None else str(harmless(value))) for value in values]
    return (",".join(cells) if cells != [""] else '""') + "\r\n"  # A row of one empty cell is no empty line.


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _PARTING.search(text) else text


def harmless_rows(text: str) -> str:
    """Rows of CSV with every cell harmless."""
    return "".join(map(as_csv, csv.reader(io.StringIO(text, newline=""))))
