"""Commands for the terminal. A module here with a click command or group in it is picked up by itself."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import click
from flask import Flask


def register(app: Flask) -> None:
    """Give the application every command of the modules in this package."""
    for module in iter_modules(__path__, f"{__name__}."):
        for command in _commands(vars(import_module(module.name))):
            app.cli.add_command(command)


def _commands(names: dict[str, object]) -> list[click.Command]:
    """The commands of a module that no group of it has already."""
    found = [value for value in names.values() if isinstance(value, click.Command)]
    inside = [child for group in found if isinstance(group, click.Group) for child in group.commands.values()]
    return [command for command in found if command not in inside]
