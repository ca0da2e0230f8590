"""The settings of an operator, as values: their names in the file, their limits and their defaults."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from jobscraper.config.addresses import (
    is_contact,
    is_machine,
    is_mail_address,
    is_server,
    is_site_address,
    is_web_address,
)
from jobscraper.config.hours import Hours

# Each has an upper bound, because `inf` is a number to TOML, and what nobody means stops a crawl without a word.
Count = Annotated[int, Meta(ge=1, le=1_000_000)]
Days = Annotated[int, Meta(ge=1, le=36_500)]
Minutes = Annotated[int, Meta(ge=1, le=7 * 24 * 60)]
Gigabytes = Annotated[float, Meta(ge=0, le=1_000_000)]
Seconds = Annotated[float, Meta(ge=1, le=3600)]
"""Between two requests to a host: never less than a second, nor more than an hour."""


class HostLimits(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What holds for one host instead of what holds for all; None leaves that. `wrong_clock`: the time it tells is not believed."""

    delay_seconds: Seconds | None = None
    requests_per_day: Count | None = None
    wrong_clock: bool = False


class Politeness(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much a host is asked.

    `requests_per_day`: of a host, counted from midnight UTC. `failures_in_a_row`: after so many failed answers of a host
    the source is left alone for the day. `hosts`: limits of single hosts.
    """

    delay_seconds: Seconds = 1.0
    requests_per_day: Count = 20_000
    failures_in_a_row: Annotated[int, Meta(ge=1, le=1000)] = 5
    hosts: dict[str, HostLimits] = {}

    def delay_of(self, host: str) -> float:
        """Seconds between two requests to a host."""
        return self.hosts.get(host, HostLimits()).delay_seconds or self.delay_seconds

    @property
    def wrong_clocks(self) -> frozenset[str]:
        """The hosts whose clocks are wrong."""
        return frozenset(host for host, limits in self.hosts.items() if limits.wrong_clock)

    def budget_of(self, host: str) -> int:
        """Requests that a host gets a day."""
        return self.hosts.get(host, HostLimits()).requests_per_day or self.requests_per_day


class Round(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How `jobscraper run` goes: how many hosts side by side, how many minutes at most, and in which hours."""

    at_once: Annotated[int, Meta(ge=1, le=100)] = 4
    minutes: Minutes = 240
    hours: str | None = None

    def __post_init__(self) -> None:
        """:raises ValueError: `hours` are none."""
        try:
            _ = self.window
        except ValueError as error:
            raise ValueError(f"hours: {error}") from None

    @property
    def window(self) -> Hours | None:
        """The hours in which boards may be asked; None is any."""
        return Hours.parse(self.hours) if self.hours else None


class Notices(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is told of incidents. `smtp` is `HOST` or `HOST:PORT`; with `smtp_user` the connection is encrypted first."""

    webhook: str | None = None
    smtp: str | None = None
    smtp_user: str | None = None
    smtp_password: str | None = None
    mail_to: str | None = None
    mail_from: str | None = None

    def __post_init__(self) -> None:
        """:raises ValueError: a way of telling is named that cannot be; msgspec says where it stands."""
        # What is wrong is not quoted: somebody may have written a password into it.
        if self.webhook and not is_web_address(self.webhook):
            raise ValueError("webhook is not a web address; it begins with https:// and has no user name in it")
        if self.smtp and not self.mail_to:
            raise ValueError("smtp is set, but mail_to is not; set both")
        if self.mail_to and not self.smtp:
            raise ValueError("mail_to is set, but smtp is not; set both")
        if self.smtp and not is_server(self.smtp):
            raise ValueError("smtp is not a mail server; write HOST or HOST:25")
        for name in ("mail_to", "mail_from"):
            if getattr(self, name) and not is_mail_address(getattr(self, name)):
                raise ValueError(f"{name} is not an e-mail address; write it as you@your.org")
        if bool(self.smtp_user) != bool(self.smtp_password):
            raise ValueError("smtp_user goes together with smtp_password; set both or none")


class Storage(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is kept where. `least_free_gb`: with less space on the disk no round begins.

    `captures_days`: captures older than this are moved to `older_captures` after a round; None keeps all where they are.
    """

    least_free_gb: Gigabytes = 1.0
    captures_days: Days | None = None
    older_captures: Path | None = None

    def __post_init__(self) -> None:
        """:raises ValueError: captures are to be moved nowhere."""
        if (self.captures_days is None) != (self.older_captures is None):
            raise ValueError("captures_days goes together with older_captures: when to move captures, and where to")


class Config(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings. `contact` is the address that boards are told, `site_url` where readers reach the published site.

    `trusted_proxies`: addresses from which a proxy of yours asks the site; only these are believed in whose name they ask.
    `certificates` and `registers` are folders.
    """

    contact: str = ""
    archive: Path = Path("archive.db")
    captures: Path = Path("captures")
    site: Path = Path("site")
    site_url: str = ""
    trusted_proxies: list[str] = []
    certificates: Path | None = None
    registers: Path | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] | None = None
    politeness: Politeness = Politeness()
    round: Round = Round()
    notices: Notices = Notices()
    storage: Storage = Storage()

    def __post_init__(self) -> None:
        """:raises ValueError: an address is none; msgspec says where it stands."""
        if self.contact and not is_contact(self.contact):
            raise ValueError("contact is not an address; write you@your.org, or https://your.org/about-us")
        if self.site_url and not is_site_address(self.site_url):
            raise ValueError("site_url is not the address of a site; write https://jobs.your.org, without a path")
        if not all(map(is_machine, self.trusted_proxies)):
            raise ValueError("trusted_proxies: only addresses by number; write 127.0.0.1, ::1 or 10.0.0.0/8")

    @property
    def folders(self) -> dict[str, Path]:
        """The folders that are set, by the names of their settings."""
        named = {
            "captures": self.captures,
            "storage.older_captures": self.storage.older_captures,
            "site": self.site,
            "certificates": self.certificates,
            "registers": self.registers,
        }
        return {name: path for name, path in named.items() if path is not None}


PATHS = frozenset(
    {("archive",), ("captures",), ("site",), ("certificates",), ("registers",), ("storage", "older_captures")}
)
"""Settings that are paths: in a file they are relative to its folder."""

SECRETS = frozenset({("notices", "webhook"), ("notices", "smtp_password")})
"""Settings that are never printed."""

ENVIRONMENT = {
    "JOBSCRAPER_CONTACT": ("contact",),
    "JOBSCRAPER_ARCHIVE": ("archive",),
    "JOBSCRAPER_CAPTURES": ("captures",),
    "JOBSCRAPER_SITE": ("site",),
    "JOBSCRAPER_SITE_URL": ("site_url",),
    "JOBSCRAPER_CERTIFICATES": ("certificates",),
    "JOBSCRAPER_REGISTERS": ("registers",),
    "JOBSCRAPER_LOG_LEVEL": ("log_level",),
    "JOBSCRAPER_WEBHOOK": ("notices", "webhook"),
    "JOBSCRAPER_SMTP": ("notices", "smtp"),
    "JOBSCRAPER_SMTP_USER": ("notices", "smtp_user"),
    "JOBSCRAPER_SMTP_PASSWORD": ("notices", "smtp_password"),
    "JOBSCRAPER_MAIL_TO": ("notices", "mail_to"),
    "JOBSCRAPER_MAIL_FROM": ("notices", "mail_from"),
}
"""The variables that win over the file, and which setting each is."""
