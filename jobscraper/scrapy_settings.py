"""The settings for Scrapy's own commands, which would show a traceback where one is wrong."""

import sys

from jobscraper.config.read import ConfigError

try:
    from jobscraper.settings import *  # noqa: F403
except ConfigError as error:  # Not in the settings themselves: a worker of a cluster that imports them must not end.
    sys.exit(f"Error: {error}")
