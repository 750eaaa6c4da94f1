"""The fine-tuned transformer, served by ONNX Runtime; a folder that transformers saved works as well.

A folder holds `tokenizer.json`, `config.json` with `id2label` (one of whose labels is `assessment`), and `model.onnx`,
or else weights that transformers loads with torch.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from brief_nlp.errors import BriefError

LONGEST = 160  # tokens of a sentence that are read
BATCH = 32  # sentences at a time, of like length
ASSESSMENT = "assessment"

VECTORS = "vectors"  # the output of a network that likens sentences to each other

Inputs = dict[str, np.ndarray]
Run = Callable[[Inputs], np.ndarray]


@dataclass(frozen=True)
class Encoder:
    """A classifier of sentences: `tokenizer` makes its inputs, `run` gives logits, shape (sentences, labels).

    `embed`, where the network has that output, gives vectors, shape (sentences, width).
    """

    name: str
    tokenizer: Any
    run: Run
    assessment: int
    embed: Run | None = None

    def scores(self, sentences: Sequence[str]) -> np.ndarray:
        """Log-odds of assessment against all else, one a sentence, float64."""
        found = np.zeros(len(sentences))
        for places, inputs in self._batches(sentences):
            logits = self.run(inputs).astype(np.float64)
            others = np.delete(logits, self.assessment, axis=1)
            rest = others.max(axis=1) + np.log(np.exp(others - others.max(axis=1, keepdims=True)).sum(axis=1))
            found[places] = logits[:, self.assessment] - rest
        return found

    def vectors(self, sentences: Sequence[str]) -> np.ndarray:
        """Unit vectors whose products say how alike sentences are, shape (sentences, width), float64."""
        if self.embed is None:
            raise BriefError(f"{self.name}: it has no vectors of sentences.", "Compare with the project's own models.")
        rows: list[np.ndarray] = [np.empty(0)] * len(sentences)
        for places, inputs in self._batches(sentences):
            for place, row in zip(places, self.embed(inputs).astype(np.float64), strict=True):
                rows[place] = row / max(1e-9, float(np.linalg.norm(row)))
        return np.array(rows)

    def _batches(self, sentences: Sequence[str]) -> Iterator[tuple[list[int], Inputs]]:
        """Places of sentences of like length, with their inputs."""
        encoded = self.tokenizer.encode_batch(list(sentences))
        order = sorted(range(len(sentences)), key=lambda place: len(encoded[place].ids))
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            yield places, _padded([encoded[place] for place in places])


@cache
def load_encoder(folder: Path) -> Encoder:
    """The classifier of a folder. Raises `BriefError` where it holds none."""
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
        run, embed = _by_onnx(folder / "model.onnx")
        return Encoder(name, tokenizer, run, labels[ASSESSMENT], embed)
    return Encoder(name, tokenizer, _by_torch(folder), labels[ASSESSMENT])


def _by_onnx(path: Path) -> tuple[Run, Run | None]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # what ONNX Runtime raises has no common base
        raise BriefError(f"{path}: ONNX Runtime cannot read it ({error}).", "Export the model again.") from None
    wanted = {item.name for item in session.get_inputs()}
    outputs = [item.name for item in session.get_outputs()]

    def reading(output: str) -> Run:
        def run(inputs: Inputs) -> np.ndarray:
            found: np.ndarray = session.run([output], {name: inputs[name] for name in wanted})[0]
            return found

        return run

    return reading(outputs[0]), reading(VECTORS) if VECTORS in outputs else None


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

    def run(inputs: Inputs) -> np.ndarray:
        with torch.inference_mode():
            found: np.ndarray = model(
                **{name: torch.from_numpy(value) for name, value in inputs.items()}
            ).logits.numpy()
        return found

    return run


def _padded(encoded: Sequence[Any]) -> Inputs:
    width = max(len(one.ids) for one in encoded)
    ids, mask = (np.zeros((len(encoded), width), dtype=np.int64) for _ in range(2))
    for row, one in enumerate(encoded):
        ids[row, : len(one.ids)], mask[row, : len(one.ids)] = one.ids, 1
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
