"""The command line, as a user meets it: what it prints, how it ends, and what it says when something is wrong."""

from __future__ import annotations

import json
import os
import pickle
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import click
import pytest
from filelock import FileLock

from jobscraper.cli.main import main
from jobscraper.cli.reference import as_markdown, commands
from jobscraper.crawl.sources import known_sources
from jobscraper.sample import sample_warc
from tests.forked import python_m

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]


def call(folder: Path, *arguments: str, stdin: str = "", module: str = "jobscraper") -> Done:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JOBSCRAPER_")}
    return python_m(module, *arguments, cwd=folder, environment=environment, stdin=stdin)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Call jobscraper in an empty folder."""

    def calling(*arguments: str, stdin: str = "") -> Done:
        return call(tmp_path, *arguments, stdin=stdin)

    return calling


def content(archive: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables."""
    db = sqlite3.connect(archive)
    tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
    db.close()
    return rows


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done, dict[str, list[tuple[object, ...]]], Done]:
    """(folder, first demo, rows of the archive after it, second demo). Of several workers, one makes it for all."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo"
    with FileLock(f"{folder}.lock"):
        if not (folder / "told").exists():
            folder.mkdir()
            first = call(folder, "demo", "--no-serve")
            rows = content(folder / "archive.db")
            (folder / "told").write_bytes(pickle.dumps((first, rows, call(folder, "demo", "--no-serve"))))
        return folder, *pickle.loads((folder / "told").read_bytes())


class TestDemo:
    """The bundled sample, crawled twice into one folder."""

    def test_it_crawls_every_source_to_its_end(self, demo) -> None:  # type: ignore[no-untyped-def]
        _, first, rows, _ = demo
        assert first.returncode == 0, first.stderr
        assert len(rows["advert"]) >= 60
        assert {row[1:3] for row in rows["run"]} == {(name, "complete") for name in known_sources()}

    def test_it_prints_a_short_table(self, demo) -> None:  # type: ignore[no-untyped-def]
        _, first, rows, _ = demo
        assert "teaching_vacancies" in first.stdout
        assert f"{len(rows['advert'])} new adverts" in first.stdout
        assert len(first.stdout.splitlines()) < len(rows["run"]) + 20

    def test_a_second_time_adds_nothing_and_says_so(self, demo) -> None:  # type: ignore[no-untyped-def]
        folder, _, rows, second = demo
        assert second.returncode == 0, second.stderr
        assert "nothing new" in second.stdout
        assert content(folder / "archive.db") == rows

    def test_it_publishes_all_that_may_be_published(self, demo) -> None:  # type: ignore[no-untyped-def]
        folder, _, rows, _ = demo
        withheld = [row for row in rows["advert"] if row[0].startswith("jobs_ac_uk:")]
        assert withheld
        assert len(content(folder / "site" / "archive.db")["advert"]) == len(rows["advert"]) - len(withheld)

    def test_no_contact_of_the_sample_is_anywhere(self, demo) -> None:  # type: ignore[no-untyped-def]
        folder, *_ = demo
        for archive in (folder / "archive.db", folder / "site" / "archive.db"):
            text = json.dumps(content(archive), default=str)
            assert "@example.org" not in text
            assert "7946 0123" not in text
            assert "Sam Example" not in text

    def test_the_archive_is_whole(self, demo) -> None:  # type: ignore[no-untyped-def]
        folder, *_ = demo
        db = sqlite3.connect(folder / "archive.db")
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        db.close()

    def test_every_evidence_is_in_the_text_that_it_names(self, demo) -> None:  # type: ignore[no-untyped-def]
        folder, *_ = demo
        db = sqlite3.connect(folder / "archive.db")
        for salary, evidence in db.execute("SELECT salary_text, evidence FROM advert WHERE salary_text IS NOT NULL"):
            found = json.loads(evidence).get("salary_min")
            if found and not found["rule"].startswith("structured"):
                assert salary[found["start"] : found["end"]] == found["text"]
        db.close()

    def test_runs_are_listed(self, demo) -> None:  # type: ignore[no-untyped-def]
        folder, *_ = demo
        listed = call(folder, "runs", "--limit", "100")
        assert listed.returncode == 0
        assert listed.stdout.count("complete") == len(known_sources())

    def test_scrapy_crawl_gives_the_same(self, demo, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
        _, _, rows, _ = demo
        (tmp_path / "scrapy.cfg").write_text((ROOT / "scrapy.cfg").read_text())
        for source in ("localgov", "teaching_vacancies"):
            done = call(tmp_path, "crawl", source, "-s", f"REPLAY={sample_warc()}", module="scrapy")
            assert done.returncode == 0, done.stderr
        same = [row for row in rows["advert"] if str(row[0]).startswith(("localgov:", "teaching_vacancies:"))]
        assert sorted(content(tmp_path / "archive.db")["advert"]) == sorted(same)


def test_scrapy_lists_the_sources(tmp_path: Path) -> None:
    (tmp_path / "scrapy.cfg").write_text((ROOT / "scrapy.cfg").read_text())
    assert call(tmp_path, "list", module="scrapy").stdout.split() == sorted(known_sources())


def test_scrapy_names_a_wrong_setting_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "scrapy.cfg").write_text((ROOT / "scrapy.cfg").read_text())
    (tmp_path / "jobscraper.toml").write_text("archive = 3\n")
    command = [sys.executable, "-m", "scrapy", "list"]  # A process of its own: settings are read once.
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr == "Error: jobscraper.toml:1: archive: Expected str, got int\n"
    assert done.returncode == 1


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_shows_an_example(name: str, run: Run) -> None:
    shown = run(name, "--help")
    assert shown.returncode == 0
    example = shown.stdout.partition("Example:\n")[2]
    assert f"jobscraper {name}" in example


def test_the_reference_of_the_commands_is_in_step() -> None:
    assert (ROOT / "docs" / "cli.md").read_text("utf-8") == as_markdown(), "run `make docs`"


def test_sources_says_which_are_confirmed(run: Run) -> None:
    assert "Department for Education" in run("sources").stdout


class TestRead:
    """`jobscraper read`: no network, no database."""

    NO_ROW = '{"jobs": {"result_count": 0, "pages": []}}'
    NO_ID = '{"jobs": {"result_count": 1, "pages": [{"__typename": "Job", "title": "Cook"}]}}'
    ONE_ID = NO_ID.replace("[", '[{"__typename": "Job", "id": 7, "title": "Clerk"}, ')
    NO_JOB = '<div class="card job-card"><p>Cook</p><p>Ward 7</p></div><input id="totalMatchRecords" value="1">'
    PAGE = "Highways jobs\n\nPlanner\n\nPowys County Council\n£34,203\nYou will plan Powys\nRecuriter: Powys County Council\n"
    URL = "https://www.localgov.co.uk/A-headline/50261"

    def test_a_saved_page_gives_raw_adverts_as_json_lines(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "page.txt").write_text(self.PAGE)
        done = run("read", "localgov", "page.txt", "--url", self.URL)
        (advert,) = map(json.loads, done.stdout.splitlines())
        assert (advert["employer"], advert["location"]) == ("Powys County Council", "Powys")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["page.txt"]

    def test_a_page_may_come_from_standard_input(self, run: Run) -> None:
        assert json.loads(run("read", "localgov", "-", "--url", self.URL, stdin=self.PAGE).stdout)["title"] == "Planner"

    def test_text_of_old_windows_keeps_its_pound_signs(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "page.txt").write_bytes(self.PAGE.encode("cp1252"))
        assert json.loads(run("read", "localgov", "page.txt", "--url", self.URL).stdout)["salary"] == "£34,203"

    @pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
    def test_a_page_may_have_been_saved_in_another_encoding_than_it_says(
        self, encoding: str, run: Run, tmp_path: Path
    ) -> None:
        box = f'<html><meta charset="iso-8859-1"><body>{self.PAGE.replace(chr(10), "<br>")}</body></html>'
        (tmp_path / "page.html").write_bytes(box.encode(encoding))
        assert json.loads(run("read", "localgov", "page.html", "--url", self.URL).stdout)["salary"] == "£34,203"

    @pytest.mark.parametrize(
        ("source", "url", "body", "status", "problems"),
        [
            ("localgov", URL, "Highways jobs\n\nnothing here\n", 1, ["box_unreadable"]),
            (
                "localgov",
                URL,
                "<html><body><article>Potholes</article><footer></footer></body></html>",
                1,
                ["box_missing"],
            ),
            ("jobs_go_public", "https://www.jobsgopublic.com/jobs", NO_ROW, 0, []),
            ("jobs_go_public", "https://www.jobsgopublic.com/jobs", NO_ID, 1, ["entry_unreadable"]),
            ("jobs_go_public", "https://www.jobsgopublic.com/jobs", ONE_ID, 0, ["entry_unreadable"]),
            ("nhs_scotland", "https://apply.jobs.scot.nhs.uk/Home/_JobCard", NO_JOB, 1, ["card_unreadable"]),
        ],
        ids=["box", "no box", "an empty list", "a row without an id", "half of the rows", "a card of several lines"],
    )
    def test_what_could_not_be_read_is_named_in_a_line_and_nothing_else_is_a_failure(
        self, source: str, url: str, body: str, status: int, problems: list[str], run: Run
    ) -> None:
        done = run("read", source, "-", "--url", url, stdin=body)
        assert [line.partition(":")[0] for line in done.stderr.splitlines()] == problems
        assert done.returncode == status

    @pytest.mark.parametrize(
        ("source", "url", "body", "said"),
        [
            (
                "localgov",
                "https://www.localgov.co.uk/",
                '<html><body><a href="/Potholes/50261">Potholes</a><a href="/Bins/50262">Bins</a></body></html>',
                "2 links to follow, the first to https://www.localgov.co.uk/Potholes/50261",
            ),
            (
                "napier_itrent",
                "https://napier.webitrent.com/napier_webrecruitment/wrd/run/ETREC179GF.open?WVID=150547JMmr",
                (FIXTURES / "itrent" / "the_shell" / "response.html").read_text("utf-8"),
                "1 link to follow, the first to https://napier.webitrent.com/",
            ),
        ],
        ids=["a front page", "a search without a script"],
    )
    def test_a_page_that_only_leads_on_says_so(self, source: str, url: str, body: str, said: str, run: Run) -> None:
        done = run("read", source, "-", "--url", url, stdin=body)
        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr.startswith(f"no advert on this page; {said}")


@pytest.mark.parametrize(
    ("kind", "text", "wanted"),
    [
        ("salary", "£130,095 per annum, negotiable based on experience.", {"salary_min": 130095}),
        ("salary", "£90,347 – £98,135 per annum/y flwyddyn", {"salary_min": 90347, "salary_max": 98135}),
        ("salary", "£34,203 - £37,067", {"salary_min": 34203, "salary_max": 37067, "salary_period": "year"}),
        ("salary", "£39190 - £41797", {"salary_annual_min": 39190, "salary_annual_max": 41797}),
        ("salary", "£26927.00 - £31678.00 per annum", {"salary_currency": "GBP", "salary_max": 31678}),
        ("employer", "Recuriter: City of Doncaster Council", {"employer_kind": "council"}),
        ("location", "Northampton", {"workplace": None}),
    ],
)
def test_normalise(kind: str, text: str, wanted: dict[str, object], run: Run) -> None:
    answer = json.loads(run("normalise", kind, stdin=text + "\n").stdout)
    assert {name: answer[name] for name in wanted} == wanted


def test_contacts_are_read_a_passage_a_line_and_those_of_several_lines_as_json(run: Run) -> None:
    passages = ["Ring Sam on 01632 960123", json.dumps("Contact:\nSam Example"), '"Call" is a word', "", r'"\ud800"']
    answers = map(json.loads, run("normalise", "contacts", stdin="\n".join(passages) + "\n").stdout.splitlines())
    assert list(answers) == [
        {"text": "Ring [contact removed] on [contact removed]", "removed": ["Sam", "01632 960123"]},
        {"text": "Contact:\n[contact removed]", "removed": ["Sam Example"]},
        {"text": '"Call" is a word', "removed": []},
        {"text": "", "removed": []},
        {"text": r'"\ud800"', "removed": []},
    ]


def test_normalise_answers_line_by_line_also_for_empty_ones(run: Run, tmp_path: Path) -> None:
    (tmp_path / "strings.txt").write_text("£1 per hour\n\n£30,000\n")
    done = run("normalise", "salary", "strings.txt")
    assert [json.loads(line)["salary_min"] for line in done.stdout.splitlines()] == [1, None, 30000]


def test_the_mark_that_windows_writes_before_a_text_is_no_part_of_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "adverts.jsonl").write_text('{"title": "Planner"}\n', encoding="utf-8-sig")
    assert json.loads(run("normalise", "advert", "adverts.jsonl").stdout)["title"] == "Planner"


def test_normalise_explains_pay_under_the_text_it_was_read_from(run: Run) -> None:
    explained = run("normalise", "salary", "--explain", stdin="£34,203 - £37,067\n").stdout
    assert explained.startswith("£34,203 - £37,067\naaaa")
    assert "salary_min = 34,203" in explained


def test_normalise_reads_what_read_prints(run: Run) -> None:
    """The two commands meet: what a page gives is what an advert is read from."""
    printed = run("read", "localgov", "-", "--url", TestRead.URL, stdin=TestRead.PAGE).stdout
    (answer,) = map(json.loads, run("normalise", "advert", stdin=printed).stdout.splitlines())
    assert (answer["employer_id"], answer["salary_min"], answer["lad_name"]) == ("gss:W06000023", 34203, "Powys")


def test_a_line_that_is_no_advert_is_named_and_those_before_it_are_answered(run: Run) -> None:
    done = run("normalise", "advert", stdin='{"title": "Planner"}\n\n{"titel": "Planner"}\n')
    assert [json.loads(line)["title"] for line in done.stdout.splitlines()] == ["Planner"]
    assert done.stderr.startswith("Error: line 3: no field of a raw advert is called 'titel'")
    assert done.returncode == 1


def test_a_reader_that_has_had_enough_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "many.txt").write_text("£30,000\n" * 20_000)
    command = f"{sys.executable} -m jobscraper normalise salary many.txt | head -1"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["salary_min"] == 30000


def write(folder: Path) -> None:
    """Files that are not what they should be."""
    (folder / "letter.db").write_text("this is a letter\n" * 50)
    foreign = sqlite3.connect(folder / "foreign.db")
    foreign.execute("CREATE TABLE holiday (name TEXT)")
    foreign.close()
    (folder / "cp1252.txt").write_bytes("£30,000".encode("cp1252"))
    (folder / "letter.warc.gz").write_text("this is a letter")
    (folder / "folder").mkdir()
    (folder / "error.json").write_text("<html>down for maintenance</html>")


FEED = "https://teaching-vacancies.service.gov.uk/api/v1/jobs.json?page=1"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ("crawl", 2, "name the sources to crawl, or --all"),
        ("crawl --all localgov", 2, "name the sources to crawl, or --all"),
        ("crawl teaching_vacancys", 2, "did you mean teaching_vacancies?"),
        ("crawl nowhere", 2, "no source is called 'nowhere'; `jobscraper sources` lists them"),
        ("crawl xyz", 2, "`jobscraper sources` lists them"),
        ("crawl localgov", 1, "set contact in jobscraper.toml, or JOBSCRAPER_CONTACT"),
        ("crawl localgov --replay none.warc.gz", 1, "none.warc.gz: no such WARC file"),
        ("crawl localgov --replay letter.warc.gz", 1, "letter.warc.gz: not a WARC file"),
        ("crawl localgov --replay {sample} --archive letter.db", 1, "letter.db: not an SQLite file"),
        ("crawl localgov --replay {sample} --archive foreign.db", 1, "foreign.db: an SQLite file, but not an archive"),
        ("crawl localgov --replay {sample} --archive none/a.db", 1, "none/a.db: the folder none does not exist"),
        ("runs", 1, "archive.db: no archive here yet"),
        ("runs --archive foreign.db", 1, "not an archive of jobscraper"),
        ("publish", 1, "archive.db: no archive here yet"),
        ("serve", 1, "jobscraper publish"),
        ("read localgov none.txt --url https://www.localgov.co.uk/A/1", 1, "none.txt: No such file"),
        ("read localgov error.json --url ftp://x", 1, "ftp://x: not a web address"),
        ("read localgov error.json --url https://example.org/A/1", 1, "not a page of localgov"),
        ("read localgv error.json --url https://example.org/A/1", 2, "did you mean localgov?"),
        ("read localgov error.json", 2, "Missing option '--url'"),
        ("read localgov error.json --url https://[::1", 1, "not a web address"),
        ("normalise salary cp1252.txt", 1, "not UTF-8"),
        (f"read teaching_vacancies error.json --url {FEED}", 1, "not JSON, or cut off"),
        ("normalise employer --explain", 2, "leave it out for employer"),
        ("normalise advert letter.warc.gz", 1, "line 1: not a raw advert as a JSON object"),
        ("normalise wages", 2, "'wages' is not one of"),
        ("normalise salary none.txt", 2, "No such file"),
        ("rebuild", 1, "captures: no captures of ours to rebuild from"),
        ("repair-clock", 1, "captures: no captures of ours to rebuild from"),
        ("captures prune --older-than 3 --drop", 1, "captures: no such folder; name that of the captures"),
        ("export --table advert --to none/a.csv", 1, "none/a.csv: the folder none does not exist; make it first"),
        ("as-of 2026-08-20 --to none/a.db", 1, "none/a.db: the folder none does not exist; make it first"),
        ("extract folder --to out", 1, "folder: is a folder; name the files in it, such as "),
        ("fly", 2, "No such command 'fly'"),
        ("serve --port 99999", 2, "99999 is not in the range"),
    ],
)
def test_a_mistake_is_named_in_one_line_and_never_with_a_traceback(
    arguments: str, code: int, said: str, run: Run, tmp_path: Path
) -> None:
    write(tmp_path)
    done = run(*arguments.format(sample=sample_warc()).split())
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    lines = done.stderr.splitlines()
    assert len([line for line in lines if line.startswith("Error")]) == 1
    assert said in lines[-1]
    assert code == 2 or len(lines) == 1, "an error that is no wrong usage stands alone"


def test_an_archive_that_is_refused_is_left_as_it_was(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    before = (tmp_path / "foreign.db").read_bytes()
    run("crawl", "localgov", "--replay", str(sample_warc()), "--archive", "foreign.db")
    assert (tmp_path / "foreign.db").read_bytes() == before


def test_several_warcs_may_follow_replay(run: Run, tmp_path: Path) -> None:
    (tmp_path / "copy.warc.gz").write_bytes(sample_warc().read_bytes())
    with ZipFile(tmp_path / "copy.wacz", "w") as made:
        made.write(sample_warc(), "archive/a.warc.gz")
    done = run("crawl", "localgov", "--replay", str(sample_warc()), "copy.warc.gz", "copy.wacz")
    assert done.returncode == 0, done.stderr


def test_crawl_all_leaves_out_what_nobody_has_confirmed_and_says_so(run: Run) -> None:
    done = run("crawl", "--all", "--replay", str(sample_warc()))
    assert done.returncode == 0, done.stderr
    (left_out,) = [
        line for line in done.stderr.splitlines() if line.startswith("Left out, because they are not confirmed")
    ]
    assert left_out.split(": ")[1].split(", ") == [name for name, it in known_sources().items() if not it.confirmed]
    assert "localgov" not in done.stdout


def test_every_number_that_a_command_takes_has_an_upper_bound() -> None:
    """What nobody means is an overflow further in: 9999999999 days, 10 ** 20 rows."""
    numbers = [(name, option.name, option.type) for name, command in commands(main) for option in command.params
               if isinstance(option.type, click.types.IntParamType | click.types.FloatParamType)]  # fmt: skip
    assert len(numbers) >= 7
    assert [(name, option) for name, option, kind in numbers if getattr(kind, "max", None) is None] == []


def test_the_demo_does_not_put_invented_adverts_among_real_ones(run: Run, tmp_path: Path) -> None:
    run("crawl", "localgov", "--replay", str(sample_warc()))
    archive = sqlite3.connect(tmp_path / "archive.db")
    archive.execute("PRAGMA foreign_keys = OFF")
    archive.execute("UPDATE run SET id = 'localgov-20261120T060000Z'")
    archive.commit()
    archive.close()
    done = run("demo", "--no-serve")
    assert done.returncode == 1
    assert "holds adverts of real boards" in done.stderr
