# The whole development loop. `make run` and `make test` each set up everything they need in a fresh clone.
#
# The Rust crates are built in CARGO_TARGET_DIR, else in rt-crate/target.

PYTHON ?= python3
VENV   ?= .venv
FILE   ?= examples/hello.ktn

BIN    := $(VENV)/bin
RUST   := $(shell find rt-crate -path rt-crate/target -prune -o \( -name '*.rs' -o -name '*.toml' -o -name Cargo.lock \) -print)
PYTHONS := $(shell find kayton -name '*.py')
READY  := $(VENV)/.ready
NATIVE := $(VENV)/.native
COMPILED := $(VENV)/.compiled
LAUNCHER := $(abspath $(or $(CARGO_TARGET_DIR),rt-crate/target))/release/kayton

# A command without shared libraries takes two thirds of the memory and starts sooner; not every system has the C library for it.
STATIC   = $(if $(filter /%,$(shell cc -print-file-name=libc.a)),-C target-feature=+crt-static)

# Python keeps the bytecode of the compiler and of its tests, whoever has told it otherwise: without, each process takes 0.25 s longer.
export PYTHONDONTWRITEBYTECODE :=

# For `make fuzz` and `make sanitize`, `make differential`, `make mutate`.
MODULES ?= 1000000
N       ?= 20000
FROM    ?= 0
CORPUS  := rt-crate/target/corpus
SEEDS   := --generated 200 examples tests/golden/programs tests/backend/programs bench/kernels
HOST     = $(shell rustc -vV | sed -n 's/host: //p')
# A checker that is part of the compiler, though not of its stable options; objects in allocations of their own.
CHECKED := RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Zsanitizer=address RUSTDOCFLAGS=-Zsanitizer=address ASAN_OPTIONS=detect_leaks=0

.PHONY: help setup run test quick rust bless bench fuzz sanitize differential mutate clean

help:
	@echo "make run [FILE=…]   build what is missing, then run a program through the vm pipeline"
	@echo "make test           everything: Rust tests, then all Python tests"
	@echo "make quick          the Python tests that are not marked slow"
	@echo "make rust           the Rust tests"
	@echo "make bless          write what the goldens expect from what they get; read the diff afterwards"
	@echo "make bench          measure the VM and the compiler"
	@echo "make fuzz           MODULES=1000000 random and damaged modules through verifier and VM"
	@echo "make sanitize       the same under AddressSanitizer, and the tests of values and VM"
	@echo "make differential   N=20000 random programs on the evaluator and the VM; with AOT=1 compiled, too"
	@echo "make mutate         N=20000 programs with mistakes through the whole compiler"
	@echo "make clean          remove what was built"

setup: $(NATIVE) $(COMPILED)

run: setup
	$(BIN)/kayton pipeline run vm $(FILE)

test: rust setup
	$(BIN)/python -m pytest -q -n 2 --dist worksteal

quick: setup
	$(BIN)/python -m pytest -q -n 2 --dist worksteal -m "not slow"

rust:
	cargo test --quiet --profile fuzz --manifest-path rt-crate/Cargo.toml --workspace

bless: setup
	-$(BIN)/python -m pytest -q --bless tests/test_goldens.py tests/test_language.py tests/errors/test_goldens.py tests/errors/test_pages.py
	git --no-pager diff --stat -- tests/golden docs/errors.md

bench: setup
	$(BIN)/python bench/run.py
	$(BIN)/python bench/startup.py
	$(BIN)/python bench/framework.py
	$(BIN)/python bench/compiling.py

$(CORPUS): $(NATIVE)
	$(BIN)/python -m kayton.testing.corpus $@ $(SEEDS)

fuzz: $(CORPUS)
	cargo run --quiet --profile fuzz --manifest-path rt-crate/Cargo.toml -p kayton-fuzz -- \
	    --modules $(MODULES) --from $(FROM) --corpus $(CORPUS)

sanitize: $(CORPUS)
	cd rt-crate && $(CHECKED) cargo test --quiet --profile fuzz --target $(HOST) --target-dir target/sanitized --features apart \
	    -p kayton-fuzz -p kayton-abi -p kayton-stdlib -p kayton-vm
	cd rt-crate && $(CHECKED) cargo run --quiet --profile fuzz --target $(HOST) --target-dir target/sanitized --features apart \
	    -p kayton-fuzz -- --modules $(MODULES) --from $(FROM) --corpus ../$(CORPUS)

differential: setup
	$(BIN)/python -m kayton.testing.differential --programs $(N) --from $(FROM) $(if $(AOT),--compiled)

mutate: setup
	$(BIN)/python -m kayton.testing.mutate --programs $(N) --from $(FROM) tests/golden/programs tests/backend/programs

clean:
	rm -rf $(VENV) rt-crate/target rt-crate/wheel/scripts .pytest_cache .hypothesis kayton/_native*.so
	find kayton tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "maturin>=1.7,<2"
	@touch $@

$(NATIVE): $(READY) $(RUST)
	cargo rustc --quiet --release --manifest-path rt-crate/Cargo.toml --package kayton-launcher --bin kayton -- $(STATIC)
	KAYTON_LAUNCHER="$(LAUNCHER)" PIP_QUIET=1 VIRTUAL_ENV="$(abspath $(VENV))" $(BIN)/maturin develop --quiet --release --extras dev
	@touch $@

$(COMPILED): $(NATIVE) $(PYTHONS)
	$(BIN)/python -m compileall -q kayton
	@touch $@
