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
        ('[round]\nhours = "night"', 2, "round.hours: 'night' is not a range of hours; write 20:00-06:00"),
        ("[politeness]\ndelay_seconds = 0.1", 2, "politeness.delay_seconds: Expected float >= 1.0"),
        (
            '[politeness.hosts."a.uk"]\ndelay_seconds = 2\n[politeness.hosts."b.uk"]\ndelay = 2',
            4,
            "politeness.hosts.b.uk.delay: no such setting; did you mean delay_seconds?",
        ),
        ('[politeness.hosts]\n"b.uk" = 5', 2, "politeness.hosts.b.uk: Expected object, got int"),
        ('[notices]\nwebhook = "nowhere"', 2, "notices.webhook: is not a web address; it begins with https://"),
        ('[notices]\nsmtp = "mail.example.org"', 2, "smtp: is set, but mail_to is not; set both"),
        ('[notices]\nsmtp = "m.org:x"\nmail_to = "a@b.org"', 2, "smtp: is not a mail server; write HOST or HOST:25"),
        ('[notices]\nsmtp = "me:secret@m.org"\nmail_to = "a@b.org"', 2, "smtp: is not a mail server"),
        ('[notices]\nwebhook = "https://me:secret@hook.example/"', 2, "has no user name in it"),
        ('[notices]\nwebhook = "https://me:secret@[hook.example/"', 2, "webhook: is not a web address"),
        ('[notices]\nsmtp_user = "me"', 2, "notices.smtp_user: goes together with smtp_password"),
        ("[storage]\ncaptures_days = 30", 2, "storage.captures_days: goes together with older_captures"),
        ('log_level = "LOUD"', 1, "log_level: Invalid enum value 'LOUD'"),
        ('archive = [\n "a",\n]', 1, "archive: Expected str, got list"),
        ("round = 5", 1, "round: Expected object, got int"),
        # Numbers that nobody means.
        ("[politeness]\ndelay_seconds = inf", 2, "politeness.delay_seconds: Expected float <= 3600.0"),
        ("[politeness]\ndelay_seconds = -inf", 2, "politeness.delay_seconds: Expected float >= 1.0"),
        ("[politeness]\ndelay_seconds = nan", 2, "politeness.delay_seconds: Expected float"),
        ("[politeness]\ndelay_seconds = 1e300", 2, "politeness.delay_seconds: Expected float <= 3600.0"),
        ("[politeness]\ndelay_seconds = -1", 2, "politeness.delay_seconds: Expected float >= 1.0"),
        (
            "[politeness]\nrequests_per_day = 99999999999999999999",
            2,
            "politeness.requests_per_day: Expected int <= 1000000",
        ),
        ("[politeness]\nrequests_per_day = -5", 2, "politeness.requests_per_day: Expected int >= 1"),
        ("[politeness]\nrequests_per_day = true", 2, "politeness.requests_per_day: Expected int, got bool"),
        ("[politeness]\nfailures_in_a_row = 0", 2, "politeness.failures_in_a_row: Expected int >= 1"),
        (
            '[politeness.hosts."a.uk"]\ndelay_seconds = inf',
            2,
            "politeness.hosts.a.uk.delay_seconds: Expected float <= 3600.0",
        ),
        ("[round]\nminutes = 1000000000000", 2, "round.minutes: Expected int <= 10080"),
        ("[round]\nat_once = 1e3", 2, "round.at_once: Expected int, got float"),
        ("[storage]\nleast_free_gb = inf", 2, "storage.least_free_gb: Expected float <= 1000000.0"),
        ("[storage]\nleast_free_gb = nan", 2, "storage.least_free_gb: Expected float"),
        ("[storage]\nleast_free_gb = -0.5", 2, "storage.least_free_gb: Expected float >= 0.0"),
        (
            '[storage]\ncaptures_days = 10000000\nolder_captures = "o"',
            2,
            "storage.captures_days: Expected int <= 36500",
        ),
        (f"[round]\nminutes = {'9' * 5000}", 2, "exceeds the limit"),
        # Nothing, or what cannot be seen.
        ('contact = ""', 1, "contact: is empty; leave it out"),
        ('archive = ""', 1, "archive: is empty"),
        ('captures = "  "', 1, "captures: is empty"),
        ('site = ""', 1, "site: is empty"),
        ('[round]\nhours = ""', 2, "round.hours: is empty"),
        ('[notices]\nwebhook = ""', 2, "notices.webhook: is empty"),
        ('[storage]\nolder_captures = ""', 2, "storage.older_captures: is empty"),
        ('archive = "archive.db\\u0000"', 1, "archive: holds a character that cannot be printed"),
        ('site = "site\\n"', 1, "site: begins or ends with a space"),
        ('site = "a\\nb"', 1, "site: holds a character that cannot be printed"),
        # Addresses that are none.
        ('contact = "not an address"', 1, "contact: is not an address; write you@your.org, or https://"),
        ('contact = "me"', 1, "contact: is not an address"),
        ('contact = "me@localhost"', 1, "contact: is not an address"),
        ('contact = "me@example.org\\r\\nX-Evil: 1"', 1, "contact: holds a character that cannot be printed"),
        ('contact = "https://"', 1, "contact: is not an address"),
        ('contact = "http://127.0.0.1/bot"', 1, "contact: is not an address"),
        ('contact = "ftp://example.org/"', 1, "contact: is not an address"),
        ('contact = "01632 960123"', 1, "contact: is not an address"),
        ('contact = "a@@example.org"', 1, "contact: is not an address"),
        ('contact = "\\"a b\\"@example.org"', 1, "contact: is not an address"),
        ('contact = "me@example.org and friends"', 1, "contact: is not an address"),
        ('site_url = "jobs.example.org"', 1, "site_url: is not the address of a site"),
        ('site_url = "https://jobs.example.org/archive"', 1, "site_url: is not the address of a site"),
        ('site_url = "javascript:alert(1)"', 1, "site_url: is not the address of a site"),
        ('[notices]\nwebhook = "https://hook.example:99999/"', 2, "webhook: is not a web address"),
        ('[notices]\nwebhook = "file:///etc/passwd"', 2, "webhook: is not a web address"),
        ('[notices]\nsmtp = "m.org:99999"\nmail_to = "a@b.org"', 2, "smtp: is not a mail server"),
        ('[notices]\nsmtp = "m.org:0"\nmail_to = "a@b.org"', 2, "smtp: is not a mail server"),
        (
            '[notices]\nsmtp = "m.org"\nmail_to = "nobody"',
            3,
            "mail_to: is not an e-mail address; write it as you@your.org",
        ),
        ('[notices]\nsmtp = "m.org"\nmail_to = "a@b.org"\nmail_from = "x"', 4, "mail_from: is not an e-mail address"),
        ('[notices]\nmail_to = "a@b.org"', 2, "mail_to: is set, but smtp is not; set both"),
        ('trusted_proxies = ["proxy"]', 1, "trusted_proxies: only addresses by number; write 127.0.0.1"),
        ('trusted_proxies = [""]', 1, "trusted_proxies: only addresses by number"),
        ('trusted_proxies = ["*"]', 1, "trusted_proxies: only addresses by number"),
        ('trusted_proxies = ["127.0.0.1:80"]', 1, "trusted_proxies: only addresses by number"),
        ('trusted_proxies = ["10.0.0.1/8"]', 1, "trusted_proxies: only addresses by number"),
        # Two things in one place.
        ('site = "captures"', 1, "site and captures are one folder"),
        ('captures = "site"', 1, "site and captures are one folder"),
        ('captures = "./site/../site"\nsite = "site/"', 2, "site and captures are one folder"),
        (
            '[storage]\ncaptures_days = 30\nolder_captures = "captures"',
            3,
            "storage.older_captures and captures are one folder",
        ),
        (
            '[storage]\ncaptures_days = 30\nolder_captures = "captures/older"',
            3,
            "storage.older_captures lies in captures",
        ),
        ('[storage]\ncaptures_days = 30\nolder_captures = "site"', 3, "site and storage.older_captures are one folder"),
        ('site = "captures/site"', 1, "site lies in captures"),
        ('captures = "site/captures"', 1, "captures lies in site"),
        ('registers = "captures"', 1, "registers and captures are one folder"),
        ('captures = "/"', 1, "site lies in captures"),
        ('site = "."', 1, "captures lies in site"),
        ('archive = "captures/archive.db"', 1, "archive lies in captures"),
        ('archive = "site/archive.db"', 1, "archive lies in site"),
        ('archive = "captures"', 1, "archive lies in captures"),
        # Paths that are none.
        ('site = "~nobody-of-this-name/site"', 1, "site: no home is known for ~nobody-of-this-name"),
        ('archive = "s3://bucket/archive.db"', 1, "archive: is an address, not a path"),
        ('captures = "s3://bucket/captures"', 1, "captures: is an address, not a path"),
        ("archive = 2026-01-01", 1, "archive: Expected str, got date"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    text: str, line: int, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        read(path, {})
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert message in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "contact",
    [
        "jobs@example.org",
        "first.o'brien+jobs@lists.example.org.uk",
        "mailto:jobs@example.org",
        "https://example.org/about-our-crawler?lang=en",
        "+https://example.org/bot",
        "jobs@example.org, https://example.org/",
    ],
)
def test_what_boards_can_answer_to(contact: str, tmp_path: Path) -> None:
    assert read(written(tmp_path, f'contact = "{contact}"'), {}).config.contact == contact


def test_proxies_are_machines_and_networks(tmp_path: Path) -> None:
    proxies = ["127.0.0.1", "::1", "10.0.0.0/8"]
    assert read(written(tmp_path, f"trusted_proxies = {proxies}"), {}).config.trusted_proxies == proxies


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"JOBSCRAPER_CONTACT": "nobody"}, "JOBSCRAPER_CONTACT: contact: is not an address"),
        ({"JOBSCRAPER_ARCHIVE": " "}, "JOBSCRAPER_ARCHIVE: archive: is empty"),
        ({"JOBSCRAPER_SITE": "captures"}, "JOBSCRAPER_SITE: site and captures are one folder"),
        ({"JOBSCRAPER_CAPTURES": "site"}, "JOBSCRAPER_CAPTURES: site and captures are one folder"),
        ({"JOBSCRAPER_SITE": "~nobody-of-this-name/x"}, "JOBSCRAPER_SITE: site: no home is known"),
    ],
)
def test_variables_are_held_to_the_same(variables: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(None, variables)
    assert str(caught.value).startswith(message)


def test_a_store_may_be_named_by_a_variable() -> None:
    assert read(None, {"JOBSCRAPER_CAPTURES": "s3://bucket/captures"}).config.site == Path("site")


def test_the_mark_that_some_editors_write_is_no_mistake(tmp_path: Path) -> None:
    assert read(written(tmp_path, '\N{ZERO WIDTH NO-BREAK SPACE}contact = "a@b.org"'), {}).config.contact == "a@b.org"


def test_a_file_that_nests_without_end_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="nested too deep"):
        read(written(tmp_path, "a = " + "[" * 100_000), {})


def test_a_variable_that_is_wrong_is_named() -> None:
    with pytest.raises(ConfigError, match=r"^JOBSCRAPER_LOG_LEVEL: log_level: Invalid enum value 'LOUD'"):
        read(None, {"JOBSCRAPER_LOG_LEVEL": "loud"})
    with pytest.raises(ConfigError, match=r"^JOBSCRAPER_WEBHOOK: notices.webhook: is not a web address"):
        read(None, {"JOBSCRAPER_WEBHOOK": "nowhere"})


def test_secrets_are_not_told(tmp_path: Path) -> None:
    told = dict(leaves(read(written(tmp_path, WHOLE), {"JOBSCRAPER_SMTP_PASSWORD": ""}).config))
    assert told["notices", "webhook"] == "(not shown)"
    assert told["politeness", "hosts", "www.jobs.nhs.uk", "delay_seconds"] == "2.5"
