"""Make `sample.warc.gz` again from the pages beside it: `python -m jobscraper.sample.build`.

The adverts are invented; employers, places and postcodes are real. `pages/pages.tsv` says which file answers which URL.
"""

from __future__ import annotations

import csv
import gzip
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path

from jobscraper.capture.record import CapturedRequest, CapturedResponse
from jobscraper.capture.write import CaptureFile

CRAWLED = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
PAGES = Path(str(resources.files("jobscraper.sample") / "pages"))


def build(target: Path) -> int:
    """Write the sample to `target` and return how many responses it holds."""
    target.unlink(missing_ok=True)
    warc = CaptureFile(target)
    warc.begin({"software": "jobscraper.sample.build", "isPartOf": "sample"}, CRAWLED)
    with (PAGES / "pages.tsv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    at = CRAWLED
    for row in rows:
        at += timedelta(seconds=2)
        warc.add(CapturedRequest("GET", row["url"]), _response(row), at)
    warc.finish({"verdict": "complete"}, at)
    target.chmod(0o644)
    return len(rows)


def _response(row: dict[str, str]) -> CapturedResponse:
    """A response as a board sends it: compressed where it is JSON, so that replay undoes what a real crawl must undo."""
    body = (PAGES / row["file"]).read_bytes()
    headers = [("Content-Type", f"{row['content_type']}; charset={row['charset']}")]
    if row["content_type"] == "application/json":
        body = gzip.compress(body, mtime=0)
        headers += [("Content-Encoding", "gzip"), ("X-Robots-Tag", "noarchive")]
    return CapturedResponse(int(row["status"]), (*headers, ("Content-Length", str(len(body)))), body)


if __name__ == "__main__":
    target = PAGES.parent / "sample.warc.gz"
    print(f"{build(target)} responses in {target}")
