"""Matrix products cut so that the matrix library finds them small.

OpenBLAS, which comes with numpy, has kernels for small products on processors with AVX-512: they read both operands where they
lie. Those for large products copy them first and are a third slower on rows as short as ours. Rows of weights that begin at a
cache line make another third. Other processors get whole products, of aligned weights too.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from piiscrub.recognize.ner.one_thread import processors

Floats = npt.NDArray[np.float32]

_LINE = 64  # bytes of a cache line
_STRIPS = (64, 128)  # columns of weights in one small product: the fewer the rows, the more of them
MANY = (32,)  # the same for hundreds of rows at a time
_SMALL = 10**6  # rows * inputs * columns up to which OpenBLAS calls a product small
_SMALL_ON = {"SkylakeX", "Cooperlake", "SapphireRapids"}  # as OpenBLAS calls the processors that it has small kernels for


def aligned(*shape: int) -> Floats:
    """An empty array that begins at a cache line."""
    size = int(np.prod(shape)) * 4
    room = np.empty(size + _LINE, "u1")
    begin = -room.ctypes.data % _LINE
    return room[begin : begin + size].view("f4").reshape(shape)


class Product(NamedTuple):
    """Where a product of some rows goes, and the strips of weights that fill it."""

    strips: Floats
    out: Floats

    def of(self, rows: Floats) -> None:
        """Multiply ``rows`` [..., rows, inputs]."""
        np.matmul(rows[..., None, :, :], self.strips, out=self.out)


class Weights:
    """Weights [..., inputs, outputs] that many rows are multiplied by.

    >>> weights = Weights(np.eye(3, dtype="f4"))
    >>> out = aligned(2, 3)
    >>> weights.into(out).of(np.array([[1, 2, 3], [4, 5, 6]], "f4"))
    >>> out.tolist()
    [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
    """

    def __init__(self, weights: Floats, strips: tuple[int, ...] = _STRIPS) -> None:
        self._inputs, outputs = weights.shape[-2:]
        widths = [width for width in strips if outputs % width == 0 and small()] or [outputs]
        self._strips = {width: _in_strips(weights, width) for width in widths}
        self._most = _SMALL // (self._inputs * min(widths)) if small() else 0

    def into(self, out: Floats) -> Product:
        """The product that fills ``out`` [..., rows, outputs]."""
        fitting = [width for width in self._strips if out.shape[-2] * self._inputs * width <= _SMALL]
        strips = self._strips[max(fitting, default=min(self._strips))]
        width = strips.shape[-1]
        return Product(strips, out.reshape(*out.shape[:-1], out.shape[-1] // width, width).swapaxes(-2, -3))

    def multiply(self, rows: Floats, out: Floats) -> None:
        """Fill ``out`` [..., rows, outputs] for any number of rows."""
        count = rows.shape[-2]
        each = -(-count // -(-count // self._most)) if self._most else count
        width = min(self._strips)
        strips = self._strips[width]
        filled = out.reshape(*out.shape[:-1], -1, width).swapaxes(-2, -3)
        rows = rows[..., None, :, :]
        for begin in range(0, count, each):
            some = slice(begin, begin + each)
            np.matmul(rows[..., some, :], strips, out=filled[..., some, :])


def _in_strips(weights: Floats, width: int) -> Floats:
    """[..., strips, inputs, width]"""
    *several, inputs, outputs = weights.shape
    split = np.moveaxis(weights.reshape(*several, inputs, outputs // width, width), -2, -3)
    made = aligned(*split.shape)
    made[:] = split
    return made


@cache
def small() -> bool:
    """True if the matrix library has kernels for small products on this processor."""
    return bool(_SMALL_ON & processors())
