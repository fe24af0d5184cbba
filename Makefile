# Everything sets itself up: the first command makes .venv from pyproject.toml.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help generate check test update-cases lint dump clean

help:  ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

generate: .venv/ready  ## bring generated/ up to date with spec/
	@$(BIN)/openapi-vendor generate --verbose

check: .venv/ready  ## fail if generated/ is stale, or a linter or type checker complains
	$(BIN)/openapi-vendor generate --diff
	$(BIN)/black --check --quiet generator tests generated
	$(BIN)/ruff check --quiet generator tests generated
	$(BIN)/mypy
	$(BIN)/pyright

test: .venv/ready  ## run all tests, on both cores
	$(BIN)/python -m pytest -n 2

update-cases: .venv/ready  ## rewrite what tests/cases expect; read the diff
	UPDATE_CASES=1 $(BIN)/python -m pytest tests/test_cases.py

lint: .venv/ready  ## format and fix what can be fixed
	$(BIN)/black --quiet generator tests
	$(BIN)/ruff check --fix generator tests

dump: .venv/ready  ## print the intermediate model
	@$(BIN)/openapi-vendor dump

clean:  ## forget the environment and the caches
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/ready: pyproject.toml
	@echo "setting up .venv (once, about a minute)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
