"""The load: a process of its own that keeps a few connections busy and counts answers.

It reads orders from standard input, one JSON object a line (`port`, `path`, `cookie`, `seconds`, `connections`), and
writes one line for each: how many answers came, and in how many seconds. Plain sockets, since a client library takes
longer than the server does.
"""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from tests.bench.contenders import HEADERS
from tests.bench.world import SESSION_COOKIE
from tests.support.tree import ROOT

LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
END = b"\r\n\r\n"
CHUNK = 65536


@dataclass(frozen=True, slots=True)
class Order:
    """What to ask for, for how long, over how many connections."""

    port: int
    path: str
    cookie: str
    seconds: float
    connections: int


class Load:
    """The process, from the side of whoever gives the orders."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def ask(self, order: Order) -> tuple[int, float]:
        """Carry out an order: how many answers came, and in how many seconds."""
        assert self.process.stdin is not None and self.process.stdout is not None
        print(json.dumps(asdict(order)), file=self.process.stdin, flush=True)
        said = self.process.stdout.readline()
        if not said:
            raise RuntimeError("The load stopped; its last words are above.")
        answers, seconds = json.loads(said)
        return answers, seconds


@contextmanager
def generator() -> Iterator[Load]:
    """A process that takes orders until the block ends."""
    command = [sys.executable, "-m", "tests.bench.load"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield Load(process)
    finally:
        process.kill()
        process.wait()


def carry_out(order: Order) -> tuple[int, float]:
    """Send a request over each connection, and another as soon as its answer has come."""
    request = _request(order)
    lines = [socket.create_connection(("127.0.0.1", order.port)) for _ in range(order.connections)]
    for line in lines:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.sendall(request)
    answers, start = 0, time.perf_counter()
    end = start + order.seconds
    while (now := time.perf_counter()) < end:
        for line in lines:
            _take_answer(line)
            line.sendall(request)
        answers += len(lines)
    for line in lines:
        _take_answer(line)
        line.close()
    return answers, now - start


def _request(order: Order) -> bytes:
    headers = {"Host": "127.0.0.1", **HEADERS}
    if order.cookie:
        headers["Cookie"] = f"{SESSION_COOKIE}={order.cookie}"
    lines = [f"GET {order.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def _take_answer(line: socket.socket) -> None:
    """Receive one answer whole. Raises RuntimeError for anything but 200 with a length."""
    received = line.recv(CHUNK)
    while END not in received:
        more = line.recv(CHUNK)
        if not more:
            raise RuntimeError("the server closed a connection")
        received += more
    head, _, body = received.partition(END)
    length = LENGTH.search(head)
    if not head.startswith(b"HTTP/1.1 200") or length is None:
        raise RuntimeError(head.decode(errors="replace"))
    left = int(length[1]) - len(body)
    while left > 0:
        left -= len(line.recv(min(left, CHUNK)))


if __name__ == "__main__":
    for said in sys.stdin:
        print(json.dumps(carry_out(Order(**json.loads(said)))), flush=True)
