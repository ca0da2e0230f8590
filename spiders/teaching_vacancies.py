"""Teaching Vacancies: school jobs in England."""

from jobscraper.crawl.source import Source
from jobscraper.quality.expectations import Expectations


class TeachingVacancies(Source):
    """The whole board, by its JSON feed and the adverts' own pages."""

    name = "teaching_vacancies"
    title = "Teaching Vacancies"
    publisher = "Department for Education"
    homepage = "https://teaching-vacancies.service.gov.uk/"
    licence = "Open Government Licence v3.0"
    licence_url = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    allowed_domains = ["teaching-vacancies.service.gov.uk"]
    start_urls = ["https://teaching-vacancies.service.gov.uk/api/v1/jobs.json?page=1"]
    confirmed = True
    renames = True
    expects = Expectations(adverts=1000, salary=0.6, employer=0.95, location=0.95, closes=0.95)
