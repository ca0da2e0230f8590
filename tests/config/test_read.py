"""The file of settings: what wins over what, and what is said, with its line, when something is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobscraper.config.read import ConfigError, leaves, read, settings

WHOLE = """\
contact = "jobs@example.org"
archive = "data/archive.db"

[politeness]
requests_per_day = 5000

[politeness.hosts."www.jobs.nhs.uk"]
delay_seconds = 2.5

[round]
at_once = 2
hours = "20:00-06:00"  # London time

[notices]
webhook = "https://hooks.example.org/secret"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "jobscraper.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_read(tmp_path: Path) -> None:
    found = read(written(tmp_path, WHOLE), {}).config
    assert found.contact == "jobs@example.org"
    assert found.archive == tmp_path / "data" / "archive.db"  # Relative to the file.
    assert found.captures == Path("captures")  # A default, relative to where one stands.
    assert str(found.round.window) == "20:00-06:00"
    assert (found.politeness.delay_of("www.jobs.nhs.uk"), found.politeness.delay_of("www.wmjobs.co.uk")) == (2.5, 1.0)
    assert (found.politeness.budget_of("www.jobs.nhs.uk"), found.politeness.budget_of("x.example")) == (5000, 5000)


def test_without_a_file_there_are_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert settings({}).config.archive == Path("archive.db")


def test_the_file_of_the_current_folder_is_taken_or_the_one_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, 'contact = "here@example.org"')
    other = tmp_path / "other.toml"
    other.write_text('contact = "other@example.org"', encoding="utf-8")
    assert settings({}).config.contact == "here@example.org"
    assert settings({"JOBSCRAPER_CONFIG": str(other)}).config.contact == "other@example.org"
    with pytest.raises(ConfigError, match=r"nowhere.toml: no such file; JOBSCRAPER_CONFIG names the file of settings"):
        settings({"JOBSCRAPER_CONFIG": "nowhere.toml"})


def test_the_environment_wins(tmp_path: Path) -> None:
    found = read(written(tmp_path, WHOLE), {"JOBSCRAPER_CONTACT": "me@example.org", "JOBSCRAPER_LOG_LEVEL": "info"})
    assert found.config.contact == "me@example.org"
    assert found.config.log_level == "INFO"
    assert found.origins["contact",] == "JOBSCRAPER_CONTACT"
    assert found.origins["round", "at_once"].endswith("jobscraper.toml:11")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('contact = "a@b.org"\ncontact = ', 2, "invalid value"),
        ("contact = 1", 1, "contact: Expected str, got int"),
        ("[round]\n\nat_onec = 3", 3, "round.at_onec: no such setting; did you mean at_once?"),
        ("[rounds]\nat_once = 3", 1, "rounds: no such setting; did you mean round?"),
        ("nonsense = 3", 1, "nonsense: no such setting; there are contact, archive"),
        ("[round]\nat_once = 0", 2, "round.at_once: Expected int >= 1"),
        ('[round]\nhours = "night"', 2, "round.hours: 'night' are no hours; write 20:00-06:00"),
        ("[politeness]\ndelay_seconds = 0.1", 2, "politeness.delay_seconds: Expected float >= 1.0"),
        (
            '[politeness.hosts."a.uk"]\ndelay_seconds = 2\n[politeness.hosts."b.uk"]\ndelay = 2',
            4,
            "politeness.hosts.b.uk.delay: no such setting; did you mean delay_seconds?",
        ),
        ('[politeness.hosts]\n"b.uk" = 5', 2, "politeness.hosts.b.uk: Expected object, got int"),
        ('[notices]\nwebhook = "nowhere"', 2, "notices.webhook: is no web address; it begins with https://"),
        ('[notices]\nsmtp = "mail.example.org"', 2, "mail_to nobody to write to; set both"),
        ('[notices]\nsmtp = "m.org:x"\nmail_to = "a@b.org"', 2, "smtp: is no mail server; write HOST or HOST:25"),
        ('[notices]\nsmtp = "me:secret@m.org"\nmail_to = "a@b.org"', 2, "smtp: is no mail server"),
        ('[notices]\nwebhook = "https://me:secret@hook.example/"', 2, "has no user name in it"),
        ('[notices]\nwebhook = "https://me:secret@[hook.example/"', 2, "webhook: is no web address"),
        ('[notices]\nsmtp_user = "me"', 2, "notices.smtp_user: goes together with smtp_password"),
        ("[storage]\ncaptures_days = 30", 2, "storage.captures_days: goes together with older_captures"),
        ('log_level = "LOUD"', 1, "log_level: Invalid enum value 'LOUD'"),
        ('archive = [\n "a",\n]', 1, "archive: Expected str, got list"),
        ("round = 5", 1, "round: Expected object, got int"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, line: int, message: str, tmp_path: Path) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        read(path, {})
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert message in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_variable_that_is_wrong_is_named() -> None:
    with pytest.raises(ConfigError, match=r"^JOBSCRAPER_LOG_LEVEL: log_level: Invalid enum value 'LOUD'"):
        read(None, {"JOBSCRAPER_LOG_LEVEL": "loud"})
    with pytest.raises(ConfigError, match=r"^JOBSCRAPER_WEBHOOK: notices.webhook: is no web address"):
        read(None, {"JOBSCRAPER_WEBHOOK": "nowhere"})


def test_secrets_are_not_told(tmp_path: Path) -> None:
    told = dict(leaves(read(written(tmp_path, WHOLE), {"JOBSCRAPER_SMTP_PASSWORD": ""}).config))
    assert told["notices", "webhook"] == "(not shown)"
    assert told["politeness", "hosts", "www.jobs.nhs.uk", "delay_seconds"] == "2.5"
