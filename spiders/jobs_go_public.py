"""Jobs Go Public: jobs of councils, housing associations and charities."""

from jobscraper.boards.jobiqo.spider import Jobiqo
from jobscraper.quality.expectations import Expectations


class JobsGoPublic(Jobiqo):
    """The whole board. LGjobs (lgjobs.com) shows a part of the same adverts and is not crawled."""

    name = "jobs_go_public"
    title = "Jobs Go Public"
    publisher = "Jobs Go Public"
    homepage = "https://www.jobsgopublic.com/"
    allowed_domains = ["www.jobsgopublic.com"]
    expects = Expectations(adverts=500, employer=0.95, location=0.9, closes=0.8)
