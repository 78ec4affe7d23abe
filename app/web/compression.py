"""Pages leave compressed: 2 to 3 kB instead of 7 to 10. (Static files have compressed copies of their own.)

gzip at its fastest, since every page is new: level 1 takes some 35 µs of processor and gives 2.4 kB for a question;
level 6 takes two to three times as long for 10 % less, and brotli is no smaller for the same time.

Why that is safe here (BREACH: guessing a secret on a page from how long it is when compressed together with words of
the guesser’s own choice, over thousands of requests):
- The one secret on our pages is the CSRF token. Flask-WTF signs it anew with the time, so in another second it is
  another token; and what stays the same, the random text inside it, is worth nothing without our signature.
- The session cookie is SameSite=Lax: another site can’t have a signed-in page fetched in the background.
- Each page’s length moves by up to 99 random bytes (the file name that gzip’s format allows for), as in Django.
"""

from __future__ import annotations

import secrets
import struct
import zlib
from functools import lru_cache

from flask import Flask, Response, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

LEVEL = 1
SMALLEST = 500
MOST_PADDING = 99
_RAW = -zlib.MAX_WBITS
# Deflate, with a file name, no time, the fastest level, an unknown system (RFC 1952, 2.3).
_HEADER = b"\x1f\x8b\x08\x08\x00\x00\x00\x00\x04\xff"


def install(app: Flask) -> None:
    """Compress pages for browsers that ask for it."""
    app.after_request(shrink)


def shrink(response: Response) -> Response:
    """The same answer, compressed when it is a page, is worth it, and the browser takes gzip."""
    if response.mimetype != "text/html" or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    if len(body) >= SMALLEST and _taken(request.headers.get("Accept-Encoding", "")):
        response.set_data(gzipped(body))
        response.headers["Content-Encoding"] = "gzip"
    return response


@lru_cache(maxsize=100)
def _taken(accepted: str) -> bool:
    """Whether a browser that says this takes gzip. Browsers say one of a few things, and reading it takes a while."""
    return parse_accept_header(accepted, Accept).quality("gzip") > 0


def gzipped(body: bytes) -> bytes:
    """`body` as a gzip file whose own name is random letters, so that its length says little."""
    deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, _RAW)
    name = secrets.token_hex(MOST_PADDING)[: secrets.randbelow(MOST_PADDING + 1)].encode()
    end = struct.pack("<II", zlib.crc32(body), len(body) & 0xFFFFFFFF)
    return b"".join((_HEADER, name, b"\0", deflate.compress(body), deflate.flush(), end))
