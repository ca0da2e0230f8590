"""LocalGov.co.uk: the box of jobs on its news articles."""

from jobscraper.crawl.source import Source


class LocalGov(Source):
    """A window on a few jobs of LocalGov Jobs, not the board itself; pages of its sister sites carry the box, too."""

    name = "localgov"
    title = "LocalGov (jobs box on articles)"
    publisher = "Hemming Group"
    homepage = "https://www.localgov.co.uk/"
    allowed_domains = [
        "www.localgov.co.uk",
        "www.themj.co.uk",
        "www.highwaysmagazine.co.uk",
        "www.transport-network.co.uk",
    ]
    start_urls = ["https://www.localgov.co.uk/"]
    lists_everything = False
