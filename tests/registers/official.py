"""Codes that official lists have, whole: `official_codes.csv`, with the keys of sources in `jobscraper/registers/LICENCES.md`.

They are facts for checking by: what the registers carry is a part of them, with names.
"""

from __future__ import annotations

import csv
from pathlib import Path

FILE = Path(__file__).parent / "official_codes.csv"


def codes(kind: str) -> set[str]:
    """Return the codes of a kind: `gss` of areas, `ods` of NHS trusts, `ukprn` of universities, `rp` of housing providers."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["code"] for row in csv.DictReader(file) if row["kind"] == kind}
