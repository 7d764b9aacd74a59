# Jimu 绩目. Needs Python 3.11+, make and a package index; everything else is set up here.
PYTHON ?= python3
export UV_PYTHON_DOWNLOADS = never
export UV_COMPILE_BYTECODE = 1
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
RUN := .venv/bin/

.PHONY: run test types lint layers docs office-tools bench checks clean
.DEFAULT_GOAL := run

run: .venv/.ready  ## prepare the past tables and draft an example in the terminal
	@$(RUN)jimu draft --brief corpus/briefs/pension.json --out out/目标表.xlsx

test: .venv/.ready office-tools lint types layers  ## everything CI checks
	$(RUN)python -m pytest

lint: .venv/.ready
	$(RUN)ruff check .
	$(RUN)ruff format --check .

types: .venv/.ready
	$(RUN)mypy

layers: .venv/.ready
	$(RUN)lint-imports

docs: .venv/.ready  ## regenerate docs/schema and docs/rules.md
	$(RUN)python scripts/write_docs.py

bench: .venv/.ready  ## speed and memory, printed
	$(RUN)python -m evals.speed

checks: .venv/.ready  ## recall and false alarms of the rules, printed
	$(RUN)python -m evals.checking

# LibreOffice opens the exported forms in the tests; without root and apt its tests are skipped with a message.
office-tools:
	@sh scripts/office_tools.sh

.uv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 以上：make PYTHON=python3.12 run"; exit 2; }
	$(PYTHON) -m venv .uv || { echo "缺少 venv 模块：Debian/Ubuntu 请先安装 python3-venv"; exit 2; }
	.uv/bin/python -m pip install --quiet uv

.venv/.ready: pyproject.toml uv.lock $(if $(filter .uv/bin/uv,$(UV)),.uv/bin/uv)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 以上：make PYTHON=python3.12 run"; exit 2; }
	$(UV) sync --frozen --quiet --python $(PYTHON)
	@touch $@

clean:
	rm -rf .venv .uv out .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
