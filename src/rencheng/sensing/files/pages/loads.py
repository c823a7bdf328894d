"""Pages of loads: all of them, one with its account and refused rows, and those rows as files."""

from django.db.models import Count
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rencheng.foundation.memory.clock import now_micros
from rencheng.foundation.memory.kinds import all_kinds
from rencheng.foundation.memory.sources.api import all_sources
from rencheng.foundation.web.access import staff_only
from rencheng.foundation.web.lists import QuerySetRows, list_page
from rencheng.foundation.web.lists.export.answer import FORMATS
from rencheng.foundation.web.lists.export.excel import excel_file
from rencheng.foundation.web.lists.export.text import csv_lines
from rencheng.foundation.web.lists.label import say
from rencheng.kernel.errors import InputError
from rencheng.kernel.time import SECOND, to_micros
from rencheng.sensing.files import mappings, uploads
from rencheng.sensing.files.convert.phrases import PROBLEMS
from rencheng.sensing.files.explaining import explained_text
from rencheng.sensing.files.mapping.shape import mapping_from_toml
from rencheng.sensing.files.models import Load, MappingVersion, RefusedCell, State, Upload
from rencheng.sensing.files.pages.listing import LOADS, PARTS, STATES, refused_list
from rencheng.sensing.files.pages.trail import trail
from rencheng.sensing.files.refused import refused_sheet

# A load that stored nothing for so long is no longer running, whatever its row says.
SILENT_S = 120


@require_safe
@staff_only
def loads(request: HttpRequest) -> HttpResponseBase:
    """List the loads, the newest first, above them the box that takes a file."""
    context = {
        "most_mib": uploads.MOST_BYTES // 2**20,
        "days_kept": uploads.DAYS_KEPT,
        "waiting": Upload.objects.filter(deleted_at=None, load_id=None).order_by("-sent_at")[:10],
    }
    rows = QuerySetRows(Load.objects.all())
    return list_page(request, LOADS, rows, template="files/loads.html", context=context)


@require_safe
@staff_only
def load(request: HttpRequest, load_id: int) -> HttpResponseBase:
    """Show a load: how it stands, its account, its refused rows, and what to do about them."""
    found = find(load_id)
    colour, state = STATES[found.state]
    problems = _problems(found)
    upload = Upload.objects.filter(load_id=found.pk).order_by("-sent_at").first()
    context = {
        "load": found,
        "colour": colour,
        "state": state,
        "cut_off": _cut_off(found),
        "error": say(explained_text(found.error)) if found.error else "",
        "problems": [(say(PROBLEMS[name]), count) for name, count in problems.items()],
        "upload": upload if upload is not None and upload.kept else None,
        "source": _source_title(found),
        "kind": _kind_title(found),
        "most_mib": uploads.MOST_BYTES // 2**20,
        "trail": trail({"label": found.file_name}),
        "shipped": found.mapping_name in mappings.shipped(),
    }
    spec = refused_list(found, _columns_of(found), problems)
    rows = QuerySetRows(RefusedCell.objects.filter(load=found))
    return list_page(request, spec, rows, template="files/load.html", context=context)


@require_safe
@staff_only
def refused(_request: HttpRequest, load_id: int, form: str) -> HttpResponseBase:
    """Give the refused rows of a load as CSV or Excel, to be mended and sent again."""
    found = find(load_id)
    language = get_language() or ""
    titles = _titles(found)
    sheet = refused_sheet(found, lambda name: titles.get(name, name), language)
    response: HttpResponseBase
    if form == "csv":
        response = StreamingHttpResponse(csv_lines(sheet), content_type=FORMATS["csv"])
    else:
        response = FileResponse(excel_file(sheet), content_type=FORMATS["xlsx"])
    stem = found.file_name.removesuffix(".gz").rsplit(".", 1)[0]
    name = f"{stem}-{_('refused')}.{form}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


def find(load_id: int) -> Load:
    """Find a load, or raise Http404."""
    found = Load.objects.select_related("requested_by").filter(pk=load_id).first()
    if found is None:
        raise Http404(f"there is no load number {load_id}")
    return found


def _problems(found: Load) -> dict[str, int]:
    counts = RefusedCell.objects.filter(load=found).values("problem").annotate(n=Count("id"))
    rows = counts.order_by("-n").values_list("problem", "n")
    return {name if name in PROBLEMS else "other": count for name, count in rows}


def _cut_off(found: Load) -> bool:
    """Tell whether a load that calls itself running has fallen silent."""
    if found.state != State.RUNNING:
        return False
    return now_micros() - to_micros(found.moved_at) > SILENT_S * SECOND


def _columns_of(found: Load) -> dict[str, str]:
    """Give the column of the file that each field was read from."""
    row = MappingVersion.objects.filter(
        name=found.mapping_name, version=found.mapping_version
    ).first()
    if row is None:
        return {}
    try:
        mapping = mapping_from_toml(row.body)
    except InputError:
        return {}
    columns = {name: part.column for name, part in mapping.fields.items()}
    columns["event_at"] = mapping.event.column
    if mapping.place is not None and (mapping.place.name or mapping.place.code):
        columns["place"] = " / ".join(filter(None, (mapping.place.code, mapping.place.name)))
    return columns


def _titles(found: Load) -> dict[str, str]:
    """Give what fields are called beside a refused row: the column, as the clerk knows that."""
    return {name: say(words) for name, words in PARTS.items()} | _columns_of(found)


def _source_title(found: Load) -> str:
    card = next((one for one in all_sources().values() if one.name == found.source), None)
    return say(card.title) if card is not None else found.source


def _kind_title(found: Load) -> str:
    kind = next((one for one in all_kinds() if one.name == found.kind), None)
    return say(kind.title) if kind is not None else found.kind
