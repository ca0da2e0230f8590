"""What types cannot tell of the settings: what is missing, and what leads nowhere. Looks at the disk, changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from jobscraper.config.read import Settings
from jobscraper.config.values import SECRETS

_OTHERS = 0o077


def problems(found: Settings, hosts: Collection[str]) -> Iterator[str]:
    """What is wrong with settings that can be read, each in a line; `hosts` are those of the sources."""
    config = found.config
    if not config.contact:
        yield "contact: not set, so no board is crawled; set it, or JOBSCRAPER_CONTACT, to an address of yours"
    yield from _misplaced(found)
    for host in config.politeness.hosts:
        if host not in hosts:
            where = found.origins.get(("politeness", "hosts", host), found.file)
            yield f"{where}: politeness.hosts.{host}: no source has this host; docs/sources.md lists them"
    if found.file and _holds_secrets(found) and found.file.stat().st_mode & _OTHERS:
        yield f"{found.file}: holds secrets that other users of this machine can read; chmod 600 {found.file}"


def _misplaced(found: Settings) -> Iterator[str]:
    config = found.config
    for name, folder in (
        ("archive", config.archive.parent),
        ("captures", config.captures.parent),
        ("site", config.site.parent),
    ):
        if not folder.is_dir():
            yield f"{name}: there is no folder {folder}; make it"
    if config.archive.is_dir():
        yield f"{_where(found, 'archive')}: archive: {config.archive} is a folder; name a file, such as {config.archive / 'archive.db'}"
    for name, folder in config.folders.items():
        if folder.exists() and not folder.is_dir():
            yield f"{_where(found, name)}: {name}: {folder} is a file; name a folder"
    for name, needed in (
        ("certificates", config.certificates),
        ("storage.older_captures", config.storage.older_captures),
    ):
        if needed and not needed.exists():
            yield f"{name}: there is no folder {needed}; make it"


def _where(found: Settings, name: str) -> str:
    """Where a setting stands, for the beginning of a line."""
    return found.origins.get(tuple(name.split(".")), "default")


def _holds_secrets(found: Settings) -> bool:
    return any(found.origins.get(keys, "").startswith(f"{found.file}:") for keys in SECRETS)
