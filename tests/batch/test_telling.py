from __future__ import annotations

import io
import json
import socket
import urllib.request

import pytest

from brief_nlp.batch.telling import Metrics, about, lines
from brief_nlp.batch.work import Outcome, Status
from brief_nlp.errors import BriefError, Category

FORGED = 'x.pdf\n2026-01-01T00:00:00 document: status="done"\x1b[2J'


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_name_of_a_file_forges_a_line(form: str):
    stream = io.StringIO()
    tell = lines(stream, form)
    tell("document", about(Outcome(FORGED, Status.REJECTED, category=Category.NOT_PDF, message=f"{FORGED}: no PDF")))
    tell("run ends", {"done": 1})
    assert stream.getvalue().count("\n") == 2
    assert "\x1b" not in stream.getvalue()
    if form == "json":
        first, _ = map(json.loads, stream.getvalue().splitlines())
        assert (first["path"], first["category"]) == (FORGED, "not_pdf")


def test_figures_for_prometheus():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    metrics = Metrics(port)
    metrics.add(Outcome("a", Status.DONE, "a" * 64, counts={"claims": 7}, seconds=0.3))
    metrics.add(Outcome("b", Status.REJECTED, category=Category.TIMEOUT))
    metrics.tell("worker gone", {})
    metrics.tell("document", {})
    page = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics").read().decode()
    metrics.close()
    assert 'brief_nlp_documents_total{category="",status="done"} 1.0' in page
    assert 'brief_nlp_documents_total{category="timeout",status="rejected"} 1.0' in page
    assert "brief_nlp_claims_total 7.0" in page
    assert 'brief_nlp_worker_events_total{event="gone"} 1.0' in page
    assert 'brief_nlp_document_seconds_bucket{le="0.5"} 1.0' in page


def test_a_port_that_is_taken_is_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(BriefError, match="cannot be used for metrics"):
            Metrics(taken.getsockname()[1])
