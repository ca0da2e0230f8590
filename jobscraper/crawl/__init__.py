"""Crawling: asking boards politely, keeping what they answer, and judging how a run went.

`pipelines` is the one joint where the rooms meet: Scrapy hands it what was read, and it calls fold.
"""
