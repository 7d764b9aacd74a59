# Jimu 绩目. Needs Python 3.11+, make and a package index; everything else is set up here.
PYTHON ?= python3
export UV_PYTHON_DOWNLOADS = never
export UV_COMPILE_BYTECODE = 1
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
RUN := .venv/bin/

.PHONY: run test types lint layers docs picture office-tools bench scale evals checks clean
.DEFAULT_GOAL := run

run: .venv/.ready  ## prepare the past tables and draft an example in the terminal
	@$(RUN)jimu draft --brief corpus/briefs/pension.json --out out/目标表.xlsx

test: .venv/.evals office-tools lint types layers  ## everything CI checks
	$(RUN)python -m pytest -n auto --dist loadfile
	@$(MAKE) --no-print-directory evals

lint: .venv/.ready
	$(RUN)ruff check .
	$(RUN)ruff format --check .

types: .venv/.evals
	$(RUN)mypy

layers: .venv/.evals
	$(RUN)lint-imports

docs: .venv/.ready  ## regenerate docs/schema and docs/rules.md
	$(RUN)python scripts/write_docs.py

picture: .venv/.ready office-tools  ## draw docs/images/form.png anew
	@sh scripts/form_picture.sh

bench: .venv/.evals  ## speed and memory, printed
	$(RUN)python -m evals.speed

scale: .venv/.evals  ## a million indicator rows, beside the naive pipeline; about an hour, resumable
	$(RUN)python -m evals.scale

evals: .venv/.evals  ## a fixed part of the evals, held against evals/baseline.json
	$(RUN)jimu eval drafting retrieval --fast --baseline --out out/evals

checks: .venv/.evals  ## recall and false alarms of the rules, printed
	$(RUN)jimu eval checking --out out/evals

# LibreOffice opens the exported forms in the tests; without root and apt its tests are skipped with a message.
office-tools:
	@sh scripts/office_tools.sh

.uv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 以上：make PYTHON=python3.12 run"; exit 2; }
	$(PYTHON) -m venv .uv || { echo "缺少 venv 模块：Debian/Ubuntu 请先安装 python3-venv"; exit 2; }
	.uv/bin/python -m pip install --quiet uv

.venv/.ready: pyproject.toml uv.lock $(if $(filter .uv/bin/uv,$(UV)),.uv/bin/uv)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 以上：make PYTHON=python3.12 run"; exit 2; }
	$(UV) sync --frozen --quiet --inexact --python $(PYTHON)
	@touch $@

# The libraries of the evals (scipy, matplotlib, ir-measures), of local models and of scans, which tests run: 520 MB
# nobody needs who only drafts.
.venv/.evals: .venv/.ready
	$(UV) sync --frozen --quiet --inexact --extra evals --extra local-embedding --extra ocr --python $(PYTHON)
	@touch $@

clean:
	rm -rf .venv .uv out .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
