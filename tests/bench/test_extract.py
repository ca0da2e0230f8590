"""The bench of `extract`: the pages that it writes are read as a board's are."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import duckdb
from click.testing import CliRunner

from bench.extract import main
from tests.bench.test_real import POSTING


def test_every_advert_of_a_file_is_extracted_from_a_page_of_its_own(tmp_path: Path) -> None:
    adverts = [
        {**POSTING, "identifier": "1", "description": "Plans & markets.\nOn foot."},
        {**POSTING, "identifier": "2"},
    ]
    (file := tmp_path / "board_2026-08.jsonl.gz").write_bytes(
        gzip.compress("".join(json.dumps(advert) + "\n" for advert in adverts).encode())
    )
    done = CliRunner().invoke(main, [str(file), "--keep", str(tmp_path / "kept")])
    assert "2 pages of 2.2 kB: 2 adverts\nextract: " in done.output, done.output
    rows = duckdb.sql(
        f"SELECT source_ref, description, salary_min FROM '{tmp_path}/kept/year=*/source=*/*.parquet' ORDER BY source_ref"
    )
    assert rows.fetchall() == [("1", "Plans & markets.\nOn foot.", 34203.0), ("2", None, 34203.0)]
