"""What this machine's processor can do with products of eight bits."""

from __future__ import annotations

from functools import cache

import numpy as np

# an ONNX model of one node: x, of two columns, by weights of two rows and sixteen columns that are all 127
MODEL = (
    b'\x08\t:g\n\x18\n\x01x\n\x01w\x12\x01y"\rMatMulInteger\x12\x08products*+\x08\x02\x08\x10\x10\x03B\x01wJ '
    + b"\x7f" * 32
    + b"Z\t\n\x01x\x12\x04\n\x02\x08\x02b\t\n\x01y\x12\x04\n\x02\x08\x06B\x04\n\x00\x10\x11"
)


@cache
def adds_exactly() -> bool:
    """Whether ONNX Runtime adds products of eight bits exactly here, by adding some.

    Processors without VNNI add two at a time in sixteen bits, which overflow: labels would change with the machine.
    """
    import onnxruntime

    session = onnxruntime.InferenceSession(MODEL, providers=["CPUExecutionProvider"])
    (sums,) = session.run(None, {"x": np.full((8, 2), 255, np.uint8)})
    return bool((sums == 2 * 255 * 127).all())
