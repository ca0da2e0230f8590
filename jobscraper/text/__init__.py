"""Plain text, as both reading and normalising need it: white space, names, labels. Knows nothing of the other rooms."""
