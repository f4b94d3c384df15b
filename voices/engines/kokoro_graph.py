"""The offline voice's network as it is opened: repaired where the sound wants it, signed where the processor gains.

With `kokoro_repair` the home of onnx. Signed bytes give the same samples in less time:

The network's 87 convolutions of bytes take 70 % of a run. Sounds and weights are unsigned in the model, and for that
pair onnxruntime does not use the processor's instruction for sums of bytes (VNNI); for signed sounds and unsigned
weights it does. So 128 is taken from every sound and from the sounds' zero point: their difference, all that a
convolution adds up, stays what it was, and the samples are the same, bit for bit.

Measured on one core (AMD EPYC, Zen 4) for a sentence of 7 s: a run takes 2.5 instead of 3.8 s, its convolutions 1.3
instead of 2.65 s, the shift 0.02 s. Reading and rewriting the 92 MB takes 0.4 s, once a process; a second file kept in
the cache would have to be read and checked for about as long, and onnxruntime keeps the bytes of a model that is not
opened from a file. Tried and left out, for the convolution of 128 × 128 × 11
over 34,000 frames that takes 51 ms here and took 99: signed weights 402 ms, floats 118, a product of matrices made
by slices 53.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from voices.engines import kokoro_prosody, kokoro_repair

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from onnx import ModelProto, NodeProto

SOUND, ZERO = 0, 2
"""Where a convolution of bytes has its sound and the sound's zero point among its inputs."""

HALF = "half a byte's range"
OPSET, IR = 20, 9
"""Of the trial, as of the offline voice's model."""

LOUD = np.linspace(0, 1, 32 * 32, dtype=np.float32).reshape(1, 32, 32)
"""The sound of the trial: 32 channels, of which neighbours are loud at once."""


Run = Callable[[bytes, "NDArray[np.float32]"], "NDArray[np.int32]"]
"""A trial on this processor: open a model, give it a sound, return its sums."""


def prepare_model(path: Path, scratch: Path, run: Run, *, repair: bool) -> Path:
    """Return a model file in `scratch`: repaired where wanted, with prosody, and with signed bytes where that is exact."""
    model = onnx.load(path)
    if repair:
        kokoro_repair.repair_sound(model)
        kokoro_repair.fuse_norms(model)
    kokoro_prosody.add_prosody(model)
    prepared = scratch / path.name
    onnx.save(sign_bytes(model, run), prepared)
    return prepared


def sign_bytes(model: ModelProto, run: Run) -> ModelProto:
    """Return the model with signed sounds, or as it is where this processor would add those up wrong.

    A processor without VNNI adds pairs of products in 16 bits, where loud ones are cut off. So one such convolution
    is tried in both ways first.
    """
    return _with_signed_bytes(model) if _sums_exactly(run) else model


def _sums_exactly(run: Run) -> bool:
    trial = _trial_model()
    as_it_was = run(trial.SerializeToString(), LOUD)
    try:
        signed = run(_with_signed_bytes(trial).SerializeToString(), LOUD)
    except Exception:  # noqa: BLE001 - the runtime's own classes have no public base, and 1.18 cannot add bytes at all
        return False
    return np.array_equal(as_it_was, signed)


def _with_signed_bytes(model: ModelProto) -> ModelProto:
    """Return the same model, its convolutions of bytes with signed sounds, shifted where they are first taken."""
    nodes: list[NodeProto] = []
    shifted: set[str] = set()
    for node in model.graph.node:
        if node.op_type == "ConvInteger":
            for tensor in (SOUND, ZERO):
                name = node.input[tensor]
                nodes += () if name in shifted else _shift_nodes(name)
                shifted.add(name)
                node.input[tensor] = f"{name} signed"
        nodes.append(node)
    model.graph.ClearField("node")
    model.graph.node.extend(nodes)
    model.graph.initializer.append(numpy_helper.from_array(np.array(128, np.uint8), HALF))
    return model


def _shift_nodes(name: str) -> Iterator[NodeProto]:
    """Take 128 from bytes: 0 … 255 become −128 … 127. Adding 128 goes round the byte, and the cast reads its sign."""
    yield helper.make_node("Add", [name, HALF], [f"{name} shifted"])
    yield helper.make_node("Cast", [f"{name} shifted"], [f"{name} signed"], to=TensorProto.INT8)


def _trial_model() -> ModelProto:
    """Build one convolution as the network has them, with weights so heavy that two products are beyond 16 bits."""
    weights = {"weights": np.full((32, 32, 1), 255, np.uint8), "middle": np.array(128, np.uint8)}
    nodes = [
        helper.make_node("DynamicQuantizeLinear", ["sound"], ["bytes", "step", "zero"]),
        helper.make_node("ConvInteger", ["bytes", "weights", "zero", "middle"], ["sums"]),
    ]
    graph = helper.make_graph(
        nodes,
        "trial",
        [helper.make_tensor_value_info("sound", TensorProto.FLOAT, LOUD.shape)],
        [helper.make_tensor_value_info("sums", TensorProto.INT32, LOUD.shape)],
        [numpy_helper.from_array(values, name) for name, values in weights.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
