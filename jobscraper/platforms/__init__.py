"""The software that boards run on: one module per platform, with its base spider and its page objects."""

import tldextract.tldextract

# web-poet's rules for URLs ask tldextract, which otherwise fetches a list from the network: reading must not.
tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
