"""One round: sources side by side, one failure no other's, bounded in time, one round at a time."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner

from jobscraper.archive.store import open_archive
from jobscraper.cli.main import main
from jobscraper.operate.due import Scheduled
from jobscraper.operate.round import Bounds, Crawled, RoundError, alone, crawl_round
from tests.publish.conftest import insert

SCRIPTS = {
    "good": "print('board: 3 new adverts')",
    "bad": "import sys; print('something'); sys.exit('Error: bad: blocked: the board refused')",
    "silent": "",
    "crashed": "import os; os.abort()",
    "endless": "import time; print('so far', flush=True); time.sleep(60)",
    "slow": "import time; time.sleep(0.7); print('done')",
}


def command(name: str) -> Sequence[str]:
    return (sys.executable, "-c", SCRIPTS[name.split("-")[0]])


def scheduled(*names: str) -> list[Scheduled]:
    return [
        Scheduled(name=name, hosts=frozenset({name}), cadence=timedelta(days=1), last_started=None) for name in names
    ]


def crawled(lanes: list[list[Scheduled]], **bounds: float) -> dict[str, Crawled]:
    heard: list[Crawled] = []
    found = crawl_round(lanes, command, Bounds(**bounds), heard.append)  # type: ignore[arg-type]
    assert sorted(one.name for one in heard) == sorted(one.name for one in found)
    return {one.name: one for one in found}


def test_one_sources_failure_touches_no_other() -> None:
    found = crawled([scheduled("bad", "good"), scheduled("crashed", "good-2"), scheduled("silent")])
    assert {name: one.is_good for name, one in found.items()} == {
        "bad": False, "good": True, "crashed": False, "good-2": True, "silent": True
    }  # fmt: skip
    assert found["bad"].said == "bad: blocked: the board refused"
    assert found["good"].said == "board: 3 new adverts"
    assert found["silent"].said == "said nothing"


def test_a_source_that_does_not_end_is_stopped_and_told() -> None:
    found = crawled([scheduled("endless", "good")], source_seconds=1)
    assert found["endless"].said == "stopped after 1 s, the most that it may take"
    assert not found["endless"].is_good
    assert found["good"].is_good


_STOPPED = """
import signal, sys
from tests.operate.test_round import *
signal.signal(signal.SIGINT, signal.default_int_handler)  # Ignored where the tests run in the background.
begun = f"import pathlib, time; pathlib.Path({sys.argv[1]!r}).touch(); time.sleep(60)"
try:
    crawl_round([scheduled("endless", "good")], lambda name: (sys.executable, "-c", begun), Bounds(at_once=1),
                lambda one: print(one.name, one.said, flush=True))
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_round_that_is_stopped_ends_its_crawls_and_begins_no_other(how: signal.Signals, tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    stopped = subprocess.Popen([sys.executable, "-c", _STOPPED, str(begun)], stdout=subprocess.PIPE, text=True)
    while not begun.exists():
        time.sleep(0.05)
    stopped.send_signal(how)
    said, _ = stopped.communicate(timeout=50)
    assert [line.split()[0] for line in said.splitlines()] == ["endless", "good", "interrupted"]
    assert "good not begun: the round was over" in said


def test_when_the_time_of_the_round_is_over_nothing_is_begun() -> None:
    found = crawled([scheduled("slow", "good")], round_seconds=0.5)
    assert found["good"].skipped
    assert not found["good"].is_good


_TOGETHER = """
import sys, time
from pathlib import Path
folder = Path(sys.argv[1])
(folder / sys.argv[2]).touch()
while len(list(folder.iterdir())) < 4:
    time.sleep(0.02)
print("all are here")
"""


def test_lanes_run_side_by_side(tmp_path: Path) -> None:
    """Each of four crawls ends only when all of them have begun."""

    def until_all_have_begun(name: str) -> Sequence[str]:
        return (sys.executable, "-c", _TOGETHER, str(tmp_path), name)

    found = crawl_round(
        [scheduled(f"{nth}") for nth in range(4)], until_all_have_begun, Bounds(at_once=4), lambda _: None
    )
    assert [one.said for one in found] == ["all are here"] * 4


def test_one_round_at_a_time(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with alone(archive), pytest.raises(RoundError, match="a round is under way already"), alone(archive):
        pass


def test_what_is_due_is_told_without_asking_anybody(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    arguments = ["run", "--dry-run", "--archive", str(archive)]
    assert "teaching_vacancies  (teaching-vacancies.service.gov.uk" in CliRunner().invoke(main, arguments).stdout
    db = open_archive(archive)
    insert(db, "source", id="teaching_vacancies", title="T", publisher="T", homepage="https://t.example/", confirmed=1,
           lists_everything=1)  # fmt: skip
    insert(db, "run", id="t-1", source_id="teaching_vacancies", started="2999-01-01T00:00:00Z", code_version="1")
    db.close()
    assert CliRunner().invoke(main, arguments).stdout == "No source is due.\n"


def test_outside_of_the_hours_nobody_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("jobscraper.toml").write_text('[round]\nhours = "20:00-06:00"', encoding="utf-8")
    with time_machine.travel("2026-11-26T12:00:00Z"):
        done = CliRunner().invoke(main, ["run"])
    assert done.stdout == "Nothing is crawled now: the crawling hours are 20:00-06:00, London time.\n"
    assert (done.exit_code, Path("archive.db").exists()) == (0, False)


def test_an_unknown_source_is_named() -> None:
    done = CliRunner().invoke(main, ["run", "nowhere"])
    assert done.exit_code == 2
    assert "no source is called 'nowhere'" in done.stderr


def test_a_way_of_telling_that_cannot_be_stops_the_round_before_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBSCRAPER_WEBHOOK", "nowhere")
    done = CliRunner().invoke(main, ["run", "wmjobs", "--archive", str(tmp_path / "archive.db")])
    assert "JOBSCRAPER_WEBHOOK: notices.webhook: is not a web address" in done.stderr
    assert not (tmp_path / "archive.db").exists()


def test_schedule_prints_them() -> None:
    done = CliRunner().invoke(main, ["schedule", "systemd", "--folder", "/srv/jobs", "--contact", "jobs@example.org"])
    assert "OnCalendar=hourly" in done.stdout
    assert "WorkingDirectory=/srv/jobs\n" in done.stdout
