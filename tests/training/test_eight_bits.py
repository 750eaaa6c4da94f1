from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from brief_nlp.training.eight_bits import QUANTIZED, eight_bits

WORDS, WIDTH, INNER = 50, 32, 64
DICE = np.random.default_rng(5)
WIDE = 7  # a channel fifty times as wide as the others


def written(path: Path, *, biased: bool = True) -> Path:
    """A network of one feed-forward layer over vectors of words, whose sentences have one number each."""
    numbers = {
        "vectors": DICE.normal(size=(WORDS, WIDTH)),
        "widths": np.where(np.arange(WIDTH) == WIDE, 50, 1),
        "first": DICE.normal(size=(WIDTH, INNER)) / WIDTH,
        "first bias": DICE.normal(size=INNER),
        "second": DICE.normal(size=(INNER, 1)),
        "second bias": DICE.normal(size=1),
    }
    nodes = [
        helper.make_node("Gather", ["vectors", "input_ids"], ["words"]),
        helper.make_node("Mul", ["words", "widths"], ["widened"]),
        helper.make_node("MatMul", ["widened", "first"], ["multiplied"], name="first"),
        helper.make_node("Add", ["first bias", "multiplied"], ["inner"])
        if biased
        else helper.make_node("Relu", ["multiplied"], ["inner"]),
        helper.make_node("Tanh", ["inner"], ["bent"]),
        helper.make_node("MatMul", ["bent", "second"], ["outer"], name="second"),
        helper.make_node("Add", ["outer", "second bias"], ["each"]),
        helper.make_node("ReduceMean", ["each", "tokens"], ["logits"], keepdims=0),
    ]
    whole = [numpy_helper.from_array(value.astype(np.float32), name) for name, value in numbers.items()]
    whole.append(numpy_helper.from_array(np.array([1, 2]), "tokens"))
    shape = ["sentences", "tokens"]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in ("input_ids", "attention_mask")]
    outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["sentences"])]
    graph = helper.make_graph(nodes, "small", inputs, outputs, whole)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10), str(path))
    return path


def run(path: Path, ids: np.ndarray) -> np.ndarray:
    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.x64quantprecision", "1")  # exact on any processor
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
    return np.asarray(session.run(["logits"], {one.name: inputs[one.name] for one in session.get_inputs()})[0])


def batch(sentences: int) -> dict[str, np.ndarray]:
    ids = DICE.integers(0, WORDS, size=(sentences, 6))
    return {"input_ids": ids, "attention_mask": np.ones_like(ids)}


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return written(tmp_path / "plain.onnx")


def test_a_sentence_comes_to_the_same_in_any_company(plain: Path, tmp_path: Path):
    eight_bits(plain, tmp_path / "eight.onnx", [batch(8) for _ in range(8)])
    ids = batch(20)["input_ids"]
    together = run(tmp_path / "eight.onnx", ids)
    assert np.allclose(together, [run(tmp_path / "eight.onnx", ids[[row]])[0] for row in range(20)], atol=1e-5)


def test_wide_channels_do_not_coarsen_the_others(plain: Path, tmp_path: Path):
    eight_bits(plain, tmp_path / "eight.onnx", [batch(8) for _ in range(8)])
    quantize_dynamic(str(plain), str(tmp_path / "dynamic.onnx"), weight_type=QuantType.QInt8, per_channel=True)
    ids = batch(200)["input_ids"]
    words = tmp_path / "words.onnx"  # both round vectors of words alike
    quantize_dynamic(str(plain), str(words), weight_type=QuantType.QInt8, op_types_to_quantize=["Gather"])
    right = run(words, ids)
    near, far = (np.abs(run(tmp_path / name, ids) - right).mean() for name in ("eight.onnx", "dynamic.onnx"))
    assert near < far / 2


def test_weights_have_eight_bits(plain: Path, tmp_path: Path):
    eight_bits(plain, tmp_path / "eight.onnx", [batch(8)])
    stored = {one.name: one for one in onnx.load(str(tmp_path / "eight.onnx")).graph.initializer}
    assert {"first", "second", "vectors"}.isdisjoint(stored)
    assert stored["first" + QUANTIZED].data_type == TensorProto.INT8


def test_values_beyond_those_seen_are_clipped_but_in_wide_channels(plain: Path, tmp_path: Path):
    """All words but the widest set the range: the one left out is read nearly as well."""
    widest = int(np.abs(numpy_helper.to_array(onnx.load(str(plain)).graph.initializer[0])[:, WIDE]).argmax())
    ids = np.array([[word for word in range(WORDS) if word != widest]])
    eight_bits(plain, tmp_path / "eight.onnx", [{"input_ids": ids, "attention_mask": np.ones_like(ids)}])
    unseen = np.array([[widest] * 6])
    assert run(tmp_path / "eight.onnx", unseen) == pytest.approx(run(plain, unseen), abs=0.5)


def test_a_product_without_a_bias_is_told(tmp_path: Path):
    with pytest.raises(ValueError, match="no bias"):
        eight_bits(written(tmp_path / "plain.onnx", biased=False), tmp_path / "eight.onnx", [batch(2)])
