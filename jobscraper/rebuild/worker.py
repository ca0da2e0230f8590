"""What the server of a rebuild's workers loads before it forks them: a module that works when it is imported, because Python's
forkserver can be told a module, and no function. Nothing else imports it.
"""

from jobscraper.crawl.preload import preload

preload()
