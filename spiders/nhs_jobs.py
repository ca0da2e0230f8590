"""NHS Jobs: the health service of England and Wales."""

from jobscraper.boards.nhs_jobs.spider import NhsJobs as Platform
from jobscraper.quality.expectations import Expectations


class NhsJobs(Platform):
    """The whole board, by its XML feed and the adverts' own pages."""

    name = "nhs_jobs"
    title = "NHS Jobs"
    publisher = "NHS Business Services Authority"
    homepage = "https://www.jobs.nhs.uk/"
    allowed_domains = ["www.jobs.nhs.uk"]
    expects = Expectations(adverts=5000, salary=0.9, employer=0.99, location=0.95, closes=0.95)
