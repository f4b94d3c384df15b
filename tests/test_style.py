"""The code reads as the field's own: its figures keep within limits that are only tightened."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from tests.style import measure_style

LIMITS = {
    "one_word_functions": 40.0,
    "vague_names": 1.0,
    "indirect_docstrings": 0.0,
    "repeated_file_names": 2,
    "median_function_lines": 7,
    "long_function_lines": 20,
    "longest_file_lines": 400,
    "most_files_in_folder": 18,
}
"""The most that each figure may be."""

FIGURES = asdict(measure_style())


@pytest.mark.parametrize("name", sorted(LIMITS))
def test_a_figure_keeps_within_its_limit(name: str) -> None:
    """Names, docstrings and sizes are no worse than they were."""
    assert FIGURES[name] <= LIMITS[name]


def test_every_figure_has_a_limit() -> None:
    """Nothing is measured that is not held."""
    assert sorted(FIGURES) == sorted(LIMITS)
