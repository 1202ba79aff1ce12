# One list of commands, for people and for CI. Needs Python 3.11 or newer with pip and venv, and make; nothing else.
#
#   make PYTHON=python3.12 demo      another interpreter

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
DEMO := .dondoc/demo
# One process a core.
PYTEST := $(BIN)/python -m pytest --numprocesses auto

# Written by `make services`: where the tests find PostgreSQL.
SERVICES := .dondoc/services.env
-include $(SERVICES)
export DONDOC_TEST_POSTGRES

.PHONY: help demo test check format bench services services-stop lock clean

help: ## what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | while IFS=$$'\t' read -r name what; do \
		printf '  make %-14s %s\n' "$$name" "$$what"; done

demo: $(VENV)/.installed ## a tour of the whole job on an invented commune; starts clean every time
	@rm -rf $(DEMO)
	@# Its own folder and database, whatever .env says of the real ones.
	@DONDOC_DATA=$(DEMO) DONDOC_DATABASE_URL= $(BIN)/dondoc demo

test: $(VENV)/.installed ## the tests
	$(PYTEST)

check: $(VENV)/.installed ## everything CI checks: style, types, imports, tests with coverage
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PYTEST) --cov --cov-report=term

format: $(VENV)/.installed ## put the code in order, as `check` wants it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.installed ## the measured figures, one bench after the other
	@if [ ! -d ../shared ]; then echo "bench: ../shared (plans and gold answers) is absent, so nothing is measured"; exit 0; fi; \
	shopt -s nullglob; failed=0; \
	for file in tests/bench/bench_*.py; do \
		name=$${file%.py}; echo "== $$name"; $(BIN)/python -m "$${name//\//.}" || failed=1; \
	done; exit $$failed

services: ## OCR, fonts and PostgreSQL from Debian's packages; starts PostgreSQL on a private port
	@.ci/services start $(SERVICES)

services-stop: ## stop that PostgreSQL and remove its data
	@.ci/services stop $(SERVICES)

lock: $(VENV)/.installed ## compute constraints.txt and docker/constraints.txt anew from pyproject.toml
	@UV=$(BIN)/uv .ci/lock

clean: ## remove the environment and what the tools keep (never .dondoc, where data lives)
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage *.egg-info

# The environment. Two stamps: the locked packages (needs the package index), and the program itself (seconds, needs
# nothing). An interrupted installation leaves no stamp and is taken up again.
$(VENV)/.locked: constraints.txt
	@$(PYTHON) -c 'import sys; v = sys.version_info; v >= (3, 11) or sys.exit(f"Python 3.11 or newer is needed; this is {v[0]}.{v[1]}. Another one: make PYTHON=python3.12 ...")'
	@echo "Installing the locked packages into $(VENV) (the first time up to a minute or two)"
	@[ -x $(BIN)/python ] && $(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv $(VENV)
	@# uv first: seconds where pip takes a minute. Where it has no wheel, or cannot reach the index that pip is set up
	@# for, pip does it. Both check the same hashes. --no-deps: the lock is complete, and leaves out on purpose what
	@# Chroma names but never loads here.
	@sed -n '/^uv==/,/^[^ ]/{/^uv==/p;/^ /p}' constraints.txt > $(VENV)/uv.txt
	@{ $(PIP) install --quiet --no-deps --only-binary :all: --require-hashes -r $(VENV)/uv.txt 2>/dev/null \
		&& $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --require-hashes --compile-bytecode -r constraints.txt; } \
		|| $(PIP) install --quiet --no-deps --require-hashes -r constraints.txt
	@touch $@

$(VENV)/.installed: $(VENV)/.locked pyproject.toml
	@$(PIP) install --quiet --no-index --no-deps --no-build-isolation --editable .
	@touch $@
