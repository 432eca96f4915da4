# make run   sets up .venv, shows the case study's chains and gaps, serves it (PORT=8000)
# make test  sets up what the tests need, the browser included, and runs them
# make bench measures the SPARQL endpoint beside its peers (CASE_STUDIES=1000 ROUNDS=5 SECONDS=3);
#            make bench-peers first sets up those that are on PyPI
# make soak  runs the tests that take long: many kills, other engines, clients that need node
PYTHON ?= python3
PORT ?= 8000
CASE_STUDIES ?= 1000
ROUNDS ?= 5
SECONDS ?= 3
CONNECTIONS ?= 1 16 64
ROWS ?= 1000000
# Tests at a time: many of them wait, so more than there are processors do no harm.
PROCESSES ?= 4
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install

# Without bytecode every process, and the tests start hundreds, would compile all modules again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test soak bench bench-peers lint format lock texts clean browser converters

run: $(VENV)/.run
	@$(BIN)/impactgraph underpins jam-and-justice
	@$(BIN)/impactgraph chains jam-and-justice
	@$(BIN)/impactgraph gaps jam-and-justice
	@exec $(BIN)/impactgraph serve --port $(PORT)

test: $(VENV)/.dev browser converters
	$(BIN)/python -m pytest --numprocesses $(PROCESSES) --dist loadfile --no-loadscope-reorder

soak: $(VENV)/.dev
	$(BIN)/python -m pytest -m soak

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.run
	$(BIN)/python -m benchmarks.endpoint --case-studies $(CASE_STUDIES) --rounds $(ROUNDS) \
		--seconds $(SECONDS) --connections $(CONNECTIONS)
	$(BIN)/python -m benchmarks.runaways --case-studies $(CASE_STUDIES)
	$(BIN)/python -m benchmarks.large_results --rows $(ROWS)
	$(BIN)/python -m benchmarks.analysis
	$(BIN)/python -m benchmarks.extraction

bench-peers:
	@for peer in oxigraph rdflib-endpoint; do \
		$(PYTHON) -m venv .bench/$$peer && \
		.bench/$$peer/bin/python -m pip --disable-pip-version-check --quiet install \
			-r benchmarks/requirements/$$peer.txt || exit 1; \
	done
	@command -v wrk >/dev/null || echo "wrk is missing: apt-get install wrk" >&2
	@command -v virtuoso-t >/dev/null || \
		echo "Virtuoso is missing: apt-get install virtuoso-opensource-7" >&2

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/.dev
	$(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --quiet -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group build --group dev -c requirements.lock \
		--universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --quiet -o requirements-dev.lock

texts: $(VENV)/.dev
	@cd api/impactgraph_api && ../../$(BIN)/pybabel --quiet extract -F ../../pyproject.toml \
		--omit-header --no-location --sort-output --no-wrap -o locale/impactgraph.pot .

clean:
	rm -rf $(VENV) .bench build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

browser:
	@.ci/provide "the browser tests" "chromium|chromium-browser|google-chrome|google-chrome-stable" \
		chromium

converters:
	@.ci/provide "the tests of Word files and web pages" pandoc pandoc
	@.ci/provide "the tests of PDF files" soffice libreoffice-writer-nogui fonts-liberation fonts-dejavu-core

$(VENV)/.venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
		f"impactgraph needs Python 3.11 or later; this is {sys.version.split()[0]}. Name another: make PYTHON=python3.11")'
	@echo "Setting up $(VENV) (once; a minute or two) ..." >&2
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.venv requirements.lock pyproject.toml hatch_build.py api/yasgui/package-lock.json
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@
