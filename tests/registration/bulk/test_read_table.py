"""Files are read as people save them, and hostile ones are refused within bounds (P-REG-5)."""

import io
import time
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration.bulk import workbook as workbooks
from registration.bulk.errors import FileRefused
from registration.bulk.limits import FILE_BYTES, ROWS
from registration.bulk.rows import rows_of
from registration.bulk.table import read_table
from tests.factories.bulk import HEADINGS, csv_file, workbook

GOOD = ("王小明", "110101199003070134", "13812345678")


def refusal(content: bytes, **kwargs) -> str:
    with pytest.raises(FileRefused) as refused:
        rows_of(read_table(content, **kwargs))
    assert refused.value.message
    return refused.value.code


def texts(content: bytes, **kwargs) -> list[tuple[str, str, str]]:
    return [(row.name.text, row.id_number.text, row.phone.text) for row in rows_of(read_table(content, **kwargs))]


def compound(*streams: str) -> bytes:
    """A compound file (MS-CFB), of its header and the entries of its directory alone; Excel locks a workbook by putting it into one."""
    header = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").ljust(512, b"\0")
    return header + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams))


@pytest.mark.parametrize(
    ("saved_as", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_file_is_read_in_the_encoding_it_was_saved_in(saved_as: str, told: str, delimiter: str) -> None:
    content = csv_file(GOOD, encoding=saved_as, delimiter=delimiter)

    table = read_table(content)

    assert (table.encoding, table.delimiter) == (told, delimiter)
    assert texts(content) == [GOOD]


def test_another_encoding_can_be_chosen_and_a_wrong_one_is_refused() -> None:
    content = csv_file(GOOD, encoding="gb18030")

    assert texts(content, encoding="gb18030") == [GOOD]
    assert refusal(content, encoding="utf-8") == "bulk_encoding"
    assert refusal(content, encoding="utf-7") == "bulk_encoding"


@pytest.mark.parametrize(
    "headings", [("Full name", "ID card number", "Mobile"), ("姓　名", "身份证号码：", "联系电话"), ("NAME", "id_no", "phone no.")]
)
def test_headings_are_known_in_both_languages(headings: tuple[str, ...]) -> None:
    assert texts(csv_file(GOOD, headings=headings)) == [GOOD]


def test_columns_may_come_in_any_order_with_others_between() -> None:
    content = csv_file(("13812345678", "销售部", "110101199003070134", "王小明"), headings=("手机号", "部门", "身份证号", "姓名"))

    assert texts(content) == [GOOD]


def test_a_workbook_is_read_from_its_first_sheet_and_others_are_told() -> None:
    table = read_table(workbook(GOOD, other=True))

    assert [row.id_number.text for row in rows_of(table)] == [GOOD[1]]
    assert table.other_sheets == 1


def test_blank_lines_are_left_out_and_rows_keep_the_number_the_program_shows() -> None:
    rows = rows_of(read_table(csv_file((" ", "", ""), GOOD, ("", "", ""), GOOD)))
    in_sheet = rows_of(read_table(workbook((None, None, None), GOOD)))

    assert [row.number for row in rows] == [3, 5]
    assert [row.number for row in in_sheet] == [3]


def test_a_quoted_line_break_does_not_hide_rows() -> None:
    content = csv_file(('"王\n小明"', *GOOD[1:]), GOOD)

    assert [row.number for row in rows_of(read_table(content))] == [3, 4]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "bulk_empty"),
        (b"\r\n \r\n", "bulk_empty"),
        (csv_file(), "bulk_empty"),
        (csv_file(GOOD)[:40] + b"\0" + csv_file(GOOD)[40:], "bulk_not_readable"),
        (csv_file(GOOD, headings=("姓名", "姓名", "手机号")), "bulk_headers_doubled"),
        (csv_file((*GOOD, "1"), headings=(*HEADINGS, "phone")), "bulk_headers_doubled"),
        (csv_file(GOOD, headings=("姓名", "证件", "手机号")), "bulk_headers_unknown"),
        (csv_file(GOOD, headings=("a", "b")), "bulk_headers_unknown"),
        (csv_file(GOOD, headings=GOOD), "bulk_headers_missing"),
        (csv_file(GOOD, headings=("王小明", "", "+8613812345678")), "bulk_headers_missing"),
        (csv_file(('"unclosed', *GOOD[1:]), GOOD), "bulk_not_readable"),
        (csv_file(("王" * 1001, *GOOD[1:])), "bulk_cell_too_long"),
        (csv_file(("x" * 200_000, *GOOD[1:])), "bulk_cell_too_long"),
        (csv_file([*GOOD, *"x" * 60]), "bulk_too_wide"),
        (b"x" * (FILE_BYTES + 1), "bulk_too_large"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "bulk_old_excel"),
        (compound("Workbook"), "bulk_old_excel"),
        (compound("EncryptionInfo", "EncryptedPackage"), "bulk_encrypted"),
        (compound("Workbook", " EncryptedPackage"), "bulk_old_excel"),
        (b"PK\x03\x04 no archive at all", "bulk_not_readable"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4, "bulk_encoding"),
        (workbook(), "bulk_empty"),
        (workbook(GOOD, GOOD, merge="A2:A3"), "bulk_merged_cells"),
        (workbook(("x" * 30_000, *GOOD[1:])), "bulk_cell_too_long"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(content: bytes, code: str) -> None:
    assert refusal(content) == code


def test_ten_thousand_rows_are_taken_and_one_more_is_not() -> None:
    assert len(rows_of(read_table(csv_file(*[GOOD] * ROWS)))) == ROWS
    assert refusal(csv_file(*[GOOD] * (ROWS + 1))) == "bulk_too_many_rows"
    assert refusal(workbook(*[GOOD] * (ROWS + 1))) == "bulk_too_many_rows"


def with_part(name: str, content: bytes) -> bytes:
    """A good workbook in which one part is another."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(GOOD))) as good, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as changed:
        for part in good.infolist():
            changed.writestr(part.filename, content if part.filename == name else good.read(part))
    return out.getvalue()


def sheet(inner: str) -> bytes:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{namespace}"><sheetData>{inner}</sheetData></worksheet>'.encode()


SHEET = "xl/worksheets/sheet1.xml"


def test_a_workbook_that_unpacks_without_end_is_refused_within_bounded_memory() -> None:
    bomb = with_part(SHEET, sheet(" " * 50_000_000))
    assert len(bomb) < FILE_BYTES

    tracemalloc.start()
    code = refusal(bomb)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert code == "bulk_unpacks_too_large"
    assert most < 100 * 1024 * 1024


@pytest.mark.parametrize(
    ("inner", "code"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "bulk_too_many_rows"),
        ("<row r='1'><c r = '&#88;FD1'><v>1</v></c></row>", "bulk_too_wide"),
        ('<row r="1048576"><c><v>1</v></c></row>', "bulk_too_many_rows"),
        ('<row r="1"><c r="A99999999999"><v>1</v></c></row>', "bulk_not_readable"),
        (f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 16_000_000}</t></is></c></row>', "bulk_cell_too_long"),
    ],
)
def test_cells_that_lie_too_far_out_or_hold_too_much_are_refused(inner: str, code: str) -> None:
    assert refusal(with_part(SHEET, sheet(inner))) == code


@pytest.mark.parametrize("element", ['<row r="3"/>', "<a/>"])
def test_a_workbook_of_elements_without_end_is_refused_before_it_holds_anybody_up(element: str) -> None:
    """They hold nothing, pack to some kilobytes, and would be read for many seconds, by a page that others wait behind."""
    endless = with_part(SHEET, sheet(element * 2_300_000))
    assert len(endless) < 100_000

    begun = time.process_time()
    assert refusal(endless) == "bulk_unpacks_too_large"
    bounded = time.process_time() - begun
    assert bounded < 5, "a second's work, with room for a slow machine"


def test_the_elements_of_all_parts_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = sum(part.count(b"<") - part.count(b"</") - part.count(b"<?") for part in parts(workbook(GOOD)))
    monkeypatch.setattr(workbooks, "ELEMENTS", whole)
    assert texts(workbook(GOOD)) == [GOOD]

    monkeypatch.setattr(workbooks, "ELEMENTS", whole - 1)
    assert refusal(workbook(GOOD)) == "bulk_unpacks_too_large"


def parts(content: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return [packed.read(part) for part in packed.infolist() if part.filename.endswith((".xml", ".rels"))]


def test_a_workbook_whose_parts_are_locked_is_told_as_such() -> None:
    """As programs for archives lock them (bit 0 of the flags, APPNOTE 4.4.4); Excel itself makes a compound file."""
    content = bytearray(workbook(GOOD))
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(start)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(start, at + 1)

    assert refusal(bytes(content)) == "bulk_encrypted"


def test_entities_are_refused() -> None:
    laughs = b'<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + sheet("<row><c><v>&b;</v></c></row>")

    assert refusal(with_part(SHEET, laughs)) == "bulk_not_readable"


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_refusal(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", "姓名,身份证号,手机号\n".encode()):
        try:
            rows_of(read_table(start + content))
        except FileRefused as refused:
            assert refused.message
