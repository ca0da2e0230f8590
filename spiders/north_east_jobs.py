"""North East Jobs: councils and schools of North East England."""

from jobscraper.boards.north_east_jobs.spider import NorthEastJobs as Platform
from jobscraper.quality.expectations import Expectations


class NorthEastJobs(Platform):
    """The whole board, by its feed and the adverts' own pages."""

    name = "north_east_jobs"
    title = "North East Jobs"
    publisher = "The councils of North East England"
    homepage = "https://www.northeastjobs.org.uk/"
    allowed_domains = ["www.northeastjobs.org.uk"]
    expects = Expectations(adverts=100, salary=0.8, employer=0.9, location=0.7, closes=0.95)
