"""Inputs fetched ahead by a thread: a slow list, store or archive must not hold up what is in work, nor a signal."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from typing import Final

from brief_nlp.batch.inputs import Input

AHEAD = 2  # inputs that are fetched before they are asked for; each may hold the bytes of a document
PATIENCE = 0.05  # seconds that whoever asks is kept waiting
_END: Final = object()


class Ahead:
    """The inputs of an iterator, in their order, with None where the next one is not there yet.

    What the iterator raises is raised here. The thread does not outlive the process, and waits for nobody.
    """

    def __init__(self, inputs: Iterator[Input]) -> None:
        self._fetched: queue.Queue[Input | BaseException | object] = queue.Queue(AHEAD)
        threading.Thread(target=self._fetch, args=(inputs,), name="fetching inputs", daemon=True).start()

    def __iter__(self) -> Iterator[Input | None]:
        return self

    def __next__(self) -> Input | None:
        try:
            found = self._fetched.get(timeout=PATIENCE)
        except queue.Empty:
            return None
        if isinstance(found, Input):
            return found
        self._fetched.put(found)  # whoever asks again is told again
        raise found if isinstance(found, BaseException) else StopIteration

    def _fetch(self, inputs: Iterator[Input]) -> None:
        try:
            for one in inputs:
                self._fetched.put(one)
        except BaseException as error:  # told to whoever asks
            self._fetched.put(error)
        else:
            self._fetched.put(_END)
