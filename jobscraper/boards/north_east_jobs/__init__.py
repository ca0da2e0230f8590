"""North East Jobs: twelve councils of North East England and their schools."""
