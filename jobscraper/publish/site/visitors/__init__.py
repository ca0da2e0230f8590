"""What a visitor of the site may ask of the archive in words of their own, and what answers it."""
