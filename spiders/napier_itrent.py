"""Edinburgh Napier University, by its iTrent."""

from jobscraper.boards.itrent.spider import Itrent
from jobscraper.quality.expectations import Expectations


class NapierItrent(Itrent):
    """All adverts of one university."""

    name = "napier_itrent"
    title = "Edinburgh Napier University"
    publisher = "Edinburgh Napier University"
    homepage = "https://www.napier.ac.uk/"
    employer = "Edinburgh Napier University"
    allowed_domains = ["napier.webitrent.com"]
    tenant = "napier"
    view = "150547JMmr"
    to_check = (*Itrent.to_check, "host and tenant: those in the class are stand-ins, only the view was seen")
    expects = Expectations(adverts=1, salary=0.5, employer=1, location=0.5, closes=0.7)
