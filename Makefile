# make install | demo | test | lint | docs | clean
PYTHON ?= python3
BIN := .venv/bin

.PHONY: install demo test soak lint docs sample clean

install: .venv/installed

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	@touch $@

demo: install
	$(BIN)/jobscraper demo $(if $(PORT),--port $(PORT))

test: install
	$(BIN)/python -m pytest -m "not slow" -n auto

soak: install
	$(BIN)/python -m pytest -m slow

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: install
	$(BIN)/python -m jobscraper.publish.dictionary > docs/data-dictionary.md
	$(BIN)/python -m jobscraper.cli_reference > docs/cli.md

sample: install
	$(BIN)/python -m jobscraper.sample.build

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
