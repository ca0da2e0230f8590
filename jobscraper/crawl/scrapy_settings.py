"""The settings for Scrapy's own commands, which import them and would show a traceback where one is wrong."""

import sys

from jobscraper.config.read import ConfigError, config
from jobscraper.crawl.settings import *  # noqa: F403
from jobscraper.crawl.settings import of_operator

try:
    globals().update(of_operator(config()))
except ConfigError as error:
    sys.exit(f"Error: {error}")
