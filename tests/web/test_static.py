"""What is served from `app/static`: whose files they are, and how a browser may keep them."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.matching import HYPHENS, LETTERS
from app.web.asset_files import STATIC_FOLDER, asset_url, compress, prefix
from app.web.static_files import StaticFiles, serve_static

GOVUK = STATIC_FOLDER / "govuk-frontend"
AUTOCOMPLETE = STATIC_FOLDER / "accessible-autocomplete"

# sha256 of the files as they are in the npm packages govuk-frontend 6.3.0 and accessible-autocomplete 3.0.1.
PUBLISHED = {
    "govuk-frontend/govuk-frontend.min.css": "0f00f2aa01972532b0e3c748691dafd58f0042c60060d79848d3d31c02913d46",
    "govuk-frontend/govuk-frontend.min.js": "8982af0b181bb9074ed66df856d5c9fbe224ccc0a5832d47155167350f0c3fe2",
    "accessible-autocomplete/accessible-autocomplete.min.css": (
        "0802866167e6494b1be3507a7b48896ebc8e99ac570460262cbcd2eb4190a931"
    ),
    "accessible-autocomplete/accessible-autocomplete.min.js": (
        "5e8c69591c31f8ede7ce42bcaef62c1db31ca3d411c84a4b72003c3ec7b916fc"
    ),
    "govuk-frontend/assets/fonts/bold-affa96571d-v2.woff": (
        "5a2a925237869837d1afdd0a70ffded0717296d2d25885865d19c0da7f3ece5d"
    ),
    "govuk-frontend/assets/fonts/bold-b542beb274-v2.woff2": (
        "06eba01b1af0f4014b484c711771fef1db30becbf0edf481498da1e4958d3d47"
    ),
    "govuk-frontend/assets/fonts/light-94a07e06a1-v2.woff2": (
        "eedfb3c2f7945caebd0b15522b59d6c7f01be17fecd6102fd76452ad4042f7b0"
    ),
    "govuk-frontend/assets/fonts/light-f591b13f7d-v2.woff": (
        "091aa3008e57dfeea899e33243c1d4ea95bab658f1cc2191679193bcbfac0b7b"
    ),
    "govuk-frontend/assets/images/favicon.ico": (
        "dcd99aa1df9a5d4f631e65921c911ca6def7775a1c49caad7d01511adb62557f"
    ),
    "govuk-frontend/assets/images/favicon.svg": (
        "2ed10a5597b0c04baaec02a251b5b91bbe53999b9a07a6c63ece15e1cf56c529"
    ),
    "govuk-frontend/assets/images/govuk-crest.svg": (
        "7d2c3ed8618f9e43cfe993c3e1a2986000f28f43489b537b75900fefd10437a2"
    ),
    "govuk-frontend/assets/images/govuk-icon-180.png": (
        "8fe4e0991c067785d04f38e9b1dc1d7cf4e0b29725300bf9cc9ba62c0b399054"
    ),
    "govuk-frontend/assets/images/govuk-icon-192.png": (
        "63a6c99cae48ef4e846c820f2005707ec019ad37851aa03724c9364be3a71136"
    ),
    "govuk-frontend/assets/images/govuk-icon-512.png": (
        "058107019d7cba9ea6da801a2ad8ca6abc2e40778f6ecc0383c19c3a42a8ea3a"
    ),
    "govuk-frontend/assets/images/govuk-icon-mask.svg": (
        "3746775d944f1f2ec68414a66f327414cc4287343a0ac0672f72f08db1fdc474"
    ),
    "govuk-frontend/assets/images/govuk-opengraph-image.png": (
        "ec769b07c1e4564230a4e1f7400d8b7cb2c8694b113f988d51d989cfbf855caa"
    ),
    "govuk-frontend/assets/manifest.json": (
        "856f5697a33517c1dab7031a94b35da47f4e61abb258f53cead3291fafa3fbb9"
    ),
}
# What was cut from the end of each, so that no browser asks for a source map.
CUT = {
    "govuk-frontend.min.css": "\n/*# sourceMappingURL=govuk-frontend.min.css.map */\n",
    "govuk-frontend.min.js": "//# sourceMappingURL=govuk-frontend.min.js.map",
    "accessible-autocomplete.min.css": "\n\n/*# sourceMappingURL=accessible-autocomplete.min.css.map*/",
    "accessible-autocomplete.min.js": "\n//# sourceMappingURL=accessible-autocomplete.min.js.map",
}


def as_published(path: Path) -> bytes:
    """A vendored file with our two changes undone: relative addresses, and no source map."""
    if path.name not in CUT:
        return path.read_bytes()
    text = path.read_text(encoding="utf-8").replace("url(assets/", "url(/assets/")
    end = CUT[path.name]
    if path.name == "govuk-frontend.min.js":
        return (text.removesuffix("\n") + end + "\n").encode()
    return (text.rstrip("\n") + end).encode()


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_vendored_file_is_the_published_one_but_for_addresses_and_source_maps(name: str) -> None:
    assert hashlib.sha256(as_published(STATIC_FOLDER / name)).hexdigest() == PUBLISHED[name]


def test_every_vendored_file_is_held_to_its_published_one() -> None:
    present = {
        path.relative_to(STATIC_FOLDER).as_posix()
        for folder in (GOVUK, AUTOCOMPLETE)
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in (".br", ".gz")
    }
    ours = {
        "govuk-frontend/govuk-frontend-plain.min.css",
        "govuk-frontend/LICENCE",
        "accessible-autocomplete/LICENCE",
    }
    assert present == set(PUBLISHED) | ours


def test_the_plain_style_sheet_is_the_branded_one_without_the_gds_font() -> None:
    branded = (GOVUK / "govuk-frontend.min.css").read_text(encoding="utf-8")
    plain = re.sub(r"@font-face\{[^}]*\}", "", branded).replace("GDS Transport,arial", "arial")
    assert (GOVUK / "govuk-frontend-plain.min.css").read_text(encoding="utf-8") == plain
    assert "GDS" not in plain


@pytest.mark.parametrize("folder", [GOVUK, AUTOCOMPLETE], ids=lambda folder: folder.name)
def test_a_licence_stands_beside_the_files_of_others(folder: Path) -> None:
    assert "MIT License" in (folder / "LICENCE").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(STATIC_FOLDER.rglob("*.css")), ids=lambda path: path.name)
def test_a_style_sheet_names_only_files_that_are_here_and_no_other_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = re.findall(r"url\(([^)]*)\)", text)
    assert all((path.parent / address).is_file() for address in named), named
    assert not re.findall(r"@import|sourceMappingURL", text)


@pytest.mark.parametrize("name", ["site.js", "autocomplete.js"])
def test_our_scripts_import_only_files_that_are_here(name: str) -> None:
    text = (STATIC_FOLDER / name).read_text(encoding="utf-8")
    imported = re.findall(r"(?:from|import)\s*\(?\s*'([^']+)'", text)
    assert imported
    assert all((STATIC_FOLDER / address).is_file() for address in imported), imported


def test_the_browser_folds_names_like_the_server() -> None:
    script = (STATIC_FOLDER / "autocomplete.js").read_text(encoding="utf-8")
    pairs = dict(re.findall(r"(\w): '(\w+)'", script.partition("LETTERS = {")[2].partition("}")[0]))
    assert pairs == LETTERS
    dashes = re.search(r"\[(-[^\]]+)\]/g, ' '", script)
    assert dashes is not None
    assert set(dashes[1]) == set(HYPHENS)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    app = Flask("plain", static_folder=None)
    app.config["TESTING"] = True
    serve_static(app)
    return app.test_client()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("site.css", 'text/css; charset="utf-8"'),
        ("site.js", 'text/javascript; charset="utf-8"'),
        ("icon.svg", "image/svg+xml"),
        ("govuk-frontend/assets/manifest.json", "application/json"),
        ("govuk-frontend/assets/fonts/light-94a07e06a1-v2.woff2", "font/woff2"),
    ],
)
def test_a_static_file_may_be_kept_for_ever_because_its_address_changes_with_it(
    client: FlaskClient, name: str, kind: str
) -> None:
    with client.get(asset_url(name)) as response:
        assert response.status_code == 200
        assert response.headers["Content-Type"] == kind
        assert "immutable" in response.headers["Cache-Control"]
        assert response.data == (STATIC_FOLDER / name).read_bytes()


def test_an_address_with_another_digest_and_other_methods_are_the_application_s(client: FlaskClient) -> None:
    assert client.get("/static/0000000000000000/site.css").status_code == 404
    assert client.get("/static/site.css").status_code == 404
    assert client.post(asset_url("site.css")).status_code == 404


def test_naming_a_file_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match="sites.css"):
        asset_url("sites.css")


def test_the_folder_s_address_follows_from_every_name_and_byte(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("a", "b", "c", "d")]
    for folder, name, text in zip(folders, ("x", "x", "y", "x"), ("1", "2", "1", "1"), strict=True):
        folder.mkdir()
        (folder / f"{name}.css").write_text(text)
    (folders[3] / "x.css.br").write_text("a compressed copy")
    first, other_bytes, other_name, compressed = map(prefix, folders)
    assert first == compressed
    assert len({first, other_bytes, other_name}) == 3


def small_site(folder: Path) -> Path:
    (folder / "site.css").write_text("body { color: black; }\n" * 200)
    (folder / "font.woff2").write_bytes(b"already small" * 200)
    (folder / "tiny.js").write_text("1")
    return folder


def test_compressing_writes_both_copies_of_texts_that_get_smaller(tmp_path: Path) -> None:
    made = compress(small_site(tmp_path))
    assert [path.name for path in made] == ["site.css.br", "site.css.gz"]
    source = (tmp_path / "site.css").read_bytes()
    assert brotli.decompress(made[0].read_bytes()) == source
    assert gzip.decompress(made[1].read_bytes()) == source
    before = [path.read_bytes() for path in made]
    assert [path.read_bytes() for path in compress(tmp_path)] == before


def served(folder: Path, accepted: str) -> tuple[str, bytes]:
    app = Flask("plain", static_folder=None)
    app.wsgi_app = StaticFiles(app.wsgi_app, root=str(folder), prefix="/static/")  # type: ignore[method-assign]
    with app.test_client().get("/static/site.css", headers={"Accept-Encoding": accepted}) as response:
        return response.headers.get("Content-Encoding", ""), response.data


def test_a_browser_gets_the_smallest_copy_that_it_can_read(tmp_path: Path) -> None:
    compress(small_site(tmp_path))
    source = (tmp_path / "site.css").read_bytes()
    encoding, body = served(tmp_path, "gzip, deflate, br")
    assert (encoding, brotli.decompress(body)) == ("br", source)
    encoding, body = served(tmp_path, "gzip")
    assert (encoding, gzip.decompress(body)) == ("gzip", source)
    assert served(tmp_path, "") == ("", source)


def test_a_copy_older_than_its_file_is_never_served(tmp_path: Path) -> None:
    compress(small_site(tmp_path))
    css = tmp_path / "site.css"
    css.write_text("body { color: red; }\n")
    later = css.stat().st_mtime + 10
    os.utime(css, (later, later))
    assert served(tmp_path, "gzip, br") == ("", css.read_bytes())
