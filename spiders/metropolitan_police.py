"""Met Careers: the Metropolitan Police Service."""

from jobscraper.boards.oleeo.spider import Oleeo
from jobscraper.quality.expectations import Expectations


class MetropolitanPolice(Oleeo):
    """The board of vacancies, which has no feed."""

    name = "metropolitan_police"
    title = "Metropolitan Police careers"
    publisher = "Metropolitan Police Service"
    homepage = "https://policecareers.tal.net/candidate"
    employer = "Metropolitan Police Service"
    allowed_domains = ["policecareers.tal.net"]
    context = "vx/appcentre-3/"
    board = "1"
    expects = Expectations(adverts=10, employer=1.0)
