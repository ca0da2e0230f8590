"""Public suffixes (`gov.uk`), by the list that comes with tldextract: it would fetch a newer one from the network.

Ours, and that of web-poet's rules for URLs, which ask tldextract's own: neither reading nor planning a crawl may fetch anything.
"""

import tldextract.tldextract

split_host = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
tldextract.tldextract.TLD_EXTRACTOR = split_host
