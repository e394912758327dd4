# Needs Python 3.11 or newer and make; everything else goes into .venv.
#
#   make run     code the example articles: a table here, out/events.jsonl, out/report.html
#   make check   lint, format, strict types, layers, knowledge files
#   make test    make check and all tests
#   make data    rebuild the built tables of src/tocsin/data from their sources
#   make clean   remove what was written, but not .venv

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= $(or $(TOCSIN_SHARED),../shared)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PYTEST ?= $(BIN)/python -m pytest

.PHONY: run check test data clean

run: $(VENV)/.installed
	@mkdir -p out
	@$(BIN)/tocsin code examples/articles --published 2020-06-16 --format table \
		--output out/events.jsonl --report out/report.html
	@echo
	@echo "The events are in out/events.jsonl, the report is in $(CURDIR)/out/report.html"

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(PYTEST) -q tests/test_layers.py
	$(BIN)/tocsin lint

# On all cores; a worker that has nothing left to do takes tests from another.
test: check
	$(PYTEST) -n auto --dist worksteal

data: $(VENV)/.installed-data
	$(BIN)/python tools/build_countries.py $(SHARED)/facts/factbook_government_military.jsonl.gz
	$(BIN)/python tools/build_roles.py $(SHARED)/facts/leaders_history.csv.gz \
		$(SHARED)/facts/factbook_government_military.jsonl.gz
	$(BIN)/python tools/build_groups.py $(SHARED)/facts/ucdp_actors.csv.gz
	$(BIN)/python tools/build_gazetteer.py
	@git --no-pager diff --stat -- src/tocsin/data

clean:
	rm -rf out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find src tests tools bench -name __pycache__ -type d -exec rm -rf {} +

# The stamps are younger than pyproject.toml once its packages are installed.
$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Tocsin needs Python 3.11 or newer; name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; \
		exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { \
		echo "$(PYTHON) cannot make virtual environments; on Debian: apt install python3-venv"; \
		exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: pyproject.toml $(VENV)/.created
	@echo "Installing Tocsin into $(VENV); the first time this takes some minutes"
	$(PIP) --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml $(VENV)/.created
	@echo "Installing Tocsin and its tools into $(VENV); the first time this takes some minutes"
	$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-data: pyproject.toml $(VENV)/.created
	$(PIP) --editable '.[build-data]'
	@touch $@ $(VENV)/.installed
