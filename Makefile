# Two commands for most people: `make run` and `make test`. Each does all set-up itself.

PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8050
WORKERS ?= auto

# The locks are whole, so pip looks for nothing beside them: what is published later than
# a lock does not matter. Wheels only, since building one would fetch build tools unlocked.
INSTALL := -m pip install --quiet --disable-pip-version-check \
    --require-hashes --no-deps --only-binary :all: -r
LOCK := build/lock/bin/pip-compile --quiet --no-strip-extras --allow-unsafe --generate-hashes \
    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

.PHONY: run test setup docs messages site pictures gallery conformance bench format lock clean

run: .venv/.ready data/warehouse.duckdb
	@$(BIN)/python -m app --port $(PORT)

# The tests of a file share what they build and open, so they stay with one worker.
test: .venv/.ready-test
	@sh tests/browser.sh
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/python -m mypy
	$(BIN)/python -m etl check
	$(BIN)/python -m etl docs --check
	$(BIN)/python -m app docs --check
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

setup: .venv/.ready-test

# Real files go before demo data: as soon as data/sources holds a unit register.
data/warehouse.duckdb: .venv/.ready FORCE
	@if find data/sources -ipath '*/enheter/enheter*' 2>/dev/null | grep -q .; then \
	    $(BIN)/python -m etl build; \
	else \
	    echo "data/sources has no unit register (enheter/enheter*.csv): showing demo data"; \
	    { [ -f data/demo/region.yaml ] || $(BIN)/python -m etl demo; } && \
	    $(BIN)/python -m etl build --sources data/demo; \
	fi

.venv/.ready: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed, found " + sys.version.split()[0])'
	@[ -d .venv ] || $(PYTHON) -m venv .venv
	$(BIN)/python $(INSTALL) requirements.txt
	@touch $@

.venv/.ready-test: .venv/.ready requirements-test.txt
	$(BIN)/python $(INSTALL) requirements-test.txt
	@touch $@

.venv/.ready-docs: .venv/.ready requirements-docs.txt
	$(BIN)/python $(INSTALL) requirements-docs.txt
	$(BIN)/python -m pip check --quiet
	@touch $@

docs: .venv/.ready
	$(BIN)/python -m etl docs
	$(BIN)/python -m app docs

# After a Swedish text has changed: brings the catalogues up to date; then translate what
# is empty in app/words/translations/*/LC_MESSAGES/messages.po.
messages: .venv/.ready
	@mkdir -p build
	$(BIN)/pybabel --quiet extract --keyword _l --keyword lazy_gettext --keyword lazy_pgettext:1c,2 \
	    --add-location file --sort-by-file --omit-header --output-file build/messages.pot app
	$(BIN)/pybabel --quiet update --no-fuzzy-matching --ignore-obsolete --omit-header \
	    --input-file build/messages.pot --output-dir app/words/translations

# The documentation as a site, in build/site; a warning is an error.
site: .venv/.ready-docs
	$(BIN)/python -m sphinx --quiet --fail-on-warning --keep-going --doctree-dir build/doctrees docs build/site
	@echo "build/site/index.html"

# After a change of looks or words that was meant: the pictures of the documentation, and
# what tests compare the pages with. Look at the difference before it is committed.
pictures: .venv/.ready-test
	@sh tests/browser.sh
	$(BIN)/python -m docs.pictures
	$(BIN)/python -m tests.snapshots
	$(BIN)/python -m tests.heard

# Every page in every theme, width and language, in build/gallery, to be looked at.
gallery: .venv/.ready-test
	@sh tests/browser.sh
	$(BIN)/python -m tests.gallery

# Our numbers beside other programs', to docs/conformance.md; needs their results.
conformance: .venv/.ready-test
	$(BIN)/python -m tests.kpi.test_conformance

# Everything that is measured, to docs/benchmarks.md; some of it: make bench ONLY="people peers"
ONLY ?=
bench: .venv/.ready-test .venv-bench/.ready data/warehouse.duckdb
	@sh tests/browser.sh
	$(BIN)/python -m tests.bench $(ONLY)

# The programs ours is compared with, apart from what it runs on.
.venv-bench/.ready: requirements-bench.txt
	@[ -d .venv-bench ] || $(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python $(INSTALL) requirements-bench.txt
	.venv-bench/bin/python -m pip check --quiet
	@touch $@

format: .venv/.ready-test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# What is locked stays, unless pyproject.toml no longer allows it; the newest of everything:
# make lock UPGRADE=--upgrade
UPGRADE ?=
lock:
	@[ -d build/lock ] || $(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --disable-pip-version-check pip-tools
	$(LOCK) $(UPGRADE) --output-file requirements.txt pyproject.toml
	for extra in test docs bench; do \
	    $(LOCK) $(UPGRADE) --extra $$extra \
	        --output-file requirements-$$extra.txt pyproject.toml || exit 1; \
	done

clean:
	rm -rf .venv .venv-bench build data/demo data/demo-* data/warehouse.duckdb data/cache

FORCE:
