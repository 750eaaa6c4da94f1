"""Fine-tuning a small encoder with transformers and torch, and its export to ONNX with 8-bit weights."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import nn
from transformers import AutoModel, PreTrainedTokenizerFast

from brief_nlp.claims.encoder import KINDS, LONGEST, VECTORS, forget_encoders
from brief_nlp.schema import AssessmentKind
from brief_nlp.training.eight_bits import eight_bits
from brief_nlp.training.examples import Example

KIND_PLACES = {kind: place for place, kind in enumerate(AssessmentKind)}
UNKNOWN = -100  # what torch leaves out of a loss
PROBES = 16  # sentences at a time by which the scales of eight bits are set


@dataclass(frozen=True)
class Recipe:
    """How an encoder is fine-tuned."""

    epochs: int = 3
    rate: float = 1e-4  # highest learning rate; warmed up over a tenth of the steps, then falling to 0
    batch: int = 16
    smoothing: float = 0.05  # of the labels
    doubtful: float = 0.5  # weight of an example that the guideline leaves in doubt
    kinds: float = 0.3  # weight of telling the kinds of assessments apart, beside the labels


class Net(nn.Module):
    """Encoder, mean of its token vectors, and a linear layer each for label (fact, assessment) and kind."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base, local_files_only=True, add_pooling_layer=False)
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(self.encoder.config.hidden_size, 2)
        self.kinds = nn.Linear(self.encoder.config.hidden_size, len(AssessmentKind))

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits of the labels, shape (sentences, 2), and of the kinds, shape (sentences, kinds)."""
        pooled = self.drop(self.pooled(input_ids, attention_mask))
        return self.head(pooled), self.kinds(pooled)

    def pooled(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """One vector a sentence, shape (sentences, width)."""
        vectors = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return _mean(vectors, attention_mask)


class Exported(nn.Module):
    """A network as it is exported: logits, and the mean of a lower layer's vectors, which still say what is meant."""

    def __init__(self, net: Net, layer: int) -> None:
        super().__init__()
        self.net, self.layer = net, layer

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Logits of labels and of kinds, and vectors, shape (sentences, width)."""
        found = self.net.encoder(input_ids=input_ids, attention_mask=attention_mask, output_hidden_states=True)
        last, lower = (
            _mean(vectors, attention_mask) for vectors in (found.last_hidden_state, found.hidden_states[self.layer])
        )
        return self.net.head(last), self.net.kinds(last), lower


def _mean(vectors: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
    mask = attention_mask.unsqueeze(-1).to(vectors.dtype)
    return (vectors * mask).sum(1) / mask.sum(1)


@dataclass(frozen=True)
class Tuned:
    """A fine-tuned network with its tokenizer."""

    net: Net
    tokenizer: Any

    def scores(self, sentences: Sequence[str]) -> np.ndarray:
        """Log-odds of assessment, one a sentence."""
        self.net.eval()
        found = np.zeros(len(sentences))
        order = sorted(range(len(sentences)), key=lambda place: len(sentences[place]))
        with torch.inference_mode():
            for start in range(0, len(order), 32):
                places = order[start : start + 32]
                logits, _ = self.net(**encoded(self.tokenizer, [sentences[place] for place in places]))
                found[places] = (logits[:, 1] - logits[:, 0]).numpy()
        return found


def fine_tune(
    base: Path,
    examples: Sequence[Example],
    *,
    seed: int,
    recipe: Recipe | None = None,
    start: Mapping[str, torch.Tensor] | None = None,
    told: Callable[[int, int], None] | None = None,
) -> Tuned:
    """Fine-tune the encoder in `base` on examples; the same seed on the same machine gives the same network.

    With `start` it goes on from all weights of a network, those of the layers on top as well. `told` hears after each
    step how many are done, and of how many.
    """
    recipe = recipe or Recipe()
    torch.manual_seed(seed)
    dice = random.Random(seed)  # noqa: S311 - no secret
    tokenizer = tokenizer_of(base)
    net = Net(base)
    if start is not None:
        net.load_state_dict(start)
    decayed = [weight for weight in net.parameters() if weight.ndim > 1]
    others = [weight for weight in net.parameters() if weight.ndim < 2]
    optimizer = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}], lr=recipe.rate
    )
    steps = recipe.epochs * math.ceil(len(examples) / recipe.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * max(0.0, 1 - step / steps)
    )
    loss_of = nn.CrossEntropyLoss(reduction="none", label_smoothing=recipe.smoothing, ignore_index=UNKNOWN)
    done = 0
    for _ in range(recipe.epochs):
        net.train()
        for places in _batches(examples, recipe.batch, dice):
            batch = [examples[place] for place in places]
            labels = torch.tensor([int(one.assessment) for one in batch])
            kinds = torch.tensor([KIND_PLACES[one.kind] if one.kind else UNKNOWN for one in batch])
            weights = torch.tensor([1.0 if one.certain else recipe.doubtful for one in batch])
            logits, of_kinds = net(**encoded(tokenizer, [one.text for one in batch]))
            losses = loss_of(logits, labels) + recipe.kinds * loss_of(of_kinds, kinds)
            loss = (losses * weights).mean()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            done += 1
            if told is not None:
                told(done, steps)
    return Tuned(net, tokenizer)


def save(model: Tuned, path: Path) -> None:
    """Keep the weights of a network."""
    save_file(model.net.state_dict(), path)


def load(path: Path, base: Path) -> Tuned:
    """A network from its weights and the base that it was tuned from."""
    net = Net(base)
    net.load_state_dict(load_file(path))
    return Tuned(net, tokenizer_of(base))


def export(model: Tuned, folder: Path, *, name: str, layer: int, probe: Sequence[str]) -> None:
    """Write `model.onnx`, `tokenizer.json` and `config.json`, as `load_encoder` reads them.

    `layer` is the one whose vectors liken sentences to each other; `probe` are sentences by which the scales of eight
    bits are set.
    """
    folder.mkdir(parents=True, exist_ok=True)
    plain = folder / "plain.onnx"
    model.net.encoder.set_attn_implementation("eager")  # the other guards against sentences without a word
    inputs = encoded(model.tokenizer, ["One sentence.", "Another, longer sentence."])
    axes = {0: "sentences", 1: "tokens"}
    outputs = ["logits", KINDS, VECTORS]
    torch.onnx.export(
        Exported(model.net, layer).eval(),
        (inputs["input_ids"], inputs["attention_mask"]),
        str(plain),
        input_names=["input_ids", "attention_mask"],
        output_names=outputs,
        dynamic_axes={"input_ids": axes, "attention_mask": axes} | {name: {0: "sentences"} for name in outputs},
        dynamo=False,
    )
    by_length = sorted(probe, key=len)
    batches = (by_length[start : start + PROBES] for start in range(0, len(by_length), PROBES))
    eight_bits(plain, folder / "model.onnx", (_arrays(model, batch) for batch in batches))
    plain.unlink()
    model.tokenizer.backend_tokenizer.no_padding()
    model.tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    config = {"_name": name, "id2label": {"0": "fact", "1": "assessment"}, "kinds": list(KIND_PLACES)}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", "utf-8")
    forget_encoders()


def _arrays(model: Tuned, sentences: Sequence[str]) -> dict[str, np.ndarray]:
    return {name: values.numpy() for name, values in encoded(model.tokenizer, sentences).items()}


def tokenizer_of(base: Path) -> Any:
    """The tokenizer of a base model."""
    return PreTrainedTokenizerFast.from_pretrained(base, local_files_only=True)


def encoded(tokenizer: Any, sentences: Sequence[str]) -> dict[str, torch.Tensor]:
    """Inputs of the network, padded."""
    found = tokenizer(list(sentences), padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
    return {name: found[name] for name in ("input_ids", "attention_mask")}


def _batches(examples: Sequence[Example], size: int, dice: random.Random) -> Iterator[list[int]]:
    """Places of examples, shuffled, those of one batch of like length."""
    order = list(range(len(examples)))
    dice.shuffle(order)
    batches = []
    for start in range(0, len(order), 20 * size):
        chunk = sorted(order[start : start + 20 * size], key=lambda place: len(examples[place].text))
        batches += [chunk[at : at + size] for at in range(0, len(chunk), size)]
    dice.shuffle(batches)
    yield from batches
