"""The shipped encoder as a network that training goes on from.

What is shipped is an ONNX file whose weights have eight bits. Taken times their scales they are weights of torch again:
not quite those that were trained, but those that are served, so that the network says what the shipped one says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from brief_nlp.claims.encoder import load_encoder
from brief_nlp.training.eight_bits import OUTSIDE, QUANTIZED, SCALE, ZERO
from brief_nlp.training.finetune import Net, Tuned, tokenizer_of

HEADS = 12  # of attention in each layer: the one size that the shapes of the weights do not tell
PREFIX = "net."  # what `finetune.Exported` puts before the names of weights
MOST_MOVED = 0.2  # mean difference in log-odds; the rounding of what runs between the layers explains .01

PRODUCTS = frozenset(("MatMul", "MatMulIntegerToFloat"))

Weights = dict[str, torch.Tensor]


def as_base(encoder: Path, folder: Path) -> Weights:
    """Write the shipped encoder into `folder` as transformers reads one, and return all weights of its `Net`.

    `folder` holds the configuration and the tokenizer; the returned weights those of the layers on top as well.
    """
    weights = read_weights(encoder / "model.onnx")
    words, width = weights["encoder.embeddings.word_embeddings.weight"].shape
    layers = {name.split(".")[3] for name in weights if name.startswith("encoder.encoder.layer.")}
    config = BertConfig(
        vocab_size=words,
        hidden_size=width,
        num_hidden_layers=len(layers),
        num_attention_heads=HEADS,
        intermediate_size=weights["encoder.encoder.layer.0.intermediate.dense.weight"].shape[0],
        max_position_embeddings=weights["encoder.embeddings.position_embeddings.weight"].shape[0],
        type_vocab_size=weights["encoder.embeddings.token_type_embeddings.weight"].shape[0],
        layer_norm_eps=1e-12,
        pad_token_id=1,
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    names = {"bos_token": "<s>", "cls_token": "<s>", "pad_token": "<pad>", "eos_token": "</s>", "sep_token": "</s>"}
    PreTrainedTokenizerFast(
        tokenizer_file=str(encoder / "tokenizer.json"),
        unk_token="<unk>",  # noqa: S106
        **names,
    ).save_pretrained(folder)
    return weights


def resumed(encoder: Path, folder: Path, probe: Sequence[str]) -> Weights:
    """The same, once the network's scores of the sentences in `probe` were seen to be those of the shipped one.

    Raises `ValueError` where they are not: a network that says something else would be taught under a wrong name.
    """
    weights = as_base(encoder, folder)
    net = Net(folder)
    net.load_state_dict(weights)
    moved = float(np.abs(Tuned(net, tokenizer_of(folder)).scores(probe) - load_encoder(encoder).scores(probe)).mean())
    if moved > MOST_MOVED:
        raise ValueError(f"{encoder}: read back, its scores are off by {moved:.2f}")
    return weights


def read_weights(path: Path) -> Weights:
    """The weights of an exported network by their names in `Net`, those of eight bits taken times their scales."""
    graph = onnx.load(str(path)).graph
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    found = {name.removeprefix(PREFIX): value for name, value in stored.items() if _is_plain(name)}
    for node in graph.node:
        if node.op_type in PRODUCTS and node.input[1] in stored and not node.input[1].endswith(OUTSIDE):
            found[_module(node) + ".weight"] = _whole(node.input[1], stored).T
        elif node.op_type == "Gather" and node.input[0].endswith(QUANTIZED):
            name = node.input[0].removesuffix(QUANTIZED)
            found[name.removeprefix(PREFIX)] = _whole(node.input[0], stored)
    return {name: torch.from_numpy(np.array(value, dtype=np.float32)) for name, value in found.items()}


def _is_plain(name: str) -> bool:
    return name.startswith(PREFIX) and name.endswith((".weight", ".bias"))


def _module(node: Any) -> str:
    """The module that a product of matrices belongs to, by the name that the export gave the product."""
    name = node.input[1].removesuffix(QUANTIZED)
    if name.startswith(PREFIX):  # of a layer on top: the weight kept its own name
        return str(name.removeprefix(PREFIX).partition(".weight")[0])
    return str(node.name.removesuffix("/MatMul").strip("/").replace("/", "."))


def _whole(name: str, stored: Mapping[str, Any]) -> Any:
    """A weight as numbers with a fraction; its scales are one a column, or one for all."""
    if not name.endswith(QUANTIZED):
        return stored[name]
    known = name.removesuffix(QUANTIZED)
    return (stored[name].astype(np.float32) - stored[known + ZERO].astype(np.float32)) * stored[known + SCALE]
