"""myjobscotland."""
