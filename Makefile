# Two commands on a fresh machine (Python 3.11+, make, npm): `make demo` and `make test`.

PYTHON ?= python3
DAY ?= 2023-06-09
MINUTES ?= 3
VENV := .venv
BIN := $(VENV)/bin

# Folders and files whose tests need none of these, and end within seconds.
QUICK := tests/test_architecture.py tests/briefing/config tests/briefing/editorial tests/briefing/mandarin tests/briefing/sources \
	tests/briefing/scheduler/test_timetable.py tests/briefing/storage tests/briefing/wiring tests/briefing/cli/test_overview.py \
	tests/briefing/cli/test_operations.py tests/feed/rss tests/feed/speakers tests/feed/test_plain_text.py tests/voices/audio \
	tests/voices/phonemes -k "not postgresql"

.DEFAULT_GOAL := help
.PHONY: help demo serve test quick lint bench fuzz soak clean

help: ## Show what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

demo: $(VENV)/.installed ## Make an episode from the newspaper pages in seeds/ (DAY=2023-06-09 by default)
	@$(BIN)/briefing demo --day $(DAY)

serve: $(VENV)/.installed ## Serve what the demo has published, with the feed to subscribe to
	@$(BIN)/briefing serve --demo

test: $(VENV)/.tested lint ## Run every test (the first time fetches the offline voice and the recogniser)
	@$(BIN)/briefing fetch
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

quick: $(VENV)/.tested ## Run the unit tests: no browser, server, network, PostgreSQL or model
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 $(QUICK)

lint: $(VENV)/.tested ## Check style and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/vulture

bench: $(VENV)/.tested ## Measure what is claimed to be fast
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench
	@$(BIN)/briefing fetch
	@set -e; for bench in bench/*.py; do echo "== $$bench"; $(BIN)/python $$bench; done

fuzz: $(VENV)/.tested ## Attack the parsers of articles with broken input for MINUTES (3 by default)
	@$(BIN)/python tests/fuzz_parsers.py $(MINUTES)

soak: $(VENV)/.tested ## Kill publishing hundreds of times, and try every podcast client that is installed
	@$(BIN)/briefing fetch
	@$(BIN)/python -m pytest -m soak
	@$(BIN)/python -m tests.feed.server.client_trial

clean: ## Remove what was made here (the user's cache of voices and clips stays)
	rm -rf $(VENV) var dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/.installed: pyproject.toml
	@echo "Setting up $(VENV) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[kokoro,desk,documents]'
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	@echo "Setting up what the tests need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[all]' --group dev
	@touch $@
