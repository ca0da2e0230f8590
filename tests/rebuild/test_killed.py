"""A rebuild that is killed at any instant leaves the archive as it was, and no process behind; the next one is whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from jobscraper.capture.record import CapturedRequest
from jobscraper.capture.write import CaptureFile
from tests.capture.files import AT, page
from tests.rebuild.test_rebuild import rows

PAGES, INSTANTS = 1500, 6
ARTICLE = """<html><body><h4>Highways jobs</h4><ul><li><strong>Gritter Driver {0}</strong><br>Wyre Borough Council<br>
£13.47 - £13.68 per hour<br>Keep our roads open. Garstang, Lancashire<br>Recuriter: Wyre Borough Council</li></ul></body></html>"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one run of many pages."""
    folder = tmp_path_factory.mktemp("killed")
    run_id = "localgov-20261120T060000Z"
    file = CaptureFile(folder / "captures" / "localgov" / f"{run_id}.warc.gz")
    file.begin({"software": "jobscraper/0.1.0", "isPartOf": run_id, "source": "localgov"}, AT)
    for number in range(PAGES):
        asked = CapturedRequest("GET", f"https://www.localgov.co.uk/Article/{number}")
        file.add(asked, page(ARTICLE.format(number).encode()), AT + timedelta(seconds=number))
    file.finish({"verdict": "complete"}, AT)
    subprocess.run(command(folder / "archive.db"), check=True, capture_output=True)
    return folder / "archive.db"


def command(archive: Path) -> list[str]:
    places = ["--archive", str(archive), "--captures", str(archive.parent / "captures")]
    return [sys.executable, "-m", "jobscraper", "rebuild", *places, "--workers", "2"]


@pytest.mark.slow
@pytest.mark.parametrize("nth", range(INSTANTS))
def test_a_rebuild_that_is_killed_changes_nothing_and_leaves_nobody_behind(archive: Path, nth: int) -> None:
    before = rows(archive)
    assert len(before["advert"]) == PAGES
    start = time.monotonic()
    subprocess.run(command(archive), check=True, capture_output=True)
    seconds = time.monotonic() - start
    process = subprocess.Popen(command(archive), start_new_session=True, stdout=subprocess.DEVNULL)
    time.sleep(random.Random(nth).uniform(0.2, 0.9) * seconds)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert rows(archive) == before
    assert nobody_left(process.pid)
    subprocess.run(command(archive), check=True, capture_output=True)
    assert rows(archive) == before
    assert not list(archive.parent.glob("archive.db-rebuilding*"))


def nobody_left(session: int) -> bool:
    """Whether all processes of a session end within some seconds."""
    for _ in range(50):
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False
