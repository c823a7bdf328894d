# Every command of the project. `make` alone prints this list.

PYTHON ?= python3
RUN := .venv/bin
PYTEST := $(RUN)/python -m pytest

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test slow check format published bench faults docs \
        messages migrations snapshot lock new-service clean

help: ## print this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## make this checkout ready to run (quick when it already is)
	@$(PYTHON) tools/setup.py

setup-dev: ## the same, with what tests and checks need
	@$(PYTHON) tools/setup.py --dev

demo: setup ## set up, then run the whole platform on demo data; Ctrl-C stops it
	@exec $(RUN)/rencheng demo

test: setup-dev ## set up, then the default suite (ARGS="-k name" narrows it)
	@$(PYTEST) $(ARGS)

slow: setup-dev ## what the default suite leaves out: large, killing, fuzzing, PostgreSQL, peers
	@$(PYTEST) -m "slow or postgres or peers" $(ARGS)

faults: setup-dev ## kill, fill the disk, cut the network, turn the clock (all of tests/faults)
	@$(PYTEST) tests/faults -m "" $(ARGS)

published: setup-dev ## our numbers against published ones; writes build/published.json, docs/checked.md
	@$(PYTEST) tests/published -m "" --write-published $(ARGS)

bench: setup-dev ## time and memory, beside peers where installed (CASE=name for one); writes build/bench.json
	@$(RUN)/python -m tests.bench $(if $(CASE),--case $(CASE))

check: setup-dev ## style, types, storeys, translations, migrations
	@$(RUN)/python -m tools.check

format: setup-dev ## put the code into the project's form
	@$(RUN)/ruff check --fix --quiet . ; $(RUN)/ruff format --quiet .

messages: setup-dev ## collect strings to translate and compile the catalogue
	@$(RUN)/python -m tools.messages

migrations: setup-dev ## write the migrations that the models ask for
	@DJANGO_SETTINGS_MODULE=rencheng.assembly.settings $(RUN)/python -m django makemigrations

snapshot: setup-dev ## accept the JSON API as it is now (tests/house/openapi.json)
	@$(RUN)/python -m tools.snapshot

docs: setup-dev ## regenerate generated pages and run the commands in the documents
	@$(RUN)/python -m tools.published.document
	@$(PYTEST) tests/house/test_documents.py -m "" $(ARGS)

lock: setup-dev ## resolve the locks again (RENCHENG_UPGRADE=1 to take newer versions)
	@$(RUN)/python -m tools.lock

new-service: setup-dev ## start a service: make new-service NAME=parking
	@test -n "$(NAME)" || { echo "name it: make new-service NAME=parking" >&2; exit 2; }
	@$(RUN)/rencheng new-service $(NAME)

clean: ## remove what the commands made, except data in var/ and the environment
	@rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis ui/dist
	@rm -rf src/rencheng/foundation/web/static/rencheng
	@find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
