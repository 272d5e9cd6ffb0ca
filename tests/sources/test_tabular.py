"""Files of tables: read in batches, written again, and opened again with the same schema and the same cells."""

from __future__ import annotations

import bz2
import csv
import datetime
import gzip
import io
import json
import lzma

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import feather, ipc, parquet

from piiscrub.errors import SourceError
from piiscrub.sources import NotExamined, detect_encoding
from piiscrub.sources.tabular import delimited_table, form, inflate, open_tables, workbook
from piiscrub.sources.tabular.delimited_table import DelimitedTable, Dialect
from piiscrub.sources.tabular.delimited_writer import DelimitedWriter

HEADER = ["姓名", "tel", "tel", "note"]
ROWS = [
    ["某甲", "13800138000", "010-12345678", 'he said "好", then\nleft'],
    ["某乙", "", " 7 ", "1;2\t3|4"],
    ["", "0012", "-1", "𠮷"],
]


def cells(path, **options):
    with open_tables(path, **options) as file:
        assert not isinstance(file, NotExamined), file.cause
        (sheet,) = file.sheets
        return sheet.schema, rows_of(sheet, 2)


def rows_of(sheet, rows):
    return [row for batch in sheet.batches(rows=rows) for row in zip(*map(pa.Array.to_pylist, batch.columns), strict=True)]


def copy(path, target):
    """Write the file again, as it was read."""
    with open_tables(path) as file, target.open("wb") as stream, file.writer(stream) as writer:
        for sheet in file.sheets:
            writer.start(sheet.schema, sheet=sheet.name)
            for batch in sheet.batches(rows=2):
                writer.write(batch)


def write_csv(path, *, codec="utf-8", delimiter=",", newline="\r\n", quoting=csv.QUOTE_MINIMAL):
    text = io.StringIO()
    out = csv.writer(text, delimiter=delimiter, lineterminator=newline, quoting=quoting)
    out.writerows([HEADER, *ROWS])
    path.write_bytes(text.getvalue().encode(codec))


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize(("delimiter", "newline"), [(",", "\n"), (";", "\r\n"), ("\t", "\n"), ("|", "\r"), ("^", "\n")])
def test_csv_comes_back_byte_for_byte(tmp_path, codec, delimiter, newline):
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL):
        write_csv(tmp_path / "a.csv", codec=codec, delimiter=delimiter, newline=newline, quoting=quoting)
        schema, rows = cells(tmp_path / "a.csv")
        assert schema.names == HEADER
        assert [list(row) for row in rows] == ROWS
        copy(tmp_path / "a.csv", tmp_path / "b.csv")
        assert (tmp_path / "b.csv").read_bytes() == (tmp_path / "a.csv").read_bytes()


def test_a_mark_that_stands_in_a_cell_stays_there(tmp_path):
    (tmp_path / "a.csv").write_bytes("a,b\n\ufeff1,2\n3,4\n".encode())  # two files that were put together
    assert cells(tmp_path / "a.csv")[1] == [("\ufeff1", "2"), ("3", "4")]


def test_gbk_is_read_and_a_new_encoding_can_be_asked_for(tmp_path):
    (tmp_path / "a.csv").write_bytes("姓名,备注\n某甲,好的\n".encode("gbk"))
    with open_tables(tmp_path / "a.csv") as file, (tmp_path / "b.csv").open("wb") as stream:
        assert file.encoding == "gb18030"
        with file.writer(stream, codec="utf-8") as writer:
            writer.start(file.sheets[0].schema)
            for batch in file.sheets[0].batches(rows=9):
                writer.write(batch)
    assert (tmp_path / "b.csv").read_text(encoding="utf-8") == "姓名,备注\n某甲,好的\n"


def test_a_value_the_encoding_lacks_ends_the_run(tmp_path):
    writer = DelimitedWriter(io.BytesIO(), Dialect(encoding=detect_encoding(io.BytesIO(b"a"), name="cp1252")))
    with pytest.raises(SourceError, match="lacks"):
        writer.write(pa.record_batch([pa.array(["好"])], names=["a"]))


def test_ragged_lines_are_told_by_number_and_nothing_beyond_the_last_column_is_handed_on(tmp_path):
    (tmp_path / "a.csv").write_text('a,b\n1,2\n3\n"x\ny",4,SURPLUS\n\n5,6\n', encoding="utf-8")
    with open_tables(tmp_path / "a.csv") as file:
        (sheet,) = file.sheets
        table = pa.Table.from_batches(list(sheet.batches(rows=10)))
        assert table.to_pydict() == {"a": ["1", "3", "x\ny", "5"], "b": ["2", "", "4", "6"]}
        assert [tuple(one) for one in sheet.ragged] == [(3, 1, 2), (4, 3, 2), (6, 0, 2)]


def test_no_header_means_no_names(tmp_path):
    (tmp_path / "a.csv").write_text("某甲,13800138000\n某乙,13800138001\n", encoding="utf-8")
    schema, rows = cells(tmp_path / "a.csv")
    assert schema.names == ["", ""]
    assert len(rows) == 2
    copy(tmp_path / "a.csv", tmp_path / "b.csv")
    assert (tmp_path / "b.csv").read_bytes() == (tmp_path / "a.csv").read_bytes()


@given(
    st.lists(st.sampled_from(["a", '"', ",", "\n", "\r\n", "中", '""', ',"', '",', "1", "\r", " "]), max_size=40),
    st.integers(1, 5),
)
def test_both_readers_of_csv_read_what_the_standard_library_reads(parts, rows):
    text = "h1,h2\n" + "".join(parts)
    former, delimited_table.BLOCK = delimited_table.BLOCK, 16
    try:
        table = DelimitedTable(io.BytesIO(text.encode()), Dialect(encoding=detect_encoding(io.BytesIO(b"a"))), "x")
        got = rows_of(table, rows)
    except SourceError as error:
        assert "never closed" in str(error)  # noqa: PT017  # the other outcome is checked below
        assert text.count('"')
        return
    finally:
        delimited_table.BLOCK = former
    wanted = [row for row in list(csv.reader(io.StringIO(text, newline="")))[1:] if row]
    assert got == [tuple(([*row, "", ""])[:2]) for row in wanted]
    ragged = [row for row in list(csv.reader(io.StringIO(text, newline="")))[1:] if len(row) != 2]
    assert [one.cells for one in table.ragged] == [len(row) for row in ragged]


CELLS = st.text(st.sampled_from('a",;\n\r 中\x00\t'), max_size=4) | st.none()


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "中"])
@given(st.integers(1, 3).flatmap(lambda width: st.lists(st.tuples(*[CELLS] * width), min_size=1, max_size=5)))
def test_rows_are_written_as_the_standard_library_writes_them(quoting, delimiter, rows):
    held = io.BytesIO()
    how = Dialect(
        encoding=detect_encoding(io.BytesIO(b"a")), delimiter=delimiter, newline="\r\n", quote_all=quoting == csv.QUOTE_ALL
    )
    columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
    writer = DelimitedWriter(held, how)
    writer.write(pa.RecordBatch.from_arrays(columns, names=[str(n) for n in range(len(columns))]).slice(1))
    writer.close()
    wanted = io.StringIO(newline="")
    csv.writer(wanted, delimiter=delimiter, lineterminator="\r\n", quoting=quoting).writerows(rows[1:])
    assert held.getvalue() == wanted.getvalue().encode()


def test_a_quote_that_is_never_closed_is_said_with_its_line(tmp_path):
    (tmp_path / "a.csv").write_text('a,b\n1,2\n3,"open\n5,6\n', encoding="utf-8")
    with open_tables(tmp_path / "a.csv") as file, pytest.raises(SourceError, match="line 3"):
        list(file.sheets[0].batches(rows=9))


COMPRESSED = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": lambda b: pa.compress(b, "zstd", asbytes=True),
}


@pytest.mark.parametrize("ending", COMPRESSED)
def test_compressed_files_stay_compressed(tmp_path, ending):
    write_csv(tmp_path / "a.csv")
    (tmp_path / f"a.csv{ending}").write_bytes(COMPRESSED[ending]((tmp_path / "a.csv").read_bytes()))
    seen = []
    with open_tables(tmp_path / f"a.csv{ending}") as file:
        assert sum(batch.num_rows for batch in file.sheets[0].batches(rows=9, step=seen.append)) == len(ROWS)
        assert sum(seen) == file.size
    copy(tmp_path / f"a.csv{ending}", tmp_path / f"b.csv{ending}")
    assert cells(tmp_path / f"b.csv{ending}")[1] == [tuple(row) for row in ROWS]
    assert inflate.kind_of((tmp_path / f"b.csv{ending}").read_bytes()[:8])


@pytest.mark.parametrize("ending", COMPRESSED)
def test_a_bomb_is_not_unpacked(ending):
    packed = io.BytesIO(COMPRESSED[ending](b"0" * (8 << 20)))
    kind = inflate.kind_of(packed.getvalue()[:8])
    with pytest.raises(SourceError, match="unpacks to"):
        io.BufferedReader(inflate.Inflating(packed, kind, "x", free=1 << 20)).read()
    with pytest.raises(SourceError, match="unpacks to"):
        io.BufferedReader(inflate.Inflating(packed, kind, "x", most_bytes=1 << 20)).read()


def test_a_cut_file_is_said_to_be_damaged(tmp_path):
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"a,b\n1,2\n" * 1000)[:-30])
    with pytest.raises(SourceError, match="damaged"), open_tables(tmp_path / "a.csv.gz"):
        pass
    for name in ("a.parquet", "a.feather", "a.arrows", "a.xlsx"):
        (tmp_path / name).write_bytes(b"PAR1 and then nothing")
        with pytest.raises(SourceError, match="damaged"), open_tables(tmp_path / name) as file:
            list(file.sheets[0].batches(rows=9))


TYPED = pa.table(
    {
        "电话": pa.array([13800138000, None, 142], pa.int64()),
        "when": pa.array([datetime.date(2024, 1, 2), None, None]),
        "c": pa.array(["x", "y", "x"]).dictionary_encode(),
        "deep": pa.array([[1, 2], None, []]),
        "d": pa.array([b"\x00", None, b""]),
    }
)


def test_parquet_and_arrow_keep_every_type(tmp_path):
    parquet.write_table(TYPED, tmp_path / "a.parquet", row_group_size=2, compression="zstd")
    feather.write_feather(TYPED, tmp_path / "a.feather", compression="uncompressed")
    with ipc.new_stream(tmp_path / "a.arrows", TYPED.schema) as out:
        out.write_table(TYPED)
    for name in ("a.parquet", "a.feather", "a.arrows"):
        copy(tmp_path / name, tmp_path / f"b{name}")
        schema, rows = cells(tmp_path / f"b{name}")
        assert schema.equals(TYPED.schema), name
        assert rows == list(zip(*(column.to_pylist() for column in TYPED.columns), strict=True))
    assert parquet.ParquetFile(tmp_path / "ba.parquet").metadata.row_group(0).column(0).compression == "ZSTD"


def test_two_columns_of_one_name_survive_parquet(tmp_path):
    table = pa.Table.from_arrays([pa.array([1]), pa.array(["x"])], names=["a", "a"])
    parquet.write_table(table, tmp_path / "a.parquet")
    schema, rows = cells(tmp_path / "a.parquet")
    assert (schema.names, rows) == (["a", "a"], [(1, "x")])


def test_times_of_a_workbook_stay_times_where_one_is_midnight(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    times = [datetime.datetime(2024, 1, 2), datetime.datetime(2024, 1, 2, 3, 4)]
    for cell in ("time", *times):
        book.active.append([cell])
    book.save(tmp_path / "a.xlsx")
    schema, rows = cells(tmp_path / "a.xlsx")
    assert schema.types == [pa.timestamp("us")]
    assert [cell for (cell,) in rows] == times


def test_json_lines_come_back_with_their_types(tmp_path):
    objects = [
        {"tel": 13800138000, "name": "某甲", "n": 1.5, "ok": True, "tags": ["a", {"b": 1}], "mixed": 1},
        {"tel": None, "name": "=1", "n": None, "ok": False, "tags": None, "mixed": "1"},
    ]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(one, ensure_ascii=False) + "\n\n" for one in objects), encoding="utf-8")
    schema, rows = cells(tmp_path / "a.jsonl")
    assert [str(kind) for kind in schema.types] == ["int64", "string", "double", "bool", "string", "string"]
    assert rows[0] == (13800138000, "某甲", 1.5, True, '["a", {"b": 1}]', "1")
    copy(tmp_path / "a.jsonl", tmp_path / "b.jsonl")
    assert [json.loads(line) for line in (tmp_path / "b.jsonl").read_text(encoding="utf-8").splitlines()] == objects


def test_half_of_an_emoji_in_json_is_replaced_and_a_whole_one_stays(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"a": "x\\ud83d", "b": ["\\udc00", "\\ud83d\\ude00"], "c\\uD800": "\\\\ud800"}\n', encoding="ascii")
    schema, rows = cells(path)
    assert schema.names == ["a", "b", "c\ufffd"]
    assert rows == [("x\ufffd", '["\ufffd", "\U0001f600"]', "\\ud800")]


@pytest.mark.parametrize("line", ["[1]", '{"a": ', '{"a": NaN}', '{"a":' + "[" * 70 + "]" * 70 + "}", "[" * 100000])
def test_json_that_is_none_is_said_with_its_line(tmp_path, line):
    (tmp_path / "a.jsonl").write_text('{"a": 1}\n' + line + "\n", encoding="utf-8")
    with open_tables(tmp_path / "a.jsonl") as file, pytest.raises(SourceError, match="line 2"):
        _ = file.sheets[0].schema


@pytest.mark.parametrize("twice", ['{"a": "x", "a": "y"}', '{"a": "x", "\\u0061": "y"}', '{"b": [{"a": "x", "a": null}]}',
                                   '{"a\\ud800": "x", "a\\ud801": "y"}'])  # fmt: skip  # one line per way
def test_json_that_names_a_key_twice_is_refused_because_one_of_the_values_would_vanish(tmp_path, twice):
    (tmp_path / "a.jsonl").write_text('{"a": "1"}\n' + twice + "\n", encoding="utf-8")
    with open_tables(tmp_path / "a.jsonl") as file, pytest.raises(SourceError, match="line 2 names one key twice") as caught:
        _ = file.sheets[0].schema
    assert caught.value.code == "source-json-twice"


def make_workbook(path):
    import openpyxl
    from openpyxl.cell import WriteOnlyCell

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("客户")
    text = WriteOnlyCell(sheet, value="0")
    text._value, text.data_type = "=HYPERLINK(1)", "s"
    sheet.append(["身份证号", "电话", "生日", "note"])
    sheet.append(["11010519491231002X", 13800138000, datetime.date(1949, 12, 31), text])
    sheet.append(["000123", None, None, "x"])
    hidden = book.create_sheet("hidden")
    hidden.sheet_state = "hidden"
    hidden.append(["a", "b"])
    hidden.append([1.5, True])
    book.create_sheet("empty")
    book.save(path)


def test_every_sheet_of_a_workbook_and_text_stays_text(tmp_path):
    make_workbook(tmp_path / "a.xlsx")
    copy(tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    for name in ("a.xlsx", "b.xlsx"):
        with open_tables(tmp_path / name) as file:
            assert [sheet.name for sheet in file.sheets] == ["客户", "hidden", "empty"]
            first, second, third = (list(sheet.batches(rows=9)) for sheet in file.sheets)
            assert [str(kind) for kind in first[0].schema.types] == ["string", "int64", "date32[day]", "string"]
            assert first[0].column(0).to_pylist() == ["11010519491231002X", "000123"]
            assert first[0].column(1).to_pylist() == [13800138000, None]
            assert first[0].column(3).to_pylist() == ["=HYPERLINK(1)", "x"]
            assert second[0].to_pydict() == {"a": [1.5], "b": [True]}
            assert third == []
    import openpyxl

    cell = openpyxl.load_workbook(tmp_path / "b.xlsx")["客户"]["D2"]
    assert (cell.data_type, cell.value) == ("s", "=HYPERLINK(1)")


def test_a_workbook_that_unpacks_to_too_much_is_not_read(tmp_path, monkeypatch):
    make_workbook(tmp_path / "a.xlsx")
    monkeypatch.setattr(workbook, "MOST_BYTES", 100)
    with pytest.raises(SourceError, match="unpacks to"), open_tables(tmp_path / "a.xlsx"):
        pass


def test_what_has_no_reader_is_said(tmp_path):
    (tmp_path / "a.parquet.gz").write_bytes(gzip.compress(b"x"))
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "b.csv").write_bytes(b"\x00\x01\x02" * 50)
    causes = []
    for name in ("a.parquet.gz", "a.pdf", "b.csv"):
        with open_tables(tmp_path / name) as file:
            causes.append(file.cause)
    assert causes == ["no-reader", "no-reader", "binary"]
    with pytest.raises(SourceError, match="no such file"), open_tables(tmp_path / "none.csv"):
        pass


def test_batches_can_be_asked_for_again_and_are_bounded(tmp_path):
    (tmp_path / "a.csv").write_text("a,b\n" + "1,2\n" * 1000, encoding="utf-8")
    with open_tables(tmp_path / "a.csv") as file:
        (sheet,) = file.sheets
        first = [batch.num_rows for batch in sheet.batches(rows=300)]
        assert sum(first) == sum(batch.num_rows for batch in sheet.batches(rows=form.ROWS)) == 1000
        assert max(first) <= 300


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_a_file_that_changes_meanwhile_is_said(tmp_path, name):
    (tmp_path / name).write_text('{"a": "1"}\n', encoding="utf-8")
    with open_tables(tmp_path / name) as file:
        (tmp_path / name).write_bytes(b"\xff\xfe\xff{}\n" * 9)
        with pytest.raises(SourceError, match="changed"):
            list(file.sheets[0].batches(rows=9))


@pytest.mark.parametrize("codec", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("line", ["sep=;\r\n", '"sep=;"\n', "SEP=|\r"])
def test_a_line_that_tells_the_delimiter_is_no_header_and_stays(tmp_path, line, codec):
    """Programs that export for a spreadsheet write it above the header."""
    sign = line.strip().strip('"')[-1]
    end = line[len(line.rstrip()) :]
    rows = [["姓名", "tel"], ["张伟", "13800138000"], ["李娜", "1,5"], ["王芳"]]
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_bytes((line + "".join(sign.join(row) + end for row in rows)).encode(codec))
    with open_tables(path) as file:
        (sheet,) = file.sheets
        assert sheet.schema.names == ["姓名", "tel"]
        (batch,) = sheet.batches(rows=10)
        assert batch.column(1).to_pylist() == ["13800138000", "1,5", ""]
        assert [one.line for one in sheet.ragged] == [5]
        with out.open("wb") as stream, file.writer(stream) as writer:
            writer.start(sheet.schema)
            writer.write(batch)
    rows[-1].append("")  # the cell that was missing
    assert out.read_bytes() == (line + "".join(sign.join(row) + end for row in rows)).encode(codec)


def test_a_column_whose_name_begins_so_is_a_column(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text("sep=;x\na;b\n", encoding="utf-8")
    with open_tables(path) as file:
        assert file.sheets[0].schema.names[0] == "sep="
