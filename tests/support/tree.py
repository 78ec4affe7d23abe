"""The files of the project, for tests that read them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = ("app/static/govuk-frontend/", "app/static/accessible-autocomplete/", "requirements.lock")


@cache
def tracked() -> tuple[str, ...]:
    """Paths of files that are, or are about to be, in the repository."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return tuple(sorted({path for path in listed if (ROOT / path).is_file()}))


def ours(*ends: str) -> tuple[str, ...]:
    """Tracked files written here, not vendored, with one of these endings (all when none)."""
    return tuple(p for p in tracked() if not p.startswith(NOT_OURS) and (not ends or p.endswith(ends)))


def python_files(*folders: str) -> tuple[str, ...]:
    """Our Python files under these folders (all when none)."""
    return tuple(path for path in ours(".py") if not folders or path.startswith(folders))


@cache
def text_of(path: str) -> str:
    """A file’s text; bytes that aren’t text are replaced."""
    return (ROOT / path).read_text(encoding="utf-8", errors="replace")


@cache
def parsed(path: str) -> ast.Module:
    """A Python file’s syntax tree."""
    return ast.parse(text_of(path), path)


Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: str) -> Iterator[Function]:
    """Every function of a file, methods and inner ones too."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, Function):
            yield node


def source_of(path: str, node: Function) -> str:
    """A function’s lines."""
    return "\n".join(text_of(path).splitlines()[node.lineno - 1 : node.end_lineno])


def length(node: Function) -> int:
    """Lines from `def` to the end, docstring included, decorators not."""
    return (node.end_lineno or node.lineno) - node.lineno + 1
