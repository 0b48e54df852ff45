# make run    sets up and shows who, what and where in the sample articles
# make test   sets up and runs every check
#
# Needs make and Python 3.10 or newer; `make run PYTHON=python3.12` takes another Python.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed

CORPORA ?= ../shared/corpora
RAW ?= ../shared/raw
SEEDS ?= seeds

.PHONY: help run test lint docs images lock model bench kills evaluate nl-core-news-sm clean

help:
	@echo "make run              who, what and where in the sample articles"
	@echo "make test             every check: style, types, tests, examples of the documentation"
	@echo "make lint             style and types only"
	@echo "make model            train nl_ent_news_sm (CORPORA=... RAW=...)"
	@echo "make evaluate         measure the models that are installed (CORPORA=...)"
	@echo "make bench            measure speed and memory"
	@echo "make kills            kill 50 runs, and see whether the next one mends it"
	@echo "make docs             make the reference pages of the documentation"
	@echo "make images           make the pictures of the documentation (needs chromium-driver)"
	@echo "make nl-core-news-sm  install spaCy's own Dutch model"
	@echo "make lock             choose the versions in requirements.lock again"
	@echo "make clean            remove what the others made"

run: $(STAMP)
	@mkdir -p build
	@$(BIN)/wiewatwaar extract $(SEEDS) --text -o build/seeds.jsonl
	@$(BIN)/wiewatwaar show $(SEEDS)
	@echo "The records are in build/seeds.jsonl."

test: lint
	$(BIN)/python -m pytest

lint: $(STAMP)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

model: $(STAMP)
	$(BIN)/python -m pip install --quiet --group train
	$(BIN)/python models/recipe/train.py $(CORPORA) $(RAW)

evaluate: $(STAMP)
	$(BIN)/python models/recipe/evaluate.py $(CORPORA)

bench: $(STAMP)
	$(BIN)/python benchmarks/throughput.py

kills: $(STAMP)
	$(BIN)/python benchmarks/kills.py

nl-core-news-sm: $(STAMP)
	$(BIN)/python -m pip install --group nl-core-news-sm

docs: $(STAMP)
	$(BIN)/python docs/reference.py

images: $(STAMP)
	$(BIN)/python docs/images/make.py

# The versions for every platform and every Python that is supported, each with its hashes.
lock: $(STAMP)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.10 --generate-hashes \
		--no-emit-index-url --no-annotate --custom-compile-command "make lock" \
		--group dev --upgrade --output-file requirements.lock pyproject.toml

# A set-up that stopped half-way leaves no stamp, and is done again from the start.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { \
		echo "wiewatwaar needs Python 3.10 or newer; name one with: make PYTHON=python3.12" >&2; \
		exit 1; }
	@echo "Setting up $(VENV); this takes a minute or two ..."
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install -qq --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find pipeline models tests benchmarks -name __pycache__ -prune -exec rm -rf {} +
