# Every task of this repository. `make demo` and `make test` work from a fresh clone.
.DEFAULT_GOAL := help
.PHONY: help install demo bench test test-model faults test-browser check format lock screens messages
PY := .venv/bin/python
export ONLY SCALE ROWS NOTICES UPDATES ROUNDS N AT_ONCE KINDS JSON
STAMP := .venv/.installed

help: ## List the tasks
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

install: $(STAMP) ## Make .venv with the locked packages

$(STAMP): requirements.lock
	python3 -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version)'
	python3 -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $(STAMP)

demo: install ## The whole product on this machine, with a Telegram simulator in the browser
	$(PY) -m bot demo

test: install ## All tests but those that need a browser
	@$(PY) -m compileall -q -j 2 bot domain handlers storage
	$(PY) -m pytest -n 4 --dist loadfile --no-loadscope-reorder -m "not browser"

test-model: install ## The money against an independent oracle: 200 lives of 50 steps on both databases
	PARTNER_BOT_MODEL_EXAMPLES=200 $(PY) -m pytest -n 2 --timeout 1500 tests/usecases/test_money_model.py

faults: install ## Break what the product stands on: kills, cuts, a full disk, a Telegram that fails; N=1000 at length
	$(PY) -m tests.faults --kills $(or $(N),0) $(if $(ONLY),--only $(ONLY)) $(if $(SEED),--seed $(SEED)) $(if $(JSON),--json $(JSON))

bench: install ## Speed as ratios; ONLY=redirect,events SCALE=10m ROWS=1m NOTICES=20000 UPDATES=100000 ROUNDS=5 N=2
	$(PY) -m tests.benchmarks

test-browser: install ## The tests that drive headless Chromium
	$(PY) -m tests.browser.chromium
	$(PY) -m pytest -m browser

check: install ## Format, lint, architecture, types, catalogues
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/lint-imports
	.venv/bin/mypy
	$(PY) -m bot.catalogues check

format: install ## Put the code in shape
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

messages: install ## Collect the texts into locales/messages.pot and merge them into the catalogues
	$(PY) -m bot.catalogues extract

lock: ## Renew requirements.lock and requirements-runtime.lock (needs uv)
	uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --upgrade -o requirements.lock
	uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 -c requirements.lock -o requirements-runtime.lock

screens: install ## Screenshots of the product at work, into docs/screens
	$(PY) -m tests.browser.chromium
	$(PY) -m tests.browser.screens
