"""Figures on the style of the code: names, docstrings, sizes. Run by path, it prints them.

What is counted: every function's name by its words (dunder methods apart), every name that is stored, the first word of
every docstring of a function or class, the lines of every function and file.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[1]
PACKAGES = ("briefing", "voices", "feed")

VAGUE_NAMES = frozenset(
    "one found said told made kept held known place at wanted there asked seen heard left given".split()  # noqa: SIM905 - a list of words reads best as words
)
"""Names that say nothing of what a variable holds."""

INDIRECT_OPENING = re.compile(r"(What|Whether|Who|Whom|Whose|How|Where|When|That)\b")
"""First words of a docstring that describes instead of saying what is returned or done."""


@dataclass(frozen=True, slots=True)
class Style:
    """Figures of a whole tree; shares in per cent."""

    one_word_functions: float
    vague_names: float
    indirect_docstrings: float
    repeated_file_names: int
    median_function_lines: float
    long_function_lines: float
    longest_file_lines: int
    most_files_in_folder: int


def measure_style(root: Path = ROOT) -> Style:
    """Return the figures of the three packages below a folder."""
    paths = sorted(path for package in PACKAGES for path in (root / package).rglob("*.py"))
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    nodes = [node for text in texts.values() for node in ast.walk(ast.parse(text))]
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    names = [function.name for function in functions if not function.name.startswith("__")]
    stored = [node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    docstrings = list(filter(None, map(_docstring, nodes)))
    lines = sorted((function.end_lineno or 0) - function.lineno + 1 for function in functions)
    files = Counter(path.name for path in paths if path.name != "__init__.py")
    return Style(
        one_word_functions=_percent(sum("_" not in name.strip("_") for name in names), len(names)),
        vague_names=_percent(sum(name in VAGUE_NAMES for name in stored), len(stored)),
        indirect_docstrings=_percent(
            sum(map(bool, map(INDIRECT_OPENING.match, docstrings))), len(docstrings)
        ),
        repeated_file_names=sum(count > 1 for count in files.values()),
        median_function_lines=median(lines),
        long_function_lines=quantiles(lines, n=10)[-1],
        longest_file_lines=max(text.count("\n") for text in texts.values()),
        most_files_in_folder=max(Counter(path.parent for path in paths).values()),
    )


def _docstring(node: ast.AST) -> str | None:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return ast.get_docstring(node)
    return None


def _percent(part: int, whole: int) -> float:
    return round(100 * part / max(1, whole), 1)


if __name__ == "__main__":
    print(*str(measure_style())[6:-1].split(", "), sep="\n")  # noqa: T201 - printing them is what it is run for
