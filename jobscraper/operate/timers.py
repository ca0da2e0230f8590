"""Files that start rounds on a schedule and serve the site, for the ways in which people run things: printed, never installed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import attrs

from jobscraper.operate.quoting import (
    for_containerfile,
    for_cron,
    for_systemd,
    for_systemd_command,
    for_systemd_list,
    for_systemd_tmpfs,
    for_systemd_variable,
    for_yaml,
)

# What both units may not do. A round draws pictures with V8, which compiles as it runs: it cannot do without memory
# that is written and run.
_FENCE = """\
KillMode=mixed
UMask=0077
ProtectSystem=strict
PrivateTmp=yes
PrivateDevices=yes
PrivateUsers=yes
PrivateIPC=yes
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RemoveIPC=yes
KeyringMode=private
LockPersonality=yes
DevicePolicy=closed
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged
SystemCallErrorNumber=EPERM
"""

_SYSTEMD = """\
# /etc/systemd/system/jobscraper.service
[Unit]
Description=One round of jobscraper: crawl what is due, and publish
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User=jobscraper
WorkingDirectory={folder}
Environment={contact}
ExecStart={run}
# A round that is told to stop ends its crawls, each with a verdict.
TimeoutStopSec=180
MemoryMax=3G
TasksMax=512
ReadWritePaths={written}
ProtectHome={home}
{fence}
# /etc/systemd/system/jobscraper.timer
[Unit]
Description=A round of jobscraper every hour

[Timer]
OnCalendar=hourly
RandomizedDelaySec=10min
Persistent=true

[Install]
WantedBy=timers.target

# /etc/systemd/system/jobscraper-site.service
[Unit]
Description=The site that jobscraper publishes, at http://127.0.0.1:8001
After=network.target

[Service]
# A user of its own, of nothing. Of the folder it sees the site and the program, and writes nowhere.
DynamicUser=yes
{hidden}BindReadOnlyPaths={seen}
ProtectHome=tmpfs
WorkingDirectory=/
{address}ExecStart={serve}
Restart=on-failure
RestartSec=5
# Visitors' questions run in processes that may be killed for what they take; the site goes on.
OOMPolicy=continue
MemoryMax=2G
TasksMax=256
MemoryDenyWriteExecute=yes
ProcSubset=pid
# A web server of yours stands before it, on this machine.
IPAddressDeny=any
IPAddressAllow=localhost
{fence}
[Install]
WantedBy=multi-user.target

# Once there is a site: systemctl daemon-reload && systemctl enable --now jobscraper.timer jobscraper-site
"""

_CRON = """\
# In the crontab of the user that owns the folder (crontab -e)
JOBSCRAPER_CONTACT="{contact}"
17 * * * * cd {folder} && touch round.log && chmod 600 round.log && {command} run >> round.log 2>&1
"""

_GITHUB = """\
# .github/workflows/round.yml
# The archive and its captures are kept as a cache between rounds: a demonstration. Captures hold people's contact
# details, so never let them into an artifact that others can read.
name: round
on:
  schedule:
    - cron: "17 */6 * * *"
  workflow_dispatch:
concurrency: round
jobs:
  round:
    runs-on: ubuntu-latest
    timeout-minutes: 300
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.11"
      - uses: actions/cache@v4
        with:
          path: |
            archive.db
            captures
          key: archive-${{{{ github.run_id }}}}
          restore-keys: archive-
      - run: make install
      - run: .venv/bin/jobscraper run
        env:
          JOBSCRAPER_CONTACT: {contact}
"""

_CONTAINER = """\
# Containerfile
FROM docker.io/library/python:3.11-slim
RUN useradd --create-home --uid 1000 jobscraper && mkdir /data /site && chown jobscraper /data /site
COPY pyproject.toml constraints.txt README.md LICENSE /app/
COPY jobscraper /app/jobscraper
COPY spiders /app/spiders
RUN pip install --no-cache-dir --constraint /app/constraints.txt /app
USER jobscraper
WORKDIR /data
VOLUME /data /site
ENV JOBSCRAPER_CONTACT={contact} JOBSCRAPER_SITE=/site
ENTRYPOINT ["jobscraper"]
CMD ["run"]

# Then: podman build -t jobscraper . && podman run --rm -v jobscraper:/data -v jobscraper-site:/site jobscraper
# and on a timer of the host the same run. The site sees nothing but what is published, and a web server of yours
# stands before it:
# podman run --read-only --cap-drop all --security-opt no-new-privileges --memory 2g -p 127.0.0.1:8001:8001 \\
#     -v jobscraper-site:/site:ro jobscraper serve --host 0.0.0.0
"""

_HOMES = (Path("/home"), Path("/root"), Path("/run/user"))
_OF_THE_SYSTEM = Path("/usr")


@attrs.frozen(kw_only=True)
class Setup:
    """What the files are filled in with.

    :param folder: where rounds run. :param command: our console script. :param contact: what boards are told.
    :param written: what else a round writes to: folders of the archive, of captures, of the site, where they lie elsewhere.
    :param program: what must be seen for the command to run: the environment, the code, Python.
    :param site: the published site. :param site_url: where readers reach it, or nothing.
    """

    folder: Path
    command: Path
    contact: str
    site: Path
    written: tuple[Path, ...] = ()
    program: tuple[Path, ...] = ()
    site_url: str = ""


def _systemd(setup: Setup) -> str:
    places = (setup.folder, *setup.written, *setup.program)
    written = _outermost((setup.folder, *setup.written))
    hidden = [path for path in written if not _in_a_home(path) and not path.is_relative_to(setup.site)]
    return _SYSTEMD.format(
        folder=for_systemd(str(setup.folder)),
        contact=for_systemd_variable("JOBSCRAPER_CONTACT", setup.contact),
        run=for_systemd_command(str(setup.command), "run"),
        written=for_systemd_list(*map(str, written)),
        home="read-only" if any(map(_in_a_home, places)) else "yes",
        hidden=f"TemporaryFileSystem={for_systemd_tmpfs(*map(str, hidden))}\n" * bool(hidden),
        seen=for_systemd_list(*map(str, _outermost((setup.site, *_not_of_the_system(setup.program))))),
        address=f"Environment={for_systemd_variable('JOBSCRAPER_SITE_URL', setup.site_url)}\n" * bool(setup.site_url),
        serve=for_systemd_command(str(setup.command), "serve", "--site", str(setup.site), "--port", "8001"),
        fence=_FENCE,
    )


def _cron(setup: Setup) -> str:
    folder, command = (for_cron("cron", str(path)) for path in (setup.folder, setup.command))
    return _CRON.format(folder=folder, command=command, contact=setup.contact)


def _github(setup: Setup) -> str:
    return _GITHUB.format(contact=for_yaml(setup.contact))


def _container(setup: Setup) -> str:
    return _CONTAINER.format(contact=for_containerfile(setup.contact))


TIMERS: Mapping[str, Callable[[Setup], str]] = {
    "systemd": _systemd,
    "cron": _cron,
    "github-actions": _github,
    "container": _container,
}


def timer(kind: str, setup: Setup) -> str:
    """The files of one kind, filled in.

    :raises QuotingError: a path cannot be written into them.
    """
    return TIMERS[kind](setup)


def _in_a_home(path: Path) -> bool:
    return any(path.is_relative_to(home) for home in _HOMES)


def _not_of_the_system(paths: Iterable[Path]) -> list[Path]:
    return [path for path in paths if not path.is_relative_to(_OF_THE_SYSTEM)]


def _outermost(paths: Iterable[Path]) -> list[Path]:
    """Without those that lie in another."""
    several = list(dict.fromkeys(paths))
    return [path for path in several if not any(path != other and path.is_relative_to(other) for other in several)]
