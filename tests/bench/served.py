"""The application with its contenders, in a server process; `python -m tests.bench.served` serves it.

The settings of the server are those of `flask serve`. What to measure is in the environment: BENCH_COOKIE, and
BENCH_PAGES as JSON (addresses by name).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from app.cli.serve import server
from app.factory import create_app
from tests.bench import contenders

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def make() -> Any:
    """What answers: the application, and without any of it at /bare one that knows only how to say ok."""
    app = create_app()
    contenders.install(app, os.environ["BENCH_COOKIE"], json.loads(os.environ["BENCH_PAGES"]))

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/bare":
            start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
            return [b"ok"]
        return app.wsgi_app(environ, start_response)

    return answer


@click.command()
@click.option("--port", type=int, required=True)
@click.option("--workers", type=int, required=True)
def main(port: int, workers: int) -> None:
    """Serve until stopped."""
    server("tests.bench.served:make", "127.0.0.1", port, workers, factory=True).serve()


if __name__ == "__main__":
    main()
