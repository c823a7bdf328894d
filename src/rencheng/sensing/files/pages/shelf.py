"""Pages of the mappings: all of them, one with its versions, and TOML in and out."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rencheng.foundation.memory.kinds import kind_named
from rencheng.foundation.web.access import signed_in, staff_only
from rencheng.foundation.web.lists.label import say
from rencheng.kernel.errors import ConflictError, InputError
from rencheng.sensing.files import mappings, uploads
from rencheng.sensing.files.explaining import explained
from rencheng.sensing.files.mapping.shape import as_toml, mapping_from_toml
from rencheng.sensing.files.mappings import Known
from rencheng.sensing.files.models import Load, Upload
from rencheng.sensing.files.pages.trail import mapping_trail, trail

# A mapping is a page of text; anything much longer is something else.
MOST_TOML_BYTES = 256 * 1024


@require_safe
@staff_only
def shelf(request: HttpRequest) -> HttpResponseBase:
    """List the mappings that the house knows."""
    rows = [
        {
            "name": name,
            "title": say(known.mapping.title),
            "kind": say(kind_named(known.mapping.kind).title),
            "files": ", ".join(known.mapping.match.names) or "—",
            "version": known.version,
            "shipped": known.shipped,
        }
        for name, known in mappings.all_known().items()
    ]
    context = {
        "rows": rows,
        "waiting": Upload.objects.filter(deleted_at=None, load_id=None).order_by("-sent_at")[:10],
        "most_mib": uploads.MOST_BYTES // 2**20,
        "trail": trail({"label": _("Mappings")}),
    }
    return render(request, "files/mappings.html", context)


@require_safe
@staff_only
def mapping(request: HttpRequest, name: str) -> HttpResponseBase:
    """Show a mapping: what it is for, its text, its versions."""
    known = _find(name)
    said = known.mapping
    kind = kind_named(said.kind)
    context = {
        "known": known,
        "mapping": said,
        "title": say(said.title),
        "about": say(said.about),
        "kind": kind,
        "kind_title": say(kind.title),
        "source_title": say(said.source.title),
        "fields": [
            {"title": say(kind.field(field).title), "column": part.column}
            for field, part in said.fields.items()
        ],
        "toml": as_toml(said),
        "versions": mappings.versions(name),
        "loads": Load.objects.filter(mapping_name=name).order_by("-pk")[:5],
        "trail": mapping_trail({"label": say(said.title)}),
    }
    return render(request, "files/mapping.html", context)


@require_safe
@staff_only
def download(request: HttpRequest, name: str) -> HttpResponseBase:
    """Give a mapping as TOML; ``version`` asks for an earlier one."""
    known = _find(name)
    text = as_toml(known.mapping)
    version = request.GET.get("version", "")
    if version.isascii() and version.isdigit() and int(version) != known.version:
        row = next((one for one in mappings.versions(name) if one.version == int(version)), None)
        if row is None:
            raise Http404(f"mapping {name} has no version {version}")
        text = row.body
    response = HttpResponse(text, content_type="application/toml; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.toml") or ""
    return response


@require_POST
@staff_only
def receive(request: HttpRequest) -> HttpResponseBase:
    """Take a mapping in as TOML."""
    sent = request.FILES.get("file")
    here = HttpResponseRedirect(reverse("files:mappings"))
    if not isinstance(sent, UploadedFile) or (sent.size or 0) > MOST_TOML_BYTES:
        messages.error(request, _("Choose a TOML file of at most 256 kB."))
        return here
    try:
        text = sent.read().decode("utf-8")
        known = mappings.record(mapping_from_toml(text), made_by=signed_in(request).pk)
    except UnicodeDecodeError:
        messages.error(request, _("This file is no text in UTF-8."))
        return here
    except (InputError, ConflictError) as error:
        messages.error(request, say(explained(error)))
        return here
    messages.success(
        request,
        _("Saved as version %(version)d of %(name)s.")
        % {"version": known.version, "name": known.mapping.name},
    )
    return HttpResponseRedirect(reverse("files:mapping", args=[known.mapping.name]))


def _find(name: str) -> Known:
    known = mappings.all_known().get(name)
    if known is None:
        raise Http404(f"there is no mapping {name}")
    return known
