"""Justice Jobs: the Ministry of Justice and its agencies."""

from jobscraper.boards.oleeo.spider import Oleeo
from jobscraper.quality.expectations import Expectations


class JusticeJobs(Oleeo):
    """The Atom feed of the board. It names no employer: adverts are those of the Ministry, of HMPPS and of other agencies."""

    name = "justice_jobs"
    title = "Justice Jobs"
    publisher = "Ministry of Justice"
    homepage = "https://justicejobs.tal.net/candidate/jobboard/vacancy/3/adv/"
    allowed_domains = ["justicejobs.tal.net"]
    context = "vx/mobile-0/appcentre-1/brand-2/"
    board = "3"
    has_feed = True
    to_check = ("that adverts are still here, and not all on jobs.justice.gov.uk", *Oleeo.to_check)
    expects = Expectations(adverts=50, salary=0.9, location=0.9, closes=0.9)
