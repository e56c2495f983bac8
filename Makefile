# Everything a person types. The work is in tools/, in Python's standard library.

PYTHON ?= python3
TOOLS := $(PYTHON) -m tools

.PHONY: help run check test nightly bench screenshots clean

help: ## What can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

run: ## Start the site on http://localhost:8000 (PORT=… changes it)
	@$(TOOLS) run

check: ## Format, lint, types and quick tests, in under a minute
	@$(TOOLS) check

test: ## All checks and all tests
	@$(TOOLS) test

nightly: ## The long tests
	@$(TOOLS) nightly

bench: ## The benchmarks (ARGS=… passes options)
	@$(TOOLS) bench $(ARGS)

screenshots: ## Take the README's picture and the gallery of screens anew
	@$(TOOLS) screenshots

clean: ## Remove what was installed and built; boards are kept
	@$(TOOLS) clean
