"""iTrent Web Recruitment."""
