"""jobs.ac.uk: jobs in universities and colleges."""

from jobscraper.boards.jobs_ac_uk.spider import JobsAcUkBoard
from jobscraper.quality.expectations import Expectations


class JobsAcUk(JobsAcUkBoard):
    """The whole board, by its search pages."""

    name = "jobs_ac_uk"
    title = "jobs.ac.uk"
    publisher = "jobs.ac.uk, University of Warwick"
    homepage = "https://www.jobs.ac.uk/"
    allowed_domains = ["www.jobs.ac.uk"]
    may_republish = False  # Its terms are reported to allow personal use only.
    expects = Expectations(adverts=1000, salary=0.7, employer=0.95, location=0.9, closes=0.9)
