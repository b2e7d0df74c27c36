# Needs python3 (3.11 or newer, with venv) and make. `make demo` and `make test` set everything else up in .venv.

PYTHON ?= python3
# More arguments for pytest, as in: make tests ARGS="-k rds -x"
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# One process for each core; tests that share a server stay together.
PYTEST := $(BIN)/python -m pytest --numprocesses auto --dist loadgroup

.PHONY: help demo test setup format lint types imports tests covered bench lock clean

help: ## say what each target does
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

demo: $(READY) ## scan the example estate: as it should be, then with planted faults
	$(BIN)/tfaudit scan examples/estate/sound
	$(BIN)/tfaudit scan examples/estate/faulty --fail-on never

test: lint types imports covered ## everything that must hold before a change lands

setup: $(READY) ## make .venv as requirements.lock says

# Made anew when the lock or the entry points change, so that nothing stays behind. pip compiles what it installs,
# whatever PYTHONDONTWRITEBYTECODE says; our own code is compiled after it.
$(READY): requirements.lock pyproject.toml hatch_build.py compile_modules.py
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "tfaudit needs Python 3.11 or newer: make PYTHON=python3.x")'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all: --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q tfaudit
	touch $@

format: $(READY) ## write the code as the formatter wants it
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format

lint: $(READY) ## formatting and lint, without changing anything
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: $(READY) ## mypy, strict
	$(BIN)/mypy

imports: $(READY) ## layers import downwards only
	$(BIN)/lint-imports

tests: $(READY) ## the tests alone
	$(PYTEST) $(ARGS)

covered: $(READY) ## the tests, and that they reach as much of the code as they did
	$(PYTEST) --cov --cov-report= $(ARGS)

bench: $(READY) ## measure, and compare with the stated budgets
	$(BIN)/python -m benchmarks $(ARGS)

# Needs uv on the PATH. All in one resolution: checkov pins boto3 and packaging for everybody.
lock: ## resolve pyproject.toml into requirements.lock again
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--extra all --extra dev --output-file requirements.lock pyproject.toml

clean: ## remove .venv and the tools' caches
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
