"""LocalGov.co.uk and its sister sites."""
