# Run 'just' for the list. Needs: pip install -e ".[dev]"

set shell := ["bash", "-euo", "pipefail", "-c"]

_list:
    @just --list --unsorted

# Everything that must hold before a change is merged.
check: lint types imports test docs gate

# Formatting and lint, without changing anything.
lint:
    ruff format --check .
    ruff check .

# Two type checkers.
types:
    mypy
    pyright

# Who may import whom.
imports:
    lint-imports

# Tests; arguments go to pytest: just test tests/scoring -x
test *arguments:
    python -m pytest {{ arguments }}

# Fuzzes the engine for so many seconds; what CI does for twenty.
fuzz seconds="600" seed="1":
    QUALITY_FUZZ_SECONDS={{ seconds }} QUALITY_FUZZ_SEED={{ seed }} python -m pytest -q tests/hostile/test_fuzz.py

# The documentation; a warning is an error.
docs:
    mkdocs build --strict --quiet

# This repository's own score.
gate:
    quality check .

# Formats, fixes what ruff can fix, and writes the generated parts of the documentation.
fix:
    ruff check --fix .
    ruff format .
    python docs/hooks/generate.py

# This repository's own report, as HTML.
report output="report.html":
    quality report . -o {{ output }}

# What the benchmarks measure on this machine.
bench:
    python benchmarks/startup.py
    python benchmarks/sample_cost.py

# Fetches the packages of benchmarks/corpus.txt and writes the calibration tables; about a quarter of an hour on two cores.
calibrate folder=".corpus":
    pip download -q --no-deps --only-binary :all: --python-version 3.13 -d {{ folder }} -r benchmarks/corpus.txt
    quality calibrate stdlib {{ folder }}/*.whl --profile project --files 30 -o quality/profiles/data/repositories.json
    quality calibrate stdlib {{ folder }}/*.whl --profile sample --snippets --files 50 --measured 1000 -o quality/profiles/data/snippets.json
    python docs/hooks/generate.py

# Fetches what an audit measures with and writes the committed cards; options go to the audit: just card --labels FILE.jsonl
card *options:
    python benchmarks/fetch_audit_data.py .audit
    quality audit --data .audit {{ options }} --card quality/audit/data/card.md || [ $? -eq 1 ]
    quality audit --quick --card quality/audit/data/quick.md || [ $? -eq 1 ]
    python docs/hooks/generate.py
