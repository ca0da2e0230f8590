"""East Sussex, Surrey and Brighton & Hove (Orbis), by the XML document of their Tribepad."""

from jobscraper.boards.tribepad.spider import Tribepad
from jobscraper.quality.expectations import Expectations


class EastSussexTribepad(Tribepad):
    """All adverts of the three councils that shared a recruitment service, each with its own council as employer."""

    name = "east_sussex_tribepad"
    title = "East Sussex, Surrey and Brighton & Hove councils"
    publisher = "East Sussex County Council"
    homepage = "https://recruitment.orbispartnership.co.uk/"
    allowed_domains = ["recruitment.orbispartnership.co.uk"]
    feed_path = "/members/modules/jobV2/feed.xml"
    to_check = (*Tribepad.to_check, "the address of the document, which is private: feed_path is a stand-in for it")
    expects = Expectations(adverts=20, salary=0.7, employer=0.95, location=0.9, closes=0.8)
