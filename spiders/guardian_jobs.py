"""Guardian Jobs: among them those of councils, universities, charities."""

from jobscraper.boards.madgex.spider import Madgex
from jobscraper.quality.expectations import Expectations


class GuardianJobs(Madgex):
    """The whole board, by its feed, its list and the adverts' own pages; not all of its employers are public bodies."""

    name = "guardian_jobs"
    title = "Guardian Jobs"
    publisher = "Guardian News & Media"
    homepage = "https://jobs.theguardian.com/"
    allowed_domains = ["jobs.theguardian.com"]
    expects = Expectations(adverts=500, salary=0.7, employer=0.95, location=0.9)
