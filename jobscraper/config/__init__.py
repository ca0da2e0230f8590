"""What an operator sets: one TOML file, and environment variables that win over it. Left of every room: it knows none."""
