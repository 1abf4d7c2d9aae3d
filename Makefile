PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Which plan make demo shows: the one that is shipped, or mau-2026, a sample of this year on two levels.
PLAN ?=
# An office installs what runs and no tools: make install LOCK=requirements.lock
LOCK ?= requirements-dev.lock
# Which lock was installed: another one makes the environment anew, and takes this mark away with it.
INSTALLED = $(VENV)/.installed-$(notdir $(LOCK))
# What a demo left behind is shown until there is a database of one's own to point at; which plan's it was.
WAS_SHOWN = $(shell cat "$(or $(DONDOC_HOME),.dondoc)/demo/plan" 2>/dev/null)
SHOWN = $(if $(DONDOC_DATABASE_URL),,$(if $(wildcard $(or $(DONDOC_HOME),.dondoc)/demo/day),--demo))

COMPILE = $(BIN)/uv pip compile pyproject.toml --generate-hashes --no-emit-index-url --no-emit-find-links \
  --python-version 3.11 --custom-compile-command 'make lock'

.DEFAULT_GOAL := help
.PHONY: help install demo up test soak mutants parts lint sbom bench lock

help: ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: $(INSTALLED) ## the locked environment in .venv, with the command .venv/bin/dondoc

$(INSTALLED): $(LOCK) pyproject.toml
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/pip install --quiet --no-deps --require-hashes --requirement $(LOCK)
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: install ## replay PLAN to DAY (5/10 of its year), run that day's flows, deliver to a loopback server
	$(BIN)/dondoc demo $(if $(PLAN),--plan $(PLAN)) $(if $(DAY),--day $(DAY))

up: install ## the portal, Prefect and its schedules until Ctrl-C; after make demo, or with PLAN=, on the demo's data
	$(if $(filter-out $(WAS_SHOWN),$(PLAN)),$(BIN)/dondoc demo --plan $(PLAN) $(if $(DAY),--day $(DAY)))
	$(BIN)/dondoc up $(if $(PLAN),--demo,$(SHOWN))

test: lint parts ## lint, types, architecture, every test, of the long stories one in six (TURN=0 to 5; else the commit's)
	$(BIN)/pytest -n 2 --dist worksteal $(if $(TURN),--turn $(TURN))

soak: install parts ## what make test leaves out: the other long stories, kills at random, more hostile input, every deed twice
	$(BIN)/pytest -n 2 -m soak $(if $(TURN),--turn $(TURN))

mutants: install ## change rules and sweep in small ways, one by one: does a test notice? WHICH='obligations.ladder*'
	$(BIN)/mutmut run --max-children 1 $(if $(WHICH),'$(WHICH)')
	$(BIN)/python -m tests.support.faults.mutants

parts: ## the real parts of the tests (Chromium, PostgreSQL, nginx): those that are there, else Debian's
	@sh tests/support/parts.sh

lint: install ## style, types and architecture, without the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

sbom: install ## a software bill of materials of what is installed, build/sbom.json (CycloneDX)
	@mkdir -p build
	$(BIN)/cyclonedx-py environment --output-reproducible --no-validate --of JSON --pyproject pyproject.toml \
	  --output-file build/sbom.json $(BIN)/python

bench: install ## measure as ratios against a floor in the same run
	$(BIN)/python -m bench

lock: install ## refresh requirements.lock (what runs) and requirements-dev.lock (that and the tools)
	$(COMPILE) --extra dev --output-file requirements-dev.lock
	$(COMPILE) --extra build --constraint requirements-dev.lock --output-file requirements.lock
