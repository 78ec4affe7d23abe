"""Journey files are as tame as data: a docstring, imports, assignments, and nothing else (House)."""

from __future__ import annotations

import ast

import pytest

from tests.support.tree import parsed, python_files

FILES = python_files("journeys/")
# What an assigned value may be made of: literals, names, calls of the vocabulary, and conditions (&, |, ~).
TAME = (
    ast.Call,
    ast.Name,
    ast.Attribute,
    ast.Constant,
    ast.Tuple,
    ast.Dict,
    ast.keyword,
    ast.Starred,
    ast.BinOp,
    ast.BitAnd,
    ast.BitOr,
    ast.UnaryOp,
    ast.Invert,
    ast.USub,
    ast.Add,
    ast.Load,
)


def wild(tree: ast.Module) -> list[str]:
    """What is in a file that a journey may not have, with its line."""
    found = []
    for place, node in enumerate(tree.body):
        is_docstring = place == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if is_docstring or isinstance(node, (ast.Import, ast.ImportFrom)):
            continue
        if not isinstance(node, (ast.Assign, ast.AnnAssign)) or node.value is None:
            found.append(f"line {node.lineno}: {type(node).__name__}")
            continue
        inner = [n for n in ast.walk(node.value) if not isinstance(n, TAME)]
        found += [f"line {getattr(n, 'lineno', node.lineno)}: {type(n).__name__}" for n in inner]
    return found


def test_there_are_journey_files() -> None:
    assert len(FILES) > 3


@pytest.mark.parametrize("path", FILES)
def test_a_journey_file_has_only_a_docstring_imports_and_assignments(path: str) -> None:
    tree = parsed(path)
    assert ast.get_docstring(tree)
    assert wild(tree) == []


@pytest.mark.parametrize(
    "code",
    [
        "def page(): ...",
        "for page in PAGES: print(page)",
        "if True:\n    A = 1",
        "PAGES = [page for page in MORE]",
        "WORDS = f'{name}'",
        "RULE = lambda answers: True",
        "A: int",
        "print('loaded')",
    ],
)
def test_a_wild_file_is_caught(code: str) -> None:
    assert wild(ast.parse(f'"""A journey."""\n{code}'))
