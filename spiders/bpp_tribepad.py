"""BPP University, by the list of its Tribepad: a private university, whose list is the one that was seen."""

from jobscraper.boards.tribepad.spider import Tribepad
from jobscraper.quality.expectations import Expectations


class BppTribepad(Tribepad):
    """All adverts of one university."""

    name = "bpp_tribepad"
    title = "BPP University"
    publisher = "BPP University"
    homepage = "https://vacancies.bpp.com/"
    employer = "BPP University"
    allowed_domains = ["vacancies.bpp.com"]
    expects = Expectations(adverts=5, salary=0.5, employer=1, location=0.9)
