"""The page of the words of the archive."""

from __future__ import annotations

from jobscraper.publish.dictionary import tables
from tests.publish.conftest import Get


def test_what_sql_may_use_is_in_the_dictionary(get: Get) -> None:
    html = get("/dictionary").text
    assert "<code>quantile(x, q)</code>" in html
    for name in ("json_extract", "printf", "median"):
        assert f"<code>{name}</code>" in html
    assert "fts3_tokenizer" not in html


def test_every_column_is_in_the_dictionary(get: Get) -> None:
    html = get("/dictionary").text
    for table in tables().values():
        assert f'id="{table.name}"' in html
        for column in table.columns:
            assert f"<code>{column}</code>" in html
