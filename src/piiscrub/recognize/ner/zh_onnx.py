"""The recurrent layers of the Chinese tagger in onnxruntime: the same weights, the same scores but for rounding.

The models are made in memory from the arrays of the model file. One thread, as the package starts none by itself. It needs the
``[onnx]`` extra, and is loaded by ``onnx_tagger`` only.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnx import helper, numpy_helper

from piiscrub.recognize.ner import products
from piiscrub.recognize.ner.packed import Numbers, Packed
from piiscrub.recognize.ner.zh_units import Project, Units

Floats = npt.NDArray[np.float32]

_TOGETHER = 8  # texts in one run: more are no faster, and the shorter ones wait for the longest
_MANY = 16  # texts from which they are faster side by side, as in numpy
_BLOCK = 256  # characters whose tags are scored at once
_OPSET, _FORMAT = 17, 8  # of the file format: old enough for every onnxruntime of the extra


class OnnxUnits(Units):
    """The weights of both layers and of the tags' scores. Safe to share between threads.

    Few texts run through one model of both layers. Many are read as in numpy, step by step side by side, where looking up the
    first layer's projection saves a fifth of all multiplications. Of those the products between the layers, half of what is
    left, run here if numpy's library has no kernels for small ones (products.py); with them it is as fast, and copies less.
    """

    def __init__(self, arrays: Mapping[str, npt.NDArray[np.float16]]) -> None:
        super().__init__(arrays)
        self._whole = _session(_model(arrays))
        self._between = self._last = None
        if not products.small():
            self._between = _session(_products(arrays, "in1", "bias1", 2))
            self._last = _session(_products(arrays, "out", "out_bias", 1))

    def scores(self, inputs: Numbers, packed: Packed) -> Floats:
        """Scores [characters, tags] for the rows of the embedding ``inputs`` [characters], both packed."""
        if len(packed.lengths) >= _MANY:
            return super().scores(inputs, packed)
        scores = np.empty((len(inputs), self._tags), "f4")
        starts = np.array(packed.starts)
        for first in range(0, len(packed.lengths), _TOGETHER):
            lengths = np.array(packed.lengths[first : first + _TOGETHER], "i4")
            rows = starts[: lengths[0], None] + np.arange(first, first + len(lengths))  # [steps, texts]
            there = np.arange(lengths[0])[:, None] < lengths
            read = self._embedding.take(inputs.take(np.where(there, rows, 0)), 0).astype("f4")
            (made,) = self._whole.run(None, {"x0": read, "lengths": lengths})
            scores[rows[there]] = made[there]
        return scores

    def _projection(self, below: Floats, packed: Packed, longest: int) -> Project:
        between = self._between
        if between is None:
            return super()._projection(below, packed, longest)
        forth, back = below

        def project(begin: int, end: int) -> Floats:
            mirror, rows = packed.mirror[begin:end], slice(begin, end)
            read = {"forth0": forth[rows], "back0": back.take(mirror, 0), "forth1": forth.take(mirror, 0), "back1": back[rows]}
            (both,) = between.run(None, read)
            made: Floats = both.reshape(2, len(mirror), 3, -1).swapaxes(1, 2)
            return made

        return project

    def _tag_scores(self, states: Floats, packed: Packed) -> Floats:
        last = self._last
        if last is None:
            return super()._tag_scores(states, packed)
        forth, back = states
        scores = np.empty((len(forth), self._tags), "f4")
        for begin in range(0, len(scores), _BLOCK):
            rows = slice(begin, begin + _BLOCK)
            (made,) = last.run(None, {"forth0": forth[rows], "back0": back.take(packed.mirror[rows], 0)})
            scores[rows] = made[0]
        return scores


def _session(model: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _products(arrays: Mapping[str, npt.NDArray[np.float16]], weights: str, bias: str, parts: int) -> bytes:
    """States of both directions, beside each other, times weights, as an ONNX file; [parts, rows, outputs]."""
    held, nodes, takes = [numpy_helper.from_array(np.array([0], "i8"), "first")], [], []
    split = zip(np.split(arrays[weights].astype("f4"), parts, 1), np.split(arrays[bias].astype("f4"), parts), strict=True)
    real = onnx.TensorProto.FLOAT
    for i, (weight, shift) in enumerate(split):
        held += [numpy_helper.from_array(np.ascontiguousarray(weight), f"w{i}"), numpy_helper.from_array(shift, f"b{i}")]
        takes += [helper.make_tensor_value_info(f"{side}{i}", real, ["rows", len(weight) // 2]) for side in ("forth", "back")]
        nodes += [
            helper.make_node("Concat", [f"forth{i}", f"back{i}"], [f"x{i}"], axis=1),
            helper.make_node("Gemm", [f"x{i}", f"w{i}", f"b{i}"], [f"y{i}"]),
            helper.make_node("Unsqueeze", [f"y{i}", "first"], [f"z{i}"]),
        ]
    nodes.append(helper.make_node("Concat", [f"z{i}" for i in range(parts)], ["made"], axis=0))
    gives = [helper.make_tensor_value_info("made", real, [parts, "rows", arrays[bias].size // parts])]
    return _file(nodes, takes, gives, held)


def _model(arrays: Mapping[str, npt.NDArray[np.float16]]) -> bytes:
    """The layers as an ONNX file."""
    hidden = arrays["candidate0"].shape[1]
    held, nodes = [], []
    for layer in range(2):
        for name, value in zip("WRB", _unit(arrays, layer, hidden), strict=True):
            held.append(numpy_helper.from_array(value, f"{name}{layer}"))
        unit = [f"x{layer}", f"W{layer}", f"R{layer}", f"B{layer}", "lengths"]
        nodes += [
            helper.make_node("GRU", unit, [f"y{layer}"], hidden_size=hidden, direction="bidirectional", linear_before_reset=0),
            helper.make_node("Transpose", [f"y{layer}"], [f"t{layer}"], perm=[0, 2, 1, 3]),
            helper.make_node("Reshape", [f"t{layer}", "shape"], [f"x{layer + 1}"]),
        ]
    held.append(numpy_helper.from_array(np.array([0, 0, 2 * hidden], "i8"), "shape"))
    held += [numpy_helper.from_array(arrays[name].astype("f4"), name) for name in ("out", "out_bias")]
    nodes += [
        helper.make_node("MatMul", ["x2", "out"], ["product"]),
        helper.make_node("Add", ["product", "out_bias"], ["scores"]),
    ]
    real, whole = onnx.TensorProto.FLOAT, onnx.TensorProto.INT32
    takes = [
        helper.make_tensor_value_info("x0", real, ["steps", "texts", arrays["in0"].shape[0]]),
        helper.make_tensor_value_info("lengths", whole, ["texts"]),
    ]
    gives = [helper.make_tensor_value_info("scores", real, ["steps", "texts", arrays["out"].shape[1]])]
    return _file(nodes, takes, gives, held)


def _file(
    nodes: list[onnx.NodeProto],
    takes: list[onnx.ValueInfoProto],
    gives: list[onnx.ValueInfoProto],
    held: list[onnx.TensorProto],
) -> bytes:
    graph = helper.make_graph(nodes, "zh", takes, gives, held)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_FORMAT)
    made: bytes = model.SerializeToString()
    return made


def _unit(arrays: Mapping[str, npt.NDArray[np.float16]], layer: int, hidden: int) -> tuple[Floats, Floats, Floats]:
    """Weights of one layer as the operator GRU has them: gates in the order update, reset, candidate, and transposed.

    Our update is its complement, hence the signs; the halves that the model file folds in are taken out again.
    """
    sign = np.repeat(np.array([-2, 2, 1], "f4"), hidden)
    back = np.repeat(np.array([-2, 2, 2], "f4"), hidden)
    inputs = [part * sign for part in np.split(arrays[f"in{layer}"].astype("f4"), 2, 1)]
    bias = [part * sign for part in np.split(arrays[f"bias{layer}"].astype("f4"), 2)]
    recurrent = np.concatenate([arrays[f"gates{layer}"], arrays[f"candidate{layer}"]], 2).astype("f4") * back
    return (
        np.ascontiguousarray(np.stack(inputs).transpose(0, 2, 1)),
        np.ascontiguousarray(recurrent.transpose(0, 2, 1)),
        np.stack([np.concatenate([part, np.zeros_like(part)]) for part in bias]),
    )
