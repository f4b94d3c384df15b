"""The offline voice's network repaired, on small networks: float where it is heard, and the same norms in one step."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from voices.engines import kokoro_repair

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHANNELS, FRAMES = 6, 40
RNG = np.random.default_rng(1)
SOUND = RNG.normal(0.4, 1, (1, CHANNELS, FRAMES)).astype(np.float32)
BYTES = RNG.integers(0, 256, (CHANNELS, CHANNELS, 3)).astype(np.uint8)
ZERO, SCALE = np.array(117, np.uint8), np.array(0.003, np.float32)
BIAS = RNG.normal(0, 1, CHANNELS).astype(np.float32)
STYLE = RNG.normal(0, 1, (1, 2 * CHANNELS, 1)).astype(np.float32)


def quantised_network(block: int) -> onnx.ModelProto:
    """Build a convolution of bytes with its bias and scales, as the voice's file spells it out."""
    name = f"/decoder/decoder/generator/resblocks.{block}/convs1.0/Conv_quant"
    nodes = [
        helper.make_node("DynamicQuantizeLinear", ["sound"], ["bytes", "step", "zero"]),
        helper.make_node(
            "ConvInteger",
            ["bytes", "weights", "zero", "middle"],
            ["sums"],
            name=name,
            pads=[2, 2],
            dilations=[2],
        ),
        helper.make_node("Mul", ["step", "scale"], ["both"]),
        helper.make_node("Div", ["bias", "both"], ["bias steps"]),
        helper.make_node("Floor", ["bias steps"], ["bias floor"]),
        helper.make_node("Cast", ["bias floor"], ["bias bytes"], to=TensorProto.INT32),
        helper.make_node("Reshape", ["bias bytes", "column"], ["bias column"]),
        helper.make_node("Add", ["sums", "bias column"], ["biased"]),
        helper.make_node("Cast", ["biased"], ["floats"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["floats", "both"], ["output"]),
    ]
    constants: dict[str, NDArray[Any]] = {
        "weights": BYTES,
        "middle": ZERO,
        "scale": SCALE,
        "bias": BIAS,
        "column": np.array([1, -1, 1], np.int64),
    }
    return network(nodes, constants)


def spelled_out_norm() -> onnx.ModelProto:
    """Build a norm in seven steps, whose gain and offset come out of a style."""
    nodes = [
        helper.make_node("Split", ["style"], ["gain", "offset"], axis=1, num_outputs=2),
        helper.make_node("ReduceMean", ["sound", "time"], ["mean"]),
        helper.make_node("Sub", ["sound", "mean"], ["centred"]),
        helper.make_node("Mul", ["centred", "centred"], ["squared"]),
        helper.make_node("ReduceMean", ["squared", "time"], ["variance"]),
        helper.make_node("Add", ["variance", "epsilon"], ["positive"]),
        helper.make_node("Sqrt", ["positive"], ["deviation"]),
        helper.make_node("Div", ["centred", "deviation"], ["normed"]),
        helper.make_node("Mul", ["gain", "normed"], ["scaled"]),
        helper.make_node("Add", ["scaled", "offset"], ["output"]),
    ]
    constants: dict[str, NDArray[Any]] = {
        "time": np.array([2], np.int64),
        "epsilon": np.array(1e-5, np.float32),
        "style": STYLE,
    }
    return network(nodes, constants)


def network(nodes: list[onnx.NodeProto], constants: dict[str, NDArray[Any]]) -> onnx.ModelProto:
    """Build a network from `sound` to `output`."""
    shape = [1, CHANNELS, FRAMES]
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("sound", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, shape)],
        [numpy_helper.from_array(values, name) for name, values in constants.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)


def run_network(model: onnx.ModelProto) -> NDArray[np.float32]:
    """Return what a network makes of the sound."""
    onnx.checker.check_model(model)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    output: NDArray[np.float32] = session.run(None, {"sound": SOUND})[0]
    return output


def operators(model: onnx.ModelProto) -> Counter[str]:
    """Count a network's nodes by kind."""
    return Counter(node.op_type for node in model.graph.node)


def float_convolution() -> NDArray[np.float64]:
    """Compute the convolution with the weights that the bytes stand for, in float."""
    weights = (BYTES.astype(np.float64) - float(ZERO)) * float(SCALE)
    padded = np.pad(SOUND[0].astype(np.float64), ((0, 0), (2, 2)))
    taps = np.stack([padded[:, 2 * tap : 2 * tap + FRAMES] for tap in range(3)])
    return np.asarray(np.einsum("oit,tif->of", weights, taps) + BIAS[:, None], dtype=np.float64)


@pytest.mark.parametrize("block", [3, 4, 5])
def test_a_repaired_convolution_takes_the_sound_as_it_is(block: int) -> None:
    """No byte is left of it, and its sums are those of the dequantised weights and the float bias."""
    model = quantised_network(block)
    rough = float(np.abs(run_network(model)[0] - float_convolution()).max())
    kokoro_repair.repair_sound(model)
    assert operators(model) == {"Conv": 1}
    assert {tensor.data_type for tensor in model.graph.initializer} == {TensorProto.FLOAT}
    assert float(np.abs(run_network(model)[0] - float_convolution()).max()) < 1e-4 < rough


def test_other_convolutions_stay_as_they_are() -> None:
    """What is not heard is left in bytes, which are quicker."""
    model = quantised_network(2)
    before = run_network(model)
    kokoro_repair.repair_sound(model)
    assert operators(model)["ConvInteger"] == 1
    assert np.array_equal(run_network(model), before)


def test_a_norm_in_seven_steps_becomes_one() -> None:
    """The same sound, as far as floats go."""
    model = spelled_out_norm()
    before = run_network(model)
    kokoro_repair.fuse_norms(model)
    assert operators(model) == {"Split": 1, "Reshape": 2, "InstanceNormalization": 1}
    assert run_network(model) == pytest.approx(before, abs=1e-5)


def test_a_norm_with_a_constant_gain_is_left_alone() -> None:
    """Such norms of the file run over the phonemes' features, not over time."""
    model = spelled_out_norm()
    gain = numpy_helper.from_array(STYLE[:, :CHANNELS], "gain")
    offset = numpy_helper.from_array(STYLE[:, CHANNELS:], "offset")
    del model.graph.node[0]
    model.graph.initializer.extend([gain, offset])
    kokoro_repair.fuse_norms(model)
    assert "InstanceNormalization" not in operators(model)
