"""The sources that are crawled: one small file each. `scrapy list` shows their names."""
