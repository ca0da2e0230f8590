"""North East Jobs."""
