"""Jinja templates that spend their time on the page.

Measured on a question page: a third of the time goes into copying globals for each template, finding out whether
an imported macro file must run again, and wrapping every printed value in Markup only to join it. None of it
changes a page here, so it is left out. The tests hold a page to what Jinja’s own Template prints.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

from jinja2 import Environment, Template
from jinja2.runtime import Context, Macro, missing, new_context
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]

# What Jinja hands to a call beside its arguments, for callables that take the context.
_ASIDE = frozenset({"_block_vars", "_loop_vars"})


def escaped(value: Any) -> str:
    """The value as HTML text, like markupsafe’s `escape`, but without a Markup round what is joined at once."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)
    return value if kind is Markup else escape(value)


class QuickContext(Context):
    """A context that calls a macro straight away."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """As Jinja’s. What it looks into for every call is known for a macro called by position, without a body."""
        if type(called) is not Macro or called.caller or called.catch_kwargs or called.catch_varargs:
            return super().call(called, *args, **kwargs)
        absent = called._argument_count - len(args)
        if absent < 0 or not self.eval_ctx.autoescape or not kwargs.keys() <= _ASIDE:
            return super().call(called, *args, **kwargs)
        # The macro escaped what it printed.
        return Markup(called._func(*args, *(missing,) * absent))  # noqa: S704


class QuickTemplate(Template):
    """A template that takes all its globals from the environment and prints with `escaped`."""

    def new_context(
        self,
        vars: dict[str, Any] | None = None,
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,
    ) -> Context:
        """As Jinja’s, with the environment’s globals; a template here has none of its own."""
        env = self.environment
        return new_context(env, self.name, self.blocks, vars, shared, env.globals, locals)

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        """The macros of an imported file, made once: without globals of its own no page can change them."""
        return super()._get_default_module()

    @classmethod
    def _from_namespace(
        cls, environment: Environment, namespace: MutableMapping[str, Any], globals: MutableMapping[str, Any]
    ) -> Template:
        namespace["escape"] = escaped
        return super()._from_namespace(environment, namespace, globals)
