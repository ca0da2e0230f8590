"""Files that start a round on a schedule, for the ways in which people run things: printed, never installed."""

from __future__ import annotations

from collections.abc import Mapping

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
Environment=JOBSCRAPER_CONTACT={contact}
ExecStart={command} run
UMask=0077
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={folder}
PrivateTmp=yes
PrivateDevices=yes
NoNewPrivileges=yes
CapabilityBoundingSet=
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictSUIDSGID=yes
LockPersonality=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service

# /etc/systemd/system/jobscraper.timer
[Unit]
Description=A round of jobscraper every hour

[Timer]
OnCalendar=hourly
RandomizedDelaySec=10min
Persistent=true

[Install]
WantedBy=timers.target

# Then: systemctl daemon-reload && systemctl enable --now jobscraper.timer
"""

_CRON = """\
# In the crontab of the user that owns {folder} (crontab -e)
JOBSCRAPER_CONTACT={contact}
17 * * * * cd {folder} && {command} run >> round.log 2>&1
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
RUN useradd --create-home --uid 1000 jobscraper
COPY pyproject.toml constraints.txt README.md LICENSE /app/
COPY jobscraper /app/jobscraper
COPY spiders /app/spiders
RUN pip install --no-cache-dir --constraint /app/constraints.txt /app
USER jobscraper
WORKDIR /data
VOLUME /data
ENV JOBSCRAPER_CONTACT={contact}
ENTRYPOINT ["jobscraper"]
CMD ["run"]

# Then: podman build -t jobscraper . && podman run --rm -v jobscraper:/data jobscraper
# and on a timer of the host: podman run --rm -v jobscraper:/data jobscraper run
# The site: podman run -p 8001:8001 -v jobscraper:/data jobscraper serve --host 0.0.0.0
"""

TIMERS: Mapping[str, str] = {
    "systemd": _SYSTEMD,
    "cron": _CRON,
    "github-actions": _GITHUB,
    "container": _CONTAINER,
}


def timer(kind: str, *, folder: str, command: str, contact: str) -> str:
    """The files of one kind, filled in."""
    return TIMERS[kind].format(folder=folder, command=command, contact=contact)
