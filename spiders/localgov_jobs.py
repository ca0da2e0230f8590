"""LocalGov Jobs: councils of the whole country."""

from jobscraper.boards.madgex.spider import Madgex
from jobscraper.quality.expectations import Expectations


class LocalGovJobs(Madgex):
    """The whole board, by its feed, its list and the adverts' own pages."""

    name = "localgov_jobs"
    title = "LocalGov Jobs"
    publisher = "Hemming Group"
    homepage = "https://jobs.localgov.co.uk/"
    allowed_domains = ["jobs.localgov.co.uk"]
    list_at = "/searchjobs/?Page=1"
    expects = Expectations(adverts=20, salary=0.8, employer=0.95, location=0.8)
