"""Imports go one way, and the pure packages are pure (House, “Which way imports go”)."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.tree import ROOT

FRAMEWORKS = ("flask", "wtforms", "sqlalchemy", "jinja2", "werkzeug", "click", "httpx", "pydantic")
IMPORT_ALL = """
import importlib, pkgutil, sys
package = importlib.import_module({package!r})
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(module.name)
print(" ".join(sorted(set({frameworks!r}) & set(sys.modules))))
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


def test_import_contracts_hold() -> None:
    done = run("from importlinter.cli import lint_imports_command; lint_imports_command()")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("package", ["app.domain", "app.engine", "journeys"])
def test_a_pure_package_brings_no_framework_with_it(package: str) -> None:
    done = run(IMPORT_ALL.format(package=package, frameworks=FRAMEWORKS))
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr


@pytest.mark.parametrize("package", ["app.domain", "app.engine", "journeys"])
def test_a_pure_package_asks_no_clock(package: str) -> None:
    from tests.support.tree import python_files, text_of

    asked = ("datetime.now(", "date.today(", "datetime.utcnow(", "time.time(", "monotonic(")
    files = python_files(package.replace(".", "/") + "/")
    assert files
    assert [(path, call) for path in files for call in asked if call in text_of(path)] == []
