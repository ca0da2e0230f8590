"""Civil Service Jobs: departments, agencies and public bodies of the United Kingdom."""

from jobscraper.boards.civil_service_jobs.spider import CivilServiceJobsPortal
from jobscraper.quality.expectations import Expectations


class CivilServiceJobs(CivilServiceJobsPortal):
    """The whole board, by its search form."""

    name = "civil_service_jobs"
    title = "Civil Service Jobs"
    publisher = "Cabinet Office"
    homepage = "https://www.civilservicejobs.service.gov.uk/"
    licence = "Open Government Licence v3.0"
    licence_url = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    allowed_domains = ["www.civilservicejobs.service.gov.uk"]
    expects = Expectations(adverts=500, salary=0.9, employer=1.0, location=0.95, closes=0.99)
