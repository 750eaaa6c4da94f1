import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from brief_nlp.claims.processor import MODEL, adds_exactly


def test_the_model_is_what_it_says() -> None:
    weights = numpy_helper.from_array(np.full((2, 16), 127, np.int8), "w")
    sides = [
        helper.make_tensor_value_info(*side, None) for side in (("x", TensorProto.UINT8), ("y", TensorProto.INT32))
    ]
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["x", "w"], ["y"])], "products", sides[:1], sides[1:], [weights]
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    assert onnx.load_from_string(MODEL) == made


def test_products_are_told_to_be_exact_only_where_they_are() -> None:
    dice = np.random.default_rng(3)
    x = dice.integers(200, 256, (40, 384), np.uint8)
    weights = dice.integers(100, 128, (384, 64), np.int8)
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["x", "w"], ["y"])],
        "larger",
        [helper.make_tensor_value_info("x", TensorProto.UINT8, None)],
        [helper.make_tensor_value_info("y", TensorProto.INT32, None)],
        [numpy_helper.from_array(weights, "w")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9).SerializeToString()
    (sums,) = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"]).run(None, {"x": x})
    right = np.array_equal(sums, x.astype(np.int64) @ weights.astype(np.int64))
    if not adds_exactly():
        assert not right
        pytest.skip("this processor has no VNNI")
    assert right
