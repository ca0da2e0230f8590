"""Running by itself: which sources are due, one round of crawls, and the files that start rounds on a schedule."""
