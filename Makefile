# Everything sets itself up: the first command makes .venv from pyproject.toml.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: sandbox quickstart help generate check test test-slow update-cases lint dump
.PHONY: mutants faults churn revisions reasons clean corpus bad github fuzz bench
.PHONY: docs pictures

help:  ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

generate: .venv/ready  ## bring generated/ up to date with spec/
	@$(BIN)/openapi-vendor generate --verbose

check: .venv/ready  ## fail if generated/ is stale, or a linter or type checker complains
	$(BIN)/openapi-vendor generate --diff
	$(BIN)/black --check --quiet generator tests generated benchmarks examples
	$(BIN)/ruff check --quiet generator tests generated benchmarks examples
	$(BIN)/mypy
	$(BIN)/pyright

test: .venv/ready  ## run the tests, on both cores (eight minutes)
	$(BIN)/python -m pytest -n 2 -m "not slow"

test-slow: .venv/ready  ## the tests that `test` leaves out (three minutes)
	$(BIN)/python -m pytest -n 2 -m slow

update-cases: .venv/ready  ## rewrite what tests/cases expect and docs/ show; read the diff
	UPDATE_CASES=1 $(BIN)/python -m pytest tests/test_cases.py tests/test_documentation.py \
		tests/test_site.py

lint: .venv/ready  ## format and fix what can be fixed
	$(BIN)/black --quiet generator tests
	$(BIN)/ruff check --fix generator tests

dump: .venv/ready  ## print the intermediate model
	@$(BIN)/openapi-vendor dump

sandbox: .venv/ready  ## a local exchange at http://127.0.0.1:8080, with a page
	@$(BIN)/openapi-vendor sandbox

quickstart: .venv/ready  ## the quickstart against the sandbox: client, async, curl
	@$(BIN)/python examples/quickstart.py

mutants: .venv/ready  ## how many faults of a client its generated tests find (ten minutes)
	$(BIN)/python -m benchmarks.mutants

faults: .venv/ready  ## 10,000 calls against a server that misbehaves
	$(BIN)/python -m benchmarks.faults --calls 10000 --seed 1

PUBLISHED := --overlay spec/overlay-published.yaml

churn: .venv/ready  ## what changes in a client from one revision to the next
	$(BIN)/python -m benchmarks.churn ../shared/whitebit/revisions $(PUBLISHED)

revisions: .venv/ready  ## generated tests of the published documents and revisions
	$(BIN)/python -m benchmarks.generated_tests ../shared/whitebit/specs \
		../shared/whitebit/revisions $(PUBLISHED)

reasons: .venv/ready  ## what naming a refusal costs, and 300,000 random bodies
	$(BIN)/python -m benchmarks.reasons ../shared/whitebit/specs/main_api_v4.yaml \
		$(PUBLISHED)

docs: .venv/docs  ## the site, in site/
	$(BIN)/zensical build --clean --strict

pictures: .venv/ready  ## take the pictures of docs/ anew; needs a Chromium
	$(BIN)/python -m benchmarks.pictures

corpus: .venv/ready  ## forty real documents, each looked at from all sides (an hour)
	$(BIN)/python -m benchmarks.corpus

bad: .venv/ready  ## ninety broken and hostile documents (five minutes)
	$(BIN)/python -m benchmarks.bad_documents

github: .venv/ready  ## GitHub's document of 1,223 operations; fetches it once
	$(BIN)/python -m benchmarks.github

fuzz: .venv/ready  ## 10,000 mutations of real documents
	$(BIN)/python -m benchmarks.fuzz --runs 10000

bench: .venv/ready  ## how long generate takes, beside its references; docs/speed.md
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.growth operations --plot docs
	$(BIN)/python -m benchmarks.growth levels --plot docs
	$(BIN)/python -m benchmarks.growth values groups

clean:  ## forget the environment and the caches
	rm -rf .venv site .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/ready: pyproject.toml
	@echo "setting up .venv (once, about a minute)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

.venv/docs: .venv/ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	@touch $@
