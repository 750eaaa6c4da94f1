"""Whether this processor adds products of eight bits exactly, and whether that is told rightly."""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from brief_nlp.claims.processor import MODEL, adds_exactly


def product(weights: np.ndarray) -> onnx.ModelProto:
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["x", "w"], ["y"])],
        "products",
        [helper.make_tensor_value_info("x", TensorProto.UINT8, None)],
        [helper.make_tensor_value_info("y", TensorProto.INT32, None)],
        [numpy_helper.from_array(weights, "w")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def test_the_model_is_what_it_says():
    assert onnx.load_from_string(MODEL) == product(np.full((2, 16), 127, np.int8))


def test_products_are_told_to_be_exact_only_where_they_are():
    dice = np.random.default_rng(3)
    x, weights = dice.integers(200, 256, (40, 384), np.uint8), dice.integers(100, 128, (384, 64), np.int8)
    model = product(weights).SerializeToString()
    (sums,) = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"]).run(None, {"x": x})
    right = np.array_equal(sums, x.astype(np.int64) @ weights.astype(np.int64))
    if not adds_exactly():
        assert not right
        pytest.skip("this processor has no VNNI")
    assert right
