# make install | demo | test | lint | docs | clean
PYTHON ?= python3
BIN := .venv/bin

.PHONY: install demo test soak lint docs sample clean

install: .venv/installed

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	@touch $@

# Apart, because what it needs would hide packages of ours; only a test uses it.
.venv/pywb/installed: tests/capture/pywb.txt .venv/installed
	$(PYTHON) -m venv .venv/pywb
	.venv/pywb/bin/python -m pip install --quiet --disable-pip-version-check --requirement tests/capture/pywb.txt
	@touch $@

demo: install
	$(BIN)/jobscraper demo $(if $(PORT),--port $(PORT))

test: install .venv/pywb/installed
	$(BIN)/python -m pytest -m "not slow" -n auto --dist worksteal

soak: install
	$(BIN)/python -m pytest -m slow

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: install
	$(BIN)/python -m jobscraper.publish.dictionary > docs/data-dictionary.md
	$(BIN)/python -m jobscraper.cli_reference > docs/cli.md
	$(BIN)/python -m jobscraper.sources_reference > docs/sources.md

sample: install
	$(BIN)/python -m jobscraper.sample.build

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
