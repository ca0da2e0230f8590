"""`python -m jobscraper` is the same as `jobscraper`."""

from jobscraper.cli.main import main

if __name__ == "__main__":
    main(prog_name="jobscraper")
