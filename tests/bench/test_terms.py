"""The score of closing dates and terms: blanks count, what is ambiguous does not."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from bench.terms import cells, main

DATES = """text\tsource\tobserved\tcloses_at\tnote
Closes at noon on 9 March\tx\t2026-02-03\t2026-03-09T12:00\tno year
Closes at noon on 9 March\tx\t2026-02-03\t2026-03-09\tno year
Closing Date: 9th\tx\t2026-02-03\t\t
Perhaps in May\tx\t2026-02-03\t2026-05-01\tambiguous
"""
CONTRACTS = """text\tsource\tcontract_type\tworking_pattern\thours_per_week\tnote
Permanent, part or full time, 37 hours\tx\tpermanent\tfull_time, part_time\t37\t
To cover a rota\tx\t\t?\t12\t
"""


def test_each_cell_is_held_against_its_label(tmp_path: Path) -> None:
    (tmp_path / "dates.tsv").write_text(DATES)
    (tmp_path / "contracts.tsv").write_text(CONTRACTS)
    found = list(cells(tmp_path))
    assert [cell.column for cell in found] == ["closes_at"] * 3 + [
        "contract_type", "working_pattern", "hours_per_week", "contract_type", "hours_per_week",
    ]  # fmt: skip
    assert [cell.text for cell in found if cell.read != cell.wanted] == ["To cover a rota"]
    printed = CliRunner().invoke(main, [str(tmp_path), "--misses", "1"]).output
    assert "closes_at: 3/3 = 100.0%; invented 0 of 1 blanks" in printed
    assert "hours_per_week: 1/2 = 50.0%; invented 0 of 0 blanks\n  'To cover a rota': '12', read 'nothing'" in printed
