"""Export as an Excel workbook, row by row to disk."""

import tempfile
from datetime import date, datetime
from typing import IO, Any, Final

import xlsxwriter

from rencheng.foundation.web.lists.column import Kind
from rencheng.foundation.web.lists.export.sheet import Sheet, Value, local

# A sheet of Excel has 1,048,576 rows; the first is the header.
ROWS_OF_A_SHEET: Final = 1_048_575
# Excel cuts longer texts itself, with a complaint.
LONGEST: Final = 32_767
WIDTH: Final[dict[Kind, int]] = {"text": 24, "instant": 19, "day": 12}


def excel_file(sheet: Sheet, *, rows_of_a_sheet: int = ROWS_OF_A_SHEET) -> IO[bytes]:
    """
    Write all rows to an unnamed file and give it open at its beginning.

    Rows beyond a sheet's limit go on in further sheets, each with the header. Texts are texts:
    nothing becomes a formula or a link. Instants are local time, as Excel knows no zones.
    """
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    book = _Book(out, sheet)
    number = -1
    for chunk in sheet.chunks:
        for row in chunk:
            number += 1
            if number % rows_of_a_sheet == 0:
                book.turn(number // rows_of_a_sheet + 1)
            book.write(number % rows_of_a_sheet + 1, row)
    if number < 0:
        book.turn(1)
    book.close()
    out.seek(0)
    return out


class _Book:
    """A workbook that is written from the top to the bottom."""

    def __init__(self, out: IO[bytes], sheet: Sheet) -> None:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": True,
        }
        self._book = xlsxwriter.Workbook(out, options)
        self._sheet = sheet
        self._page: Any = None
        self._head = self._book.add_format({"bold": True, "bottom": 1})
        self._formats = {
            "instant": self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            "day": self._book.add_format({"num_format": "yyyy-mm-dd"}),
            "share": self._book.add_format({"num_format": "0.0%"}),
        }
        self.close = self._book.close

    def turn(self, number: int) -> None:
        """Begin a new sheet with the header."""
        self._page = self._book.add_worksheet(f"{self._sheet.name[:24]}-{number}")
        self._page.freeze_panes(1, 0)
        heads = zip(self._sheet.titles, self._sheet.kinds, strict=True)
        for place, (title, kind) in enumerate(heads):
            self._page.set_column(place, place, WIDTH.get(kind, 14))
            self._page.write_string(0, place, title, self._head)

    def write(self, line: int, row: tuple[Value, ...]) -> None:
        """Write a row on a line of the current sheet, counted from 0."""
        page, formats = self._page, self._formats
        for place, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, str):
                page.write_string(line, place, value[:LONGEST])
            elif isinstance(value, bool):
                page.write_boolean(line, place, value)
            elif isinstance(value, datetime):
                shown = local(value).replace(tzinfo=None)
                page.write_datetime(line, place, shown, formats["instant"])
            elif isinstance(value, date):
                page.write_datetime(line, place, value, formats["day"])
            elif isinstance(value, int) and abs(value) >= 2**53:
                # Excel counts in doubles; digits matter more than adding up.
                page.write_string(line, place, str(value))
            else:
                page.write_number(line, place, value, formats.get(self._sheet.kinds[place]))
