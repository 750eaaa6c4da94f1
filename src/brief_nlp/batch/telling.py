"""What happens in a run, as lines for a log and as figures for Prometheus."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TextIO

from brief_nlp.errors import BriefError

if TYPE_CHECKING:
    from brief_nlp.batch.work import Outcome

Told = Callable[[str, dict[str, object]], None]
LOOPBACK = "127.0.0.1"


def lines(stream: TextIO, form: str) -> Told:
    """Events as lines: `json`, an object each, or `text`, whose values are JSON as well, so that no name of a file
    can forge a line."""

    def tell(event: str, about: dict[str, object]) -> None:
        time = datetime.now(UTC).isoformat(timespec="milliseconds")
        if form == "json":
            line = json.dumps({"time": time, "event": event, **about}, ensure_ascii=False)
        else:
            values = " ".join(f"{key}={json.dumps(value)}" for key, value in about.items() if value is not None)
            line = f"{time} {event}: {values}".rstrip(": ")
        stream.write(line + "\n")
        stream.flush()

    return tell


def about(outcome: Outcome) -> dict[str, object]:
    """What is told of a document that has ended."""
    return {
        "path": outcome.name,
        "document_id": outcome.document_id,
        "status": outcome.status.value,
        "category": outcome.category.value if outcome.category else None,
        "message": outcome.message or None,
        "seconds": round(outcome.seconds, 3),
        "claims": outcome.counts.get("claims"),
    }


class Metrics:
    """Counters of a run, served for Prometheus on this machine's own address."""

    def __init__(self, port: int) -> None:
        try:
            from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
        except ImportError:
            raise BriefError("Metrics need prometheus-client.", "Run `pip install 'brief-nlp[metrics]'`.") from None
        registry = CollectorRegistry()
        self.documents = Counter(
            "brief_nlp_documents", "Documents that have ended", ("status", "category"), registry=registry
        )
        self.claims = Counter("brief_nlp_claims", "Claims stored", registry=registry)
        self.seconds = Histogram(
            "brief_nlp_document_seconds",
            "From the bytes of a document to its stored rows",
            buckets=(0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120),
            registry=registry,
        )
        self.workers = Counter("brief_nlp_worker_events", "What happened to workers", ("event",), registry=registry)
        try:
            self.served: Any = start_http_server(port, addr=LOOPBACK, registry=registry)
        except (OSError, OverflowError) as error:
            raise BriefError(f"Port {port} cannot be used for metrics ({error}).", "Give another.") from None

    def tell(self, event: str, _about: dict[str, object]) -> None:
        """Count what happens to workers."""
        if event.startswith("worker "):
            self.workers.labels(event.removeprefix("worker ")).inc()

    def add(self, outcome: Outcome) -> None:
        """Count a document."""
        self.documents.labels(outcome.status.value, outcome.category.value if outcome.category else "").inc()
        if outcome.seconds:
            self.seconds.observe(outcome.seconds)
        self.claims.inc(outcome.counts.get("claims", 0))

    def close(self) -> None:
        """Serve no longer."""
        server, thread = self.served
        server.shutdown()
        server.server_close()
        thread.join()
