"""Every kind of file becomes the same table of text, or an error that says what to mend."""

import gzip
import json
import time
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from rencheng.kernel.errors import DataError, InputError
from rencheng.sensing.readers.files import Layout, Limits, format_of, look, read, read_chunks

ROWS = [("420100", "武汉市", "1.10"), ("110000", None, "2")]


def put(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def workbook(path: Path, cells: dict[tuple[int, int], object], name: str = "病例") -> Path:
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        book.add_worksheet("封面")
        sheet = book.add_worksheet(name)
        for (row, column), value in cells.items():
            if isinstance(value, date):
                sheet.write_datetime(row, column, value, day)
            else:
                sheet.write(row, column, value)
    return path


@pytest.mark.parametrize(
    ("name", "data", "lines"),
    [
        ("a.csv", "code,name,n\n420100,武汉市,1.10\n110000,,2\n", [2, 3]),
        ("a.csv", '"code","name","n"\r\n\r\n"420100","武汉市","1.10"\r\n110000,"",2', [3, 4]),
        ("a.tsv", "code\tname\tn\n420100\t武汉市\t1.10\n110000\t\t2\n", [2, 3]),
        ("a.txt", "code;name;n\r420100;武汉市;1.10\r110000;;2\r", [2, 3]),
        ("a.csv", "code,name,n\n420100,武汉市,1.10\n110000,,2\n".encode("gb18030"), [2, 3]),
        ("a.csv", "code,name,n\n420100,武汉市,1.10\n110000,,2\n".encode("utf-16"), [2, 3]),
        ("a.csv", "\ufeffcode,name,n\n420100,武汉市,1.10\n110000,,2\n", [2, 3]),
        (
            "a.jsonl",
            '{"code": "420100", "name": "武汉市", "n": 1.10}\n\n{"code": "110000", "n": 2}',
            [1, 3],
        ),
        (
            "a.json",
            '[\n {"code": "420100", "name": "武汉市", "n": 1.10},\n {"code": "110000", "n": 2}\n]',
            [2, 3],
        ),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_text_file_is_read_whatever_its_dress(tmp_path, name, data, lines, packed):
    raw = data.encode() if isinstance(data, str) else data
    path = put(tmp_path / (name + ".gz" * packed), gzip.compress(raw) if packed else raw)
    chunk = read(path)
    assert chunk.rows.columns == ["code", "name", "n"]
    assert chunk.rows.rows() == ROWS
    assert chunk.lines.to_list() == lines
    assert chunk.broken == ()


def test_a_workbook_keeps_its_row_numbers_days_and_digits(tmp_path):
    cells = {
        (2, 0): "code", (2, 1): "date", (2, 2): "n", (2, 3): "n",
        (3, 0): "001", (3, 1): date(2020, 1, 23), (3, 2): 1, (3, 3): 2.5,
        (6, 0): "002", (6, 1): "未公布",
    }  # fmt: skip
    path = workbook(tmp_path / "cases.xlsx", cells)
    seen = look(path)
    assert seen.sheets == ("封面", "病例")
    with pytest.raises(InputError, match="nothing stands there"):
        read(path, layout=Layout(sheet="封面"))
    assert read(path).lines.to_list() == [4, 7]
    layout = Layout(sheet="病例")
    chunk = read(path, layout=layout)
    assert chunk.rows.columns == ["code", "date", "n", "n (2)"]
    assert chunk.rows.rows() == [("001", "2020-01-23", "1", "2.5"), ("002", "未公布", None, None)]
    assert chunk.lines.to_list() == [4, 7]
    (rest,) = read_chunks(path, layout=layout, start_row=1)
    assert (rest.lines.to_list(), rest.start_row, rest.next_row) == ([7], 1, 2)
    with pytest.raises(InputError, match="no sheet 'x'"):
        read(path, layout=Layout(sheet="x"))
    with pytest.raises(InputError, match="row 40"):
        read(path, layout=Layout(sheet="病例", header_line=40))


def test_looking_at_a_workbook_without_rows_shows_its_columns(tmp_path):
    path = workbook(tmp_path / "empty.xlsx", {(0, 0): "code", (0, 1): "n"})
    assert look(path, layout=Layout(sheet="病例")).columns == ("code", "n")


def test_parquet_values_become_text(tmp_path):
    table = pl.DataFrame(
        {
            "n": [1, None],
            "x": [2.0, 0.1],
            "day": [date(2020, 1, 23), None],
            "at": [datetime(2020, 1, 23, 8, 30, tzinfo=UTC), None],
            "list": [[1, 2], None],
            "raw": [b"\xff", None],
            "text": ["武汉", ""],
        }
    )
    table.write_parquet(tmp_path / "t.parquet")
    chunk = read(tmp_path / "t.parquet")
    assert chunk.rows.rows() == [
        ("1", "2", "2020-01-23", "2020-01-23T08:30:00.000000+00:00", "[1,2]", "ff", "武汉"),
        (None, "0.1", None, None, None, None, None),
    ]
    assert chunk.lines.to_list() == [1, 2]


def test_the_line_of_the_header_can_be_told(tmp_path):
    path = put(tmp_path / "a.csv", "全市疫情\n制表：某某\n\ncode,n\n1,2\n")
    assert look(path, layout=Layout(header_line=4)).columns == ("code", "n")
    assert read(path, layout=Layout(header_line=4)).lines.to_list() == [5]
    with pytest.raises(InputError, match=r"a.csv, line 5: nothing stands there|line 6"):
        read(path, layout=Layout(header_line=6))


def test_names_of_columns_are_filled_in_and_told_apart(tmp_path):
    path = put(tmp_path / "a.csv", " code ,,code\n1,2,3\n")
    assert look(path).columns == ("code", "column_2", "code (2)")


def test_broken_rows_come_back_with_line_and_reason(tmp_path):
    text = 'a,b\n1,2\n3\n4,5,6\n"x" y,7\n8,"open\n9,10\n\n11,12\n'
    chunk = read(put(tmp_path / "a.csv", text))
    assert chunk.rows.rows() == [("1", "2"), ("9", "10"), ("11", "12")]
    assert chunk.lines.to_list() == [2, 7, 9]
    told = [(one.line, one.was, one.should.en) for one in chunk.broken]
    assert told == [
        (3, "3", "2 fields; it has 1"),
        (4, "4,5,6", "2 fields; it has 3"),
        (5, '"x" y,7', "a delimiter behind the closing quote"),
        (6, '8,"open', "every opening quote closed"),
    ]
    assert all(one.should.zh for one in chunk.broken)


def test_bytes_outside_the_encoding_break_their_row_only(tmp_path):
    text = "城,n\n武汉,1\n".encode() + b"\xff\xfe,2\n" + "上海,3\n".encode() + b"a\0,4\n"
    chunk = read(put(tmp_path / "a.csv", text), layout=Layout(encoding="utf-8"))
    assert chunk.rows.rows() == [("武汉", "1"), ("上海", "3")]
    assert [(one.line, one.should.en) for one in chunk.broken] == [
        (3, "characters of the file's encoding"),
        (5, "characters of the file's encoding"),
    ]


def test_json_lines_that_are_no_objects_come_back(tmp_path):
    text = '{"a": 1}\nnot json\n[1]\n{}\n{"b": {"c": [1.50, null]}}\n{"a": NaN}\n' + "[" * 100_000
    chunk = read(put(tmp_path / "a.jsonl", text))
    assert chunk.rows.rows() == [("1", None), (None, '{"c":[1.50,null]}')]
    assert [one.line for one in chunk.broken] == [2, 3, 4, 6, 7]


def test_features_come_with_their_geometry(tmp_path):
    box = [[[121.0, 31.0], [122.0, 31.0], [122.0, 32.0], [121.0, 31.0]]]
    features = [
        {"type": "Feature", "properties": {"adcode": 310115, "geometry": "x"},
         "geometry": {"type": "Polygon", "coordinates": box}},
        {"type": "Feature", "properties": None, "geometry": None},
        {"type": "Feature", "properties": {}, "geometry": {"type": "Blob"}},
        "no feature",
    ]  # fmt: skip
    inside = ",\n".join(json.dumps(one) for one in features)
    text = f'{{"type": "FeatureCollection",\n"features": [\n{inside}\n]}}'
    chunk = read(put(tmp_path / "a.geojson", text))
    assert chunk.rows.columns == ["adcode", "geometry (2)", "geometry"]
    assert chunk.rows.schema["geometry"] == pl.Binary
    assert chunk.rows["adcode"].to_list() == ["310115", None]
    assert chunk.rows["geometry"].is_null().to_list() == [False, True]
    assert chunk.lines.to_list() == [3, 4]
    assert [one.line for one in chunk.broken] == [5, 6]
    assert format_of(put(tmp_path / "b.json", text)) == "geojson"
    (part,) = read_chunks(tmp_path / "a.geojson", start_row=3)
    assert (part.rows.height, len(part.broken)) == (0, 1)


def geopackage(path: Path, epsg: str = "EPSG:4326") -> Path:
    import numpy as np
    import shapely
    from pyogrio.raw import write

    write(
        str(path),
        np.array([shapely.box(121, 31, 122, 32).wkb, shapely.box(0, 0, 1, 1).wkb], dtype=object),
        [np.array(["310115", None], dtype=object), np.array([5_600_000.0, np.nan])],
        ["code", "population"],
        layer="districts",
        geometry_type="Polygon",
        crs=epsg,
        driver="GPKG",
    )
    return path


def test_a_geopackage_comes_with_its_geometry(tmp_path):
    path = geopackage(tmp_path / "a.gpkg")
    seen = look(path)
    assert (seen.sheets, seen.columns) == (("districts",), ("code", "population", "geometry"))
    chunks = list(read_chunks(path, rows=1))
    assert [chunk.lines.to_list() for chunk in chunks] == [[1], [2]]
    assert [chunk.rows["code"].item() for chunk in chunks] == ["310115", None]
    assert chunks[0].rows["population"].item() == "5600000"
    with pytest.raises(DataError, match="should be a GeoPackage"):
        read(path, layout=Layout(sheet="nowhere"))
    with pytest.raises(InputError, match="EPSG:3857; they should be longitude"):
        read(geopackage(tmp_path / "b.gpkg", "EPSG:3857"))


@pytest.mark.parametrize(
    ("name", "data", "error", "message"),
    [
        ("a.pdf", b"", InputError, r"file a.pdf ends in .pdf; it should be one of .csv"),
        ("a", b"", InputError, "ends in nothing"),
        ("a.parquet.gz", b"", InputError, "ends in .parquet.gz"),
        ("a.csv", b"", InputError, "file a.csv: nothing stands there"),
        ("a.csv", b"\n\n", InputError, "nothing stands there"),
        ("a.csv", b"a,b\n" + bytes(20), DataError, "holds zero bytes"),
        ("a.csv", b'"open\n1,2\n', InputError, "line 1: the header should have every opening"),
        ("a.csv.gz", gzip.compress(b"a,b\n1,2\n" * 99)[:-20], DataError, "damaged or cut off"),
        ("a.parquet", b"PAR1nonsense", DataError, "it should be a Parquet file"),
        ("a.xlsx", b"PK\x03\x04nonsense", DataError, "it should be an Excel workbook"),
        ("a.xls", b"nonsense", DataError, "it should be an Excel workbook"),
        ("a.gpkg", b"nonsense", DataError, "it should be a GeoPackage"),
        ("a.gpkg", b"SQLite format 3\0" + bytes(90), DataError, "it should be a GeoPackage"),
        ("a.geojson", b'{"type": "Feature"}', DataError, "type is 'Feature'; it should be"),
        ("a.geojson", b"{}", DataError, "there are no features"),
        ("a.geojson", b'{"features": 5}', DataError, "line 1: '5}' should be a JSON array"),
        ("a.geojson", b"[1", DataError, "should be an object"),
        ("a.geojson", b"\xff", DataError, "not utf-8; it should be text"),
        ("a.json", b'[{"a": 1},\n{"a": }]', DataError, "file a.json, line 2: not JSON"),
        ("a.json", b"[" * 100_000, DataError, "nested too deep|not JSON"),
        ("a.json", b'{\n "a": 1\n}', InputError, "holds one JSON object"),
        (
            "a.geojson",
            b'{"crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}, "features": []}',
            InputError,
            "3857; they should be longitude and latitude",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_file_and_what_it_should_be(
    tmp_path, name, data, error, message
):
    with pytest.raises(error, match=message):
        read(put(tmp_path / name, data))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"file nowhere.csv cannot be opened"):
        read(tmp_path / "nowhere.csv")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"format": "word"}, "format is 'word'"),
        ({"encoding": "latin-1"}, "encoding is 'latin-1'"),
        ({"delimiter": "-"}, "delimiter is '-'"),
        ({"header_line": 0}, "header_line is 0"),
    ],
)
def test_a_layout_names_only_what_is_known(options, message):
    with pytest.raises(InputError, match=message):
        Layout(**options)


def test_bombs_and_giants_are_refused_with_the_limit_they_pass(tmp_path):
    packed = put(tmp_path / "bomb.csv.gz", gzip.compress(b"a,b\n" + b"1,2\n" * 20_000_000, 9))
    with pytest.raises(InputError, match="this limit is ratio"):
        list(read_chunks(packed, layout=Layout(encoding="utf-8"), limits=Limits(ratio=20)))
    plain = put(tmp_path / "a.csv", "a,b\n" + "1,2\n" * 100)
    with pytest.raises(InputError, match="this limit is unpacked_bytes"):
        read(plain, limits=Limits(unpacked_bytes=100))
    wide = put(tmp_path / "wide.csv", ",".join(map(str, range(3000))) + "\n")
    with pytest.raises(InputError, match=r"3,000 columns.*this limit is columns"):
        read(wide)
    keys = put(tmp_path / "wide.jsonl", json.dumps({str(n): n for n in range(3000)}))
    with pytest.raises(InputError, match=r"3,000 different keys.*this limit is columns"):
        read(keys)
    array = put(tmp_path / "a.json", "[" + " " * 200 + "]")
    with pytest.raises(InputError, match="this limit is whole_bytes"):
        read(array, limits=Limits(whole_bytes=100))
    book = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    with pytest.raises(InputError, match="this limit is ratio"):
        read(book)
    with pytest.raises(InputError, match="this limit is whole_bytes"):
        read(book, limits=Limits(whole_bytes=1_000_000))
    long = put(tmp_path / "long.csv", "a,b\n" + "x" * 3_000 + ",1\n1,2\n")
    chunk = read(long, limits=Limits(record_bytes=200))
    assert (chunk.rows.height, chunk.broken[0].line) == (1, 2)
    assert len(chunk.broken[0].was) == 2_000
    table = pl.DataFrame({"a": [1] * 50})
    table.write_parquet(tmp_path / "a.parquet")
    with pytest.raises(InputError, match="at most 10 rows; this limit is rows"):
        read(tmp_path / "a.parquet", limits=Limits(rows=10))


def test_a_stretch_has_at_least_one_row(tmp_path):
    path = put(tmp_path / "a.csv", "a,b\n1,2\n")
    with pytest.raises(InputError, match="rows is 0"):
        list(read_chunks(path, rows=0))


def test_an_upload_is_known_by_the_name_it_had(tmp_path):
    path = put(tmp_path / "upload-7", "a,b\n1,2\n")
    assert read(path, name="病例.CSV").rows.height == 1


def test_a_million_rows_are_read_in_under_three_seconds(tmp_path):
    rows = "2020-01-23,420000,湖北省,420100,武汉市,495,31,23\n" * 1_000_000
    path = put(
        tmp_path / "big.csv", "date,province_code,province,code,city,confirmed,cured,dead\n" + rows
    )
    started = time.perf_counter()
    read_rows = sum(chunk.rows.height for chunk in read_chunks(path))
    assert read_rows == 1_000_000
    assert time.perf_counter() - started < 3.0
