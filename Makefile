# `make` lists the targets. The two that matter: `make run` and `make test`.
SHELL := /bin/bash
.DEFAULT_GOAL := help
UV ?= $(shell command -v uv || echo .tools/bin/uv)
BIN := .venv/bin
export PYTHONPATH := src
export UTH_VAR ?= $(CURDIR)/var
PORT ?= 8000

.PHONY: help run test check lint types contracts documents journeys installations postgres screenshots kill drill bench bench-deid lock format clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

# Everything that runs us needs Python 3.12 or newer: look where people have it, or say in one sentence what to do.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.14 python3 \
	$$HOME/.pyenv/versions/3.1[2-9]*/bin/python3 $$HOME/.local/share/uv/python/*/bin/python3 \
	$$HOME/.local/share/mise/installs/python/3.1[2-9]*/bin/python3 $$HOME/.asdf/installs/python/3.1[2-9]*/bin/python3; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && command -v "$$p" && break; done)

.tools/bin/uv: requirements-tools.lock
	@test -n "$(PYTHON)" || { echo "uth needs Python 3.12 or newer: install it (for example: apt install python3.12 python3.12-venv) and try again."; exit 1; }
	@$(PYTHON) -m venv .tools || { echo "uth needs Python's venv module: install it (for example: apt install python3-venv) and try again."; exit 1; }
	@.tools/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements-tools.lock
	@touch $@

ifeq ($(UV),.tools/bin/uv)
NEEDS_UV := .tools/bin/uv
endif

.venv/.run: requirements.lock pyproject.toml $(NEEDS_UV)
	@test -n "$(PYTHON)" || { echo "uth needs Python 3.12 or newer: install it (for example: apt install python3.12 python3.12-venv) and try again."; exit 1; }
	@test -x $(BIN)/python || $(UV) venv -q --python "$(PYTHON)" .venv
	@test -f .venv/.dev || $(UV) pip sync -q --require-hashes requirements.lock
	@$(UV) pip install -q --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements-dev.lock pyproject.toml $(NEEDS_UV)
	@test -n "$(PYTHON)" || { echo "uth needs Python 3.12 or newer: install it (for example: apt install python3.12 python3.12-venv) and try again."; exit 1; }
	@test -x $(BIN)/python || $(UV) venv -q --python "$(PYTHON)" .venv
	@$(UV) pip sync -q --require-hashes requirements-dev.lock
	@$(UV) pip install -q --no-deps --no-build-isolation -e .
	@touch $@ .venv/.run

run: .venv/.run ## a demonstration with made-up incidents on http://localhost:8000
	@UTH_DEMO=1 UTH_PORT=$(PORT) $(BIN)/uth run --port $(PORT)

test: .venv/.dev ## the tests, on SQLite (under five minutes)
	@$(BIN)/python -m pytest -q -n 2 -m "not journey and not installations and not kill"

check: lint types contracts documents test ## what must hold before a commit

lint: .venv/.dev ## style and security lint
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/bandit -q -ll -r src -c pyproject.toml
	@$(BIN)/djlint src/uth/web/templates --lint --quiet
	@$(BIN)/check-jsonschema -q --builtin-schema vendor.compose-spec deploy/container/compose.yaml
	@if [ -x $(BIN)/hadolint ]; then $(BIN)/hadolint deploy/container/Containerfile; else echo "hadolint is made for Linux: the Containerfile is not linted here"; fi

types: .venv/.dev ## mypy, strict
	@UTH_DEMO=1 $(BIN)/mypy

contracts: .venv/.dev ## who may import whom
	@UTH_DEMO=1 $(BIN)/lint-imports

documents: .venv/.dev ## generated documents and migrations are current
	@UTH_DEMO=1 $(BIN)/uth docs --check
	@UTH_DEMO=1 DJANGO_SETTINGS_MODULE=uth.config.settings $(BIN)/python -m django makemigrations --check --dry-run

journeys: .venv/.dev ## a real browser through every page, with axe (needs chromium and postgresql)
	@$(BIN)/python -m pytest -q -m journey
	@UTH_JOURNEYS_ON=postgresql $(BIN)/python -m pytest -q -m journey tests/journeys/test_handling.py tests/journeys/test_reporting.py -k "travels or professional"

installations: .venv/.dev ## two installations talking HTTP
	@$(BIN)/python -m pytest -q -m installations

postgres: .venv/.dev ## the tests on a PostgreSQL of their own (needs postgresql)
	@tools/with_postgres.sh $(BIN)/python -m pytest -q -n 2 -m "not journey and not installations and not kill"

screenshots: .venv/.dev ## the pictures of the README, from a fresh demonstration (needs chromium)
	@PYTHONPATH=src:. $(BIN)/python tools/screenshots.py

N ?= 100
kill: .venv/.dev ## kill -9 server and worker N times under load
	@UTH_KILLS=$(N) $(BIN)/python -m pytest -q -m kill

drill: .venv/.dev ## back up, lose everything, restore, verify
	@$(BIN)/python -m pytest -q tests/cli/test_backup.py

bench: .venv/.dev ## speed, against a peer in the same run
	@$(BIN)/python -m bench

bench/.peers/.made: bench/deid/requirements-peers.txt $(NEEDS_UV)
	@$(UV) venv -q --clear --python 3.11 bench/.peers  # os2ds-rules is compiled for 3.11 alone
	@$(UV) pip install -q --python bench/.peers/bin/python -r bench/deid/requirements-peers.txt
	@touch $@

NARRATIVES ?= training/narratives
bench-deid: .venv/.dev bench/.peers/.made ## de-identification against its peers; UTH_REFERENCE says where the third-party texts lie
	@PYTHONPATH=src:. $(BIN)/python -m bench.deid --peers bench/.peers/bin/python --narratives $(NARRATIVES)
	@PYTHONPATH=src:. $(BIN)/python -m bench.deid.second --write

lock: $(NEEDS_UV) ## renew the locked dependencies
	@$(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --no-emit-find-links --python-version 3.12 pyproject.toml --group build -o requirements.lock
	@$(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --no-emit-find-links --python-version 3.12 pyproject.toml --group build --group dev -o requirements-dev.lock

format: .venv/.dev ## put the code in order
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean: ## remove everything that was made here, also the demonstration's data
	@rm -rf .venv .tools var .pytest_cache .mypy_cache .ruff_cache .hypothesis
