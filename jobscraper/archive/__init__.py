"""archive.db: its tables, the one writer that folds adverts into them, their history, and the policies that end them."""
