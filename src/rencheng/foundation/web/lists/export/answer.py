"""The answer that carries an export."""

from typing import Final

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from rencheng.foundation.memory.clock import now
from rencheng.foundation.web.lists.export.excel import excel_file
from rencheng.foundation.web.lists.export.parquet import parquet_file
from rencheng.foundation.web.lists.export.sheet import sheet
from rencheng.foundation.web.lists.export.text import csv_lines, json_lines
from rencheng.foundation.web.lists.rows import Rows
from rencheng.foundation.web.lists.state import State
from rencheng.kernel.errors import InputError

FORMATS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "jsonl": "application/jsonl",
}


def export(state: State, rows: Rows, form: str) -> HttpResponseBase:
    """
    Give a list as a file: all rows that pass the filters, in their order, the chosen columns.

    CSV and JSON lines leave as they are read. Excel and Parquet know their length only at the
    end, so they are laid on disk first.

    Raises
    ------
    InputError
        If there is no such form, or a filter holds a mistake: nobody wants the wrong rows.
    """
    if form not in FORMATS:
        raise InputError(f"format is {form[:20]!r}; it should be one of {', '.join(FORMATS)}")
    if state.problems:
        name, problem = next(iter(state.problems.items()))
        raise InputError(_("Nothing was exported. %(name)s: %(problem)s") % {
            "name": name, "problem": problem,
        })  # fmt: skip
    laid_out = sheet(state, rows)
    response: HttpResponseBase
    if form == "csv":
        response = StreamingHttpResponse(csv_lines(laid_out), content_type=FORMATS[form])
    elif form == "jsonl":
        response = StreamingHttpResponse(json_lines(laid_out), content_type=FORMATS[form])
    else:
        file = excel_file(laid_out) if form == "xlsx" else parquet_file(laid_out)
        response = FileResponse(file, content_type=FORMATS[form])
    day = timezone.localtime(now()).date().isoformat()
    name = f"{state.spec.name}-{day}.{form}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
