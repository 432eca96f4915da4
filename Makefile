# make run   sets up .venv, shows the case study's chains and gaps, serves it (PORT=8000)
# make test  sets up what the tests need, the browser included, and runs them
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install

.PHONY: run test lint format lock clean browser

run: $(VENV)/.run
	@$(BIN)/impactgraph underpins jam-and-justice
	@$(BIN)/impactgraph chains jam-and-justice
	@$(BIN)/impactgraph gaps jam-and-justice
	@exec $(BIN)/impactgraph serve --port $(PORT)

test: $(VENV)/.dev browser
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/.dev
	$(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --quiet -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group build --group dev -c requirements.lock \
		--universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --quiet -o requirements-dev.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

browser:
	@.ci/browser

$(VENV)/.venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
		f"impactgraph needs Python 3.11 or later; this is {sys.version.split()[0]}. Name another: make PYTHON=python3.11")'
	@echo "Setting up $(VENV) (once; a minute or two) ..." >&2
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.venv requirements.lock pyproject.toml
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@
