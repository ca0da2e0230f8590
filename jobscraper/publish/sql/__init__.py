"""The SQL that a visitor may use: what is allowed, and functions in place of SQLite's own."""
