# The two commands are `make run` and `make test`; all install what is missing first.
# What takes more than a line lives in .ci/.

PORT ?= 8000
MANAGE := .venv/bin/python manage.py

# Where the home folder can't be written to, what programs want to keep there goes elsewhere.
export HOME := $(shell [ -w "$$HOME" ] && echo "$$HOME" || mktemp -d /tmp/portal-home.XXXXXX)

.PHONY: run serve office test check lint fuzz bench messages

run: ## the portal on http://127.0.0.1:8000 with SQLite (PORT=… for another port)
	@.ci/install
	@.ci/run-portal $(PORT)

serve: ## the portal as an office runs it: production settings, gunicorn (PORT=…)
	@.ci/install
	@.ci/compile-messages
	@.ci/serve $(PORT)

office: ## the portal as services of a bare Debian 12: PostgreSQL, nginx, timers (ADDRESS=https://… MAIL=smtp+tls://…)
	@deploy/office "$(ADDRESS)" "$(MAIL)"

test: ## everything: lint, types, contracts, migrations, settings, both databases, browser
	@.ci/install test
	@.ci/compile-messages
	@.ci/test

check: ## what answers in two minutes: style, types, contracts, the quick tests on SQLite
	@.ci/install test
	@.ci/compile-messages
	@.ci/check

lint: ## style, types and contracts alone
	@.ci/install test
	@.ci/lint

fuzz: ## 20,000 requests nobody thought of (FUZZ=, SEED=), and whether every sentence is true of thousands of random clusters (CLUSTERS=… without a database, an eighth of it in each stored test)
	@.ci/install test
	@.ci/compile-messages
	@seen=$$(mktemp); \
	  CLUSTERS_SEEN=$$seen HYPOTHESIS_PROFILE=fuzz .ci/with-sqlite .venv/bin/pytest -n 2 tests/truth; found=$$?; \
	  echo "$$(wc -c <$$seen) random clusters were seen."; rm -f $$seen; [ $$found = 0 ] || exit $$found
	@for database in sqlite postgres; do seed=$${SEED:-$$(date +%s)}; \
	  echo "$${FUZZ:-20000} requests on $$database, SEED=$$seed"; \
	  FUZZ=$${FUZZ:-20000} SEED=$$seed .ci/with-$$database .venv/bin/pytest tests/test_fuzz.py || exit 1; done

bench: ## every page of each role beside a bare one, the list of 100,000 cases against 1,000 and a bare page, the files against a bare PDF, tables against their library, the week of the deadline, on both databases
	@.ci/install test
	@for database in sqlite postgres; do for part in pages register documents tables week; do \
	  .ci/with-$$database .venv/bin/python -m tests.bench.$$part || exit 1; done; done

messages: ## collect the strings into locale/vi and compile them
	@.ci/install
	@.ci/messages
	@.ci/compile-messages
