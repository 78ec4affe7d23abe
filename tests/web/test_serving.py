"""The application as it is really served: granian, a process of its own, over a socket."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address of `flask serve` on a fresh database."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    env = {**os.environ, "ENVIRONMENT": "demo", "DATABASE_URL": f"sqlite:///{tmp_path}/served.db"}
    command = [
        sys.executable,
        "-m",
        "flask",
        "--app",
        "app.wsgi",
        "serve",
        "--port",
        str(port),
        "--workers",
        "1",
    ]
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    ) as process:
        address = f"http://127.0.0.1:{port}"
        for _ in range(150):
            try:
                httpx.get(f"{address}/health/live", timeout=2)
                break
            except httpx.TransportError:
                time.sleep(0.2)
        yield address
        process.terminate()
        process.wait(20)


def test_it_answers_with_headers_and_caps_a_body_without_a_length(served: str) -> None:
    start = httpx.get(served)
    assert start.status_code == 200
    assert "Start now" in start.text
    assert start.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in start.headers["Content-Security-Policy"]

    def endless() -> Iterator[bytes]:
        for _ in range(20):
            yield b"x" * 8192

    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert httpx.post(f"{served}/sign-in", content=endless(), headers=form).status_code == 413
    assert httpx.get(served, headers={"Host": "elsewhere.example"}).status_code == 400
