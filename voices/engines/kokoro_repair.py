"""Rewrites of the offline voice's network: float convolutions where bytes are heard, and fewer passes over the sound.

The file's int8 activations cost the women half a point of DistillMOS in one place alone: the 18 convolutions of the
generator's last resolution (`resblocks` 3, 4 and 5). Made float, with the weights that the file has, zf_xiaoxiao goes
from 4.1 to 4.6; a network that is float throughout is no better (measured by bisection, see docs/voices.md). That
costs a fifth more time, half of which comes back when a norm that the file spells out in seven steps is one
`InstanceNormalization`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from onnx import helper, numpy_helper

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from onnx import ModelProto, NodeProto, TensorProto

REPAIRED = tuple(f"/decoder/decoder/generator/resblocks.{block}/" for block in (3, 4, 5))
"""Name prefixes of the convolutions that are made float."""

BYTES_WEIGHTS, WEIGHTS_ZERO = 1, 3
"""Inputs of a `ConvInteger` that hold its weights and their zero point."""

FLAT = "shape of a vector"


class Links:
    """Look-up of a graph's values: the node that makes each, the nodes that take it, and the constants."""

    def __init__(self, model: ModelProto) -> None:
        self.makers: dict[str, NodeProto] = {}
        self.takers: dict[str, list[NodeProto]] = defaultdict(list)
        self.constants: dict[str, TensorProto] = {tensor.name: tensor for tensor in model.graph.initializer}
        for node in model.graph.node:
            self.makers |= dict.fromkeys(node.output, node)
            for name in node.input:
                self.takers[name].append(node)

    def constant_input(self, node: NodeProto) -> str:
        """Return the name of the one constant among a node's inputs."""
        return next(str(name) for name in node.input if name in self.constants)

    def climb_to(self, name: str, *kinds: str) -> NodeProto | None:
        """Follow first inputs upwards from a value through nodes of these kinds; None where another kind stands."""
        node = None
        for kind in kinds:
            node = self.makers.get(name)
            if node is None or node.op_type != kind:
                return None
            name = node.input[0]
        return node


def repair_sound(model: ModelProto) -> None:
    """Make the convolutions of `REPAIRED` float, with dequantised weights and the file's float biases."""
    links = Links(model)
    replaced: dict[str, list[NodeProto]] = {}
    for node in model.graph.node:
        if node.op_type == "ConvInteger" and node.name.startswith(REPAIRED):
            scaled = _scaled_output(node, links)
            weights = _dequantised_weights(node, scaled, links)
            model.graph.initializer.append(weights)
            replaced[scaled.output[0]] = [_float_convolution(node, scaled, weights.name, links)]
    _replace_nodes(model, replaced)


def _scaled_output(convolution: NodeProto, links: Links) -> NodeProto:
    """Return the `Mul` that turns the sums of bytes into floats: convolution, bias, cast, scale."""
    name = convolution.output[0]
    for _ in range(3):
        (node,) = links.takers[name]
        name = node.output[0]
    return node


def _dequantised_weights(convolution: NodeProto, scaled: NodeProto, links: Links) -> TensorProto:
    bytes_, zero = (
        numpy_helper.to_array(links.constants[convolution.input[name]]).astype(np.float32)
        for name in (BYTES_WEIGHTS, WEIGHTS_ZERO)
    )
    scales = links.makers[scaled.input[1]]  # the sound's scale times the weights'
    scale = numpy_helper.to_array(links.constants[links.constant_input(scales)])
    return numpy_helper.from_array(
        ((bytes_ - zero) * scale).astype(np.float32), f"{convolution.name} weights"
    )


def _float_convolution(convolution: NodeProto, scaled: NodeProto, weights: str, links: Links) -> NodeProto:
    sound = links.makers[convolution.input[0]].input[0]
    (biased,) = links.takers[convolution.output[0]]
    rounded = links.climb_to(biased.input[1], "Reshape", "Cast", "Floor", "Div")
    bias = links.constant_input(rounded) if rounded else ""
    node = helper.make_node("Conv", [sound, weights, bias], scaled.output, name=f"{convolution.name} float")
    node.attribute.extend(convolution.attribute)
    return node


def fuse_norms(model: ModelProto) -> None:
    """Make each norm whose gain and offset follow the style one `InstanceNormalization`.

    The file spells it out, (x − mean) ÷ √(variance + ε) × gain + offset, in seven passes over the sound.
    """
    links = Links(model)
    replaced: dict[str, list[NodeProto]] = {}
    for node in model.graph.node:
        if node.op_type == "Div" and (epsilon := _norm_epsilon(node, links)) is not None:
            for shifted, gain, offset in _styles_of(node, links):
                sound = links.makers[node.input[0]].input[0]
                replaced[shifted.output[0]] = _fused_norm(sound, gain, offset, shifted.output[0], epsilon)
    model.graph.initializer.append(numpy_helper.from_array(np.array([-1], np.int64), FLAT))
    _replace_nodes(model, replaced)


def _norm_epsilon(division: NodeProto, links: Links) -> float | None:
    """Return the ε of a division of (x − mean) by √(variance + ε); None for any other division."""
    variance = links.climb_to(division.input[1], "Sqrt", "Add", "ReduceMean", "Mul", "Sub")
    centred = links.climb_to(division.input[0], "Sub")
    if variance is None or centred is None or links.makers[centred.input[1]].op_type != "ReduceMean":
        return None
    total = links.makers[links.makers[division.input[1]].input[0]]
    return float(numpy_helper.to_array(links.constants[total.input[1]]))


def _styles_of(division: NodeProto, links: Links) -> Iterator[tuple[NodeProto, str, str]]:
    """Yield, for each taker of a normed sound, the node that adds the offset, and the names of gain and offset."""
    normed = division.output[0]
    for scaled in links.takers[normed]:
        takers = links.takers[scaled.output[0]]
        if scaled.op_type == "Mul" and [node.op_type for node in takers] == ["Add"]:
            gain = _other_input(scaled, normed)
            if gain not in links.constants:  # a constant gain belongs to a norm over another axis
                yield takers[0], gain, _other_input(takers[0], scaled.output[0])


def _other_input(node: NodeProto, name: str) -> str:
    return next(str(other) for other in node.input if other != name)


def _fused_norm(sound: str, gain: str, offset: str, output: str, epsilon: float) -> list[NodeProto]:
    """Return one norm; gain and offset are vectors for it, so each is made flat first."""
    return [
        helper.make_node("Reshape", [gain, FLAT], [f"{output} gain"]),
        helper.make_node("Reshape", [offset, FLAT], [f"{output} offset"]),
        helper.make_node(
            "InstanceNormalization",
            [sound, f"{output} gain", f"{output} offset"],
            [output],
            epsilon=epsilon,
        ),
    ]


def _replace_nodes(model: ModelProto, replaced: dict[str, list[NodeProto]]) -> None:
    """Put other nodes in the place of those that make these values, and drop what nothing needs any more."""
    nodes = [other for node in model.graph.node for other in replaced.get(node.output[0], [node])]
    nodes = _needed_nodes(nodes, {value.name for value in model.graph.output})
    needed = {name for node in nodes for name in node.input}
    constants = [tensor for tensor in model.graph.initializer if tensor.name in needed]
    model.graph.ClearField("node")
    model.graph.node.extend(nodes)
    model.graph.ClearField("initializer")
    model.graph.initializer.extend(constants)


def _needed_nodes(nodes: Iterable[NodeProto], outputs: set[str]) -> list[NodeProto]:
    """Return the nodes that the outputs rest on, in their order; makers stand before takers."""
    needed, needed_nodes = set(outputs), []
    for node in reversed(list(nodes)):
        if needed.intersection(node.output):
            needed.update(node.input)
            needed_nodes.append(node)
    return needed_nodes[::-1]
