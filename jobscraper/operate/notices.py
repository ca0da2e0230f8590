"""Notices of incidents, sent once when one begins and once when it is over, to a webhook or by e-mail.

What has been told is noted in a file beside the archive: it is no part of what boards printed, and a rebuild must not
forget it. A round that is killed between sending and noting tells twice.
"""

from __future__ import annotations

import json
import smtplib
import sqlite3
import ssl
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from email.message import EmailMessage
from http.client import HTTPException
from pathlib import Path
from typing import Literal
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

import attrs

from jobscraper.capture.record import instant
from jobscraper.config.values import Notices
from jobscraper.files.private import make_private_file
from jobscraper.model.errors import JobscraperError
from jobscraper.quality.health import CADENCES, RUN_RECORDS, Incident, incidents_by_source

_SECONDS = 20
_OLD = timedelta(days=7)
"""What was over before this is no news, also where it was never told: an archive that is new to notices has a past."""

Kind = Literal["begun", "over"]


class NoticeError(JobscraperError):
    """A notice could not be sent; it is sent with the next round."""


@attrs.frozen(kw_only=True)
class Notice:
    """That an incident of a source has begun or is over."""

    source_id: str
    kind: Kind
    incident: Incident

    @property
    def key(self) -> tuple[str, str, Kind]:
        """What tells notices apart."""
        return self.source_id, instant(self.incident.since), self.kind

    def in_words(self) -> str:
        """The notice in a line."""
        one = self.incident
        if self.kind == "begun":
            return f"{self.source_id} is {one.state} since {one.since:%Y-%m-%d %H:%M} UTC: {one.first}"
        return f"{self.source_id} is ok again; it was {one.state} from {one.since:%Y-%m-%d %H:%M} UTC: {one.first}"


Send = Callable[[list[str]], None]


def to_tell(
    found: Mapping[str, Iterable[Incident]], told: frozenset[tuple[str, str, str]], now: datetime
) -> list[Notice]:
    """The notices that have not been sent. An incident that is over is told as over only if its beginning was told."""
    return [
        notice
        for source, several in sorted(found.items())
        for one in several
        for notice in _notices(source, one)
        if notice.key not in told and (notice.kind == "begun" or (*notice.key[:2], "begun") in told)
        if one.until is None or now - one.until < _OLD
        if notice.kind == "over" or one.until is None
    ]


def _notices(source: str, incident: Incident) -> Iterator[Notice]:
    yield Notice(source_id=source, kind="begun", incident=incident)
    if incident.until:
        yield Notice(source_id=source, kind="over", incident=incident)


def tell(db: sqlite3.Connection, noted: Path, send: Send, now: datetime) -> list[Notice]:
    """Send what has not been told of the sources of an archive, all in one message, and note it in the file `noted`.

    :raises NoticeError: it could not be sent; nothing is noted.
    """
    found = incidents_by_source(db.execute(RUN_RECORDS), map(tuple, db.execute(CADENCES)), now)
    told = _read(noted)
    notices = to_tell(found, told, now)
    if notices:
        send([notice.in_words() for notice in notices])
        beside = noted.with_name(noted.name + ".new")
        make_private_file(beside)
        beside.write_text(json.dumps(sorted(told | {notice.key for notice in notices}), indent=0), encoding="utf-8")
        beside.replace(noted)
    return notices


def _read(noted: Path) -> frozenset[tuple[str, str, str]]:
    """What was noted; a file that cannot be read tells everything that goes on once more, which is better than nothing."""
    try:
        return frozenset((source, since, kind) for source, since, kind in json.loads(noted.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return frozenset()


def by_webhook(url: str) -> Send:
    """Post `{"text": …}`, which chat services take, to a web address."""

    def send(lines: list[str]) -> None:
        body = json.dumps({"text": "\n".join(lines)}).encode()
        request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS):
                pass
        except (OSError, HTTPException, ValueError) as error:
            # The address may hold a secret, and with it what such an error says; its host does not.
            raise NoticeError(
                f"the notice could not be sent to the webhook at {urlsplit(url).hostname}: {_why(error)}"
            ) from None

    return send


def _why(error: Exception) -> str:
    """What went wrong, without anything of the address that was asked."""
    if isinstance(error, HTTPError):
        return f"it answered {error.code}"
    return str(error.reason) if isinstance(error, URLError) else type(error).__name__


@attrs.frozen(kw_only=True)
class MailTo:
    """Who writes to whom, through which `HOST[:PORT]`."""

    server: str
    recipient: str
    sender: str
    user: str | None = None
    password: str | None = attrs.field(default=None, repr=False)


def by_mail(to: MailTo) -> Send:
    """Send an e-mail; with a user, only through an encrypted connection."""
    host, _, port = to.server.partition(":")

    def send(lines: list[str]) -> None:
        message = EmailMessage()
        message["From"], message["To"] = to.sender, to.recipient
        message["Subject"] = lines[0] if len(lines) == 1 else f"{len(lines)} notices of jobscraper"
        message.set_content("\n".join(lines) + "\n")
        try:
            with smtplib.SMTP(host, int(port or (587 if to.user else 25)), timeout=_SECONDS) as smtp:
                if to.user and to.password:
                    smtp.starttls(context=ssl.create_default_context())
                    smtp.login(to.user, to.password)
                smtp.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise NoticeError(f"the notice could not be sent through the mail server {host}: {error}") from error

    return send


def by_all(ways: Iterable[Send]) -> Send:
    """By every way, one after the other."""

    def send(lines: list[str]) -> None:
        for way in ways:
            way(lines)

    return send


def configured(notices: Notices) -> list[Send]:
    """The ways of telling that the settings name."""
    ways: list[Send] = []
    if notices.webhook:
        ways.append(by_webhook(notices.webhook))
    if notices.smtp and notices.mail_to:
        ways.append(
            by_mail(
                MailTo(
                    server=notices.smtp,
                    recipient=notices.mail_to,
                    sender=notices.mail_from or notices.mail_to,
                    user=notices.smtp_user,
                    password=notices.smtp_password,
                )
            )
        )
    return ways
