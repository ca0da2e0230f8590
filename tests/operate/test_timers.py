"""What `schedule` prints is taken as it is by those who read it: a shell behind cron, systemd, YAML, Containerfiles."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from jobscraper.cli.main import main
from jobscraper.operate.quoting import QuotingError, for_containerfile, for_systemd_variable
from jobscraper.operate.timers import TIMERS, Setup, timer

HARD = [
    "plain",
    "with space",
    "it's",
    'a "quoted" one',
    "100%",
    "%h and %%d",
    "$HOME",
    "${HOME}$$",
    "a;b&c|d",
    "`id`",
    "$(id)",
    "*?[x]",
    "#not-a-comment",
    "~user",
    "Sŵn café",
    "-rf",
    "a=b",
    "everything '\"%$ of it",
]


def setup(folder: Path, contact: str = "jobs@example.org") -> Setup:
    return Setup(
        folder=folder,
        command=folder / "bin" / "jobscraper",
        contact=contact,
        site=folder / "site",
        program=(folder / "bin", folder / "jobscraper"),
    )


def installed(folder: Path) -> Path:
    """A folder with a console script that writes down how it was called, and from where."""
    script = folder / "bin" / "jobscraper"
    script.parent.mkdir(parents=True)
    script.write_text('#!/bin/sh\nprintf "%s|" "$PWD" "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return folder


def as_cron_hands_on(line: str) -> str:
    """What cron gives to the shell of a line: after five times, up to a % that has no backslash before it (crontab(5))."""
    command = line.split(None, 5)[5]
    return re.split(r"(?<!\\)%", command)[0].replace(r"\%", "%")


@pytest.mark.parametrize("name", HARD)
def test_a_shell_behind_cron_runs_the_line(name: str, tmp_path: Path) -> None:
    folder = installed(tmp_path / name)
    comment, variable, line = timer("cron", setup(folder)).splitlines()
    assert comment.startswith("#")
    assert variable == 'JOBSCRAPER_CONTACT="jobs@example.org"'
    done = subprocess.run(["/bin/sh", "-c", as_cron_hands_on(line)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (folder / "round.log").read_text(encoding="utf-8") == f"{folder}|run|"
    assert (folder / "round.log").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["back\\slash", "two\nlines", "tab\there", "space at the end "])
@pytest.mark.parametrize("kind", ["cron", "systemd"])
def test_what_cannot_be_written_is_named(name: str, kind: str) -> None:
    with pytest.raises(QuotingError, match="move it to a folder with another name"):
        timer(kind, setup(Path("/srv") / name))


def units(text: str) -> dict[str, str]:
    """The files of units, by their names."""
    parts = re.split(r"^# /etc/systemd/system/(\S+)$", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def unit(text: str) -> configparser.RawConfigParser:
    """A unit as its settings; one that is given twice keeps both, as systemd does of lists."""

    class Several(dict[str, object]):
        def __setitem__(self, key: str, value: object) -> None:
            if isinstance(value, list) and isinstance(self.get(key), list):
                value = [*self[key], *value]  # type: ignore[misc]
            super().__setitem__(key, value)

    parser = configparser.RawConfigParser(dict_type=Several, strict=False, interpolation=None)  # type: ignore[call-overload]
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    return parser


def plain(value: str) -> list[str]:
    """The words of a value as systemd reads them: quotation marks and backslashes, then specifiers."""
    return [word.replace("%%", "%") for word in shlex.split(value)]


@pytest.mark.parametrize("name", HARD)
def test_units_hold_every_path(name: str) -> None:
    folder = Path("/srv") / name
    files = units(timer("systemd", setup(folder)))
    a_round, site = (unit(files[one])["Service"] for one in ("jobscraper.service", "jobscraper-site.service"))
    assert a_round["WorkingDirectory"].replace("%%", "%") == str(folder)
    assert plain(a_round["ReadWritePaths"]) == [str(folder)]
    assert plain(site["TemporaryFileSystem"]) == [f"{folder}:ro"]
    assert plain(site["BindReadOnlyPaths"]) == [str(folder / part) for part in ("site", "bin", "jobscraper")]
    command = [word.replace("$$", "$") for word in plain(a_round["ExecStart"])]
    assert command[-2:] == [f"{folder}/bin/jobscraper", "run"]
    assert command[:-2] in ([], ["/usr/bin/env"])


def test_a_colon_parts_paths_for_systemd() -> None:
    with pytest.raises(QuotingError, match="has a colon, which systemd does not take"):
        timer("systemd", setup(Path("/srv/a:b")))


FENCE = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "CapabilityBoundingSet": "",
    "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX",
    "KillMode": "mixed",
}


def test_units_are_fenced_in() -> None:
    files = units(timer("systemd", setup(Path("/srv/jobs"))))
    a_round, site = (unit(files[one])["Service"] for one in ("jobscraper.service", "jobscraper-site.service"))
    for service in (a_round, site):
        assert {name: service[name] for name in FENCE} == FENCE
        assert service["SystemCallFilter"].split() == ["@system-service", "~@privileged"]
        assert service["MemoryMax"]
    assert (a_round["User"], a_round["ProtectHome"]) == ("jobscraper", "yes")
    assert "ReadWritePaths" not in site
    assert (site["DynamicUser"], site["ProtectHome"], site["IPAddressAllow"]) == ("yes", "tmpfs", "localhost")
    assert plain(site["ExecStart"]) == "/srv/jobs/bin/jobscraper serve --site /srv/jobs/site --port 8001".split()


def test_in_a_home_nothing_is_hidden_that_is_needed() -> None:
    files = units(timer("systemd", setup(Path("/home/jobs/archive"))))
    assert unit(files["jobscraper.service"])["Service"]["ProtectHome"] == "read-only"
    site = unit(files["jobscraper-site.service"])["Service"]
    assert site["ProtectHome"] == "tmpfs"  # Which hides the folder already.
    assert "TemporaryFileSystem" not in site


def test_what_lies_elsewhere_may_be_written_and_is_hidden_from_the_site() -> None:
    elsewhere = Setup(
        folder=Path("/srv/jobs"),
        command=Path("/opt/jobs/bin/jobscraper"),
        contact="jobs@example.org",
        site=Path("/var/www/jobs"),
        written=(Path("/srv/jobs/captures"), Path("/mnt/older"), Path("/var/www/jobs")),
        program=(Path("/opt/jobs"), Path("/opt/jobs/lib"), Path("/usr")),
        site_url="https://jobs.example.org",
    )
    files = units(timer("systemd", elsewhere))
    assert plain(unit(files["jobscraper.service"])["Service"]["ReadWritePaths"]) == [
        "/srv/jobs", "/mnt/older", "/var/www/jobs"
    ]  # fmt: skip
    site = unit(files["jobscraper-site.service"])["Service"]
    assert plain(site["TemporaryFileSystem"]) == ["/srv/jobs:ro", "/mnt/older:ro"]
    assert plain(site["BindReadOnlyPaths"]) == ["/var/www/jobs", "/opt/jobs"]
    assert site["Environment"] == "JOBSCRAPER_SITE_URL=https://jobs.example.org"


@pytest.fixture(scope="module")
def analyze() -> str:
    """systemd's own judge. CI installs it; elsewhere the tests above hold the units to systemd's rules as we know them."""
    found = shutil.which("systemd-analyze")
    if not found:
        pytest.skip("no systemd-analyze here (apt install systemd)")
    return found


def printed(folder: Path, to: Path) -> list[Path]:
    to.mkdir()
    written = []
    for name, text in units(timer("systemd", setup(folder))).items():
        # The user of the round is made by whoever installs it.
        (to / name).write_text(text.replace("User=jobscraper", "User=root"), encoding="utf-8")
        written.append(to / name)
    return written


@pytest.mark.parametrize("name", HARD)
def test_systemd_takes_the_units(name: str, analyze: str, tmp_path: Path) -> None:
    folder = installed(tmp_path / name)
    done = subprocess.run([analyze, "verify", "--man=no", *printed(folder, tmp_path / "units")],
                          capture_output=True, text=True, check=False, env={"SYSTEMD_LOG_LEVEL": "debug"})  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if re.match(r"(/\S*units/)?jobscraper[\w.-]*:", line)]
    bad = [
        line for line in ours if re.search(r"ignoring|fail|error|unknown|not executable|special", line, re.IGNORECASE)
    ]
    # Groups of calls name some that an older kernel or libseccomp does not know; systemd says so of its own units, too.
    assert [line for line in bad if "Failed to parse system call, ignoring" not in line] == []
    assert f"WorkingDirectory: {folder}\n" in done.stdout
    assert f"ReadWritePaths: {folder}\n" in done.stdout
    assert f"BindReadOnlyPaths: {folder}/site:{folder}/site:rbind" in done.stdout


def exposure(analyze: str, file: Path) -> float:
    done = subprocess.run([analyze, "security", "--offline=true", "--no-pager", file],
                          capture_output=True, text=True, check=False)  # fmt: skip
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
    assert found, done.stdout + done.stderr
    return float(found[1])


def test_systemd_finds_them_little_exposed(analyze: str, tmp_path: Path) -> None:
    files = {path.name: path for path in printed(installed(tmp_path / "srv"), tmp_path / "units")}
    assert exposure(analyze, files["jobscraper.service"]) < 3
    assert exposure(analyze, files["jobscraper-site.service"]) < 2


CONTACTS = ["jobs@example.org", "o'brien+50%@example.org", "https://example.org/a?b=$c&d=%20#e, jobs@example.org"]


@pytest.mark.parametrize("contact", CONTACTS)
def test_a_contact_is_told_as_it_is(contact: str) -> None:
    a_round = setup(Path("/srv/jobs"), contact)
    told = yaml.safe_load(timer("github-actions", a_round))
    assert told["jobs"]["round"]["steps"][-1]["env"] == {"JOBSCRAPER_CONTACT": contact}
    assert told["jobs"]["round"]["steps"][2]["with"]["key"] == "archive-${{ github.run_id }}"
    service = unit(units(timer("systemd", a_round))["jobscraper.service"])["Service"]
    assert plain(service["Environment"]) == [f"JOBSCRAPER_CONTACT={contact}"]
    assert f'JOBSCRAPER_CONTACT="{contact}"' in timer("cron", a_round).splitlines()
    assert f"ENV JOBSCRAPER_CONTACT={for_containerfile(contact)} JOBSCRAPER_SITE=/site" in timer("container", a_round)


def test_texts_in_quotation_marks() -> None:
    assert for_containerfile('$a "b" \\c') == r'"\$a \"b\" \\c"'
    assert for_systemd_variable("X", 'a "b" 5%') == r'"X=a \"b\" 5%%"'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("CONTACT", "ARCHIVE", "CAPTURES", "SITE", "SITE_URL"):
        monkeypatch.delenv(f"JOBSCRAPER_{name}", raising=False)
    return tmp_path


def test_schedule_prints_what_the_settings_say(here: Path) -> None:
    (here / "jobscraper.toml").write_text(
        'contact = "jobs@example.org"\nsite = "/var/www/jobs"\nsite_url = "https://jobs.example.org"\n'
        '[storage]\ncaptures_days = 30\nolder_captures = "/mnt/older"\n',
        encoding="utf-8",
    )
    done = CliRunner().invoke(main, ["schedule", "systemd"])
    assert done.exit_code == 0, done.output
    files = units(done.stdout)
    a_round, site = (unit(files[one])["Service"] for one in ("jobscraper.service", "jobscraper-site.service"))
    assert plain(a_round["ReadWritePaths"]) == [str(here), "/mnt/older", "/var/www/jobs"]
    assert a_round["Environment"] == "JOBSCRAPER_CONTACT=jobs@example.org"
    assert a_round["ExecStart"] == f"{Path(sys.executable).with_name('jobscraper')} run"
    assert site["Environment"] == "JOBSCRAPER_SITE_URL=https://jobs.example.org"
    seen = plain(site["BindReadOnlyPaths"])
    assert seen[0] == "/var/www/jobs"
    assert any(Path(main.callback.__code__.co_filename).is_relative_to(one) for one in seen)  # type: ignore[union-attr]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("kind", TIMERS)
def test_a_contact_that_is_none_is_not_printed(kind: str) -> None:
    done = CliRunner().invoke(main, ["schedule", kind, "--contact", "me\nPATH=/tmp"])
    assert done.exit_code == 2
    assert "is not an address" in done.stderr
