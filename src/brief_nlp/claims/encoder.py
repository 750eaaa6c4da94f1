"""The fine-tuned transformer, served by ONNX Runtime; a folder that transformers saved works as well.

A folder holds `tokenizer.json`, `config.json` with `id2label` (one of whose labels is `assessment`), and `model.onnx`,
or else weights that transformers loads with torch.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from brief_nlp.claims.processor import adds_exactly
from brief_nlp.errors import BriefError
from brief_nlp.schema import AssessmentKind

LONGEST = 160  # tokens of a sentence that are read
BATCH = 32  # sentences at a time, of like length
ASSESSMENT = "assessment"

VECTORS = "vectors"  # the output of a network that likens sentences to each other
KINDS = "kinds"  # the output that tells kinds of assessments apart

_LOADING = threading.Lock()

Inputs = dict[str, np.ndarray]
Run = Callable[[Inputs, Sequence[str]], Sequence[np.ndarray]]  # the outputs asked for; the first is the logits


@dataclass(frozen=True)
class Encoder:
    """A classifier of sentences: `tokenizer` makes its inputs, `run` gives the outputs that are named in `outputs`.

    The first output is logits, shape (sentences, labels), of which `assessment` is one. Where there are the outputs
    `kinds` and `vectors`, they are logits of the kinds of assessments, in the order of `kinds`, and vectors.
    """

    name: str
    tokenizer: Any
    run: Run
    outputs: tuple[str, ...]
    assessment: int
    kinds: tuple[AssessmentKind, ...] = ()

    def scores(self, sentences: Sequence[str]) -> np.ndarray:
        """Log-odds of assessment against all else, one a sentence, float64."""
        return self.judged(sentences)[0]

    def judged(self, sentences: Sequence[str]) -> tuple[np.ndarray, list[AssessmentKind | None]]:
        """Log-odds of assessment, and the likeliest kind if it is one (None where the network tells none)."""
        found = np.zeros(len(sentences))
        kinds: list[AssessmentKind | None] = [None] * len(sentences)
        wanted = [self.outputs[0], *([KINDS] if self.kinds else [])]
        for places, inputs in self._batches(sentences):
            outputs = self.run(inputs, wanted)
            logits = outputs[0].astype(np.float64)
            others = np.delete(logits, self.assessment, axis=1)
            rest = others.max(axis=1) + np.log(np.exp(others - others.max(axis=1, keepdims=True)).sum(axis=1))
            found[places] = logits[:, self.assessment] - rest
            if self.kinds:
                for place, kind in zip(places, outputs[1].argmax(axis=1), strict=True):
                    kinds[place] = self.kinds[kind]
        return found, kinds

    def vectors(self, sentences: Sequence[str]) -> np.ndarray:
        """Unit vectors whose products say how alike sentences are, shape (sentences, width), float64."""
        if VECTORS not in self.outputs:
            raise BriefError(f"{self.name}: it has no vectors of sentences.", "Compare with the project's own models.")
        rows: list[np.ndarray] = [np.empty(0)] * len(sentences)
        for places, inputs in self._batches(sentences):
            for place, row in zip(places, self.run(inputs, [VECTORS])[0].astype(np.float64), strict=True):
                rows[place] = row / max(1e-9, float(np.linalg.norm(row)))
        return np.array(rows)

    def _batches(self, sentences: Sequence[str]) -> Iterator[tuple[list[int], Inputs]]:
        """Places of sentences of like length, with their inputs."""
        encoded = self.tokenizer.encode_batch(list(sentences))
        order = sorted(range(len(sentences)), key=lambda place: len(encoded[place].ids))
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            yield places, _padded([encoded[place] for place in places])


def load_encoder(folder: Path, threads: int = 0) -> Encoder:
    """As `read_encoder`, but read once, whichever thread asks first."""
    with _LOADING:
        return _kept(folder, threads)


def forget_encoders() -> None:
    """Read anew what is asked for next: for whoever has changed a folder."""
    _kept.cache_clear()


def read_encoder(folder: Path, threads: int = 0) -> Encoder:
    """The classifier of a folder, run by so many threads (0: one a core). Raises `BriefError` where it holds none."""
    try:
        from tokenizers import Tokenizer

        config = json.loads((folder / "config.json").read_text("utf-8"))
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # tokenizers raises bare exceptions
        raise BriefError(
            f"{folder}: no classifier ({error}).",
            "Give a folder with config.json, tokenizer.json and model.onnx, as transformers saves them.",
        ) from None
    tokenizer.enable_truncation(LONGEST)
    tokenizer.no_padding()
    labels = {str(label).lower(): int(place) for place, label in config.get("id2label", {}).items()}
    if ASSESSMENT not in labels or len(labels) < 2:
        raise BriefError(
            f"{folder}: its labels are {', '.join(labels) or 'not named'}.",
            "A classifier of claims names `assessment` among at least two labels in config.json (id2label).",
        )
    name = str(config.get("_name", folder.name))
    if (folder / "model.onnx").exists():
        run, outputs = _by_onnx(folder / "model.onnx", threads)
        kinds = tuple(kind for name in config.get("kinds", ()) for kind in AssessmentKind if kind == name)
        return Encoder(name, tokenizer, run, outputs, labels[ASSESSMENT], kinds if KINDS in outputs else ())
    return Encoder(name, tokenizer, _by_torch(folder), ("logits",), labels[ASSESSMENT])


_kept = cache(read_encoder)


def _by_onnx(path: Path, threads: int) -> tuple[Run, tuple[str, ...]]:
    os.environ.setdefault(
        "ORT_DISABLE_TELEMETRY", "1"
    )  # read when the library is loaded: nothing is reported to its makers
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = threads
    if not adds_exactly():  # slower, so only where it must be
        options.add_session_config_entry("session.x64quantprecision", "1")
    try:
        session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # what ONNX Runtime raises has no common base
        raise BriefError(f"{path}: ONNX Runtime cannot read it ({error}).", "Export the model again.") from None
    wanted = {item.name for item in session.get_inputs()}
    outputs = tuple(item.name for item in session.get_outputs())

    def run(inputs: Inputs, names: Sequence[str]) -> Sequence[np.ndarray]:
        found: Sequence[np.ndarray] = session.run(list(names), {name: inputs[name] for name in wanted})
        return found

    return run, outputs


def _by_torch(folder: Path) -> Run:
    try:
        import torch
        from transformers import AutoModelForSequenceClassification
    except ImportError:
        raise BriefError(
            f"{folder}: it has no model.onnx, and torch is not installed.",
            "Export the model to ONNX, or install the extra: pip install 'brief-nlp[train]'.",
        ) from None
    try:
        model = AutoModelForSequenceClassification.from_pretrained(folder, local_files_only=True).eval()
    except (OSError, ValueError) as error:
        raise BriefError(f"{folder}: transformers cannot load it ({error}).", "Save the model again.") from None

    def run(inputs: Inputs, _: Sequence[str]) -> Sequence[np.ndarray]:
        with torch.inference_mode():
            return [model(**{name: torch.from_numpy(value) for name, value in inputs.items()}).logits.numpy()]

    return run


def _padded(encoded: Sequence[Any]) -> Inputs:
    width = max(len(one.ids) for one in encoded)
    ids, mask = (np.zeros((len(encoded), width), dtype=np.int64) for _ in range(2))
    for row, one in enumerate(encoded):
        ids[row, : len(one.ids)], mask[row, : len(one.ids)] = one.ids, 1
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
