"""Where to go after signing in: only ever to a page of this service."""

from __future__ import annotations

from urllib.parse import urlsplit


def local_path(target: str | None) -> str | None:
    """`target` when it is a path on this host, else None.

    Refused: other hosts and schemes, `//host`, backslashes (browsers read them as slashes), control
    characters and spaces (browsers drop some of them), and anything that does not begin with one slash.
    """
    if not target or len(target) > 2000 or not target.startswith("/") or target.startswith("//"):
        return None
    if "\\" in target or any(ord(character) <= 32 or ord(character) == 127 for character in target):
        return None
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc else target
