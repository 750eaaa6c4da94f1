"""A worker, in whichever process an engine runs it: its models are loaded once, its connection is its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from brief_nlp.batch.crew import Broken, Found, Go, Look
from brief_nlp.batch.patience import patient
from brief_nlp.batch.work import Looked, Outcome, Rules, look, work
from brief_nlp.errors import BriefError
from brief_nlp.schema import Brief
from brief_nlp.settings import Settings
from brief_nlp.store.database import reported
from brief_nlp.store.sinks import Sink, open_sink


class Job(NamedTuple):
    """What a worker is started with. `analysis` makes the function that analyses; it must be importable."""

    to: str
    rules: Rules
    settings: Settings
    password: str | None
    analysis: Callable[[Settings, str | None], Callable[[bytes], Brief]]


def pipeline(settings: Settings, password: str | None) -> Callable[[bytes], Brief]:
    """The analysis of a run; the classifier is loaded by a thread while the first document is read and tagged."""
    from brief_nlp.analysis import analyze
    from brief_nlp.claims.classifier import load_classifier
    from brief_nlp.schema import Language

    def load() -> None:
        with suppress(Exception):  # the first document meets it again, and tells it
            load_classifier(Language.EN, settings.classifier, settings.threads)  # its encoder serves both languages

    threading.Thread(target=load, name="loading the classifier", daemon=True).start()
    return partial(analyze, settings=settings, password=password)


class Worker:
    """What is loaded once, and the document in hand."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.looked: Looked | None = None
        self.sink: Sink | None = None  # opened when there is something to write
        self.analyze = job.analysis(job.settings, job.password)

    def do(self, message: Look | Go) -> Outcome | Found | Broken:
        """The next step, and what it came to."""
        try:
            if isinstance(message, Look):
                found = look(message.one, self.job.rules)
                if isinstance(found, Outcome):
                    return found
                self.looked = found
                return Found(found.document_id)
            return self._work()
        except BriefError as error:
            return Broken(error.message, error.advice)

    def _work(self) -> Outcome:
        looked, self.looked = self.looked, None
        if looked is None:
            raise BriefError("A worker was told to go on with nothing in hand.", "Please report it.")
        with reported(self.job.to):
            if self.sink is None:
                self.sink = patient(open_sink(self.job.to)[0])
            return work(looked, self.sink, self.analyze, self.job.rules)
