"""Reading a CSV file: what is wrong with the file is said before what is wrong with a row."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from app.services.importing.reading import Layout, Row, check, rows
from app.services.importing.report import FileRefused, RowError

NAMES = Layout(required=("name", "start-year"), optional=("note",))
IN_WINDOWS = Layout(required=("name",), encoding="cp1252")


def a_file(folder: Path, content: bytes | str) -> Path:
    path = folder / "file.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(folder: Path, content: bytes | str, layout: Layout = NAMES) -> list[Row | RowError]:
    return list(rows(check(a_file(folder, content), layout)))


def refusal(folder: Path, content: bytes | str, layout: Layout = NAMES) -> str:
    with pytest.raises(FileRefused) as refused:
        check(a_file(folder, content), layout)
    return str(refused.value)


def test_columns_are_found_by_name_and_others_are_ignored(tmp_path: Path) -> None:
    [row] = read(tmp_path, "Start_Year,colour,NAME\n2025,red, Alder \n")
    assert row == Row(2, {"name": "Alder", "start-year": "2025"})


def test_an_optional_column_is_told_apart_from_a_blank_cell(tmp_path: Path) -> None:
    [without] = read(tmp_path, "name,start-year\nAlder,2025\n")
    [blank] = read(tmp_path, "name,start-year,note\nAlder,2025,\n")
    assert isinstance(without, Row)
    assert isinstance(blank, Row)
    assert (without.has("note"), without["note"]) == (False, "")
    assert (blank.has("note"), blank["note"]) == (True, "")


def test_rows_are_numbered_as_a_spreadsheet_numbers_them(tmp_path: Path) -> None:
    found = read(tmp_path, 'name,start-year,note\n\nAlder,2025,"two\nlines"\n,,\nBramble,2024,\n')
    assert [(row.number, row["name"]) for row in found if isinstance(row, Row)] == [
        (3, "Alder"),
        (5, "Bramble"),
    ]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_a_byte_order_mark_and_windows_line_ends_make_no_difference(
    tmp_path: Path, mark: bytes, ending: bytes
) -> None:
    content = mark + ending.join([b"name,start-year", "Zoë’s,2025".encode(), b""])
    assert read(tmp_path, content) == [Row(2, {"name": "Zoë’s", "start-year": "2025"})]


def test_a_last_line_without_an_end_is_a_row(tmp_path: Path) -> None:
    assert len(read(tmp_path, "name,start-year\nAlder,2025")) == 1


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_a_windows_file_reads_the_same_when_it_was_saved_again_in_utf_8(
    tmp_path: Path, encoding: str
) -> None:
    assert read(tmp_path, "name\nSt Mary’s à Becket\n".encode(encoding), IN_WINDOWS) == [
        Row(2, {"name": "St Mary’s à Becket"})
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty"),
        (b"\xef\xbb\xbf", "The file is empty"),
        (b"\n\n \n", "The file is empty"),
        (b"name,start-year\n", "The file has a header and no rows"),
        (b"name,start-year\n,\n\n", "The file has a header and no rows"),
        (b"name\nAlder\n", "The file has no column “start-year”. Columns are separated by commas."),
        (b"name;start-year\nAlder;2025\n", "“name”, “start-year”. Columns are separated by commas."),
        (b"title,year\nAlder,2025\n", "The file has no column “name”, “start-year”."),
        (b"name,start-year,Name\nAlder,2025,Oak\n", "The header has a column more than once: “name”"),
        (
            b"name,start-year\nZo\xeb,2025\n",
            "The file is not in UTF-8 (line 2). Save it as “CSV UTF-8” first",
        ),
        (b"PK\x03\x04rest", "The file is not CSV. It is an Excel workbook or a zip file"),
        (b"%PDF-1.7\n", "The file is not CSV. It is a PDF"),
        ("name,start-year\nAlder,2025\n".encode("utf-16"), "The file is not CSV. It is in UTF-16"),
        (b"name,start-year\nAl\0der,2025\n", "The file is not CSV: line 2 has bytes that are not text"),
        (b'name,"start"-year\nAlder,2025\n', "The file is not CSV: the header cannot be read"),
        (b'name,start-year\n"Alder,2025\nBramble,2024\n', "The file is not CSV from row 2 on"),
        (b'name,start-year\n"Alder,2025\n"Bramble,2024\n', "The file is not CSV from row 2 on"),
        (b'name,start-year\nAlder,"2025\nBramble",2024\n', "The file is not CSV from row 2 on"),
    ],
)
def test_what_is_wrong_with_the_whole_file_is_said(tmp_path: Path, content: bytes, message: str) -> None:
    assert message in refusal(tmp_path, content)


def test_a_windows_file_with_a_byte_that_means_nothing_names_the_line(tmp_path: Path) -> None:
    assert (
        refusal(tmp_path, b"name\nAlder\n\x81\n", IN_WINDOWS) == "The file is not in cp1252 or UTF-8 (line 3)"
    )


def test_a_missing_file_and_a_folder_are_refused_by_name_of_the_reason(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.csv", tmp_path):
        with pytest.raises(FileRefused, match="The file cannot be read"):
            check(path, NAMES)


def test_a_row_of_the_wrong_shape_is_an_error_of_that_row_and_the_others_are_given(tmp_path: Path) -> None:
    found = read(tmp_path, 'name,start-year\nAlder,2025\nBramble\n"Oak"s,2025\nElm,2024,1\nAsh,2023\n')
    assert [(row.number, row["name"]) for row in found if isinstance(row, Row)] == [(2, "Alder"), (6, "Ash")]
    assert [str(row) for row in found if isinstance(row, RowError)] == [
        "Row 3: its number of cells is 1, the header’s is 2",
        "Row 4: ',' expected after '\"'",
        "Row 5: its number of cells is 3, the header’s is 2",
    ]


@pytest.mark.parametrize(
    "bomb",
    [
        b"x" * 2_000_000,
        b'"' + (b"x" * 1000 + b"\n") * 2000,
        b'"' + (b"x" * 1000 + b'\n","') * 2000,
        b"," * 2_000_000,
    ],
    ids=["one long cell", "one quoted cell over many lines", "many cells over many lines", "many cells"],
)
def test_a_row_made_to_fill_the_memory_is_refused_before_it_does(tmp_path: Path, bomb: bytes) -> None:
    path = a_file(tmp_path, b"name,start-year\n" + bomb)
    tracemalloc.start()
    try:
        with pytest.raises(FileRefused, match="The file is not CSV"):
            check(path, NAMES)
        assert tracemalloc.get_traced_memory()[1] < 1024 * 1024
    finally:
        tracemalloc.stop()
