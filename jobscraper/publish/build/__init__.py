"""Building a snapshot of the archive that anybody may see, checking it, and swapping it in."""
