"""The files under `app/static`: where each is served from, and their compressed copies.

Standard library only (and brotli where it is installed), so that a build can run it without the application:
`python -m app.web.asset_files` writes a `.br` and a `.gz` beside every file that gets smaller by it.

All files are served from one folder named after what is in them, `/static/<digest>/…`. A browser may keep them
for ever, since a change gives every file a new address, and files can name each other by relative addresses.
"""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

STATIC_FOLDER = Path(__file__).resolve().parents[1] / "static"
COMPRESSED = (".br", ".gz")
TEXT = (".css", ".js", ".svg", ".json", ".ico")
# A copy that saves less than this share is not worth a second file.
WORTH_KEEPING = 0.95


def compress(folder: Path) -> tuple[Path, ...]:
    """Write the compressed copies of the text files in `folder` and below; answer the copies, in name order.

    A copy carries its source’s time of change, so that a copy older than its source can be told to be stale.
    Without brotli installed only `.gz` copies are made. Running it again gives the same bytes.
    """
    return tuple(copy for path in _files(folder) if path.suffix in TEXT for copy in _copies(path))


def asset_url(name: str) -> str:
    """The address of a file in `app/static`, such as “site.css”. Raises FileNotFoundError for one not there."""
    if name not in _names(STATIC_FOLDER):
        raise FileNotFoundError(f"there is no {name} in {STATIC_FOLDER.name}")
    return f"{prefix(STATIC_FOLDER)}{name}"


@cache
def prefix(folder: Path) -> str:
    """“/static/<digest>/”, where the digest follows from every name and byte in the folder."""
    digest = hashlib.sha256()
    for path in _files(folder):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return f"/static/{digest.hexdigest()[:16]}/"


@cache
def _names(folder: Path) -> frozenset[str]:
    return frozenset(path.relative_to(folder).as_posix() for path in _files(folder))


def _files(folder: Path) -> Iterator[Path]:
    """The files themselves, never their compressed copies, in name order."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in COMPRESSED)


def _copies(path: Path) -> Iterator[Path]:
    source = path.read_bytes()
    for ending, shrink in _ways():
        copy = path.with_name(path.name + ending)
        small = shrink(source)
        if len(small) <= WORTH_KEEPING * len(source):
            copy.write_bytes(small)
            _same_time(path, copy)
            yield copy
        else:
            copy.unlink(missing_ok=True)


def _same_time(source: Path, copy: Path) -> None:
    stat = source.stat()
    os.utime(copy, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def _ways() -> tuple[tuple[str, Callable[[bytes], bytes]], ...]:
    by_gzip = (".gz", lambda content: gzip.compress(content, compresslevel=9, mtime=0))
    try:
        import brotli
    except ImportError:
        return (by_gzip,)
    return ((".br", brotli.compress), by_gzip)


if __name__ == "__main__":
    compress(STATIC_FOLDER)
