# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: help demo test fuzz gate gold lint types bench docs clean lock

# What there is to make; the first target, so that plain `make` shows it.
help:
	@echo 'make demo    set up, extract the sample articles, show one, write a report'
	@echo 'make test    set up, run the tests'
	@echo 'make fuzz    new texts through the whole (SECONDS=600 SEED=...; a random seed is printed)'
	@echo 'make lint    style; make types: type checks; make gate: our own figures against gold'
	@echo 'make gold    after a correction in data/annotated: gold anew (REASON="why")'
	@echo 'make docs    references, picture and tutorial anew'
	@echo 'make bench   speed and memory beside peers (slow; BENCH="--quick")'
	@echo 'make lock    lock files anew; make clean: remove what was made'

demo: $(VENV)/.run
	$(BIN)/newsledger extract data/articles --out out/demo --format parquet --format csv --fresh
	$(BIN)/newsledger show data/articles/bridge-loan.txt
	$(BIN)/newsledger report out/demo --html out/demo.html --title "Sample articles"

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 --dist worksteal --cov --cov-report=term

# New texts until the time is over; what breaks is printed, made short, and written to out/fuzz.
SECONDS ?= 600
fuzz: $(VENV)/.dev
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS) $(if $(SEED),--seed $(SEED))

# The figures of our own articles are as expected: 0 yes, 1 no, 2 cannot tell.
gate: $(VENV)/.run
	$(BIN)/newsledger check data/expected

# After a correction in data/annotated: the gold tables, and the gold files that `make gate` checks.
gold: $(VENV)/.dev
	$(BIN)/python -m data.annotate
	$(BIN)/newsledger accept data/expected --truth data/gold --reason "$(REASON)"

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

# Slow: speed, memory and scaling beside peers, which go into an environment of their own. For some of it:
# make bench BENCH="--quick", make bench BENCH="--only size --large"
bench: .venv-bench/.ok
	.venv-bench/bin/python -m benchmarks.bench $(BENCH)

# What is generated in docs/: references, the picture of the README, the outputs of the tutorial.
docs: $(VENV)/.dev
	$(BIN)/python docs/build.py

lock:
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes --no-strip-extras \
	  --custom-compile-command "make lock" --quiet -o requirements.lock
	uv pip compile pyproject.toml --all-extras --group dev -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-strip-extras \
	  --custom-compile-command "make lock" --quiet -o requirements-dev.lock
	uv pip compile benchmarks/requirements.in -c requirements-dev.lock --universal --python-version 3.11 \
	  --custom-compile-command "make lock" --quiet -o benchmarks/requirements.lock

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("newsledger needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12 ...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

.venv-bench/.ok: $(VENV)/bin/python requirements.lock benchmarks/requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/requirements.lock
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

clean:
	rm -rf $(VENV) .venv-bench out dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
