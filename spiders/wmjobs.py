"""WMJobs: councils and schools of the West Midlands."""

from datetime import timedelta

from jobscraper.boards.madgex.spider import Madgex
from jobscraper.quality.expectations import Expectations


class WmJobs(Madgex):
    """Its feed and the adverts' own pages; the list is walled off from automated clients, so not every advert is seen."""

    name = "wmjobs"
    title = "WMJobs"
    publisher = "West Midlands Employers"
    homepage = "https://www.wmjobs.co.uk/"
    allowed_domains = ["www.wmjobs.co.uk"]
    list_at = None
    cadence = timedelta(hours=6)
    lists_everything = False
    expects = Expectations(adverts=10, salary=0.7, employer=0.95, location=0.8)
