"""East Sussex: jobs of the county council, and of schools and partners, on TalentLink."""

from jobscraper.boards.talentlink.spider import TalentLink
from jobscraper.quality.expectations import Expectations


class EastSussexTalentlink(TalentLink):
    """All results. The council's board stood here from 2016 to 2019."""

    name = "east_sussex_talentlink"
    title = "East Sussex jobs (TalentLink)"
    publisher = "East Sussex County Council"
    homepage = "https://www.eastsussex.gov.uk/jobs"
    licence = "Open Government Licence v3.0"
    licence_url = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    allowed_domains = ["emea3.recruitmentplatform.com"]
    key = "PFOFK026203F3VBQB7968LOH0"
    mask = "esccext"
    expects = Expectations(adverts=20, salary=0.5, employer=0.7, location=0.9, closes=0.9)
