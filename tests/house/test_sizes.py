"""Files, functions and views stay small; names say something; public things say what they are."""

from __future__ import annotations

import ast
from pathlib import PurePath

from tests.support.tree import Function, functions, length, ours, parsed, python_files, source_of, text_of

MODULE_LINES, FUNCTION_LINES, VIEW_LINES = 300, 40, 15
SILENT_NAMES = {
    "common",
    "utils",
    "util",
    "helpers",
    "helper",
    "misc",
    "manager",
    "managers",
    "base",
    "tools",
}
ROUTES = {"get", "post", "route", "put", "delete", "patch"}
PRODUCT = ("app/", "journeys/")
GENERATED = "app/data/migrations/versions/"


def is_view(node: Function) -> bool:
    calls = [d.func for d in node.decorator_list if isinstance(d, ast.Call)]
    return any(isinstance(call, ast.Attribute) and call.attr in ROUTES for call in calls)


def test_no_module_is_over_300_lines() -> None:
    lines = {path: text_of(path).count("\n") for path in python_files() if not path.startswith(GENERATED)}
    assert {path: count for path, count in lines.items() if count > MODULE_LINES} == {}


def test_no_template_script_or_style_of_ours_is_over_300_lines() -> None:
    lines = {path: text_of(path).count("\n") for path in ours(".html", ".js", ".css")}
    assert lines
    assert {path: count for path, count in lines.items() if count > MODULE_LINES} == {}


def test_no_function_is_over_40_lines() -> None:
    long = {
        f"{path}:{node.name}": length(node)
        for path in python_files()
        if not path.startswith(GENERATED)
        for node in functions(path)
        if length(node) > FUNCTION_LINES
    }
    assert long == {}


def test_no_view_is_over_15_lines() -> None:
    views = {
        f"{path}:{node.name}": length(node)
        for path in python_files("app/web/")
        for node in functions(path)
        if is_view(node)
    }
    assert len(views) >= 10
    assert {name: count for name, count in views.items() if count > VIEW_LINES} == {}


def test_file_and_folder_names_say_something() -> None:
    parts = {
        path: {PurePath(part).stem for part in PurePath(path).parts} for path in ours(".py", ".html", ".js")
    }
    named = {
        path
        for path, names in parts.items()
        if names & SILENT_NAMES or any(n.startswith("base_") for n in names)
    }
    assert named == set()


def test_every_public_thing_of_the_product_says_what_it_is() -> None:
    bare = []
    for path in python_files(*PRODUCT):
        if path.startswith(GENERATED):
            continue
        if ast.get_docstring(parsed(path)) is None and text_of(path).strip():
            bare.append(path)
        bare += [f"{path}:{name}" for name in undocumented(parsed(path))]
    assert bare == []


def undocumented(tree: ast.Module) -> list[str]:
    """Public functions and classes, and public methods of public classes, without a docstring."""
    found = []
    for node in tree.body:
        if isinstance(node, (*Function.__args__, ast.ClassDef)) and not node.name.startswith("_"):
            if ast.get_docstring(node) is None:
                found.append(node.name)
            inner = node.body if isinstance(node, ast.ClassDef) else []
            methods = [each for each in inner if isinstance(each, Function) and not each.name.startswith("_")]
            found += [f"{node.name}.{each.name}" for each in methods if ast.get_docstring(each) is None]
    return found


def test_every_test_can_fail() -> None:
    mute = [
        f"{path}:{node.name}"
        for path in python_files("tests/", "e2e/")
        for node in functions(path)
        if node.name.startswith("test_") and node.name not in judging(path)
    ]
    assert mute == []


def judging(path: str) -> set[str]:
    """Functions of a file that hold something to be true, or call one that does."""
    # The test client holds every response against the status named in the call.
    marks = ("assert", "raises", "expect(", ".check", "verify", "should", "status=")
    sources = {node.name: source_of(path, node) for node in functions(path)}
    found = {name for name, source in sources.items() if any(mark in source for mark in marks)}
    while more := {n for n, s in sources.items() if n not in found and any(f"{f}(" in s for f in found)}:
        found |= more
    return found
