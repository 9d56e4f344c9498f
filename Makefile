# GNU make 3.81 or newer. `make` alone says what there is.

# Every path is relative, so that a space in the folder's own path cannot matter.
PYTHON := .venv/bin/python
PIP := $(PYTHON) -m pip install -qq --require-hashes
LOCK := $(PYTHON) -m uv --no-config pip compile -q --universal --python-version 3.11 --generate-hashes --annotation-style line
BABEL := $(PYTHON) -m babel.messages.frontend -q
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export UV_CUSTOM_COMPILE_COMMAND := make lock
# Containers often forbid Python to keep what it compiled; the tests start it hundreds of times.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help setup site test browser npm check serve format messages lock clean calibrate screenshots bench harden
.PHONY: audit sbom versions mutate update-gold

help: ## what there is (this list)
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

setup: .venv/site.stamp ## only set up what the site needs; every other command does so by itself

site: .venv/site.stamp ## build content/ into site/, and say where to look
	@$(PYTHON) build.py build

test: .venv/test.stamp browser npm ## everything that must hold before a change goes in
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy
	$(PYTHON) -m pytest -q -n auto --dist worksteal

browser: .venv/test.stamp ## find or install the browser that the tests use
	@$(PYTHON) -m tests.browser.find_browser --install

npm: .venv/test.stamp ## install what checks the pages and comes from npm, where npm is
	@$(PYTHON) -m tests.browser.checkers

check: .venv/site.stamp ## every problem in content/, nothing written
	@$(PYTHON) build.py check

serve: .venv/site.stamp ## build, serve on this computer, rebuild on every change
	@$(PYTHON) build.py serve

format: .venv/test.stamp ## put the Python code in its usual shape
	$(PYTHON) -m ruff check --fix
	$(PYTHON) -m ruff format

calibrate: .venv/site.stamp ## measure intervals, shrinkage and caps where the truth is known (minutes)
	@$(PYTHON) build.py calibrate --save

# HARDEN=full make test takes all rounds of all tests.
harden: .venv/fuzz.stamp browser ## all rounds of what must stand against strangers and machines (twenty minutes)
	HARDEN=full $(PYTHON) -m pytest -q -n auto --dist worksteal tests/harden

# MUTATE='--most 20 texts' asks fewer, of one package; --seed draws others.
mutate: .venv/mutate.stamp ## change the code a little, here and there, and see which changes no test notices (minutes)
	@.venv/mutate/bin/python -m tests.harden.mutate $(MUTATE)

# PYTHONS='python3.14' asks another one.
PYTHONS := python3.11 python3.12 python3.13
versions: .venv/test.stamp ## build with each of PYTHONS, and compare what they made byte by byte
	@for python in $(PYTHONS); do \
		echo "Installing what the site needs for $$python ..."; \
		"$$python" -m venv --clear ".venv/versions/$$python" \
			&& ".venv/versions/$$python/bin/python" -m pip install -qq --require-hashes -r requirements/site.txt \
			|| $(failed); \
	done
	$(PYTHON) -m pytest -q tests/harden/test_same_bytes.py::test_every_python_builds_the_same

audit: .venv/audit.stamp ## ask whether any locked package has a known hole
	@found=0; for lock in requirements/*.txt; do \
		echo "$$lock"; \
		.venv/audit/bin/python -m pip_audit --disable-pip --strict --progress-spinner off -r "$$lock" || found=1; \
	done; exit $$found

sbom: .venv/site.stamp .venv/audit.stamp ## list what the site is made with, as CycloneDX in sbom.json
	@.venv/audit/bin/python -m cyclonedx_py environment --output-reproducible --pyproject pyproject.toml -o sbom.json $(PYTHON)

screenshots: .venv/test.stamp browser ## pictures of every type of page in screenshots/, to look at
	@$(PYTHON) -m tests.browser.screenshots screenshots

update-gold: .venv/test.stamp ## keep the new scores of the small content, once a new version of the method is what it should be
	UPDATE_GOLD=1 $(PYTHON) -m pytest -q tests/site/test_build.py -k change_only_with_the_method

# BENCH='--cases 2000,20000 --runs 1' measures larger towns, once.
bench: .venv/bench.stamp ## measure how fast builds are, beside other generators, into docs/speed.md (half an hour)
	@.venv/bench/bin/python build.py bench --save $(BENCH)

messages: .venv/site.stamp ## bring new texts of the code and the templates into locale/
	@$(BABEL) extract -F babel.cfg --no-default-keywords -k _ -k gettext -k ngettext:1,2 -k say -k say_n:1,2 \
		--sort-by-file --add-location=file --no-wrap -o .venv/messages.pot scorecard templates
	@$(BABEL) update -i .venv/messages.pot -d locale --no-wrap --previous --ignore-obsolete --ignore-pot-creation-date
	@echo 'Now translate what is empty or fuzzy in locale/, and take the word fuzzy away.'

lock: .venv/test.stamp ## pin the newest versions that pyproject.toml allows
	$(LOCK) --upgrade pyproject.toml -o requirements/site.txt
	$(LOCK) --upgrade --group build -o requirements/build.txt
	$(LOCK) --upgrade --group audit -o requirements/audit.txt
	$(LOCK) --upgrade --group fuzz -o requirements/fuzz.txt
	$(LOCK) --upgrade pyproject.toml --extra cluster --group test --group dev -c requirements/site.txt -o requirements/test.txt
	$(LOCK) --upgrade pyproject.toml --extra cluster -c requirements/test.txt -o requirements/cluster.txt
	$(LOCK) --upgrade pyproject.toml --group test --group mutate -c requirements/test.txt -o requirements/mutate.txt
	$(LOCK) --upgrade pyproject.toml --group bench -c requirements/site.txt -o requirements/bench.txt

clean: ## remove what can be made again: .venv, site, caches
	rm -rf .venv .cache site screenshots .mypy_cache .pytest_cache .ruff_cache .hypothesis tests/browser/npm/node_modules benchmarks/eleventy/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What is installed is exactly what requirements/ says; a stamp tells when that was done last.
usable = $(PYTHON) -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo 'The folder .venv cannot be used: it needs Python 3.11 or newer, with pip. Remove it with: make clean' >&2; exit 1; }
failed = { echo 'That could not be installed. Is this computer online?' >&2; exit 1; }

.venv/site.stamp: requirements/site.txt .venv/bin/python
	@$(usable)
	@echo 'Installing what the site needs ...'
	@$(PIP) -r requirements/site.txt || $(failed)
	@touch $@

.venv/test.stamp: requirements/build.txt requirements/test.txt .venv/bin/python
	@$(usable)
	@echo 'Installing what the tests need (a minute or so, the first time) ...'
	@$(PIP) -r requirements/build.txt || $(failed)
	@$(PIP) --no-build-isolation -r requirements/test.txt || $(failed)
	@touch $@ .venv/site.stamp

.venv/fuzz.stamp: requirements/fuzz.txt .venv/test.stamp
	@echo 'Installing what makes up files ...'
	@$(PIP) -r requirements/fuzz.txt || $(failed)
	@touch $@

# In an environment of its own, since the others' packages need other versions than the tests. Without npm they are fewer.
.venv/bench.stamp: requirements/bench.txt benchmarks/eleventy/package-lock.json .venv/bin/python
	@$(usable)
	@echo 'Installing what the benchmark needs ...'
	@$(PYTHON) -m venv .venv/bench
	@.venv/bench/bin/python -m pip install -qq --require-hashes -r requirements/bench.txt || $(failed)
	@if command -v npm >/dev/null; then \
		cd benchmarks/eleventy && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error; \
	else echo 'Eleventy is left out: there is no npm here (it comes with Node.js).'; fi || $(failed)
	@touch $@

# In an environment of its own, for it brings a dozen packages that no test wants.
.venv/mutate.stamp: requirements/build.txt requirements/mutate.txt .venv/bin/python
	@$(usable)
	@echo 'Installing what changes the code ...'
	@$(PYTHON) -m venv .venv/mutate
	@.venv/mutate/bin/python -m pip install -qq --require-hashes -r requirements/build.txt || $(failed)
	@.venv/mutate/bin/python -m pip install -qq --require-hashes --no-build-isolation -r requirements/mutate.txt || $(failed)
	@touch $@

# In an environment of its own, so that nothing of it is ever in the one that makes the site.
.venv/audit.stamp: requirements/audit.txt .venv/bin/python
	@$(usable)
	@echo 'Installing what looks after the packages ...'
	@$(PYTHON) -m venv .venv/audit
	@.venv/audit/bin/python -m pip install -qq --require-hashes -r requirements/audit.txt || $(failed)
	@touch $@

# The first Python on the path that is new enough and can make a virtual environment.
.venv/bin/python:
	@found=; bare=; \
	for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		if "$$python" -c 'import ensurepip, venv' 2>/dev/null; then found=$$python; break; fi; \
		bare=$${bare:-$$python}; \
	done; \
	if [ -z "$$found" ] && [ -n "$$bare" ]; then \
		echo "$$bare cannot make a virtual environment. On Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1; \
	elif [ -z "$$found" ]; then \
		echo 'Python 3.11 or newer is needed and was not found: install it from https://www.python.org/downloads/' >&2; exit 1; \
	fi; \
	"$$found" -m venv --clear .venv || { rm -rf .venv; exit 1; }
