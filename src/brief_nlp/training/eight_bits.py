"""A network's products of matrices in eight bits, close to the whole numbers and the same in any company.

Inputs of a product are rounded on a scale that was fixed beforehand: one that is taken from the batch at hand, as
`onnxruntime.quantization.quantize_dynamic` does it, lets a sentence's score hang on its neighbours. A few channels of a
transformer are many times as wide as all others and would coarsen the scale for all (Dettmers et al. 2022, LLM.int8(),
arXiv:2208.07339, section 3): they are left out of the range, and what rounding and clipping take from them is
multiplied by whole weights and added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnx
import onnxruntime
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

QUANTIZED, SCALE, ZERO = "_quantized", "_scale", "_zero_point"  # after a weight's name, as quantize_dynamic has them
ROUNDED, STEP, NOUGHT, OUTSIDE = "_rounded", "_step", "_nought", "_outside"  # likewise after an input's name
WIDEST = 16  # channels at most that are made good
NARROWER = 1.15  # fewer, where the range without them is no more than so many times that without the widest
TOP = 255

Inputs = Mapping[str, np.ndarray]
New = list[tuple[str, Any]]  # numbers that are added to the network, by name


class Range(NamedTuple):
    """How an input of products is rounded: `scale` and `zero`, and the channels that lie outside, in their order."""

    scale: float
    zero: int
    outside: np.ndarray


def eight_bits(plain: Path, target: Path, batches: Iterable[Inputs]) -> None:
    """Write the network `plain` (ONNX, whole numbers) into `target` with embeddings and products in eight bits.

    `batches` are inputs of the network, among them `attention_mask`, of shape (sentences, tokens): what they reach is
    the range. Layers on top, which are small, stay whole.
    """
    quantize_dynamic(str(plain), str(target), weight_type=QuantType.QInt8, op_types_to_quantize=["Gather"])
    whole = onnx.load(str(plain))
    ranges = {name: _range(low, high) for name, (low, high) in _reached(whole, batches).items()}
    model = onnx.load(str(target))
    _rewrite(model.graph, ranges)
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    onnx.save(model, str(target))


def _products(graph: Any) -> list[Any]:
    """The products of an input with a weight."""
    weights = {one.name for one in graph.initializer}
    return [node for node in graph.node if node.op_type == "MatMul" and node.input[1] in weights]


def _reached(model: Any, batches: Iterable[Inputs]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """For each input of products the least and the greatest value of every channel."""
    names = list(dict.fromkeys(node.input[0] for node in _products(model.graph)))
    for name in names:
        model.graph.output.append(helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    found: dict[str, tuple[np.ndarray, np.ndarray]] = {}
    for inputs in batches:
        words = inputs["attention_mask"].astype(bool)
        for name, values in zip(names, session.run(names, dict(inputs)), strict=True):
            low, high = values[words].min(axis=0), values[words].max(axis=0)
            least, greatest = found.get(name, (low, high))
            found[name] = np.minimum(least, low), np.maximum(greatest, high)
    return found


def _range(low: np.ndarray, high: np.ndarray) -> Range:
    width = np.maximum(high, -low)
    order = np.argsort(-width, kind="stable")
    few = next(few for few in range(WIDEST + 1) if width[order[few]] <= NARROWER * width[order[WIDEST]])
    least, greatest = min(0.0, float(low[order[few:]].min())), max(0.0, float(high[order[few:]].max()))
    scale = (greatest - least) / TOP or 1.0
    return Range(scale, round(-least / scale), np.sort(order[:few]))


def _rewrite(graph: Any, ranges: Mapping[str, Range]) -> None:
    stored = {one.name: one for one in graph.initializer}
    readers: dict[str, list[Any]] = {}
    for node in graph.node:
        for name in node.input:
            readers.setdefault(name, []).append(node)
    products = {node.output[0]: node for node in _products(graph) if node.input[0] in ranges}
    biases = {out: (adder := _adder(readers[out], stored), adder.output[0]) for out in products}
    added = {id(adder) for adder, _ in biases.values()}
    begun: set[str] = set()
    nodes: list[Any] = []
    new: New = []
    for node in graph.node:
        if id(node) in added:
            continue
        if node.output[0] not in products:
            nodes.append(node)
            continue
        source, weight = node.input
        if source not in begun:
            begun.add(source)
            nodes += _rounded(source, ranges[source], new)
        adder, out = biases[node.output[0]]
        bias = next(name for name in adder.input if name in stored)
        whole = numpy_helper.to_array(stored[weight])
        nodes += _product(node.name, source, weight, whole, bias, out, ranges[source], new)
        graph.initializer.remove(stored[weight])
    del graph.node[:]
    graph.node.extend(nodes)
    graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in new)


def _adder(readers: list[Any], stored: Mapping[str, Any]) -> Any:
    """The node that adds the bias to a product."""
    (node,) = readers
    if node.op_type != "Add" or not any(name in stored for name in node.input):
        raise ValueError(f"{node.name}: a product of the network has no bias")
    return node


def _rounded(source: str, known: Range, new: New) -> list[Any]:
    """`source` in eight bits, and what is lost of the channels outside."""
    scale, zero = source + STEP, source + NOUGHT
    new += [(scale, np.float32(known.scale)), (zero, np.uint8(known.zero))]
    nodes = [helper.make_node("QuantizeLinear", [source, scale, zero], [source + ROUNDED], name=source + "/Round")]
    if len(known.outside):
        outside, part = source + "_outside", source + "_part"
        new.append((outside, known.outside.astype(np.int64)))
        nodes += [
            helper.make_node("Gather", [source, outside], [part], axis=-1, name=part),
            helper.make_node("QuantizeLinear", [part, scale, zero], [part + ROUNDED], name=part + "/Round"),
            helper.make_node("DequantizeLinear", [part + ROUNDED, scale, zero], [part + "_kept"], name=part + "/Kept"),
            helper.make_node("Sub", [part, part + "_kept"], [source + "_lost"], name=part + "/Lost"),
        ]
    return nodes


def _product(
    name: str,
    source: str,
    weight: str,
    whole: np.ndarray,
    bias: str,
    out: str,
    known: Range,
    new: New,
) -> list[Any]:
    """The product with its bias, in eight bits with one scale a column, and with what was lost outside."""
    scales = np.maximum(np.abs(whole).max(axis=0), np.finfo(np.float32).tiny) / 127
    new += [
        (weight + QUANTIZED, np.rint(whole / scales).astype(np.int8)),
        (weight + SCALE, scales.astype(np.float32)),
        (weight + ZERO, np.zeros(len(scales), np.int8)),
    ]
    main = out + "_inside" if len(known.outside) else out
    inputs = [
        source + ROUNDED,
        weight + QUANTIZED,
        source + STEP,
        weight + SCALE,
        source + NOUGHT,
        weight + ZERO,
        bias,
    ]
    nodes = [helper.make_node("MatMulIntegerToFloat", inputs, [main], name=name, domain="com.microsoft")]
    if len(known.outside):
        rows = weight + OUTSIDE
        new.append((rows, np.ascontiguousarray(whole[known.outside])))
        nodes += [
            helper.make_node("MatMul", [source + "_lost", rows], [out + OUTSIDE], name=name + "/Outside"),
            helper.make_node("Add", [main, out + OUTSIDE], [out], name=name + "/Sum"),
        ]
    return nodes
