"""The layout that docs/architecture.md draws: folders, arrows between packages, chains, one home a third-party package."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PACKAGES = ("briefing", "voices", "feed")

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

MOST_MODULES_IN_A_CHAIN = 12
"""Modules from a command down to the last that it imports."""

MOST_IMPORTS = 14
"""Modules of ours that one module imports; more do too much."""

LEAVES = frozenset({"voices", "feed"})
KNOWS_LEAVES = frozenset(
    {"storage", "editions", "scheduler", "monitoring", "wiring", "desk", "server", "cli"}
)
"""The packages of `briefing` that may know voices and feed; the pure ones know neither."""

HOMES: dict[str, tuple[str, ...]] = {
    "argon2": ("briefing/desk/auth/user_accounts.py",),
    "aiohttp": ("voices/engines/remote",),
    "apscheduler": ("briefing/scheduler/wakeups.py",),
    "alembic": ("briefing/storage/store/", "briefing/storage/migrations/"),
    "boto3": ("feed/publishers/s3_bucket.py",),
    "botocore": ("feed/publishers/s3_bucket.py",),
    "charset_normalizer": ("briefing/sources/html/decoding.py",),
    "edge_tts": ("voices/engines/edge.py",),
    "fastapi": ("briefing/desk/", "briefing/server/assembly.py"),
    "feedgen": ("feed/rss/feed_xml.py",),
    "feedparser": ("briefing/sources/feed_parser.py",),
    "g2pM": ("briefing/mandarin/",),
    "httpx": ("briefing/editorial/llm/exchange.py",),
    "httpcore": ("briefing/net/http_client.py",),
    "imageio_ffmpeg": ("voices/audio/ffmpeg.py",),
    "jieba": ("briefing/mandarin/segmenter.py",),
    "jinja2": ("feed/site/pages.py", "briefing/editorial/show_wording.py"),
    "lxml": ("feed/", "briefing/sources/html/dom.py"),
    "misaki": ("voices/",),
    "mutagen": ("voices/audio/tags.py",),
    "numpy": ("voices/", "briefing/mandarin/"),
    "onnx": ("voices/engines/kokoro_",),
    "onnxruntime": ("voices/engines/kokoro.py", "briefing/mandarin/tagger.py"),
    "PIL": ("feed/rss/cover.py", "feed/checker/image_header.py"),
    "platformdirs": ("briefing/storage/downloads.py",),
    "prometheus_client": ("briefing/monitoring/metrics.py",),
    "protego": ("briefing/net/fetcher.py",),
    "pydantic": (
        "briefing/config/",
        "briefing/desk/api/requests.py",
        "briefing/desk/api/responses.py",
        "briefing/desk/api/reading_responses.py",
    ),
    "pydub": ("voices/audio/mixing.py",),
    "pypdf": ("briefing/sources/documents/single_article.py",),
    "pypinyin": ("briefing/mandarin/",),
    "rich": ("briefing/cli/printing/console.py",),
    "soundfile": ("voices/audio/decode.py",),
    "sqlalchemy": ("briefing/storage/store/", "briefing/storage/migrations/"),
    "starlette": (
        "feed/server/media_server.py",
        "feed/server/counting_middleware.py",
        "briefing/desk/",
        "briefing/server/",
    ),
    "tenacity": ("voices/engines/remote.py",),
    "tomlkit": ("briefing/mandarin/lexicon.py",),
    "trafilatura": ("briefing/sources/html/fallback_text.py",),
    "uvicorn": ("feed/server/",),
}
"""Where each third-party package may be imported: that place translates its errors into ours."""

FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            yield node.module or ""
            if node.module in PACKAGES:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layers_of_page() -> tuple[tuple[str, ...], ...]:
    """Return the packages of `briefing` as the page draws them, lowest line first."""
    drawn = PAGE.split("## Who may import whom", 1)[1]
    lines = re.findall(r"^    (\w+(?:, \w+)*)$", drawn.split("\n`voices`", 1)[0], re.MULTILINE)
    return tuple(tuple(line.split(", ")) for line in reversed(lines))


LAYERS = layers_of_page()


def package_of(module: str) -> str:
    """Return the package of `briefing` that a dotted module name lies in."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def layer_of(package: str) -> int:
    """Return the line of a package, from 0 at the bottom; the files that make `briefing` a program lie at both ends."""
    ends = {"__init__": 0, "__main__": len(LAYERS)}
    drawn = {name: height for height, names in enumerate(LAYERS) for name in names}
    return (drawn | ends)[package]


def name_of(path: Path) -> str:
    """A file's path as it stands in the repository."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_package_imports_only_what_lies_below_it(path: Path) -> None:
    """Arrows point down; the leaves know nobody, and the pure packages know no leaf."""
    package, *rest = path.relative_to(ROOT).with_suffix("").parts
    for module in imports(path):
        other = module.split(".")[0]
        if other not in PACKAGES:
            continue
        if package in LEAVES:
            assert other == package, f"{name_of(path)} imports {module}"
        elif other in LEAVES:
            assert rest[0] in KNOWS_LEAVES, f"{name_of(path)} imports {module}"
        else:
            assert layer_of(package_of(module)) <= layer_of(rest[0]), f"{name_of(path)} imports {module}"


def test_the_page_names_every_folder_and_only_those() -> None:
    """A folder of Python files has its line on the page, and a line its folder."""
    named = set(re.findall(r"^\| `([\w/]+)/` \|", PAGE, re.MULTILINE))
    assert named == {path.parent.relative_to(ROOT).as_posix() for path in FILES}


def module_graph() -> dict[str, set[str]]:
    """Return each module of ours with the modules of ours that are loaded with it."""
    names = {_dotted(path): path for path in FILES}
    return {name: _loaded(path, set(names)) & set(names) - {name} for name, path in names.items()}


def _dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _loaded(path: Path, modules: set[str]) -> set[str]:
    """Return the modules that are loaded when one is imported: not those of functions and type checking."""
    names: set[str] = set()
    nodes: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            below = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= below if below <= modules else below | {node.module or ""}
        nodes.extend(ast.iter_child_nodes(node))
    return names


def test_no_import_runs_in_a_circle_or_a_long_chain() -> None:
    """Whoever follows imports from any module comes to an end, and soon."""
    graph = module_graph()
    lengths: dict[str, int] = {}

    def length(name: str, above: tuple[str, ...] = ()) -> int:
        assert name not in above, f"a circle: {' → '.join((*above, name))}"
        if name not in lengths:
            below = [length(other, (*above, name)) for other in sorted(graph[name])]
            lengths[name] = 1 + max(below, default=0)
        return lengths[name]

    assert max(map(length, graph)) <= MOST_MODULES_IN_A_CHAIN


def test_no_module_imports_too_many_of_ours() -> None:
    """Whoever reads a module need not know half of the program."""
    graph = module_graph()
    assert {name: len(others) for name, others in graph.items() if len(others) > MOST_IMPORTS} == {}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_each_third_party_package_has_one_home(path: Path) -> None:
    """What is not ours and not Python's is imported only where the table says, and the table is complete."""
    for module in imports(path):
        name = module.split(".")[0]
        if name in PACKAGES or name in sys.stdlib_module_names:
            continue
        assert name in HOMES, f"{name_of(path)} imports {name}, which has no home yet"
        assert name_of(path).startswith(HOMES[name]), f"{name_of(path)} imports {name}"


def test_the_model_and_the_errors_need_only_the_standard_library() -> None:
    """What flows can be read anywhere: no third-party import in any model or error file."""
    for package in PACKAGES:
        for name in ("model", "errors"):
            for module in imports(ROOT / package / f"{name}.py"):
                assert module.split(".")[0] in sys.stdlib_module_names, (
                    f"{package}/{name}.py imports {module}"
                )


@pytest.mark.parametrize("folder", [*PACKAGES, "tests", "bench"])
def test_every_exception_to_a_check_says_why(folder: str) -> None:
    """What a linter or the type checker is told to pass over has its reason beside it."""
    told = re.compile(r"#\snoqa: [A-Z0-9, ]+ - \w|#\stype: ignore\[[\w, -]+\]\s+# \w")
    mute = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"# (noqa|type: ignore)", line) and not told.search(line)
    ]
    assert mute == []
