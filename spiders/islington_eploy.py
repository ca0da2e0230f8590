"""Islington Council: its own careers site."""

from jobscraper.boards.eploy.spider import Eploy
from jobscraper.quality.expectations import Expectations


class IslingtonEploy(Eploy):
    """The council and its schools."""

    name = "islington_eploy"
    title = "Islington Council jobs"
    publisher = "Islington Council"
    homepage = "https://jobs.islington.gov.uk/"
    employer = "Islington Council"
    allowed_domains = ["jobs.islington.gov.uk"]
    expects = Expectations(adverts=10, salary=0.7, employer=1.0, location=0.7)
