"""Oracle Recruiting (Candidate Experience): universities."""
