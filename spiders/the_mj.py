"""The MJ: the box of jobs on its news pages, which is LocalGov's."""

from jobscraper.platforms.source import Source


class TheMJ(Source):
    """A window on a few jobs of LocalGov Jobs, on the pages of its sister site."""

    name = "the_mj"
    title = "The MJ (jobs box on articles)"
    publisher = "Hemming Group"
    homepage = "https://www.themj.co.uk/"
    allowed_domains = ["www.themj.co.uk"]
    start_urls = ["https://www.themj.co.uk/"]
    lists_everything = False
    to_check = ("that its box is still there, and by which of its two templates",)
