"""Heriot-Watt University, by its Oracle Recruiting."""

from jobscraper.boards.oracle.spider import Oracle
from jobscraper.quality.expectations import Expectations


class HeriotWattOracle(Oracle):
    """The adverts of its campuses in Scotland."""

    name = "heriot_watt_oracle"
    title = "Heriot-Watt University"
    publisher = "Heriot-Watt University"
    homepage = "https://www.hw.ac.uk/"
    employer = "Heriot-Watt University"
    allowed_domains = ["heriotwatt.fa.oraclecloud.com"]
    site_number = "CX"
    to_check = (*Oracle.to_check, "the pod: the host in the class is a stand-in, only its replies were seen")
    expects = Expectations(adverts=3, employer=1, location=0.95, salary=0.5)
