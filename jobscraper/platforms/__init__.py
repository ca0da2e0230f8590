"""The software that boards run on: one module per platform, with its base spider and its page objects."""
