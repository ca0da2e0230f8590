"""`jobscraper crawl` at a given time, many times over: `python -m tests.operate.year.crawler SOCKET HOSTS`.

A process that has everything loaded and forks for each crawl, because starting Python and Scrapy anew costs two seconds,
and a year has more than a thousand crawls. `client.py` asks it, and stands for the crawl where a command is wanted.
"""

from __future__ import annotations

import json
import os
import resource
import socketserver
import sys
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import time_machine

from jobscraper.archive.prepare import prepare
from jobscraper.cli.main import main as cli
from jobscraper.crawl import project
from jobscraper.crawl import sources as crawl_sources
from jobscraper.model.reading import RawAdvert
from tests.operate.year.sources import sources


class Crawler(socketserver.ForkingMixIn, socketserver.UnixStreamServer):
    """Forks for each crawl."""

    max_children = 8


class OneCrawl(socketserver.StreamRequestHandler):
    """In the forked process: gets the arguments and the time in a line, gives what was printed, then the exit code."""

    def handle(self) -> None:
        asked: dict[str, Any] = json.loads(self.rfile.readline())
        sys.stdout.flush()
        for descriptor in (1, 2):
            os.dup2(self.connection.fileno(), descriptor)
        with time_machine.travel(asked["at"], tick=True):
            try:
                cli(asked["arguments"])
            except SystemExit as ended:
                code = ended.code
        sys.stdout.flush()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with open(asked["peaks"], "a", encoding="utf-8") as peaks:
            peaks.write(f"{peak}\n")
        os.write(1, f"\n{code or 0}".encode())


def main(socket: str, hosts: str) -> None:
    """Serve crawls until somebody kills it."""
    known = sources(json.loads(hosts))
    whole_settings = project.project_settings

    def impatient() -> Any:
        settings = whole_settings()
        settings.update(
            {"DOWNLOAD_DELAY": 0, "BACKOFF_SECONDS": 0, "DOWNLOAD_SLOTS": {}, "PRIVATE_ADDRESSES_ALLOWED": True}
        )
        return settings

    import_module("tests.loaded")
    prepare(
        RawAdvert(source_ref="1", title="Clerk", employer="Oxford City Council", location="Oxford"), datetime.now(UTC)
    )
    crawl_sources.known_sources = lambda: known
    project.project_settings = impatient
    with Crawler(socket, OneCrawl) as server:
        server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
