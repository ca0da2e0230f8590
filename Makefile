# make install | demo | test | lint | docs | clean
PYTHON ?= python3
BIN := .venv/bin

.PHONY: install demo test soak lint docs sample clean

install: .venv/installed

# Pip would first look for what fits an older Python, and end in a page about conflicts.
VERSION = $(shell $(PYTHON) -c 'import sys; print(sys.version_info >= (3, 11) and "new" or "%d.%d" % sys.version_info[:2])' 2>/dev/null)
NEW_ENOUGH = $(if $(filter new,$(VERSION)),,$(error jobscraper needs Python 3.11 or newer, and $(PYTHON) is $(or $(VERSION),not there); name another: make $(or $(MAKECMDGOALS),install) PYTHON=python3.12))

.venv/installed: pyproject.toml constraints.txt
	$(NEW_ENOUGH)@$(PYTHON) -m venv .venv
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
	$(BIN)/lint-imports --no-cache

docs: install
	$(BIN)/python -m jobscraper.publish.dictionary > docs/data-dictionary.md
	$(BIN)/python -m jobscraper.cli.reference > docs/cli.md
	$(BIN)/python -m jobscraper.dev.sources_reference > docs/sources.md

sample: install
	$(BIN)/python -m jobscraper.dev.sample

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
