# Everything a person or CI does here. Needs Python 3.11+ and make; the rest installs itself into .venv.
PYTHON ?= python3
PORT ?= 8000
DEMO_DIR ?= var/demo
export PORT
BIN := .venv/bin
AT_DEMO := exec env DEMO_DIR="$(DEMO_DIR)" $(BIN)/python manage.py
NO_DATABASE := DATABASE_URL= DEMO_DIR=var/check $(BIN)/python manage.py
PYBABEL := $(BIN)/python -m babel.messages.frontend --quiet
COLLECT := mkdir -p var && $(PYBABEL) extract --mapping=babel.cfg --add-location=file --sort-output --no-wrap \
	--keywords="gettext_noop gettext_lazy ngettext_lazy:1,2 pgettext_lazy:1c,2 npgettext_lazy:1c,2,3" \
	--output=var/messages.pot $(patsubst %/apps.py,%,$(wildcard */apps.py)) templates
COMPILE := $(PYBABEL) compile --directory=locale --domain=django

.PHONY: help demo run worker manage test test-all check fix messages lock bench audit

help:            ## What there is
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:[^#]*##/\t/' | expand -t 12

demo: .venv/runtime            ## The whole site with the real record, on PORT, in DEMO_DIR
	@$(AT_DEMO) demo

run: .venv/runtime             ## The site only, on the demo's data, reloading as the code changes
	@export DEBUG=$${DEBUG:-true}; $(AT_DEMO) runserver 127.0.0.1:$(PORT)

worker: .venv/runtime          ## The workers and the schedule only, on the demo's data
	@$(AT_DEMO) demo --only worker publisher beat

manage: .venv/runtime          ## A management command on the demo's data: make manage ARGS='…'
	@$(AT_DEMO) $(ARGS)

test: .venv/development        ## The tests, on PostgreSQL where one answers and on SQLite
	@$(BIN)/python tests/both_databases.py $(ARGS)

test-all: .venv/development    ## Every test on both databases, exhaustive ones too, with coverage
	@rm -f var/coverage
	@$(BIN)/python tests/both_databases.py --all $(ARGS)
	@$(BIN)/coverage report

check: .venv/development       ## Style, layers, migrations, messages, names; changes nothing
	$(BIN)/ruff check --no-fix .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(NO_DATABASE) makemigrations --check --dry-run
	@$(COLLECT)
	$(BIN)/python -m tools.messages
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/python -m tools.measure names --quiet

fix: .venv/development         ## Repairs what `check` finds and a machine can repair
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(COMPILE)

messages: .venv/development    ## Collects the texts to translate and compiles the translations
	@$(COLLECT)
	$(PYBABEL) update --input-file=var/messages.pot --output-dir=locale --domain=django \
		--no-fuzzy-matching --ignore-obsolete --no-wrap --ignore-pot-creation-date
	$(COMPILE)

bench: .venv/development       ## Measures, in a PostgreSQL database of its own
	@$(BIN)/python -m tools.benchmarks $(ARGS)

audit: .venv/development var/audit/node_modules/.package-lock.json  ## Measures a demo's pages with strangers' tools
	@nice $(BIN)/python -m tools.audit $(ARGS)

# The tools that run in Node are for the audit only. No script of theirs runs when they are installed.
var/audit/node_modules/.package-lock.json: tools/audit/package.json tools/audit/package-lock.json
	@for each in node npm java chromium; do command -v $$each >/dev/null || { echo "Please install $$each."; exit 1; }; done
	@mkdir -p var/audit && cp $^ var/audit/
	cd var/audit && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# No index, no folder and no host of this machine gets into the pinned files.
PIP_COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

lock: .venv/development        ## Pins the newest versions that requirements*.in allow
	$(PIP_COMPILE) --upgrade --output-file=requirements.txt requirements.in
	$(PIP_COMPILE) --upgrade --output-file=requirements-dev.txt requirements-dev.in

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; say which: make PYTHON=…"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@touch $@

.venv/runtime: .venv/python requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/development: .venv/runtime requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
