"""Text that a spreadsheet would run: `=HYPERLINK(…)` in a title is a title."""

from __future__ import annotations

import csv
import io
import re

from jobscraper.publish.site import LONGEST_VALUE

# Descriptions are longer than what the module takes for the longest cell, and an export must not end in the middle.
csv.field_size_limit(LONGEST_VALUE)

# What Excel, LibreOffice and Google Sheets take for the beginning of a formula; a number with a sign is a number.
_FORMULA = re.compile(r"[=+\-@\t\r](?![\d.,]+$)")


def harmless(value: object) -> object:
    """A value for a cell of a CSV file: text that would be a formula with an apostrophe before it, the rest as it is."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def harmless_rows(text: str) -> str:
    """Rows of CSV with every cell harmless."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([harmless(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline="")))
    return out.getvalue()
