"""What is in the repository, and what is not: rooms, words, locks, vendored files."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

from tests.support.tree import ROOT, ours, text_of, tracked

FOLDERS = {"app", "journeys", "tests", "e2e", "docs", ".ci"}
FILES = {
    "pyproject.toml",
    "README.md",
    "Makefile",
    "requirements.lock",
    ".gitignore",
    ".editorconfig",
    "LICENCE",
    "CHANGELOG.md",
}
# Written in pieces, so that this file does not hold what it looks for.
TALK = re.compile(
    "|".join(
        [
            r"/tmp/" + r"w\b",
            r"/work/" + r"(?:main|shared)",
            r"/opt/" + r"(?:pypi|wheels)",
            r"/(?:root|home/\w+)" + r"/",
            r"shared/" + r"(?:spec|hooks|README|house|stack)",
            r"\b(?:Clau" + r"de|Anthro" + r"pic|Chat" + r"GPT|Open" + r"AI|Co" + r"pilot|L" + r"LM)\b",
            r"\b(?:AI|machine)-" + r"(?:generated|written|assisted)\b",
            r"(?i:\b(?:issue|ticket|PR)s?) " + r"#?\d+",
            r"(?i:\b(?:fixes|closes|resolves)) " + r"#\d+",
            r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b",
            r"(?i:\bas an) " + r"(?:AI|assistant)\b",
        ]
    )
)


def test_the_top_level_holds_only_what_the_house_names() -> None:
    heads = {path.partition("/")[0] for path in tracked() if "/" in path}
    assert heads - FOLDERS == set()
    assert {path for path in tracked() if "/" not in path} - FILES == set()


@pytest.mark.parametrize("name", sorted(FILES))
def test_what_every_reader_looks_for_is_there(name: str) -> None:
    assert (ROOT / name).stat().st_size > 0


def test_the_files_speak_of_the_product_only() -> None:
    said = [
        f"{path}: {found.group()}"
        for path in ours()
        if not path.endswith((".png", ".ico", ".woff2", ".jpg"))
        for found in TALK.finditer(text_of(path))
    ]
    assert said == []


@pytest.mark.parametrize("bad", ["see issue " + "12", "/ro" + "ot/x", "TO" + "DO: later", "fixes " + "#3"])
def test_talk_about_the_making_is_caught(bad: str) -> None:
    assert TALK.search(bad)


def lock() -> str:
    return text_of("requirements.lock")


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    names = {re.split(r"[\[<>=;~! ]", line)[0].lower() for line in wanted}
    locked = set(re.findall(r"^([a-z0-9_.-]+)==", lock(), re.MULTILINE))
    assert names - locked == set()


def test_every_locked_package_has_hashes_and_no_place_to_come_from() -> None:
    packages = re.split(r"^(?=[a-z0-9])", lock(), flags=re.MULTILINE)[1:]
    assert len(packages) > 40
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []
    assert re.findall(r"https?://|file:|--index|--find-links|@ ", lock()) == []


def test_the_readme_names_every_command_of_the_makefile_that_it_promises() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", text_of("Makefile"), re.MULTILINE))
    told = set(re.findall(r"`?make ([a-z][a-z-]*)", text_of("README.md")))
    assert {"demo", "test", "test-long", "bench", "lint"} <= targets
    assert {"demo", "test"} <= told <= targets


def test_templates_switch_escaping_off_nowhere() -> None:
    off = re.compile(r"\|\s*safe\b|autoescape\s+false|Markup\(", re.IGNORECASE)
    found = [f"{path}: {each.group()}" for path in ours(".html") for each in off.finditer(text_of(path))]
    assert found == []


def test_templates_have_no_inline_styles_or_handlers() -> None:
    inline = re.compile(r"\sstyle=|\son[a-z]+=[\"']|<style|javascript:", re.IGNORECASE)
    found = [f"{path}: {each.group()}" for path in ours(".html") for each in inline.finditer(text_of(path))]
    assert found == []


def test_json_files_can_be_read() -> None:
    assert [path for path in ours(".json") if json.loads(text_of(path)) is None] == []
