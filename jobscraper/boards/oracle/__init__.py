"""Oracle Recruiting."""
