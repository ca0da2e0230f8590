"""The applicant system behind an advert: where a board sends those who apply tells which platform the employer uses.

It is how the register of tenants grows: a council whose adverts lead to `x.engageats.co.uk` has a board of its own there.
Hosts and paths are those of `sites/`; a job distributor that only passes an applicant on (`ars2.equest.com`) is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

_HOSTS: Mapping[str, str] = {
    "recruitmentplatform.com": "talentlink",
    "lumessetalentlink.com": "talentlink",
    "tribepad.com": "tribepad",
    "eploy.net": "eploy",
    "eploy.co.uk": "eploy",
    "tal.net": "oleeo",
    "webitrent.com": "itrent",
    "oraclecloud.com": "oracle",
    "jobtrain.co.uk": "jobtrain",
    "engageats.co.uk": "engage",
    "taleo.net": "taleo",
    "myworkdayjobs.com": "workday",
    "jobs2web.com": "successfactors",
    "successfactors.com": "successfactors",
    "successfactors.eu": "successfactors",
    "smartrecruiters.com": "smartrecruiters",
    "ciphr-irecruit.com": "ciphr",
    "corehr.com": "corehr",
    "current-vacancies.com": "networx",
    "networxrecruitment.com": "networx",
    "mynewterm.com": "my_new_term",
    "trac.jobs": "trac",
    "jobs.nhs.uk": "nhs_jobs",
    "civilservicejobs.service.gov.uk": "civil_service_jobs",
    "teaching-vacancies.service.gov.uk": "teaching_vacancies",
    "northeastjobs.org.uk": "north_east_jobs",
    "governmentjobs.com": "neogov",
}

# Many councils give the system a host of their own; the path still is the system's.
_PATHS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"/syndicated/lay/", re.IGNORECASE), "talentlink"),
    (re.compile(r"/jobs/job/[^/]+/\d+|/v2/job/", re.IGNORECASE), "tribepad"),
    (re.compile(r"/vx/.*\bcandidate\b|/appcentre-\d", re.IGNORECASE), "oleeo"),
    (re.compile(r"_webrecruitment/|/wrd/run/etrec", re.IGNORECASE), "itrent"),
    (re.compile(r"/hcmui/candidateexperience/", re.IGNORECASE), "oracle"),
    (re.compile(r"/vacancies/w/\d", re.IGNORECASE), "engage"),
    (re.compile(r"/careersection/", re.IGNORECASE), "taleo"),
)


def system_of(apply_url: str | None) -> str | None:
    """The name of the platform that an applicant is sent to; None where neither host nor path tells.

    >>> system_of("https://lqgroup.engageats.co.uk/Vacancies/W/1/0/2/3/x"), system_of("https://jobs.southwark.gov.uk/1")
    ('engage', None)
    """
    try:
        parts = urlsplit((apply_url or "").strip())
        host = (parts.hostname or "").rstrip(".").lower()
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    for known, system in _HOSTS.items():
        if host == known or host.endswith(f".{known}"):
            return system
    return next((system for path, system in _PATHS if path.search(parts.path)), None)


# The parts of a path of tal.net that belong to one visit; the board links with those of whoever saved the advert.
_OF_A_VISIT = re.compile(r"/(?:user-\d+|xf-[0-9a-f]+)(?=/)", re.IGNORECASE)


def without_visit(apply_url: str) -> str:
    """An address to apply at without the session that Oleeo writes into its paths.

    >>> without_visit("https://x.tal.net/vx/brand-3/user-4/xf-5395e73f6376/wid-1/candidate/so/pm/6/pl/24/opp/613-A/en-GB")
    'https://x.tal.net/vx/brand-3/wid-1/candidate/so/pm/6/pl/24/opp/613-A/en-GB'
    """
    return _OF_A_VISIT.sub("", apply_url) if system_of(apply_url) == "oleeo" else apply_url
