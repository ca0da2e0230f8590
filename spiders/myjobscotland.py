"""myjobscotland: the jobs of Scotland's councils, fire service, police and colleges."""

from jobscraper.boards.myjobscotland.spider import MyJobScotland as Platform
from jobscraper.quality.expectations import Expectations


class MyJobScotland(Platform):
    """The whole board, by the cards of its search."""

    name = "myjobscotland"
    title = "myjobscotland"
    publisher = "myjobscotland"
    homepage = "https://www.myjobscotland.gov.uk/"
    allowed_domains = ["www.myjobscotland.gov.uk", "myjobscotland.gov.uk"]
    expects = Expectations(adverts=500, salary=0.8, employer=0.99, location=0.95, closes=0.95)
