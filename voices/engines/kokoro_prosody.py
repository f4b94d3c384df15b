"""Inputs and outputs that the offline voice's network lacks: speed and pitch of each phoneme, and how long each takes.

The network computes a length for every phoneme and a pitch for every frame of 25 ms. Length is divided by `speed`,
which is made a vector here; pitch is multiplied by `pitch`, a vector too, spread over the frames as the phonemes are.
With every value of both the same, nothing changes: 1 × a float is that float.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from onnx import TensorProto, helper, numpy_helper

if TYPE_CHECKING:
    from onnx import ModelProto

LENGTHS = "/encoder/Gather_output_0"
"""Frames of each phoneme."""

SPREAD = "/encoder/Cast_4_output_0"
"""Matrix of phonemes × frames: 1 where a phoneme sounds."""

PITCH_CURVE = "/decoder/decoder/Unsqueeze_output_0"
"""Pitch in Hz of each half frame, of shape (1, 1, half frames)."""

TOKENS = "sequence_length"
"""Name of the axis of phonemes in the file."""

AXES, SCALES = "axes of a curve", "halves of a frame"


def add_prosody(model: ModelProto) -> None:
    """Give the network a speed and a pitch a phoneme as inputs, and the frames a phoneme as output `lengths`."""
    graph = model.graph
    for value in [value for value in graph.input if value.name == "speed"]:
        graph.input.remove(value)
    graph.input.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [TOKENS]) for name in ("speed", "pitch")
    )
    nodes = list(graph.node)
    index = next(number for number, node in enumerate(nodes) if PITCH_CURVE in node.output)
    for node in nodes[index + 1 :]:
        for number, name in enumerate(node.input):
            if name == PITCH_CURVE:
                node.input[number] = "pitch curve"
    spread = [
        helper.make_node("MatMul", ["pitch", SPREAD], ["pitch of frames"]),
        helper.make_node("Unsqueeze", ["pitch of frames", AXES], ["pitch of frames, shaped"]),
        helper.make_node(
            "Resize",
            ["pitch of frames, shaped", "", SCALES],
            ["pitch of half frames"],
            mode="nearest",
            coordinate_transformation_mode="asymmetric",
            nearest_mode="floor",
        ),
        helper.make_node("Mul", [PITCH_CURVE, "pitch of half frames"], ["pitch curve"]),
        helper.make_node("Identity", [LENGTHS], ["lengths"]),
    ]
    graph.ClearField("node")
    graph.node.extend([*nodes[: index + 1], *spread, *nodes[index + 1 :]])
    graph.initializer.append(numpy_helper.from_array(np.array([0, 1], np.int64), AXES))
    graph.initializer.append(numpy_helper.from_array(np.array([1, 1, 2], np.float32), SCALES))
    graph.output.append(helper.make_tensor_value_info("lengths", TensorProto.INT64, [TOKENS]))
