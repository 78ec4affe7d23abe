"""Static files in front of Flask: WhiteNoise answers them without a session, a database or a view."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask
from whitenoise import WhiteNoise

from app.web.asset_files import COMPRESSED, STATIC_FOLDER, prefix

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def serve_static(app: Flask) -> None:
    """Serve `app/static` under its digest folder, kept for ever by browsers. Headers are added further out."""
    app.wsgi_app = StaticFiles(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(STATIC_FOLDER),
        prefix=prefix(STATIC_FOLDER),
        allow_all_origins=False,
        immutable_file_test=_never_changes,
    )


class StaticFiles(WhiteNoise):  # type: ignore[misc]
    """WhiteNoise that leaves other methods to the application and never serves a stale compressed copy."""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer GET and HEAD for a file we have; everything else, errors included, is the application’s."""
        if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            return super().__call__(environ, start_response)  # type: ignore[no-any-return]
        return self.application(environ, start_response)  # type: ignore[no-any-return]

    def get_static_file(self, path: str, url: str, stat_cache: dict[str, os.stat_result]) -> Any:
        """Offer a compressed copy only when it is as new as its file: someone may have edited the file since."""
        fresh = {path: stat_cache[path]}
        for ending in COMPRESSED:
            copy = stat_cache.get(path + ending)
            if copy and copy.st_mtime_ns >= fresh[path].st_mtime_ns:
                fresh[path + ending] = copy
        return super().get_static_file(path, url, stat_cache=fresh)


def _never_changes(_path: str, _url: str) -> bool:
    """Every address holds the digest of what is behind it."""
    return True
