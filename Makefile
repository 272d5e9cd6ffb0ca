# Every target sets up what it needs: an environment made from pyproject.toml with this checkout's wheel in it.
PYTHON ?= python3
VENV   ?= .venv-test
BIN    := $(VENV)/bin
CI     ?=
ENV    := $(PYTHON) tools/environment.py $(VENV) --extras dev

TRAIN_PYTHON ?= $(PYTHON)
CORPORA      ?= ../shared/corpora

.PHONY: train help test lint format demo bench-quality bench-speed bench-risk docs env clean bench-presidio bench-handover

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

env:  ## the environment with the freshly built wheel
	@$(ENV)

test:  ## every check on the installed wheel: ruff, mypy, import contracts, pytest, doctests
	@$(ENV) $(if $(filter true,$(CI)),--fresh)
	@$(BIN)/python tools/check.py

test-presidio-oldest:  ## our side of Presidio with the oldest Presidio that pyproject.toml allows, in its own environment
	@$(PYTHON) tools/environment.py .venv-presidio-oldest --extras dev --oldest presidio-analyzer,presidio-anonymizer
	@.venv-presidio-oldest/bin/python -m pytest -q -p no:cacheprovider tests/presidio

lint: env  ## the checks that need no test run
	@$(BIN)/python tools/check.py --lint

format: env  ## let ruff sort imports and lay out the code
	@$(BIN)/ruff check --fix --exit-zero .
	@$(BIN)/ruff format .

demo: env  ## scrub the files of docs/examples and show them before and after, masked
	@$(BIN)/python docs/examples/demo.py

bench-quality: env  ## precision and recall, into benchmarks/RESULTS.md
	@$(BIN)/python -m benchmarks.quality

bench-speed: env  ## throughput, start-up and memory, into benchmarks/RESULTS.md
	@$(BIN)/python -m benchmarks.speed

bench-risk: env  ## risk measures beside pycanon's, values and time, and the search for k
	@$(BIN)/python -m benchmarks.risk

bench-tables: env  ## tables beside presidio-structured and, where it installs, openmed, in an environment of their own
	@test -x .venv-peer/bin/python || ($(PYTHON) -m venv .venv-peer && .venv-peer/bin/pip install --quiet presidio-structured)
	@.venv-peer/bin/python -c "import openmed" 2>/dev/null || .venv-peer/bin/pip install --quiet openmed || true
	@$(BIN)/python -m benchmarks.tables --peer .venv-peer/bin/python

bench-handover: env  ## hand-overs: speed, memory, planted leaks, clean runs, crashes, values in evidence
	@$(BIN)/python -m benchmarks.handover

bench-presidio: env  ## the same results as Presidio and as piiscrub, and the speed of fast(engine)
	@$(BIN)/python -m benchmarks.presidio

train:  ## the Chinese weights and the curves of the scores, from CORPORA; TRAIN_PYTHON needs torch (training/README.md)
	$(TRAIN_PYTHON) training/zh/train.py --corpora $(CORPORA) --out build/one.npz --epochs 3 --generated 14000 --rate 1e-3
	$(TRAIN_PYTHON) training/zh/train.py --corpora $(CORPORA) --out build/two.npz --epochs 3 --generated 14000 --rate 5e-4 --hold 2 --dropout 0.1 --seed 2
	$(TRAIN_PYTHON) training/zh/mix.py build/first.npz build/one.npz 0.3 build/two.npz 0.5
	$(TRAIN_PYTHON) training/zh/train.py --start build/first.npz --corpora $(CORPORA) --out build/three.npz --epochs 1 --generated 14000 --rate 7e-4 --hold 2 --dropout 0.1 --seed 4
	$(TRAIN_PYTHON) training/zh/mix.py src/piiscrub/recognize/ner/weights/zh.npz --start build/first.npz build/three.npz 0.6
	$(TRAIN_PYTHON) training/zh/calibrate.py --corpora $(CORPORA) --weights src/piiscrub/recognize/ner/weights/zh.npz
	$(TRAIN_PYTHON) training/calibrate.py --corpora $(CORPORA)

docs: env  ## the change notes as they would be published, and every example of the docs run
	@$(BIN)/towncrier build --draft --version next
	@$(BIN)/python -m pytest tests/house/test_docs.py -q

clean:  ## remove what the targets made
	rm -rf $(VENV) .venv-peer .venv-presidio-oldest dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests benchmarks tools docs -name __pycache__ -type d -prune -exec rm -rf {} +
