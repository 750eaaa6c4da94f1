# syntax=docker/dockerfile:1
# A worker, or a whole run on one machine. docs/deploying.md says how it is started and what that does and does not stop.
FROM python:3.12-slim-bookworm AS built
WORKDIR /src
COPY requirements/run.txt requirements/worker.txt ./requirements/
RUN python -m venv /opt/brief-nlp \
    && /opt/brief-nlp/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-deps -r requirements/worker.txt
COPY pyproject.toml README.md LICENSE CHANGELOG.md ./
COPY src ./src
COPY models ./models
RUN /opt/brief-nlp/bin/pip install --no-cache-dir --disable-pip-version-check hatchling \
    && /opt/brief-nlp/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation .

FROM python:3.12-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends tesseract-ocr tesseract-ocr-eng tesseract-ocr-kor \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home brief
COPY --from=built /opt/brief-nlp /opt/brief-nlp
ENV PATH=/opt/brief-nlp/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8
USER 10001:10001
WORKDIR /work
ENTRYPOINT ["brief-nlp"]
CMD ["--help"]
