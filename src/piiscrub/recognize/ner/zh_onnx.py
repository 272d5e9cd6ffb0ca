"""The recurrent layers of the Chinese tagger in onnxruntime: the same weights, the same scores but for rounding.

The model is made in memory from the arrays of the model file. One thread, as the package starts none by itself. It needs the
``[onnx]`` extra, and is loaded by ``onnx_tagger`` only.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnx import helper, numpy_helper

from piiscrub.recognize.ner.packed import Numbers, Packed
from piiscrub.recognize.ner.zh_units import Units

Floats = npt.NDArray[np.float32]

_TOGETHER = 8  # texts in one run: more are no faster, and the shorter ones wait for the longest
_MANY = 12  # texts from which the first layer is faster in numpy, where its input projection is looked up
_OPSET, _FORMAT = 17, 8  # of the file format: old enough for every onnxruntime of the extra


class OnnxUnits:
    """The weights of both layers and of the tags' scores, as ``zh_units.Units``. Safe to share between threads."""

    def __init__(self, arrays: Mapping[str, npt.NDArray[np.float16]]) -> None:
        self._embedding = arrays["embedding"]
        self._tags = arrays["out"].shape[1]
        self._units = Units(arrays)
        self._whole, self._upper = _session(arrays, 0), _session(arrays, 1)

    def scores(self, inputs: Numbers, packed: Packed) -> Floats:
        """Scores [characters, tags] for the rows of the embedding ``inputs`` [characters], both packed."""
        many = len(packed.lengths) >= _MANY
        below = self._units.first_layer(inputs, packed) if many else None
        scores = np.empty((len(inputs), self._tags), "f4")
        starts = np.array(packed.starts)
        for first in range(0, len(packed.lengths), _TOGETHER):
            lengths = np.array(packed.lengths[first : first + _TOGETHER], "i4")
            rows = starts[: lengths[0], None] + np.arange(first, first + len(lengths))  # [steps, texts]
            there = np.arange(lengths[0])[:, None] < lengths
            some = np.where(there, rows, 0)
            if below is None:
                session, read = self._whole, self._embedding.take(inputs.take(some), 0).astype("f4")
            else:
                forth, back = below[0].take(some, 0), below[1].take(packed.mirror.take(some), 0)
                session, read = self._upper, np.concatenate([forth, back], 2)
            (made,) = session.run(None, {"read": read, "lengths": lengths})
            scores[rows[there]] = made[there]
        return scores


def _session(arrays: Mapping[str, npt.NDArray[np.float16]], lowest: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(_model(arrays, lowest), options, providers=["CPUExecutionProvider"])


def _model(arrays: Mapping[str, npt.NDArray[np.float16]], lowest: int) -> bytes:
    """The layers from ``lowest`` on as an ONNX file."""
    hidden = arrays["candidate0"].shape[1]
    held, nodes, below = [], [], "read"
    for layer in range(lowest, 2):
        for name, value in zip("WRB", _unit(arrays, layer, hidden), strict=True):
            held.append(numpy_helper.from_array(value, f"{name}{layer}"))
        unit = [below, f"W{layer}", f"R{layer}", f"B{layer}", "lengths"]
        below = f"x{layer}"
        nodes += [
            helper.make_node("GRU", unit, [f"y{layer}"], hidden_size=hidden, direction="bidirectional", linear_before_reset=0),
            helper.make_node("Transpose", [f"y{layer}"], [f"t{layer}"], perm=[0, 2, 1, 3]),
            helper.make_node("Reshape", [f"t{layer}", "shape"], [below]),
        ]
    held.append(numpy_helper.from_array(np.array([0, 0, 2 * hidden], "i8"), "shape"))
    held += [numpy_helper.from_array(arrays[name].astype("f4"), name) for name in ("out", "out_bias")]
    nodes += [
        helper.make_node("MatMul", [below, "out"], ["product"]),
        helper.make_node("Add", ["product", "out_bias"], ["scores"]),
    ]
    real, whole = onnx.TensorProto.FLOAT, onnx.TensorProto.INT32
    takes = [
        helper.make_tensor_value_info("read", real, ["steps", "texts", arrays[f"in{lowest}"].shape[0]]),
        helper.make_tensor_value_info("lengths", whole, ["texts"]),
    ]
    gives = [helper.make_tensor_value_info("scores", real, ["steps", "texts", arrays["out"].shape[1]])]
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
