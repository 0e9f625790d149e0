# `make run` sets everything up and serves the demo organisation; `make test` tests everything. See README.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run demo test check fix bench clean

# The stamp changes when pyproject.toml does, so a second run installs nothing.
$(VENV)/.run: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Handrail and what it needs …"
	@$(BIN)/pip install -q -e '.[fast,assets,documents]'
	@touch $@

$(VENV)/.test: pyproject.toml $(VENV)/.run
	@echo "Installing what the tests and checks need …"
	@$(BIN)/pip install -q -e '.[fast,assets,documents,postgres,test,check]'
	@touch $@

run: $(VENV)/.run
	@$(BIN)/python -m handrail demo --if-empty
	@HANDRAIL_ORGANISATION="$${HANDRAIL_ORGANISATION:-Harbour & Pine Hotels}" $(BIN)/python -m handrail serve

demo: $(VENV)/.run
	@$(BIN)/python -m handrail demo --if-empty

test: $(VENV)/.test
	@sh tools/run_tests.sh

check: $(VENV)/.test
	@$(BIN)/ruff format --check -q . || { echo "Formatting is off: run make fix."; exit 1; }
	@$(BIN)/ruff check -q .
	@$(BIN)/lint-imports --no-cache > /tmp/handrail-imports.$$$$ 2>&1 || { cat /tmp/handrail-imports.$$$$; rm -f /tmp/handrail-imports.$$$$; exit 1; }; rm -f /tmp/handrail-imports.$$$$
	@$(BIN)/mypy
	@$(BIN)/python -m handrail manage makemigrations --check --dry-run > /dev/null || { echo "A model changed without its migration."; exit 1; }
	@$(BIN)/python -m pytest -q tests/test_house.py tests/test_docs.py tests/test_api_schema.py -p no:cacheprovider
	@echo "All checks hold."

fix: $(VENV)/.test
	@$(BIN)/ruff format -q .
	@$(BIN)/ruff check --fix -q .

bench: $(VENV)/.test
	@for file in bench/[a-z]*.py; do echo "== $$file"; $(BIN)/python $$file; done

clean:
	rm -rf $(VENV) build dist *.egg-info
