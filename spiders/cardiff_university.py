"""Cardiff University: its own careers site."""

from jobscraper.boards.eploy.spider import Eploy
from jobscraper.quality.expectations import Expectations


class CardiffUniversity(Eploy):
    """All vacancies of the university."""

    name = "cardiff_university"
    title = "Cardiff University jobs"
    publisher = "Cardiff University"
    homepage = "https://cardiffuniweb.eploy.net/vacancies/vacancy-search-results.aspx"
    employer = "Cardiff University"
    allowed_domains = ["cardiffuniweb.eploy.net"]
    expects = Expectations(adverts=10, salary=0.7, employer=1.0)
