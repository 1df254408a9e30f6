# make        set up a virtual environment and build the shipped facts into build/
# make docs   the documentation site into build/docs
# make bench  measure beside other programs, some hours; then benchmarks/RESULTS.md
# make bench-serving  the server: sizes, load, replicas, a soak of ten minutes; then docs/sizing.md (Linux)
# make test   lint, types, generated files and the tests; what CI runs
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: build docs bench bench-serving test clean

build: $(VENV)/.installed
	$(BIN)/ckg build -o build

docs: $(VENV)/.installed-dev
	$(BIN)/python scripts/build_docs.py

bench: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/peers.py install
	$(BIN)/python benchmarks/run.py --sizes S,T,M,L
	$(BIN)/python benchmarks/report.py

bench-serving: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/peers.py install
	$(BIN)/python benchmarks/serving.py sizes --statements shipped 100000 520000
	$(BIN)/python benchmarks/serving.py load
	$(BIN)/python benchmarks/serving.py replicas
	$(BIN)/python benchmarks/serving.py soak
	$(BIN)/python benchmarks/serving_report.py

test: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/ckg schema --check
	$(BIN)/python scripts/fill_places_from_cpca.py --check
	$(BIN)/python scripts/fill_place_history.py --check
	$(BIN)/python scripts/write_tables.py --check
	$(BIN)/python scripts/write_reference.py --check
	$(BIN)/python scripts/write_serving_tables.py --check
	$(BIN)/python scripts/fetch_w3c_tests.py
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

$(VENV)/.installed: pyproject.toml constraints.txt hatch_build.py $(wildcard web/*)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

clean:
	rm -rf build $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
