# Commands for people. `make demo` and `make test` need Python 3.11 or newer, and nothing else.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
BIN := .venv/bin
READY := .venv/ready
PYTEST := $(BIN)/python -m pytest
# Two worker processes: each has its own databases, server and browser.
WORKERS ?= 2

export FLASK_APP := app.wsgi

.PHONY: help demo test test-long bench lint format browser lock

help: ## Say what there is
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/make \1	\2/' | expand -t 18

# uv installs in a tenth of pip's time. It reads no pip configuration, so where it finds no index pip does the work.
$(READY): requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed."; exit 1; }
	@echo "Installing packages into .venv"
	@$(PYTHON) -m venv .venv
	@awk '/^uv==/,/[^\\]$$/' requirements.lock > .venv/uv.lock
	@{ $(BIN)/pip install --quiet --require-hashes --requirement .venv/uv.lock \
		&& UV_HTTP_TIMEOUT=30 $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes \
			--requirement requirements.lock; } \
		|| { echo "uv could not; pip takes longer"; \
			$(BIN)/pip install --quiet --require-hashes --requirement requirements.lock; }
	@touch $(READY)

demo: export ENVIRONMENT := demo
demo: export DEMO_SIGN_IN := true
demo: $(READY) ## Start a demonstration with fictional schools (PORT, DATABASE_URL, SIZE)
	@$(BIN)/python -m app.web.asset_files
	@$(BIN)/flask db upgrade
	@$(BIN)/flask demo $(if $(SIZE),--size $(SIZE))
	@exec $(BIN)/flask serve

test: $(READY) lint browser ## Run every check, the heavy ones at small counts
	@$(PYTEST) --numprocesses $(WORKERS) --dist worksteal

test-long: $(READY) lint browser ## Run every check at its full count (up to 90 minutes)
	@LONG=1 $(PYTEST) --numprocesses $(WORKERS) --dist worksteal -m ""

bench: $(READY) ## Measure requests per second and rendering times
	@$(BIN)/python -m app.web.asset_files
	@$(BIN)/python -m tests.bench

lint: $(READY) ## Check style, types and imports
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo >.venv/imports.txt || { cat .venv/imports.txt; exit 1; }

format: $(READY) ## Put the code into shape
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .

browser: $(READY)
	@$(BIN)/python -m e2e.support.browser

lock: $(READY) ## Choose newer versions within the ranges of pyproject.toml
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --upgrade \
		--generate-hashes --no-annotate --no-header --quiet --output-file requirements.lock
