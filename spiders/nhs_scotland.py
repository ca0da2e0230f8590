"""NHS Scotland: the jobs of all health boards in Scotland."""

from jobscraper.boards.jobtrain.spider import JobtrainBoard
from jobscraper.quality.expectations import Expectations


class NhsScotland(JobtrainBoard):
    """The whole board, by its pieces of twelve cards."""

    name = "nhs_scotland"
    title = "NHS Scotland Jobs"
    publisher = "NHS National Services Scotland"
    homepage = "https://apply.jobs.scot.nhs.uk/"
    allowed_domains = ["apply.jobs.scot.nhs.uk"]
    expects = Expectations(adverts=300, employer=0.95, location=0.9, closes=0.9)
