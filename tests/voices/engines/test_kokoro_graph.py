"""The offline voice's network made fast, on small networks: the same sums, or the file as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from voices.engines import kokoro, kokoro_graph

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

SEEDS = range(8)
CHANNELS, FRAMES = 24, 50


def convolutions(folder: Path, seed: int) -> Path:
    """A network that adds up a sound of bytes twice, with weights over the whole range of bytes."""
    rng = np.random.default_rng(seed)
    weights = {
        "narrow": rng.integers(0, 256, (8, CHANNELS, 1), np.uint8),
        "wide": rng.integers(0, 256, (8, CHANNELS, 3), np.uint8),
        "middle": np.array(rng.integers(0, 256), np.uint8),
    }
    nodes = [
        helper.make_node("DynamicQuantizeLinear", ["sound"], ["bytes", "step", "zero"]),
        helper.make_node("ConvInteger", ["bytes", "narrow", "zero", "middle"], ["one"]),
        helper.make_node(
            "ConvInteger", ["bytes", "wide", "zero", "middle"], ["other"], pads=[4, 4], dilations=[4]
        ),
        helper.make_node("Add", ["one", "other"], ["sums"]),
    ]
    graph = helper.make_graph(
        nodes,
        "two convolutions",
        [helper.make_tensor_value_info("sound", TensorProto.FLOAT, [1, CHANNELS, FRAMES])],
        [helper.make_tensor_value_info("sums", TensorProto.INT32, [1, 8, FRAMES])],
        [numpy_helper.from_array(values, name) for name, values in weights.items()],
    )
    path = folder / "model.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9), path)
    return path


def sound(seed: int) -> NDArray[np.float32]:
    """A sound that is not even about zero, so that its zero point is any byte."""
    rng = np.random.default_rng(seed)
    return rng.normal(rng.normal(), 1, (1, CHANNELS, FRAMES)).astype(np.float32)


def alike(_model: bytes, _sound: NDArray[np.float32]) -> NDArray[np.int32]:
    """A processor that adds up exactly."""
    return np.zeros(1, np.int32)


def cutting(model: bytes, sound: NDArray[np.float32]) -> NDArray[np.int32]:
    """A processor that adds up pairs of products in 16 bits where sounds are signed, as AVX2 does."""
    graph = onnx.load_from_string(model).graph
    weights = numpy_helper.to_array(graph.initializer[0]).astype(np.int32)
    products = weights * (np.round(sound * 255).astype(np.int32) - 128)
    pairs = products[:, 0::2] + products[:, 1::2]
    cut = any(node.op_type == "Cast" for node in graph.node)
    sums: NDArray[np.int32] = (pairs.clip(-(2**15), 2**15 - 1) if cut else pairs).sum(axis=1)
    return sums


def sums(model: Path, seed: int) -> NDArray[np.int32]:
    """What onnxruntime makes of a network on this processor."""
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    found: NDArray[np.int32] = session.run(None, {"sound": sound(seed)})[0]
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_the_fast_network_adds_up_to_the_same(tmp_path: Path, seed: int) -> None:
    """Whatever the sound, the weights and their zero points, and whatever this processor can."""
    path = convolutions(tmp_path, seed)
    signed = tmp_path / "signed.onnx"
    onnx.save(kokoro_graph.sign_bytes(onnx.load(path), kokoro._run_trial), signed)
    assert np.array_equal(sums(signed, seed), sums(path, seed))


def test_every_convolution_takes_signed_sounds(tmp_path: Path) -> None:
    """A sound that two convolutions take is shifted once, and its zero point too."""
    model = kokoro_graph.sign_bytes(onnx.load(convolutions(tmp_path, 0)), alike)
    onnx.checker.check_model(model)
    taken = [tuple(node.input)[::2] for node in model.graph.node if node.op_type == "ConvInteger"]
    cast = [node.output[0] for node in model.graph.node if node.op_type == "Cast"]
    assert (taken, cast) == ([("bytes signed", "zero signed")] * 2, ["bytes signed", "zero signed"])


def test_a_processor_that_cuts_sums_off_keeps_unsigned_bytes(tmp_path: Path) -> None:
    """Its sums would be heard: such a machine speaks as slowly as before, and right."""
    model = onnx.load(convolutions(tmp_path, 0))
    assert kokoro_graph.sign_bytes(model, cutting) is model


def unable(model: bytes, _sound: NDArray[np.float32]) -> NDArray[np.int32]:
    """A runtime that knows convolutions and cannot add bytes, as onnxruntime 1.18 cannot."""
    if any(node.op_type == "Add" for node in onnx.load_from_string(model).graph.node):
        raise NotImplementedError
    return np.zeros(1, np.int32)


def test_a_runtime_that_cannot_add_bytes_keeps_unsigned_bytes(tmp_path: Path) -> None:
    """An older one speaks as slowly as before; no file is called damaged."""
    model = onnx.load(convolutions(tmp_path, 0))
    assert kokoro_graph.sign_bytes(model, unable) is model
