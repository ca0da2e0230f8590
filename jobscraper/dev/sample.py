"""Make `sample.warc.gz` again from the pages beside it: `python -m jobscraper.dev.sample`.

The adverts are invented; employers, places and postcodes are real. Of each source, `pages/<source>/pages.tsv` says which
file answers which URL (and, for a form, with which body), and `expected.tsv` what its adverts print.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
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
    warc.begin({"software": "jobscraper.dev.sample", "isPartOf": "sample"}, CRAWLED)
    rows = list(pages())
    at = CRAWLED
    for folder, row in rows:
        at += timedelta(seconds=2)
        form = row.get("form") or ""
        warc.add(CapturedRequest("POST" if form else "GET", row["url"], body=form.encode()), response(folder, row), at)
    warc.finish({"verdict": "complete"}, at)
    target.chmod(0o644)
    return len(rows)


def pages() -> Iterator[tuple[Path, dict[str, str]]]:
    """The responses of all sources, each with the folder of its source."""
    for table in sorted(PAGES.glob("*/pages.tsv")):
        with table.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                yield table.parent, row


def response(folder: Path, row: dict[str, str]) -> CapturedResponse:
    """A response as a board sends it: compressed where it is JSON, so that replay undoes what a real crawl must undo."""
    body = (folder / row["file"]).read_bytes()
    headers = [("Content-Type", f"{row['content_type']}; charset={row['charset']}")]
    if row["content_type"] == "application/json":
        body = gzip.compress(body, mtime=0)
        headers += [("Content-Encoding", "gzip"), ("X-Robots-Tag", "noarchive")]
    return CapturedResponse(int(row["status"]), (*headers, ("Content-Length", str(len(body)))), body)


if __name__ == "__main__":
    target = PAGES.parent / "sample.warc.gz"
    print(f"{build(target)} responses in {target}")
