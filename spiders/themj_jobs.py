"""The MJ Jobs: senior posts of councils. Its host was never seen; it is that of its sister boards."""

from jobscraper.boards.madgex.spider import Madgex
from jobscraper.quality.expectations import Expectations


class TheMjJobs(Madgex):
    """The whole board, by its feed, its list and the adverts' own pages."""

    name = "themj_jobs"
    title = "The MJ Jobs"
    publisher = "Hemming Group"
    homepage = "https://jobs.themj.co.uk/"
    allowed_domains = ["jobs.themj.co.uk"]
    to_check = (*Madgex.to_check, "that the board is at this host, which is a guess")
    expects = Expectations(adverts=5, salary=0.7, employer=0.95, location=0.8)
