# Thin: each target is a line or two; what they do is in scripts/ and xtask/.

CARGO ?= cargo
XTASK = $(CARGO) run --quiet --package xtask --locked --
PROGRAMS = --package server --package linkage --package municipality --package card --package pdf
HOST ?=
CLOCK ?=
export CARGO

.PHONY: run dev test lint bench soak fuzz setup notices clean-data help

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

run: setup ## build in release mode and start the demo (HOST=name serves TLS under that name)
	@echo '▸ building the programs (the first time takes some minutes)'
	@$(CARGO) build --release --locked $(PROGRAMS)
	@$(XTASK) bundle --release
	@$(XTASK) demo $(if $(HOST),--host $(HOST)) $(if $(CLOCK),--clock $(CLOCK))

dev: setup ## the same, quick to build and slow to run
	@$(CARGO) build --locked $(PROGRAMS)
	@$(XTASK) bundle
	@$(XTASK) demo --profile debug $(if $(HOST),--host $(HOST)) $(if $(CLOCK),--clock $(CLOCK))

test: setup-test lint ## everything that decides whether this is right
	@$(XTASK) postgres with -- scripts/test-rust
	@scripts/test-browser

.PHONY: setup-test
setup-test:
	@scripts/setup test

lint: setup ## formatting, clippy, directions, words, sizes
	@$(XTASK) lint

bench: setup ## measure and write bench/README.md
	@bench/run

soak: setup ## kill programs two hundred times while notices are under way, and twenty times on PostgreSQL
	@MY_PORTAL_KILLS=200 $(CARGO) test --workspace --exclude frontend --locked --test stories -- notices_kills

fuzz: ## look for bytes that break a parser (TARGET=crl SECONDS=600; every target by default)
	@scripts/fuzz "$(TARGET)" "$(SECONDS)"

notices: ## while the demo runs: 横浜市 sends three notices to all its people (register first)
	@scripts/demo-notices

setup: ## install what is missing for `make run`
	@scripts/setup run

clean-data: ## forget the demo world: residents, cards, folders
	@rm -rf data data.new
