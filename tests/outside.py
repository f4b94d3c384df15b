"""Development cases that may lie beside the checkout: run when they are there, reported as not run when they are not.

What they protect has made-up cases of its own in tests/golden, so that a clone with nothing beside it tests everything.
"""

from __future__ import annotations

from pathlib import Path

import pytest

CASES = Path(__file__).parents[2] / "shared" / "cases"

needs_cases = pytest.mark.skipif(
    not CASES.is_dir(), reason="not run: no development cases beside the checkout"
)
"""Mark of a test that reads development cases from outside the repository."""
