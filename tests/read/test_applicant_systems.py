"""The applicant system that an address belongs to."""

import pytest

from jobscraper.read.applicant_systems import system_of, without_visit


@pytest.mark.parametrize(
    ("url", "system"),
    [
        ("https://emea3.recruitmentplatform.com/syndicated/lay/x.cfm?ID=1", "talentlink"),
        ("https://careers.example.tribepad.com/jobs/job/A/1", "tribepad"),
        ("https://jobs.example.org/jobs/job/Cook/1234", "tribepad"),
        ("https://x.eploy.net/vacancies/1", "eploy"),
        ("https://justicejobs.tal.net/vx/mobile-0/candidate", "oleeo"),
        ("https://jobs.example.org/vx/lang-en-GB/appcentre-1/candidate/so/pm/1/pl/3/opp/1-A/en-GB", "oleeo"),
        ("https://lboafli.webitrent.com/x", "itrent"),
        ("https://jobs.example.org/ce0351li_webrecruitment/wrd/run/ETREC179GF.open?WVID=1", "itrent"),
        ("https://fa-evng-saasfaprod1.fa.ocs.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX/job/1", "oracle"),
        ("https://WWW.JobTrain.co.uk./x/Job/JobDetail?JobId=1", "jobtrain"),
        ("https://lqgroup.engageats.co.uk/", "engage"),
        ("https://vacancies.st-andrews.ac.uk/Vacancies/W/3414/0/461120/889/cleaners", "engage"),
        ("https://jobs.southwark.gov.uk/vacancy/1", None),
        ("https://ars2.equest.com/?response_id=1", None),
        ("https://tal.net.example.org/", None),
        ("https://nottal.net/", None),
        ("mailto:jobs@example.org", None),
        ("https://[::1/", None),
        ("", None),
        (None, None),
    ],
)
def test_the_system_follows_from_host_or_path(url: str | None, system: str | None) -> None:
    assert system_of(url) == system


def test_a_visit_is_taken_off_only_where_the_system_writes_one() -> None:
    assert without_visit("https://x.tal.net/vx/user-4/xf-0a/wid-1/candidate") == "https://x.tal.net/vx/wid-1/candidate"
    assert without_visit("https://example.org/user-4/a") == "https://example.org/user-4/a"
