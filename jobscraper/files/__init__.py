"""Files and folders on the disk: whose they are, and who may read them."""
