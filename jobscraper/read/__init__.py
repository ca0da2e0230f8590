"""How any page is read: a response in, what it prints out. No board, no network, no clock, no database."""
